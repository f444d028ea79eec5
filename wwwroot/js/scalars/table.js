// The numbers under a chart: one row a curve, for the window in sight.

import { h, nameText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { compareNames } from '../tags.js';
import { t } from '../text.js';
import { VirtualList } from '../virtuallist.js';

const COLUMNS = ['name', 'last', 'min', 'max', 'step', 'count'];
const EVERY_MS = 500;
const ROW = 30;

export class CardTable {
  #rows = [];
  #sort = { by: 'last', down: true };
  #list;
  #heads = new Map();
  #shownAt = -Infinity;
  #timer = 0;
  #read;

  /** @param read answers the rows of the chart: `chart.rows()`. @param pick hears of a clicked row's run. */
  constructor(label, read, pick) {
    this.#read = read;
    const body = h('tbody');
    const head = h('tr', {}, ...COLUMNS.map((column) => {
      const cell = h('th', { scope: 'col', class: column === 'name' ? null : 'num' },
        h('button', { type: 'button', onclick: () => this.#sortBy(column) }, t(`card.table.${column}`), h('span', { class: 'sort-mark', 'aria-hidden': 'true' })));
      this.#heads.set(column, cell);
      return cell;
    }));
    this.element = h('div', { class: 'card-table', role: 'region', tabindex: '0', 'aria-label': t('card.table.label', { tag: label }) }, h('table', { class: 'table' }, h('thead', {}, head), body));
    this.#list = new VirtualList(body, {
      scroller: this.element, rowHeight: () => ROW, key: (row) => row.id,
      create: (row) => {
        const swatch = h('span', { class: 'run-dot' });
        const line = h('tr', {}, h('th', { scope: 'row' }, swatch, nameText(row.name)), ...COLUMNS.slice(1).map(() => h('td', { class: 'num' })));
        line.addEventListener('click', () => row.runId && pick(row.runId));
        return line;
      },
      update: (line, row) => {
        line.querySelector('.run-dot').style.setProperty('--run-color', row.css);
        const texts = [formatNumber(row.last), formatNumber(row.min), formatNumber(row.max), formatStep(row.step), `${row.merged ? '≥ ' : ''}${formatStep(row.count)}`];
        texts.forEach((text, i) => { line.children[i + 1].textContent = text; });
      },
    });
    this.#mark();
  }

  /** The chart drew something: soon the table says so, too. */
  changed() {
    const wait = this.#shownAt + EVERY_MS - performance.now();
    if (wait <= 0) this.show();
    else this.#timer ||= setTimeout(() => this.show(), wait);
  }

  show() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#shownAt = performance.now();
    this.#rows = this.#read();
    const { by, down } = this.#sort;
    const finite = (value) => Number.isFinite(value);
    const compare = by === 'name' ? (a, b) => compareNames(a.name, b.name) : (a, b) => finite(b[by]) - finite(a[by]) || (down ? b[by] - a[by] : a[by] - b[by]) || compareNames(a.name, b.name);
    this.#rows.sort(by === 'name' && down ? (a, b) => compare(b, a) : compare);
    this.#list.show(this.#rows);
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  #sortBy(column) {
    this.#sort = { by: column, down: this.#sort.by === column ? !this.#sort.down : column !== 'name' };
    this.#mark();
    this.show();
  }

  #mark() {
    for (const [column, cell] of this.#heads) {
      const chosen = column === this.#sort.by;
      cell.setAttribute('aria-sort', chosen ? (this.#sort.down ? 'descending' : 'ascending') : 'none');
      cell.querySelector('.sort-mark').textContent = chosen ? (this.#sort.down ? '↓' : '↑') : '';
    }
  }
}
