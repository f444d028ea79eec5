// The filters as chips, and how one is added or changed: categories of a column, or a range of its numbers.

import { h, icon, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';
import { CategoryList } from './categories.js';
import { RangeSliders } from './ranges.js';
import { ranged, without } from './filters.js';
import { categoryWord, columnWord } from './words.js';

const MOST_NAMED = 2;

/** A filter in a few words. */
function filterWords(filter) {
  const name = columnWord(filter.column);
  if (filter.from !== undefined) return t('projections.filter.range', { name, from: formatNumber(filter.from), to: formatNumber(filter.to) });
  const texts = filter.only ?? filter.not;
  const said = texts.length > MOST_NAMED ? tCount('projections.filter.values', texts.length) : texts.map(categoryWord).join(', ');
  return t(filter.only ? 'projections.filter.only' : 'projections.filter.not', { name, values: said || t('projections.filter.nothing') });
}

export class FilterBar {
  #page;
  #chips = h('ul', { class: 'filter-chips', 'aria-label': t('projections.filters') });
  #count = h('p', { class: 'filter-count', role: 'status' });
  #clear;
  #column = h('select', { class: 'select', 'aria-label': t('projections.filter.column') });
  #editor = h('div', { class: 'filter-editor' });
  #panel;
  #menu;
  #categories = null;
  #ranges = null;
  #listed = null;

  /** @param page { model(), change(changes, { push, soon }) } */
  constructor(page) {
    this.#page = page;
    this.#clear = h('button', { type: 'button', class: 'button small quiet', text: t('projections.filter.clear'), onclick: () => page.change({ filters: [], isolated: null, onlyFound: false }) });
    this.#panel = h('div', { class: 'menu-panel filter-panel' }, this.#column, this.#editor);
    this.#menu = h('details', { class: 'menu', 'data-menu': '' }, h('summary', { class: 'button small' }, icon('filter'), t('projections.filter.add')), this.#panel);
    this.#menu.addEventListener('toggle', () => this.#menu.open && this.#edit());
    this.#column.addEventListener('change', () => this.#edit());
    this.element = h('div', { class: 'filter-bar' }, this.#menu, this.#chips, this.#clear, this.#count);
  }

  show(model) {
    const { filters, isolated, onlyFound } = model.state;
    this.element.hidden = model.columns.length === 0 && isolated === null;
    const chips = [...filters.map((filter) => ({ key: filter.column, text: filterWords(filter), edit: filter.column, remove: () => ({ filters: without(this.#page.model().state.filters, filter.column) }) })),
      ...(isolated ? [{ key: '\u0002isolated', text: tCount('projections.filter.isolated', isolated.length), remove: () => ({ isolated: null }) }] : []),
      ...(onlyFound && model.found.mask ? [{ key: '\u0002found', text: t('projections.filter.found', { query: model.state.query }), remove: () => ({ onlyFound: false }) }] : [])];
    reconcile(this.#chips, chips, ({ key }) => key, () => this.#chip(), (item, chip) => this.#showChip(item, chip));
    this.#clear.hidden = chips.length < 2;
    const { shown } = model.shown;
    setText(this.#count, shown === model.rows ? tCount('projections.points', model.rows) : t('projections.shown', { shown: shown.toLocaleString('en'), count: model.rows.toLocaleString('en') }));
    this.#menu.hidden = model.columns.length === 0;
    this.#options(model);
    if (this.#menu.open) this.#showEditor(model);
  }

  #chip() {
    return h('li', { class: 'chip' }, h('button', { type: 'button', class: 'chip-text ellipsis' }), h('button', { type: 'button', class: 'chip-remove' }, icon('close')));
  }

  #showChip(item, { text, edit, remove }) {
    const [name, cross] = item.children;
    setText(name, text);
    name.title = text;
    name.disabled = !edit;
    cross.setAttribute('aria-label', t('projections.filter.remove', { filter: text }));
    name.onclick = () => {
      this.#column.value = edit;
      this.#menu.open = true;
      this.#edit();
      this.#column.focus();
    };
    cross.onclick = () => this.#page.change(remove());
  }

  #options({ columns, color }) {
    const key = columns.map(({ name }) => name).join('\u0001');
    if (key === this.#listed) return;
    this.#listed = key;
    this.#column.replaceChildren(...columns.map(({ name }) => h('option', { value: name, text: columnWord(name) })));
    if (color) this.#column.value = color.name;
  }

  #edit() {
    const model = this.#page.model();
    const column = model.column(this.#column.value);
    this.#editor.replaceChildren();
    this.#categories = this.#ranges = null;
    if (!column) return;
    if (column.isNumber) {
      const { name } = column;
      this.#ranges = new RangeSliders(columnWord(name), (range, done) => this.#page.change({ filters: ranged(this.#page.model().state.filters, name, range) }, { push: done, soon: !done }));
      this.#editor.append(this.#ranges.element);
    } else {
      this.#categories = new CategoryList(this.#page, { hasColors: false });
      this.#editor.append(this.#categories.element);
    }
    this.#showEditor(model);
  }

  #showEditor(model) {
    const column = model.column(this.#column.value);
    if (!column) return;
    this.#ranges?.show(column, model.state.filters.find((one) => one.column === column.name));
    this.#categories?.show(model, column, model.entries(column), null);
  }
}

