// The table of a run's checkpoints: what each is, and what can be done with it.

import { byId, h, icon, nameText, reconcile, setText } from '../dom.js';
import { formatAge, formatNumber, formatStep, formatTime } from '../format.js';
import { t } from '../text.js';
import { bytesWords } from '../timeline/figures.js';
import { addressOf } from './source.js';

export class CheckpointTable {
  #body = byId('checkpoints-rows');
  #actions;

  /** @param actions { choose(id), compare('a' | 'b', id), keep(item), remove(item) } */
  constructor(actions) {
    this.#actions = actions;
  }

  /** @param answer of the server · @param state of the page */
  show(answer, state, runId) {
    setText(byId('checkpoints-metric-head'), answer.metric ?? t('checkpoints.metric'));
    reconcile(this.#body, answer.items, (item) => item.artifact.id, (item) => this.#row(item, runId), (row, item) => this.#fill(row, item, state));
  }

  #row({ artifact }, runId) {
    const { id } = artifact;
    const button = (name, label, act) => h('button', { type: 'button', class: 'button quiet icon-only', 'data-needs': 'write', 'data-act': name, 'aria-label': label, title: label, onclick: act }, icon({ keep: 'pin', remove: 'trash' }[name]));
    const radio = (side) => h('td', { class: 'compare-cell' }, h('input', { type: 'radio', name: `compare-${side}`, value: id, 'aria-label': t(`checkpoints.compare.${side}`, { name: artifact.name }), onchange: () => this.#actions.compare(side, id) }));
    return h('tr', {},
      radio('a'), radio('b'),
      h('th', { scope: 'row', class: 'row-head' }, h('button', { type: 'button', class: 'row-name', onclick: () => this.#actions.choose(id) }, nameText(artifact.name))),
      ...['flags', 'step', 'saved', 'reason', 'value', 'size'].map((name) => h('td', { 'data-cell': name, class: ['step', 'value', 'size'].includes(name) ? 'num' : null })),
      h('td', { class: 'checkpoint-acts' },
        h('a', { class: 'button quiet icon-only', href: addressOf(runId, artifact), download: '', 'aria-label': t('checkpoints.download', { name: artifact.name }), title: t('checkpoints.download', { name: artifact.name }) }, icon('download')),
        button('keep', t('checkpoints.keep'), () => this.#actions.keep(id)), button('remove', t('checkpoints.remove', { name: artifact.name }), () => this.#actions.remove(id))));
  }

  #fill(row, item, state) {
    const { artifact } = item;
    const cell = (name, text, title = null) => {
      const element = row.querySelector(`[data-cell="${name}"]`);
      setText(element, text);
      if (title) element.title = title;
    };
    const flags = [item.best ? 'best' : null, item.last ? 'last' : null, artifact.kept ? 'kept' : null].filter(Boolean);
    const place = row.querySelector('[data-cell="flags"]');
    if (place.dataset.flags !== flags.join()) {
      place.replaceChildren(...flags.map((flag) => h('span', { class: 'checkpoint-flag', 'data-flag': flag, text: t(`checkpoints.flag.${flag}`) })));
      place.dataset.flags = flags.join();
    }
    cell('step', artifact.step === null ? '—' : formatStep(artifact.step));
    cell('saved', formatAge(artifact.created), formatTime(artifact.created));
    cell('reason', artifact.reason ? t(`checkpoints.reason.${artifact.reason}`) : '—');
    const value = item.value === null ? null : Number(item.value);
    cell('value', value === null ? '—' : formatNumber(value), value === null ? t('checkpoints.no_value') : item.value_step === null ? t('checkpoints.value_saved') : t('checkpoints.value_at', { step: formatStep(item.value_step) }));
    cell('size', bytesWords(artifact.size), `${artifact.size.toLocaleString('en')} B`);
    row.dataset.mark = artifact.id === state.chosen ? 'picked' : '';
    for (const side of ['a', 'b']) row.querySelector(`[name="compare-${side}"]`).checked = state[side] === artifact.id;
    const keep = row.querySelector('[data-act="keep"]');
    keep.setAttribute('aria-pressed', String(artifact.kept));
    const remove = row.querySelector('[data-act="remove"]');
    const why = guardWords(item.guards);
    // Still focusable, so that the reason can be read.
    remove.setAttribute('aria-disabled', String(item.guards.length > 0));
    remove.title = why ?? t('checkpoints.remove', { name: artifact.name });
  }
}

/** Why a checkpoint stays, or null where it need not. */
export function guardWords(guards) {
  if (guards.length === 0) return null;
  const words = guards.map((guard) => (guard.startsWith('best:') ? t('checkpoints.guard.best', { metric: guard.slice(5) }) : t(`checkpoints.guard.${guard}`)));
  return t('checkpoints.guarded', { why: words.join(', ') });
}
