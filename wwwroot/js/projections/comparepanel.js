// How two pictures hang together: by what their vectors are linked, whether one is laid over the other, and what moved most.

import { h, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';
import { idColumns, mostMoved } from './linking.js';
import { columnWord, valueWords } from './words.js';

const MOST = 30;

export class ComparePanel {
  #page;
  #by = h('select', { class: 'select', 'aria-label': t('projections.link_by') });
  #aligned;
  #lines;
  #list = h('ol', { class: 'neighbors', 'aria-label': t('projections.moved') });
  #note = h('p', { class: 'muted' });
  #byField;
  #columns = { inputs: [], names: [] };
  #most = { inputs: [], rows: [] };

  /** @param page { change(changes), align(on), hover(row | null) } */
  constructor(page) {
    this.#page = page;
    const toggle = (work) => h('input', { type: 'checkbox', role: 'switch', onchange: (event) => work(event.target.checked) });
    [this.#aligned, this.#lines] = [toggle((on) => page.align(on)), toggle((links) => page.change({ links }))];
    this.#by.addEventListener('change', () => page.change({ linkBy: this.#by.value || null }));
    this.#byField = h('label', { class: 'field' }, h('span', { text: t('projections.link_by') }), this.#by);
    this.element = h('section', { class: 'card side-card', 'aria-label': t('projections.comparison'), hidden: true }, h('h3', { text: t('projections.comparison') }),
      h('div', { class: 'side-tools' }, h('label', { class: 'switch', title: t('projections.aligned_title') }, this.#aligned, h('span', { text: t('projections.aligned') })), h('label', { class: 'switch' }, this.#lines, h('span', { text: t('projections.lines') })), this.#byField),
      h('h4', { text: t('projections.moved') }), this.#note, this.#list);
  }

  /** @param board see board.js @param sources `{ a, b }` */
  show(model, board, sources) {
    const { link } = board;
    this.element.hidden = !link;
    if (!link) return;
    const { state } = model;
    this.#aligned.checked = state.aligned;
    this.#lines.checked = state.links;
    this.#showColumns(sources, state.linkBy);
    setText(this.#note, link.moved ? tCount('projections.moved_note', link.linked) : t('projections.moved_aligned'));
    const { mask } = model.shown;
    const rows = link.moved ? this.#mostMoved(link.moved, mask) : [];
    const top = rows.length ? link.moved[rows[0]] || 1 : 1;
    reconcile(this.#list, rows, String, (row) => this.#create(row), (element, row) => this.#update(element, row, model, link.moved[row], top));
  }

  #mostMoved(moved, mask) {
    if (this.#most.inputs[0] !== moved || this.#most.inputs[1] !== mask) this.#most = { inputs: [moved, mask], rows: mostMoved(moved, MOST, mask) };
    return this.#most.rows;
  }

  #showColumns({ a, b }, chosen) {
    const inputs = [a.columns, b.columns];
    if (this.#columns.inputs[0] !== inputs[0] || this.#columns.inputs[1] !== inputs[1]) {
      const side = (source) => ({ rows: source.picture.rows, columns: source.columns });
      this.#columns = { inputs, names: idColumns(side(a), side(b)) };
      this.#by.replaceChildren(h('option', { value: '', text: t('projections.link_by.row') }), ...this.#columns.names.map((name) => h('option', { value: name, text: columnWord(name) })));
    }
    this.#byField.hidden = this.#columns.names.length === 0;
    this.#by.value = chosen ?? '';
  }

  #create(row) {
    const hover = (on) => () => this.#page.hover(on ? row : null);
    return h('li', {}, h('button', { type: 'button', class: 'neighbor', onclick: () => this.#page.change({ pick: row }), onpointerenter: hover(true), onpointerleave: hover(false), onfocus: hover(true), onblur: hover(false) },
      h('bdi', { class: 'ellipsis neighbor-name', dir: 'auto' }), h('span', { class: 'neighbor-distance' }), h('span', { class: 'neighbor-bar', 'aria-hidden': 'true' })));
  }

  #update(element, row, { label }, moved, top) {
    const [name, number, bar] = element.firstElementChild.children;
    const place = t('projections.row', { row: row.toLocaleString('en') });
    setText(name, label ? `${valueWords(label, row)} · ${place}` : place);
    setText(number, `${formatNumber(Number((100 * moved).toPrecision(3)))} %`);
    bar.style.width = `${100 * (moved / top)}%`;
  }
}
