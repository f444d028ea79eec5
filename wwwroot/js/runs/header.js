// The head of the table: sort by clicking, reorder by dragging or Alt+arrows, resize by the edge or Alt+Shift+arrows.

import { byId, h, icon, nameText } from '../dom.js';
import { t } from '../text.js';
import { defaultWidth, labelOf, nameOf } from './cells.js';

const MIN_WIDTH = 48;
const MAX_WIDTH = 1200;
const NUDGE = 16;
const CHECK_WIDTH = 36;
// Room for a mean with its error.
const SUM_WIDTH = 138;
const DRAG_TYPE = 'application/x-lossboard-column';

export class TableHead {
  #table = byId('runs-table');
  #options;
  #key = '';
  #dragged = null;

  /** @param options `{ view(), isQuantity(value), sort(by, add), move(value, before), resize(value, width, done), hide(value), selectAll(on) }` */
  constructor(options) {
    this.#options = options;
    this.all = h('input', { type: 'checkbox', id: 'check-all', 'aria-label': t('runs.select_all') });
    this.all.addEventListener('click', () => options.selectAll(this.all.checked));
  }

  /** Shows these columns; `sort`, widths and order come from the view. */
  render(columns) {
    const view = this.#options.view();
    const key = JSON.stringify([columns, view.sort, columns.map((value) => this.#options.isQuantity(value))]);
    if (key !== this.#key) {
      this.#key = key;
      const focused = document.activeElement?.closest?.('th[data-value]')?.dataset.value;
      const row = h('tr', { 'aria-rowindex': '1' },
        h('th', { scope: 'col', class: 'col-check' }, this.all),
        h('th', { scope: 'col', class: 'col-eye', title: t('runs.eye_head') }, icon('scalars'), h('span', { class: 'visually-hidden', text: t('runs.eye_head') })),
        this.#cell('name'), ...columns.map((value) => this.#cell(value)), h('td', { class: 'col-rest', 'aria-hidden': 'true' }));
      this.#table.tHead.replaceChildren(row);
      if (focused) [...row.cells].find((cell) => cell.dataset.value === focused)?.querySelector('button').focus();
    }
    this.#widths(columns);
  }

  width(value) {
    const { widths, groups } = this.#options.view();
    const least = groups.length > 0 && value !== 'name' && this.#options.isQuantity(value) && !['created', 'updated', 'duration'].includes(value) ? SUM_WIDTH : 0;
    return widths.get(value) ?? Math.max(least, defaultWidth(value));
  }

  #widths(columns) {
    const widths = [CHECK_WIDTH, CHECK_WIDTH, this.width('name'), ...columns.map((value) => this.width(value))];
    let group = this.#table.querySelector('colgroup');
    if (!group) this.#table.prepend(group = h('colgroup'));
    while (group.children.length > widths.length + 1) group.lastChild.remove();
    while (group.children.length < widths.length + 1) group.append(h('col'));
    widths.forEach((width, i) => { group.children[i].style.width = `${width}px`; });
    group.lastChild.style.width = '';
    this.#table.style.setProperty('--table-width', `${widths.reduce((sum, width) => sum + width, 0)}px`);
  }

  #cell(value) {
    const { sort } = this.#options.view();
    const at = sort.findIndex((entry) => entry.by === value);
    const sorted = at >= 0 ? (sort[at].descending ? 'descending' : 'ascending') : null;
    const { text, part } = labelOf(value);
    const numeric = this.#options.isQuantity(value);
    const mark = h('span', { class: 'sort-mark', 'aria-hidden': 'true', text: sorted ? (sorted === 'descending' ? '↓' : '↑') + (sort.length > 1 ? at + 1 : '') : '' });
    const button = h('button', { type: 'button', title: t('runs.sort_hint', { column: nameOf(value) }), onclick: (event) => this.#options.sort(value, event.shiftKey) },
      nameText(text, 'ellipsis'), part ? h('span', { class: 'part', text: part }) : null, mark);
    button.addEventListener('keydown', (event) => this.#keys(event, value));
    const cell = h('th', { scope: 'col', class: `${numeric ? 'num ' : ''}${value === 'name' ? 'col-name' : ''}`.trim() || null, 'aria-sort': at === 0 ? sorted : null, data: { value } }, button, this.#edge(value));
    if (value !== 'name') this.#draggable(cell, button, value);
    return cell;
  }

  #keys(event, value) {
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (side && event.altKey && event.shiftKey) this.#options.resize(value, this.#clamp(this.width(value) + side * NUDGE), true);
    else if (side && event.altKey && value !== 'name') this.#options.move(value, side);
    else if (event.key === 'Delete' && value !== 'name') this.#options.hide(value);
    else return;
    event.preventDefault();
  }

  #clamp(width) {
    return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width));
  }

  #edge(value) {
    const edge = h('span', { class: 'col-edge', 'aria-hidden': 'true' });
    edge.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const [start, from] = [event.clientX, edge.parentElement.getBoundingClientRect().width];
      edge.setPointerCapture(event.pointerId);
      const width = (move) => this.#clamp(from + move.clientX - start);
      const drag = (move) => this.#options.resize(value, width(move), false);
      const drop = (move) => {
        edge.removeEventListener('pointermove', drag);
        this.#options.resize(value, width(move), true);
      };
      edge.addEventListener('pointermove', drag);
      edge.addEventListener('pointerup', drop, { once: true });
    });
    edge.addEventListener('dblclick', () => this.#options.resize(value, null, true));
    return edge;
  }

  #draggable(cell, button, value) {
    button.draggable = true;
    button.addEventListener('dragstart', (event) => {
      this.#dragged = value;
      event.dataTransfer.setData(DRAG_TYPE, value);
      event.dataTransfer.effectAllowed = 'move';
    });
    button.addEventListener('dragend', () => {
      this.#dragged = null;
      this.#table.tHead.querySelectorAll('.drop').forEach((other) => other.classList.remove('drop'));
    });
    cell.addEventListener('dragover', (event) => {
      if (this.#dragged === null || this.#dragged === value) return;
      event.preventDefault();
      cell.classList.add('drop');
    });
    cell.addEventListener('dragleave', () => cell.classList.remove('drop'));
    cell.addEventListener('drop', (event) => {
      event.preventDefault();
      if (this.#dragged !== null) this.#options.move(this.#dragged, value);
    });
  }
}
