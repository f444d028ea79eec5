// Every class with its samples in each split, as bars and numbers; only the rows in sight exist.

import { h, nameText, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t } from '../text.js';
import { VirtualList } from '../virtuallist.js';

const ROW = 32;
// Of more splits, bars are too narrow to compare.
export const MOST_SPLITS = 12;

export class LabelTable {
  #head = h('tr');
  #body = h('tbody');
  #list;
  #model = null;
  #onOrder;

  /** @param onOrder(order) the reader wants another order */
  constructor(host, onOrder) {
    this.#onOrder = onOrder;
    const scroller = h('div', { class: 'table-scroll row-table label-table', tabindex: '0', role: 'region', 'aria-label': t('samples.counts.table') },
      h('table', { class: 'table' }, h('caption', { class: 'visually-hidden', text: t('samples.counts.table') }), h('thead', {}, this.#head), this.#body));
    host.replaceChildren(scroller);
    this.#list = new VirtualList(this.#body, { scroller, rowHeight: () => ROW, key: (row) => row.key, create: () => h('tr', {}), update: (element, row) => this.#update(element, row) });
  }

  /** @param model { splits, rows, as, order, colors, weighed: number of the split whose weights are shown } */
  show(model) {
    const splits = model.splits.slice(0, MOST_SPLITS);
    let largest = 0;
    for (const row of model.rows) for (let at = 0; at < splits.length; at++) largest = Math.max(largest, this.#value(row, at, model.as) ?? 0);
    this.#model = { ...model, splits, largest };
    const columns = [['name', t('samples.counts.class'), false], ...splits.map((split) => [`split:${split}`, split, true])];
    this.#head.replaceChildren(...columns.map(([by, text, numeric]) => this.#header(by, text, numeric)),
      ...(model.weighed >= 0 ? ['weight', 'factor'].map((one) => h('th', { scope: 'col', class: 'num', text: t(`samples.counts.${one}`, { split: model.splits[model.weighed] }) })) : []));
    this.#body.querySelectorAll('tr:not([aria-hidden])').forEach((row) => row.replaceChildren());
    this.#list.show(model.rows);
  }

  #value(row, at, as) {
    return as === 'shares' ? row.shares[at] : row.counts[at];
  }

  #header(by, text, numeric) {
    const { order } = this.#model;
    const on = order.by === by;
    const button = h('button', { type: 'button', onclick: () => this.#sortBy(by, numeric) }, nameText(text, 'ellipsis row-head'), h('span', { class: 'sort-mark', 'aria-hidden': 'true', text: on ? (order.descending ? '↓' : '↑') : '' }));
    return h('th', { scope: 'col', class: numeric ? 'num' : '', 'aria-sort': on ? (order.descending ? 'descending' : 'ascending') : null }, button);
  }

  // Numbers begin with the largest, names with the first; the third time it is as logged.
  #sortBy(by, numeric) {
    const { order } = this.#model;
    if (order.by !== by) this.#onOrder({ by, descending: numeric });
    else this.#onOrder(order.descending === numeric ? { by, descending: !numeric } : { by: 'logged', descending: false });
  }

  #update(element, row) {
    const { splits, as, largest, colors, weighed } = this.#model;
    if (!element.firstChild) {
      element.replaceChildren(h('th', { scope: 'row' }, nameText('')), ...splits.map(() => h('td', { class: 'num label-cell' }, h('span', { class: 'label-bar', 'aria-hidden': 'true' }), h('span', { class: 'label-number' }))),
        ...(weighed >= 0 ? [h('td', { class: 'num' }), h('td', { class: 'num' })] : []));
    }
    const name = element.firstChild.firstChild;
    if (setText(name, row.name)) name.title = row.name;
    splits.forEach((split, at) => {
      const [bar, number] = element.children[at + 1].children;
      const value = this.#value(row, at, as);
      bar.style.width = `${largest > 0 ? 100 * ((value ?? 0) / largest) : 0}%`;
      bar.style.background = colors[at];
      setText(number, value === null ? t('common.none') : as === 'shares' ? `${formatNumber(Number((value * 100).toPrecision(3)))} %` : value.toLocaleString('en'));
      element.children[at + 1].title = `${split}: ${row.counts[at].toLocaleString('en')} (${row.shares[at] === null ? t('common.none') : `${formatNumber(Number((row.shares[at] * 100).toPrecision(3)))} %`})`;
    });
    if (weighed < 0) return;
    [row.weights, row.factors].forEach((values, at) => setText(element.children[splits.length + 1 + at], values[weighed] === null ? t('samples.counts.no_samples') : formatNumber(values[weighed])));
  }
}
