// Categories to be shown and hidden: a click turns one on or off, a double click leaves it alone. Long lists are searched, and only rows in sight exist.

import { h, icon, setText } from '../dom.js';
import { t } from '../text.js';
import { VirtualList } from '../virtuallist.js';
import { isOn, isolated, toggled } from './filters.js';
import { categoryWord } from './words.js';

const ROW = 26;
const ROWS = 12;
// As many as the eye finds without a search.
const SEARCHED = 15;

export class CategoryList {
  #page;
  #hasColors;
  #find;
  #list = h('ul', { class: 'category-list' });
  #virtual;
  #none = h('p', { class: 'muted', text: t('projections.legend.none'), hidden: true });
  #column = null;
  #entries = [];
  #filters = [];
  #color = null;

  /** @param page { model(), change(changes) } */
  constructor(page, { hasColors }) {
    this.#page = page;
    this.#hasColors = hasColors;
    this.#find = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: t('projections.legend.find'), 'aria-label': t('projections.legend.find'), oninput: () => this.#fill() });
    this.#virtual = new VirtualList(this.#list, { rowHeight: () => ROW, key: ({ code }) => String(code), create: (entry) => this.#create(entry), update: (row, entry) => this.#update(row, entry) });
    this.element = h('div', { class: 'categories' }, h('label', { class: 'search', hidden: true }, icon('search'), this.#find), this.#list, this.#none);
  }

  /** @param color(code): css, or null @param entries `[{ code, text, count }]` */
  show(model, column, entries, color) {
    if (this.#column?.name !== column.name) this.#find.value = '';
    this.#column = column;
    this.#entries = entries;
    this.#filters = model.state.filters;
    this.#color = color;
    this.#find.parentElement.hidden = entries.length <= SEARCHED;
    this.#fill();
  }

  #fill() {
    const wanted = this.#find.value.toLowerCase();
    const found = wanted ? this.#entries.filter(({ text }) => categoryWord(text).toLowerCase().includes(wanted)) : this.#entries;
    this.#list.style.height = `${Math.min(ROWS, found.length) * ROW}px`;
    this.#none.hidden = found.length > 0;
    this.#virtual.show(found);
  }

  #create({ text }) {
    const { name } = this.#column;
    const button = h('button', { type: 'button', class: 'category', onclick: () => this.#flip(text), ondblclick: () => this.#change(isolated(this.#page.model().state.filters, name, text)),
      onkeydown: (event) => event.key === 'Enter' && event.shiftKey && (event.preventDefault(), this.#change(isolated(this.#page.model().state.filters, name, text))) },
    h('span', { class: 'category-mark', 'aria-hidden': 'true' }), h('bdi', { class: 'ellipsis category-name', dir: 'auto' }), h('span', { class: 'category-count' }));
    return h('li', {}, button);
  }

  #flip(text) {
    this.#change(toggled(this.#page.model().state.filters, this.#column.name, text, this.#entries.length));
  }

  #change(filters) {
    this.#page.change({ filters });
  }

  #update(row, { code, text, count }) {
    const [button] = row.children;
    const [mark, name, number] = button.children;
    const on = isOn(this.#filters, this.#column.name, text);
    button.setAttribute('aria-pressed', String(on));
    setText(name, categoryWord(text));
    button.title = t('projections.legend.hint', { name: categoryWord(text) });
    setText(number, count.toLocaleString('en'));
    mark.style.background = this.#hasColors && this.#color ? this.#color(code) : '';
    mark.classList.toggle('plain', !this.#hasColors);
  }
}
