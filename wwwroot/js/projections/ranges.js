// A range of numbers: two sliders over one line, and two fields for those who know the number.

import { h } from '../dom.js';
import { formatNumber } from '../format.js';
import { t } from '../text.js';

const STEPS = 1000;

export class RangeSliders {
  #changed;
  #low;
  #high;
  #from;
  #to;
  #ends = [0, 1];
  #line = h('div', { class: 'range-line' });
  #name;

  /** @param changed([from, to] | null for all, whether the pointer let go) */
  constructor(name, changed) {
    this.#changed = changed;
    this.#name = name;
    const slider = (key) => h('input', { type: 'range', min: '0', max: String(STEPS), step: '1', 'aria-label': t(`projections.range.${key}`, { name }), oninput: () => this.#slid(false), onchange: () => this.#slid(true) });
    const field = (key) => h('input', { type: 'text', class: 'input', inputmode: 'decimal', 'aria-label': t(`projections.range.${key}`, { name }), onchange: () => this.#typed() });
    [this.#low, this.#high, this.#from, this.#to] = [slider('from'), slider('to'), field('from'), field('to')];
    this.element = h('div', { class: 'ranges' }, h('div', { class: 'range-pair' }, this.#line, this.#low, this.#high), h('div', { class: 'range-fields' }, this.#from, h('span', { class: 'muted', text: '…' }), this.#to));
  }

  /** @param filter `{ from, to }` or none */
  show(column, filter) {
    this.element.hidden = !(column.high > column.low);
    if (this.element.hidden) return;
    this.#ends = [column.low, column.high];
    const [from, to] = filter?.from === undefined ? this.#ends : [filter.from, filter.to];
    const place = (value) => String(Math.round(Math.min(1, Math.max(0, (value - column.low) / (column.high - column.low))) * STEPS));
    for (const [slider, field, value] of [[this.#low, this.#from, from], [this.#high, this.#to, to]]) {
      if (document.activeElement !== slider || slider.value !== place(value)) slider.value = place(value);
      slider.setAttribute('aria-valuetext', formatNumber(value));
      if (document.activeElement !== field) field.value = String(Number(value.toPrecision(6)));
    }
    this.#line.style.setProperty('--from', `${Number(this.#low.value) / STEPS * 100}%`);
    this.#line.style.setProperty('--to', `${Number(this.#high.value) / STEPS * 100}%`);
  }

  #slid(done) {
    const [low, high] = this.#ends;
    const at = (slider) => Number(slider.value) / STEPS;
    const [a, b] = [Math.min(at(this.#low), at(this.#high)), Math.max(at(this.#low), at(this.#high))];
    // The ends of the line are the ends of the numbers, without what arithmetic takes off.
    const value = (place) => (place === 0 ? low : place === 1 ? high : low + place * (high - low));
    this.#changed(a === 0 && b === 1 ? null : [value(a), value(b)], done);
  }

  #typed() {
    const [low, high] = this.#ends;
    const number = (field, otherwise) => (field.value.trim() === '' || Number.isNaN(Number(field.value)) ? otherwise : Number(field.value));
    const [a, b] = [number(this.#from, low), number(this.#to, high)];
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    this.#changed(from <= low && to >= high ? null : [from, to], true);
  }
}
