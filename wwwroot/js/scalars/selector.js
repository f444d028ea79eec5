// The list of runs beside the charts: what is shown, in which colour.

import { byId, h, nameText, reconcile, setText } from '../dom.js';
import { t } from '../text.js';

const MANY = 50;

/**
 * @param hooks { runs(): all, shown(): Set of ids, colors: Map, dashes(): Map, filter(): text, mode(): selection mode, partial(): bool,
 *   choose(ids, push), all(), none(), newest(), only(id), find(text), highlight(id | null) }
 */
export class Selector {
  #hooks;
  #anchor = null;

  constructor(hooks) {
    this.#hooks = hooks;
    byId('selector-filter').value = hooks.filter();
    byId('selector-filter').addEventListener('input', (event) => hooks.find(event.target.value));
    byId('select-all').addEventListener('click', () => hooks.all(this.#visible().map((run) => run.id)));
    byId('select-none').addEventListener('click', () => hooks.none(this.#visible().map((run) => run.id)));
    byId('select-newest').addEventListener('click', hooks.newest);
    const panel = byId('selector');
    byId('selector-open').addEventListener('click', () => {
      panel.classList.add('open');
      byId('selector-close').focus();
    });
    const close = () => {
      panel.classList.remove('open');
      byId('selector-open').focus();
    };
    byId('selector-close').addEventListener('click', close);
    panel.addEventListener('keydown', (event) => event.key === 'Escape' && panel.classList.contains('open') && close());
    document.addEventListener('pointerdown', (event) => panel.contains(event.target) || event.target.closest('#selector-open') || panel.classList.remove('open'));
    byId('selector-list').addEventListener('mouseleave', () => hooks.highlight(null));
  }

  render() {
    const { runs, shown, mode, partial } = this.#hooks;
    const chosen = shown();
    reconcile(byId('selector-list'), this.#visible(), (run) => run.id, (run) => this.#create(run), (row, run) => this.#update(row, run, chosen));
    const counted = t('selector.count', { shown: chosen.size, total: runs().length });
    setText(byId('selector-count'), counted);
    setText(byId('selector-open-count'), counted);
    const notes = [];
    if (mode() === 'newest' && runs().length > chosen.size) notes.push(t('selector.default_note'));
    if (chosen.size > MANY) notes.push(t('selector.many_note', { count: chosen.size }));
    if (partial()) notes.push(t('selector.loaded_note', { count: runs().length }));
    setText(byId('selector-note'), notes.join(' '));
    byId('selector-note').hidden = notes.length === 0;
  }

  #visible() {
    const words = this.#hooks.filter().toLowerCase().split(/\s+/).filter(Boolean);
    return this.#hooks.runs().filter((run) => words.every((word) => run.name.toLowerCase().includes(word)));
  }

  #create(run) {
    const box = h('input', { type: 'checkbox' });
    const row = h('li', { class: 'run-row' },
      h('label', {}, box, nameText(run.name, 'run-name ellipsis'), h('span', { class: 'run-dash', 'aria-hidden': 'true' }), h('span', { class: 'run-live', title: t('status.running') })),
      h('button', { type: 'button', class: 'button quiet small only', text: t('selector.only'), onclick: () => this.#hooks.only(run.id) }));
    box.addEventListener('click', (event) => this.#toggle(run.id, box.checked, event.shiftKey));
    row.addEventListener('mouseenter', () => this.#hooks.highlight(this.#hooks.shown().has(run.id) ? run.id : null));
    return row;
  }

  #update(row, run, chosen) {
    const box = row.querySelector('input');
    if (box.getAttribute('aria-label') !== run.name) {
      box.setAttribute('aria-label', t('selector.show', { run: run.name }));
      row.querySelector('.only').setAttribute('aria-label', t('selector.only_label', { run: run.name }));
    }
    box.checked = chosen.has(run.id);
    row.style.setProperty('--run-color', `var(--run-${this.#hooks.colors.get(run.id) ?? 0})`);
    const dash = (box.checked && this.#hooks.dashes().get(run.id)) || 0;
    row.querySelector('.run-dash').hidden = dash === 0;
    row.querySelector('.run-dash').dataset.dash = dash;
    row.querySelector('.run-live').hidden = run.status !== 'running';
  }

  #toggle(id, on, extend) {
    const order = this.#visible().map((run) => run.id);
    const [a, b] = [order.indexOf(this.#anchor), order.indexOf(id)];
    const range = extend && a >= 0 ? order.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
    const shown = new Set(this.#hooks.shown());
    for (const one of range) {
      if (on) shown.add(one);
      else shown.delete(one);
    }
    this.#anchor = id;
    this.#hooks.choose([...shown]);
  }
}
