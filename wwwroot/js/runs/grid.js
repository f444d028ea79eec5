// The body of the table: rows and group rows, of which only those in sight exist; the keyboard walks over them.

import { byId, h, icon, nameText, setText } from '../dom.js';
import { formatDuration } from '../format.js';
import { t, tCount } from '../text.js';
import { VirtualList } from '../virtuallist.js';
import { fillCell, nameOf, valueText, withError } from './cells.js';
import { aggregate } from './groups.js';

const ROW = 34;
const NARROW_ROW = 44;

export class RunGrid {
  #options;
  #body = byId('runs-table').tBodies[0];
  #list = null;
  #active = null;
  #columns = [];
  #signature = '';
  #formats = new Map();
  #sums = new Map();
  #pool = [];
  /** Items shown: runs and groups in order. */
  items = [];

  /**
   * @param options `{ table, store, shown, selection, isQuantity(value), open(id), opened(), color(button, row), eye(ids, on, event), fold(key), link(row), badge(element, row) }`
   */
  constructor(options) {
    this.#options = options;
    this.#body.addEventListener('keydown', (event) => this.#keys(event));
    this.#body.addEventListener('focusin', (event) => {
      const row = event.target.closest('tr');
      if (row?.item) this.#activate(row.item.key);
    });
    this.#body.addEventListener('click', (event) => this.#click(event));
  }

  /** Ids of all runs in the order shown, those in folded groups too. */
  get order() {
    const ids = [];
    for (const item of this.items) {
      if (item.kind === 'run') ids.push(item.row.id);
      else if (item.folded) for (const row of item.rows) ids.push(row.id);
    }
    return ids;
  }

  show(items, columns, formats) {
    this.#list ??= this.#makeList();
    this.items = items;
    this.#columns = columns;
    this.#signature = columns.join('\u0001');
    this.#formats = formats;
    this.#sums.clear();
    byId('runs-table').setAttribute('aria-rowcount', String(items.length + 1));
    if (!items.some((item) => item.key === this.#active)) this.#active = items[0]?.key ?? null;
    this.#list.show(items);
  }

  /** Fills the rows in sight again: values, colours, ticks. */
  refresh(stale = false) {
    if (stale) this.#sums.clear();
    this.#list?.refresh();
  }

  /** Durations of running runs go on. */
  tick() {
    const at = this.#columns.indexOf('duration');
    if (at < 0 || !this.#list) return;
    for (const row of this.#list.rows.values()) {
      if (row.item?.kind !== 'run' || row.item.row.status !== 'running') continue;
      const cell = row.cells[at + 3];
      cell.shown = this.#options.table.value(row.item.row, 'duration');
      setText(cell, formatDuration(cell.shown));
    }
  }

  #makeList() {
    const narrow = matchMedia('(max-width: 720px)');
    return new VirtualList(this.#body, {
      scroller: byId('runs-scroll'),
      rowHeight: () => (narrow.matches ? NARROW_ROW : ROW),
      key: (item) => item.key,
      create: (item) => (item.kind === 'run' ? this.#createRun() : this.#createGroup()),
      update: (row, item, index) => this.#update(row, item, index),
    });
  }

  /** A row for a run: one that scrolled out of sight, where there is any, because making a row anew costs more than filling it. */
  #createRun() {
    const spare = this.#pool.find((row) => !row.isConnected);
    if (spare) return spare;
    const row = this.#makeRun();
    this.#pool.push(row);
    return row;
  }

  #makeRun() {
    return h('tr', { class: 'run-line' },
      h('td', { class: 'col-check' }, h('input', { type: 'checkbox', tabindex: '-1' })),
      h('td', { class: 'col-eye' }, h('button', { type: 'button', class: 'eye', tabindex: '-1' }, icon('eye'))),
      h('th', { scope: 'row', class: 'col-name' }, h('div', { class: 'name-cell' }, h('button', { type: 'button', class: 'swatch-open', tabindex: '-1' }, h('span', { class: 'run-dot' })), h('a', { class: 'ellipsis', tabindex: '-1' }), h('a', { class: 'run-badge', tabindex: '-1', hidden: true }))));
  }

  #createGroup() {
    return h('tr', { class: 'group-line' },
      h('td', { class: 'col-check' }, h('input', { type: 'checkbox', tabindex: '-1' })),
      h('td', { class: 'col-eye' }, h('button', { type: 'button', class: 'eye', tabindex: '-1' }, icon('eye'))),
      h('th', { scope: 'row', class: 'col-name' }, h('button', { type: 'button', class: 'fold', tabindex: '-1' }, icon('chevron'), h('span', { class: 'group-label ellipsis' }), h('span', { class: 'count' }))));
  }

  #update(row, item, index) {
    row.item = item;
    row.setAttribute('aria-rowindex', String(index + 2));
    row.setAttribute('aria-level', String(item.level));
    row.tabIndex = item.key === this.#active ? 0 : -1;
    row.style.setProperty('--level', item.level - 1);
    if (row.signature !== this.#signature) {
      row.signature = this.#signature;
      while (row.cells.length > 3) row.lastChild.remove();
      row.append(...this.#columns.map((value) => h('td', { class: this.#options.isQuantity(value) ? 'num' : null })), h('td', { class: 'col-rest', 'aria-hidden': 'true' }));
    }
    if (item.kind === 'run') this.#updateRun(row, item.row);
    else this.#updateGroup(row, item);
  }

  #updateRun(element, row) {
    const { table, store, shown, selection, link } = this.#options;
    const anchor = element.querySelector('a');
    const box = element.querySelector('input');
    const eye = element.querySelector('.eye');
    if (anchor.run !== row.name) {
      anchor.run = row.name;
      anchor.replaceChildren(h('bdi', { dir: 'auto', text: row.name }));
      anchor.title = row.name;
      box.setAttribute('aria-label', t('runs.select', { run: row.name }));
      eye.setAttribute('aria-label', t('runs.eye', { run: row.name }));
      element.querySelector('.swatch-open').setAttribute('aria-label', t('selector.color', { run: row.name }));
    }
    anchor.href = link(row);
    this.#options.badge(element.querySelector('.run-badge'), row);
    element.style.setProperty('--run-color', `var(--run-${store.colors.get(row.id) ?? row.color ?? 0})`);
    const on = shown.has(row.id);
    setEye(eye, String(on));
    eye.title = t(on ? 'runs.eye_on' : 'runs.eye_off');
    const chosen = selection.has(row.id);
    box.checked = chosen;
    element.setAttribute('aria-selected', String(chosen));
    element.classList.toggle('opened', this.#options.opened() === row.id);
    this.#columns.forEach((value, i) => {
      const cell = element.cells[i + 3];
      const known = cell.of === row.id;
      cell.of = row.id;
      if (fillCell(cell, value, table.value(row, value), this.#formats.get(value)) && known && value !== 'duration') flash(cell);
    });
  }

  #updateGroup(element, item) {
    const { shown, selection } = this.#options;
    const ids = item.rows.map((row) => row.id);
    const value = item.value === null || item.value === '' ? t('runs.group_none') : item.path === 'status' ? t(`status.${item.value}`) : valueText(item.value, { exact: true });
    const label = `${nameOf(item.path)}: ${value}`;
    const fold = element.querySelector('.fold');
    fold.setAttribute('aria-expanded', String(!item.folded));
    element.setAttribute('aria-expanded', String(!item.folded));
    const name = fold.querySelector('.group-label');
    if (name.run !== label) {
      name.run = label;
      name.title = label;
      name.replaceChildren(h('bdi', { dir: 'auto', text: value }), h('span', { class: 'group-path', text: nameOf(item.path) }));
      element.querySelector('input').setAttribute('aria-label', t('runs.select_group', { group: label }));
      element.querySelector('.eye').setAttribute('aria-label', t('runs.eye_group', { group: label }));
    }
    setText(fold.querySelector('.count'), tCount('runs.count', ids.length));
    const chosen = ids.filter((id) => selection.has(id)).length;
    const box = element.querySelector('input');
    box.checked = chosen === ids.length;
    box.indeterminate = chosen > 0 && chosen < ids.length;
    element.setAttribute('aria-selected', String(chosen === ids.length));
    const on = ids.filter((id) => shown.has(id)).length;
    setEye(element.querySelector('.eye'), on === 0 ? 'false' : on === ids.length ? 'true' : 'mixed');
    this.#columns.forEach((value, i) => this.#fillSum(element.cells[i + 3], item, value));
  }

  #fillSum(cell, item, value) {
    const key = `${item.key}\u0002${value}`;
    let sum = this.#sums.get(key);
    // The mean of points in time says nothing.
    const time = value === 'created' || value === 'updated';
    if (sum === undefined) this.#sums.set(key, sum = time ? null : aggregate(this.#options.table.column(value), item.rows, this.#options.isQuantity(value)));
    cell.filled = false;
    cell.removeAttribute('title');
    if (sum === null) setText(cell, '');
    else if (sum.kind === 'mean') {
      setText(cell, value === 'duration' ? formatDuration(sum.mean) : withError(sum.mean, sum.se));
      cell.title = t(sum.se === null ? 'runs.mean_one' : 'runs.mean_title', { column: nameOf(value), count: sum.count, missing: sum.missing });
    } else if (sum.kind === 'same') cell.replaceChildren(nameText(value === 'status' ? t(`status.${sum.value}`) : Array.isArray(sum.value) ? sum.value.join(', ') : valueText(sum.value, { exact: true })));
    else cell.replaceChildren(h('span', { class: 'muted', text: tCount('runs.values', sum.count) }));
  }

  #ids(item) {
    return item.kind === 'run' ? [item.row.id] : item.rows.map((row) => row.id);
  }

  #select(item, on, extend) {
    const { selection } = this.#options;
    if (item.kind === 'run') selection.toggle(item.row.id, on, extend);
    else selection.setMany(this.#ids(item), on);
  }

  #click(event) {
    const row = event.target.closest('tr');
    const item = row?.item;
    if (!item) return;
    if (event.target.matches('input')) this.#select(item, event.target.checked, event.shiftKey);
    else if (event.target.closest('.eye')) this.#options.eye(this.#ids(item), event.target.closest('.eye').getAttribute('aria-pressed') !== 'true', event.shiftKey);
    else if (event.target.closest('.swatch-open')) this.#options.color(event.target.closest('.swatch-open'), item.row);
    else if (event.target.closest('.fold')) this.#options.fold(item.id);
    else if (event.target.closest('a:not(.run-badge)') && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.#options.open(item.row.id);
    }
  }

  #activate(key) {
    if (key === this.#active) return;
    this.#active = key;
    for (const [other, row] of this.#list.rows) row.tabIndex = other === key ? 0 : -1;
  }

  /** Brings a run's row into sight and gives it the keyboard. */
  focus(index) {
    const at = Math.max(0, Math.min(this.items.length - 1, index));
    const row = this.#list?.reveal(at);
    if (!row) return;
    this.#activate(this.items[at].key);
    row.focus({ preventScroll: true });
  }

  focusRun(id) {
    this.focus(this.items.findIndex((item) => item.key === id));
  }

  #keys(event) {
    const row = event.target.closest('tr');
    if (!row?.item || event.altKey || event.ctrlKey || event.metaKey) return;
    const item = row.item;
    const at = this.items.findIndex((one) => one.key === item.key);
    const page = Math.max(1, Math.floor(byId('runs-scroll').clientHeight / row.offsetHeight) - 2);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.items.length - 1 }[event.key];
    const inner = event.target !== row;
    if (to !== undefined) {
      this.focus(to);
      if (event.shiftKey && this.items[to]) this.#select(this.items[to], true, false);
    } else if (inner) return;
    else if (event.key === ' ') this.#select(item, row.getAttribute('aria-selected') !== 'true', event.shiftKey);
    else if (event.key === 'Enter') {
      if (item.kind === 'run') this.#options.open(item.row.id);
      else this.#options.fold(item.id);
    } else if (event.key === 'ArrowRight' && item.folded) this.#options.fold(item.id);
    else if (event.key === 'ArrowLeft' && item.kind === 'group' && !item.folded) this.#options.fold(item.id);
    else if (event.key === 'ArrowLeft') this.focus(this.items.findLastIndex((one, i) => i < at && one.kind === 'group' && one.level < item.level));
    else if (event.key === 'v') this.#options.eye(this.#ids(item), row.querySelector('.eye').getAttribute('aria-pressed') !== 'true', false);
    else if (event.key === 'F2' && item.kind === 'run') this.#options.open(item.row.id, true);
    else return;
    event.preventDefault();
  }
}

function setEye(eye, pressed) {
  if (eye.getAttribute('aria-pressed') === pressed) return;
  eye.setAttribute('aria-pressed', pressed);
  eye.replaceChildren(icon(pressed === 'false' ? 'eye-off' : 'eye'));
}

function flash(cell) {
  cell.classList.remove('changed');
  requestAnimationFrame(() => cell.classList.add('changed'));
}
