// A rule as JSON: written, checked by the server, and used.

import { ApiError, json } from '../api.js';
import { h } from '../dom.js';
import { t } from '../text.js';
import { withRule } from './overlay.js';

const TEMPLATE = {
  id: 'my_rule',
  code: 'slow_start',
  scope: 'curve',
  severity: 'warning',
  tags: ['train/*'],
  parameters: { fewest: { value: 50, min: 1, max: 100000, what: { en: 'Points that must be there.' } } },
  when: 'points >= fewest and last > 0.9 * start',
  confidence: '0.7',
  from: 'first_step',
  to: 'last_step',
  sentence: { en: '{tag} is at {last} and began at {start}.' },
  try: { en: ['Raise the learning rate.'] },
  doc: { en: 'The curve is still near its first value.' },
};

/**
 * Opens the dialog.
 * @param options { rule: the rule to start from or null, title, overlay, vocabulary, readOnly, onUse(overlay) }
 */
export function openRuleDialog({ rule, title, overlay, vocabulary, readOnly = false, onUse }) {
  const box = h('textarea', { class: 'rule-json', rows: '18', spellcheck: 'false', 'aria-label': t('diagnosis.rules.text'), readonly: readOnly });
  box.value = JSON.stringify(rule ?? TEMPLATE, null, 2);
  const note = h('div', { class: 'rule-note', role: 'status' });
  const say = (lines, bad) => {
    note.classList.toggle('bad', bad);
    note.replaceChildren(...lines.map((line) => h('p', { text: line })));
  };
  const read = async () => {
    let next;
    try {
      next = withRule(overlay, JSON.parse(box.value));
    } catch (wrong) {
      say([t('diagnosis.rules.bad_json', { reason: wrong.message })], true);
      return null;
    }
    try {
      await json('api/v1/diagnosis/rules/try', { method: 'POST', body: { overlay: next } });
      say([t('diagnosis.rules.good')], false);
      return next;
    } catch (error) {
      say(faultLines(error), true);
      if (!(error instanceof ApiError)) throw error;
      return null;
    }
  };
  const dialog = h('dialog', { class: 'dialog rule-dialog', 'aria-labelledby': 'rule-dialog-title' },
    h('h2', { id: 'rule-dialog-title', text: title }),
    readOnly ? '' : h('p', { class: 'muted', text: t('diagnosis.rules.add_hint') }), box, note, words(vocabulary),
    h('div', { class: 'dialog-actions' },
      h('button', { type: 'button', class: 'button', text: t('common.close'), onclick: () => dialog.close() }),
      readOnly ? '' : h('button', { type: 'button', class: 'button', text: t('diagnosis.rules.check'), onclick: read }),
      readOnly ? '' : h('button', { type: 'button', class: 'button primary', text: t('diagnosis.rules.accept'), onclick: async () => {
        const next = await read();
        if (!next) return;
        dialog.close();
        onUse(next);
      } })));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  box.focus();
}

/** What a refusal says, a line a fault. */
export const faultLines = (error) => (error.errors?.length ? error.errors.map(({ pointer, message }) => `${pointer.replace(/^\/overlay/, '') || '/'}: ${message}`) : [error.message]);

function words(vocabulary) {
  return h('details', { class: 'rule-words' }, h('summary', { text: t('diagnosis.rules.vocabulary') }),
    ...Object.entries(vocabulary).map(([scope, features]) => h('details', {}, h('summary', {}, h('code', { text: scope })),
      h('table', { class: 'small-table' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: t('diagnosis.rules.feature') }), h('th', { scope: 'col', text: t('diagnosis.rules.feature_doc') }))),
        h('tbody', {}, ...features.map(({ name, doc }) => h('tr', {}, h('th', { scope: 'row' }, h('code', { text: name })), h('td', { text: doc }))))))));
}
