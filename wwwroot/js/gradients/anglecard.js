// Directions of successive gradients as a polar histogram, against chance.

import { Polar } from '../charts/polar.js';
import { h, setText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { t } from '../text.js';
import { makeCard } from './card.js';
import { anglesOf, awayFromNull, nullAngles } from './numbers.js';
import { WINDOWS } from './state.js';

export const BINS = 36;
// Standard errors from which on a mean is called more than chance, and the mean cosine below which nobody would see a difference.
const SURE = 5;
const SEEN = 0.05;

export class AngleCard {
  #context;
  #card;
  #polar;
  #slider;
  #shown;
  #steps = [];
  #rows = [];

  constructor(context) {
    this.#context = context;
    this.#slider = h('input', { type: 'range', min: 0, max: 0, value: 0, 'aria-label': t('gradients.angles.until'), oninput: () => {
      const at = Number(this.#slider.value);
      context.change({ until: at >= this.#steps.length - 1 ? null : this.#steps[at] }, false);
    } });
    this.#shown = h('output', { class: 'step-value' });
    this.length = h('select', { class: 'select', 'aria-label': t('gradients.angles.window'), onchange: (event) => context.change({ window: Number(event.target.value) }, true) },
      ...WINDOWS.map((count) => h('option', { value: count, text: count ? t('gradients.angles.last', { count }) : t('gradients.angles.all') })));
    this.#card = makeCard('angles', {
      controls: [this.length],
      exports: { title: () => `${context.name()} ${this.#title()}`, image: (format, title) => this.#polar.toImage(format, title), csv: () => ({ header: ['step', 'cosine', 'degrees'], rows: this.#rows }) },
    });
    this.element = this.#card.element;
    this.#card.body.classList.add('gradient-polar');
    this.element.append(h('label', { class: 'field gradient-slider' }, h('span', { text: t('gradients.angles.until') }), this.#slider, this.#shown));
    this.#polar = new Polar(this.#card.body, t('gradients.card.angles'));
  }

  /** @param tag of the cosines, or null; @param size dimensions; @param color slot of the run */
  show(source, layer, color) {
    const state = this.#context.state();
    const subject = layer ?? source.found.whole;
    const series = subject?.tags.cosine ? source.points(subject.tags.cosine) : null;
    this.element.hidden = !subject?.tags.cosine;
    if (this.element.hidden || !series) return;
    this.#card.title(this.#title(layer));
    this.#steps = series.steps;
    const last = this.#steps.length - 1;
    let until = last;
    if (state.until !== null) {
      until = this.#steps.findLastIndex((step) => step <= state.until);
      if (until < 0) until = 0;
    }
    const from = state.window ? Math.max(0, until - state.window + 1) : 0;
    this.#slider.max = Math.max(0, last);
    this.#slider.disabled = last < 1;
    if (Number(this.#slider.value) !== until) this.#slider.value = until;
    const text = last < 0 ? '–' : state.until === null ? t('gradients.angles.newest', { step: formatStep(this.#steps[until]) }) : formatStep(this.#steps[until]);
    setText(this.#shown, text);
    this.#slider.setAttribute('aria-valuetext', text);
    this.length.value = String(state.window);
    const cosines = series.values.slice(from, until + 1);
    const { shares, count, mean, sd } = anglesOf(cosines, BINS);
    const size = subject.size ?? this.#sizeOf(source, layer);
    this.#rows = cosines.map((one, i) => [this.#steps[from + i], one, (Math.acos(Math.max(-1, Math.min(1, one))) * 180) / Math.PI]);
    this.#polar.update({
      shares: [...shares], expected: size ? [...nullAngles(size, BINS)] : null, mean, color,
      labels: { same: t('gradients.angles.same'), across: t('gradients.angles.across'), opposite: t('gradients.angles.opposite') },
    });
    this.#card.say(count ? `${this.#verdict(mean, count, size)} ${t('gradients.angles.words', { count: formatStep(count), mean: formatNumber(mean), sd: Number.isFinite(sd) ? formatNumber(sd) : '–' })}` : t('gradients.angles.none'));
    this.#card.note(size ? t('gradients.angles.null', { size: formatStep(size), sd: formatNumber(1 / Math.sqrt(size)), degrees: formatNumber((180 / Math.PI) / Math.sqrt(size)) }) : t('gradients.angles.no_null'));
    this.element.dataset.count = String(count);
  }

  #sizeOf(source, layer) {
    if (layer) return null;
    const sizes = source.found.layers.map((one) => one.size);
    return sizes.length && sizes.every(Boolean) ? sizes.reduce((sum, one) => sum + one, 0) : null;
  }

  #verdict(mean, count, size) {
    const away = size ? Math.abs(awayFromNull(mean, count, size)) : Infinity;
    if (away < SURE || Math.abs(mean) < SEEN) return t('gradients.angles.chance');
    return t(mean > 0 ? 'gradients.angles.alike' : 'gradients.angles.swinging');
  }

  #title(layer = this.#context.layer()) {
    return `${t('gradients.card.angles')} · ${layer?.name ?? t('gradients.whole')}`;
  }

  dispose() {
    this.#polar.dispose();
  }
}
