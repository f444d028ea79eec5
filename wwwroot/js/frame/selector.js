// The list of runs beside every page: what is shown, in which colour.

import { byId, h, nameText, setText } from '../dom.js';
import { t } from '../text.js';
import { VirtualList } from '../virtuallist.js';
import { pickColor } from './colorpicker.js';

const MANY = 50;

export class Selector {
  #scope;
  #list;
  #anchor = null;

  /** @param {import('../scope.js').RunScope} scope */
  constructor(scope) {
    this.#scope = scope;
    const row = Number.parseFloat(getComputedStyle(byId('selector-list')).getPropertyValue('--row')) || 28;
    const narrow = matchMedia('(max-width: 900px)');
    this.#list = new VirtualList(byId('selector-list'), {
      rowHeight: () => (narrow.matches ? 40 : row),
      key: (run) => run.id,
      create: (run) => this.#create(run),
      update: (element, run) => this.#update(element, run),
    });
    const filter = byId('selector-filter');
    filter.value = scope.filter;
    filter.addEventListener('input', () => scope.find(filter.value));
    byId('select-all').addEventListener('click', () => this.#all(true));
    byId('select-none').addEventListener('click', () => this.#all(false));
    byId('select-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
    this.#drawer();
    byId('selector-list').addEventListener('mouseleave', () => scope.highlight(null));
  }

  render() {
    const scope = this.#scope;
    const { store, shown } = scope;
    if (byId('selector-filter').value !== scope.filter && document.activeElement !== byId('selector-filter')) byId('selector-filter').value = scope.filter;
    const visible = scope.found;
    this.#list.show(visible);
    byId('selector-list').removeAttribute('aria-busy');
    const total = store.runs.length;
    const counted = t('selector.count', { shown: shown.size.toLocaleString('en'), total: total.toLocaleString('en') });
    setText(byId('selector-count'), counted);
    for (const count of document.querySelectorAll('[data-selector-count]')) setText(count, counted);
    const notes = [];
    if (scope.filterError) notes.push(scope.filterError);
    else if (visible.length === 0 && total > 0) notes.push(t('selector.no_match'));
    if (scope.selection.mode === 'newest' && total > shown.size) notes.push(t('selector.default_note'));
    if (shown.size > MANY) notes.push(t('selector.many_note', { count: shown.size }));
    setText(byId('selector-note'), notes.join(' '));
    byId('selector-note').hidden = notes.length === 0;
    byId('selector-note').classList.toggle('field-error', Boolean(scope.filterError));
  }

  /** All or none of the runs that the filter shows; the others stay as they are. */
  #all(on) {
    const scope = this.#scope;
    if (!scope.filter) scope.select({ mode: on ? 'all' : 'none', ids: [] });
    else {
      const shown = new Set(scope.shown);
      for (const run of scope.found) if (on) shown.add(run.id); else shown.delete(run.id);
      scope.choose([...shown]);
    }
  }

  #create(run) {
    const scope = this.#scope;
    const box = h('input', { type: 'checkbox' });
    const color = h('button', { type: 'button', class: 'button quiet small run-color', onclick: () => pickColor(color, scope.store.get(run.id) ?? run, scope.store) }, h('span', { class: 'swatch', 'aria-hidden': 'true' }));
    const row = h('li', { class: 'run-row' },
      h('label', {}, box, nameText(run.name, 'run-name ellipsis'), h('span', { class: 'run-dash', 'aria-hidden': 'true' }), h('span', { class: 'run-live', title: t('status.running') })),
      h('span', { class: 'run-tools' }, color, h('button', { type: 'button', class: 'button quiet small only', text: t('selector.only'), onclick: () => scope.select({ mode: 'only', ids: [run.id] }) })));
    box.addEventListener('click', (event) => this.#toggle(run.id, box.checked, event.shiftKey));
    row.addEventListener('mouseenter', () => scope.highlight(scope.shown.has(run.id) ? run.id : null));
    return row;
  }

  #update(row, run) {
    const scope = this.#scope;
    const box = row.querySelector('input');
    if (row.runName !== run.name) {
      row.runName = run.name;
      const name = row.querySelector('.run-name');
      name.textContent = name.title = run.name;
      box.setAttribute('aria-label', t('selector.show', { run: run.name }));
      row.querySelector('.only').setAttribute('aria-label', t('selector.only_label', { run: run.name }));
      row.querySelector('.run-color').setAttribute('aria-label', t('selector.color', { run: run.name }));
      row.querySelector('.run-color').title = t('selector.color', { run: run.name });
    }
    box.checked = scope.shown.has(run.id);
    row.classList.toggle('picked', scope.picked === run.id);
    row.style.setProperty('--run-color', `var(--run-${scope.store.colors.get(run.id) ?? 0})`);
    const dash = (box.checked && scope.dashes.get(run.id)) || 0;
    row.querySelector('.run-dash').hidden = dash === 0;
    row.querySelector('.run-dash').dataset.dash = dash;
    row.querySelector('.run-live').hidden = run.status !== 'running';
  }

  #toggle(id, on, extend) {
    const order = this.#scope.found.map((run) => run.id);
    const [a, b] = [order.indexOf(this.#anchor), order.indexOf(id)];
    const range = extend && a >= 0 ? order.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
    const shown = new Set(this.#scope.shown);
    for (const one of range) {
      if (on) shown.add(one);
      else shown.delete(one);
    }
    this.#anchor = id;
    this.#scope.choose([...shown]);
  }

  /** On narrow screens the list is a drawer that a button of the page opens. */
  #drawer() {
    const panel = byId('selector');
    let opener = null;
    document.addEventListener('click', (event) => {
      const button = event.target.closest('[data-selector-open]');
      if (!button) return;
      opener = button;
      panel.classList.add('open');
      byId('selector-close').focus();
      this.#list.refresh();
    });
    const close = () => {
      panel.classList.remove('open');
      opener?.focus();
    };
    byId('selector-close').addEventListener('click', close);
    panel.addEventListener('keydown', (event) => event.key === 'Escape' && panel.classList.contains('open') && close());
    document.addEventListener('pointerdown', (event) => panel.contains(event.target) || event.target.closest('[data-selector-open], .color-panel') || panel.classList.remove('open'));
  }
}
