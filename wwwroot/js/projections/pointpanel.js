// The picked point: what is known of it, its picture, and its neighbours in the space of the vectors.

import { h, icon, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t } from '../text.js';
import { METRICS, NEIGHBORS } from './state.js';
import { columnWord, valueWords } from './words.js';

const SIDE = 112;

export class PointPanel {
  #page;
  #title = h('h3', { class: 'ellipsis', dir: 'auto' });
  #image = h('div', { class: 'point-image', hidden: true });
  #facts = h('dl', { class: 'point-facts' });
  #metric;
  #count;
  #among;
  #list = h('ol', { class: 'neighbors', 'aria-label': t('projections.neighbors') });
  #note = h('p', { class: 'muted neighbors-note', role: 'status' });
  #near;
  #drawn = null;

  /** @param page { change(changes, options), thumbnail(row, side), zoomTo(rows), hover(row | null), select(rows) } */
  constructor(page) {
    this.#page = page;
    this.#metric = h('select', { class: 'select', 'aria-label': t('projections.neighbors.metric'), onchange: () => page.change({ metric: this.#metric.value }) }, ...METRICS.map((one) => h('option', { value: one, text: t(`projections.metric.${one}`) })));
    this.#count = h('input', { type: 'number', min: String(NEIGHBORS[0]), max: String(NEIGHBORS[1]), 'aria-label': t('projections.neighbors.count'), onchange: () => {
      const count = Math.round(Number(this.#count.value));
      if (count >= NEIGHBORS[0]) page.change({ neighbors: Math.min(NEIGHBORS[1], count) });
    } });
    this.#among = h('input', { type: 'checkbox', role: 'switch', onchange: () => page.change({ amongShown: this.#among.checked }) });
    const button = (key, symbol, work) => h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t(key), title: t(key), onclick: work }, icon(symbol));
    this.#near = h('div', { class: 'point-near' }, h('h4', { text: t('projections.neighbors') }), h('div', { class: 'side-tools' }, this.#metric, h('label', { class: 'field' }, this.#count), h('label', { class: 'switch' }, this.#among, h('span', { text: t('projections.neighbors.among') }))), this.#note, this.#list);
    this.element = h('section', { class: 'card side-card point-card', 'aria-label': t('projections.point'), hidden: true },
      h('div', { class: 'side-head' }, this.#title, button('projections.point.zoom', 'search', () => page.zoomTo([this.#row, ...this.#rows])), button('common.close', 'close', () => page.change({ pick: null }))), this.#image, this.#facts, this.#near);
  }

  #row = null;
  #rows = [];

  /** @param near see neighbors.js */
  show(model, near) {
    const { pick, metric, neighbors, amongShown } = model.state;
    const row = pick !== null && pick < model.rows ? pick : null;
    this.element.hidden = row === null;
    this.#row = row;
    if (row === null) {
      this.#drawn = null;
      return;
    }
    const name = t('projections.row', { row: row.toLocaleString('en') });
    const { label } = model;
    setText(this.#title, label ? `${valueWords(label, row)} · ${name}` : name);
    this.#title.title = this.#title.textContent;
    this.#showImage(row);
    reconcile(this.#facts, model.columns, (column) => column.name, (column) => h('div', {}, h('dt', { class: 'ellipsis', title: columnWord(column.name), text: columnWord(column.name) }), h('dd', { dir: 'auto' })), (item, column) => setText(item.lastElementChild, valueWords(column, row)));
    this.#metric.value = metric;
    if (document.activeElement !== this.#count) this.#count.value = String(neighbors);
    this.#among.checked = amongShown;
    this.#showNeighbors(model, near);
  }

  #showImage(row) {
    const image = this.#page.thumbnail(row, SIDE);
    const key = `${row} ${Boolean(image)}`;
    this.#image.hidden = !image;
    if (this.#drawn === key) return;
    this.#drawn = key;
    this.#image.replaceChildren(...(image ? [image] : []));
  }

  #showNeighbors(model, { state, rows, distances, message }) {
    const words = { none: '', asking: t('projections.neighbors.asking'), failed: t('projections.neighbors.failed', { reason: message }), impossible: message, known: rows.length ? '' : t('projections.neighbors.nobody') };
    setText(this.#note, words[state]);
    this.#note.hidden = !words[state];
    this.#rows = [...rows];
    const farthest = Math.max(...distances, 0) || 1;
    const items = rows.map((row, at) => ({ row, distance: distances[at], at }));
    reconcile(this.#list, items, ({ row }) => String(row), (item) => this.#create(item), (element, item) => this.#update(element, item, model, farthest));
    this.#list.setAttribute('aria-busy', String(state === 'asking'));
  }

  #create({ row }) {
    const hover = (on) => () => this.#page.hover(on ? row : null);
    return h('li', {}, h('button', { type: 'button', class: 'neighbor', onclick: () => this.#page.change({ pick: row }), onpointerenter: hover(true), onpointerleave: hover(false), onfocus: hover(true), onblur: hover(false) },
      h('span', { class: 'neighbor-image' }), h('bdi', { class: 'ellipsis neighbor-name', dir: 'auto' }), h('span', { class: 'neighbor-distance' }), h('span', { class: 'neighbor-bar', 'aria-hidden': 'true' })));
  }

  #update(element, { row, distance }, model, farthest) {
    const [button] = element.children;
    const [image, name, number, bar] = button.children;
    const { label } = model;
    const said = label ? valueWords(label, row) : t('projections.row', { row: row.toLocaleString('en') });
    setText(name, said);
    button.title = label ? `${said} · ${t('projections.row', { row: row.toLocaleString('en') })}` : said;
    const { mask } = model.shown;
    button.classList.toggle('hidden-point', mask !== null && mask[row] === 0);
    const { color } = model;
    button.dataset.same = String(Boolean(color && !color.isNumber && color.codes[row] === color.codes[this.#row]));
    setText(number, formatNumber(Number(distance.toPrecision(4))));
    bar.style.width = `${Math.max(2, 100 * (distance / farthest))}%`;
    if (image.dataset.row === String(row) && image.firstChild) return;
    image.dataset.row = String(row);
    const picture = this.#page.thumbnail(row, 22);
    image.replaceChildren(...(picture ? [picture] : []));
    image.hidden = !picture;
  }
}
