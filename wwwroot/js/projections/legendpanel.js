// What the colours mean: the column that gives them, and its categories or its range.

import { categoryColors, DISTINCT } from '../charts/points/categories.js';
import { rampColors } from '../charts/points/colors.js';
import { isDark, onThemeChange } from '../charts/themewatch.js';
import { h, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';
import { CategoryList } from './categories.js';
import { ranged } from './filters.js';
import { RangeSliders } from './ranges.js';
import { columnWord } from './words.js';

const STOPS = 24;

export class LegendPanel {
  #page;
  #select = h('select', { class: 'select', 'aria-label': t('projections.color') });
  #categories;
  #ranges = null;
  #ramp = h('div', { class: 'legend-ramp' }, h('span', { class: 'legend-bar', 'aria-hidden': 'true' }), h('span', { class: 'legend-low' }), h('span', { class: 'legend-high' }));
  #note = h('p', { class: 'muted legend-note' });
  #numbers = h('div', { hidden: true });
  #listed = null;
  #ranged = null;

  /** @param page { model(), change(changes, options) } */
  constructor(page) {
    this.#page = page;
    this.#categories = new CategoryList(page, { hasColors: true });
    this.#numbers.append(this.#ramp);
    this.#select.addEventListener('change', () => page.change({ color: this.#select.value }));
    this.element = h('section', { class: 'card side-card', 'aria-label': t('projections.color') }, h('label', { class: 'field side-head' }, h('h3', { text: t('projections.color') }), this.#select), this.#categories.element, this.#numbers, this.#note);
    onThemeChange(() => this.#shown && this.show(this.#shown));
  }

  #shown = null;

  show(model) {
    this.#shown = model;
    const { color, columns } = model;
    const key = columns.map(({ name }) => name).join('\u0001');
    if (key !== this.#listed) {
      this.#listed = key;
      this.#select.replaceChildren(h('option', { value: '', text: t('common.none') }), ...columns.map(({ name }) => h('option', { value: name, text: columnWord(name) })));
    }
    this.#select.value = color?.name ?? '';
    this.#select.disabled = columns.length === 0;
    this.#categories.element.hidden = !color || color.isNumber;
    this.#numbers.hidden = !color?.isNumber;
    setText(this.#note, color?.missing ? tCount('projections.legend.missing', color.missing) : '');
    if (!color) return;
    if (color.isNumber) this.#showNumbers(model, color);
    else this.#showCategories(model, color);
  }

  #showCategories(model, color) {
    const colors = categoryColors(DISTINCT, isDark()).colors;
    const slots = model.slots();
    this.#categories.show(model, color, model.legend, (code) => (code < 0 ? 'var(--border-strong)' : colors[slots[code] % colors.length]));
    setText(this.#note, color.categories.length > colors.length ? t('projections.legend.repeats', { colors: colors.length, count: color.categories.length.toLocaleString('en') }) : '');
  }

  #showNumbers(model, color) {
    if (this.#ranged !== color.name) {
      this.#ranged = color.name;
      this.#ranges?.element.remove();
      this.#ranges = new RangeSliders(columnWord(color.name), (range, done) => this.#page.change({ filters: ranged(this.#page.model().state.filters, color.name, range) }, { push: done, soon: !done }));
      this.#numbers.append(this.#ranges.element);
    }
    const [bar, low, high] = this.#ramp.children;
    bar.style.background = `linear-gradient(to right, ${rampColors('viridis', isDark(), STOPS).join(', ')})`;
    setText(low, formatNumber(color.span.low));
    setText(high, formatNumber(color.span.high));
    this.#ranges.show(color, model.state.filters.find(({ column }) => column === color.name));
  }
}
