// A table of a file: as many rows as there are, of which only those in sight exist. Sorted by a column, filtered by words.

import { h, icon, nameText, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { VirtualList } from '../virtuallist.js';
import { filterRows, parseTable, sortRows } from './tabular.js';

const ROW_PX = 26;
// A wide table scrolls sideways; more columns than this at once would make every row slow.
const MAX_SHOWN_COLUMNS = 100;
const SETTLE_MS = 150;

export class TableView {
  #table;
  #columns;
  #sort = { at: -1, descending: false };
  #filter = '';
  #list = null;
  #rows;

  /** Throws TableError where the text is no table. */
  constructor(extension, text, name) {
    this.#table = parseTable(extension, text);
    this.#rows = this.#table.rows;
    this.#columns = this.#table.columns.slice(0, MAX_SHOWN_COLUMNS);
    this.count = h('span', { class: 'muted', role: 'status' });
    let timer = 0;
    const filter = h('input', { type: 'search', placeholder: t('media.filter_rows'), 'aria-label': t('media.filter_rows'), autocomplete: 'off', spellcheck: 'false' });
    filter.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => { this.#filter = filter.value; this.#show(); }, SETTLE_MS);
    });
    this.heads = this.#columns.map((column, at) => h('th', { scope: 'col', 'aria-sort': 'none', class: column.numeric && 'numeric' },
      h('button', { type: 'button', onclick: () => this.#sortBy(at) }, nameText(column.name || t('media.column', { number: at + 1 })))));
    this.body = h('tbody');
    this.scroller = h('div', { class: 'rows-scroll', tabindex: '0', role: 'group', 'aria-label': name },
      h('table', { class: 'data-table' }, h('thead', {}, h('tr', {}, ...this.heads)), this.body));
    this.element = h('div', { class: 'table-view' }, h('div', { class: 'table-tools' }, h('label', { class: 'search' }, icon('search'), filter), this.count), this.scroller);
  }

  /** Fills the rows once the element is in the page. */
  start() {
    this.#list = new VirtualList(this.body, {
      scroller: this.scroller,
      rowHeight: () => ROW_PX,
      key: (row) => row,
      create: (row) => h('tr', {}, ...this.#columns.map((column, at) => h('td', { class: column.numeric && 'numeric', dir: 'auto', title: row[at] ?? '', text: row[at] ?? '' }))),
      update: () => {},
    });
    this.#show();
  }

  #sortBy(at) {
    this.#sort = this.#sort.at !== at ? { at, descending: false } : this.#sort.descending ? { at: -1, descending: false } : { at, descending: true };
    this.heads.forEach((head, i) => head.setAttribute('aria-sort', i !== this.#sort.at ? 'none' : this.#sort.descending ? 'descending' : 'ascending'));
    this.#show();
  }

  #show() {
    let rows = filterRows(this.#rows, this.#filter);
    const { at, descending } = this.#sort;
    if (at >= 0) rows = sortRows(rows, at, this.#columns[at].numeric, descending);
    this.#list.show(rows);
    const said = [rows.length === this.#rows.length ? tCount('media.rows', rows.length) : t('media.rows_of', { found: rows.length.toLocaleString('en'), total: this.#rows.length.toLocaleString('en') })];
    if (this.#table.cut) said.push(t('media.table_cut'));
    if (this.#table.columns.length > this.#columns.length) said.push(t('media.columns_cut', { shown: this.#columns.length, total: this.#table.columns.length }));
    setText(this.count, said.join(' · '));
  }
}
