// A card of a result: a title, its tools, a sentence, a figure, notes.

import { exportMenu } from '../analysis/exports.js';
import { h } from '../dom.js';
import { t } from '../text.js';

let made = 0;

/**
 * `{ element, figure, words, notes, tools }`.
 * @param key names its texts: `<key>.title`, and `<key>.note` where there is one
 * @param options { wide, tools: elements in the head, exports: () => { title, image, csv } }
 */
export function card(key, { wide = false, tools = [], note = null, exports = null } = {}) {
  const id = `weights-card-${++made}`;
  const words = h('p', { class: 'analysis-words', role: 'status' });
  const notes = h('p', { class: 'analysis-notes muted', text: note ?? '' });
  const figure = h('div', { class: 'weights-figure' });
  const menu = exports && exportMenu(`${t('common.export')}: ${t(`${key}.title`)}`, exports);
  const element = h('section', { class: `card analysis-card${wide ? ' weights-wide' : ''}`, 'aria-labelledby': id, data: { card: key.split('.').at(-1) } },
    h('div', { class: 'analysis-head' }, h('h3', { id, text: t(`${key}.title`) }), ...tools, menu && h('span', { class: 'card-tools-always' }, menu)), words, figure, notes);
  return { element, figure, words, notes };
}

/** A drop-down within a card's head: `[[value, word]]`. */
export function choice(label, options, onChange) {
  const select = h('select', { class: 'select', onchange: () => onChange(select.value) }, ...options.map(([value, text]) => h('option', { value, text })));
  return { select, element: h('label', { class: 'field' }, h('span', { text: label }), select) };
}
