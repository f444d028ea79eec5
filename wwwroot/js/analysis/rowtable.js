// A table of many rows under a chart, of which only those in sight exist.

import { h, nameText, setText } from '../dom.js';
import { t } from '../text.js';
import { VirtualList } from '../virtuallist.js';

const ROW = 32;

export class RowTable {
  #head;
  #body;
  #list;
  #columns = [];
  #rows = [];
  #sort = null;
  #options;

  /** @param options { label, onPick(row), onHover(row | null), onSort?({ by, descending }), mark(row): 'picked' | 'held' | 'apart' | '' } */
  constructor(host, options) {
    this.#options = options;
    this.#head = h('tr');
    this.#body = h('tbody');
    const scroller = h('div', { class: 'table-scroll row-table', tabindex: '0', role: 'region', 'aria-label': options.label },
      h('table', { class: 'table' }, h('caption', { class: 'visually-hidden', text: options.label }), h('thead', {}, this.#head), this.#body));
    host.replaceChildren(scroller);
    this.#list = new VirtualList(this.#body, {
      scroller,
      rowHeight: () => ROW,
      key: (row) => row.key,
      create: (row) => this.#create(row),
      update: (element, row) => this.#update(element, row),
    });
    this.#body.addEventListener('mouseleave', () => options.onHover(null));
  }

  /**
   * @param columns [{ key, text, numeric, value(row), show(row) }]; the first is the row's name
   * @param rows [{ key, color, … }]
   */
  show(columns, rows) {
    const key = columns.map((column) => `${column.key}\u0000${column.text}`).join('\u0001');
    this.#rows = rows;
    this.#columns = columns;
    if (key !== this.#head.dataset.key) {
      this.#head.dataset.key = key;
      this.#head.replaceChildren(...columns.map((column) => this.#header(column)));
      this.#body.querySelectorAll('tr:not([aria-hidden])').forEach((row) => { row.replaceChildren(); });
    }
    this.#order();
  }

  /** Brings the marks of the rows in sight up to date. */
  refresh() {
    this.#list.refresh();
  }

  #header(column) {
    const mark = h('span', { class: 'sort-mark', 'aria-hidden': 'true' });
    const button = h('button', { type: 'button', onclick: () => this.#sortBy(column.key) }, nameText(column.text, 'ellipsis row-head'), mark);
    return h('th', { scope: 'col', class: column.numeric ? 'num' : '', 'data-column': column.key }, button);
  }

  #sortBy(key) {
    // First up, then down, then as it was.
    if (this.#sort?.key !== key) this.#sort = { key, descending: false };
    else this.#sort = this.#sort.descending ? null : { key, descending: true };
    this.#order();
  }

  #order() {
    const sort = this.#sort;
    const column = sort && this.#columns.find((one) => one.key === sort.key);
    for (const cell of this.#head.children) {
      const on = column && cell.dataset.column === column.key;
      if (on) cell.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
      setText(cell.querySelector('.sort-mark'), on ? (sort.descending ? '↓' : '↑') : '');
    }
    let rows = this.#rows;
    if (column) {
      const collator = new Intl.Collator('en', { numeric: true });
      const sign = sort.descending ? -1 : 1;
      const none = (value) => value === null || value === undefined || Number.isNaN(value);
      const read = new Map(rows.map((row) => [row, column.value(row)]));
      // What has no value comes last in either direction.
      rows = [...rows].sort((a, b) => {
        const [x, y] = [read.get(a), read.get(b)];
        if (none(x) || none(y)) return none(x) - none(y);
        return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)));
      });
    }
    this.#list.show(rows);
  }

  #create(row) {
    const element = h('tr', {});
    element.addEventListener('mouseenter', () => this.#options.onHover(element.row));
    element.addEventListener('click', () => this.#options.onPick(element.row));
    element.row = row;
    return element;
  }

  #update(element, row) {
    element.row = row;
    if (element.childElementCount !== this.#columns.length) {
      element.replaceChildren(...this.#columns.map((column, at) => (at === 0
        ? h('th', { scope: 'row' }, h('button', { type: 'button', class: 'row-name' }, h('span', { class: 'run-dot', 'aria-hidden': 'true' }), nameText(''))) : h('td', { class: column.numeric ? 'num' : '' }))));
    }
    this.#columns.forEach((column, at) => {
      const cell = element.children[at];
      const text = column.show(row);
      if (at === 0) {
        const name = cell.querySelector('bdi');
        if (setText(name, text)) name.title = text;
      } else if (setText(cell, text ?? t('common.none'))) cell.title = cell.textContent;
    });
    element.querySelector('.run-dot')?.style.setProperty('--run-color', row.color);
    const mark = this.#options.mark(row);
    element.dataset.mark = mark;
    element.setAttribute('aria-selected', String(mark === 'picked' || mark === 'held'));
  }
}
