import { exportMenu } from '../analysis/exports.js';
import { h } from '../dom.js';
import { t } from '../text.js';

/** A card of the page: a head with a title, controls and exports, what is said, and a body. `{ element, head, body, say(text), note(text), title(text) }` */
export function makeCard(key, { exports, controls = [], tall = '' }) {
  const heading = h('h3', { class: 'ellipsis', text: t(`gradients.card.${key}`) });
  const words = h('p', { class: 'analysis-words', role: 'status' });
  const notes = h('p', { class: 'analysis-notes muted' });
  const body = h('div', { class: `gradient-body ${tall}` });
  const head = h('div', { class: 'analysis-head' }, heading, ...controls, h('span', { class: 'card-tools-always' }, exportMenu(`${t('common.export')}: ${t(`gradients.card.${key}`)}`, exports)));
  return {
    element: h('section', { class: 'card analysis-card', 'aria-label': t(`gradients.card.${key}`), data: { card: key } }, head, words, notes, body),
    body,
    say: (text) => { if (words.textContent !== text) words.textContent = text; },
    note: (text) => { if (notes.textContent !== text) notes.textContent = text; },
    title: (text) => { if (heading.textContent !== text) heading.textContent = text; },
  };
}
