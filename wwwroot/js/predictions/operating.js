// What comes of a threshold: five figures and four counts.

import { byId, h, reconcile, setText } from '../dom.js';
import { t } from '../text.js';
import { measuresOf } from './numbers.js';
import { said } from './words.js';

const FIGURES = ['precision', 'recall', 'fpr', 'f1', 'accuracy'];

export class OperatingFigures {
  #cells = {};

  constructor() {
    const cell = (key, right) => (this.#cells[key] = h('td', right ? { 'data-right': '' } : {}));
    const head = (key) => h('th', { scope: 'col', text: t(`predictions.operating.${key}`) });
    const row = (key, ...cells) => h('tr', {}, h('th', { scope: 'row', text: t(`predictions.operating.${key}`) }), ...cells);
    byId('operating-counts').replaceChildren(
      h('thead', {}, h('tr', {}, h('td'), head('taken'), head('left'))),
      h('tbody', {}, row('of_class', cell('tp', true), cell('fn')), row('others', cell('fp'), cell('tn', true))));
  }

  show(counts) {
    const measures = measuresOf(counts);
    reconcile(byId('operating-figures'), FIGURES, (key) => key, (key) => h('div', {}, h('dt', { text: t(`predictions.measure.${key}`) }), h('dd', {})), (item, key) => setText(item.lastElementChild, said(measures[key])));
    for (const [key, cell] of Object.entries(this.#cells)) setText(cell, counts[key].toLocaleString('en'));
  }
}
