// Everything about the gradients of one run: its cards, and the source that feeds them.

import { h, nameText, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { AngleCard } from './anglecard.js';
import { CurvesCard } from './curvescard.js';
import { HistogramCard } from './histogramcard.js';
import { MapCard } from './mapcard.js';
import { spread } from './numbers.js';
import { GradientSource } from './source.js';
import { TableCard } from './tablecard.js';

// More curves than there are colours beside the guide's tell nothing apart; the heat map shows them all.
const MAX_CURVES = 8;
// A picture that changes faster than this is not read any better.
const DRAW_MS = 250;
// What relative updates are usually about: 1 in 1,000 a step.
const GUIDE = 1e-3;

export class Pane {
  #source;
  #page;
  #cards;
  #timer = 0;
  #drawn = -Infinity;
  #steps = undefined;

  /** @param page { project, state(), change(changes, push), matches(): (name) → boolean, loaded(pane) } */
  constructor(run, page) {
    this.run = run;
    this.#page = page;
    const context = {
      state: page.state, change: page.change, name: () => this.run.name, layer: () => this.layer,
      pick: (name) => page.change({ layer: page.state().layer === name ? null : name }, true),
    };
    this.#cards = {
      map: new MapCard(context), angles: new AngleCard(context), histograms: new HistogramCard(context), norms: new CurvesCard('norms', context),
      updates: new CurvesCard('updates', context, { guide: GUIDE }), dead: new CurvesCard('dead', context, { logY: false }), table: new TableCard(context),
    };
    this.heading = h('h2', { class: 'gradient-run' });
    this.message = h('p', { class: 'muted', role: 'status', text: t('common.loading') });
    this.cards = h('div', { class: 'gradient-cards', hidden: true }, ...Object.values(this.#cards).map((card) => card.element));
    this.element = h('div', { class: 'gradient-pane', data: { run: run.id } }, this.heading, this.message, this.cards);
    this.runChanged(run);
    this.#source = new GradientSource(page.project, run.id);
    this.#source.addEventListener('change', () => this.#soon());
  }

  get source() {
    return this.#source;
  }

  get layer() {
    return this.#source.found.layers.find((one) => one.name === this.#page.state().layer) ?? null;
  }

  runChanged(run) {
    this.run = run;
    const dot = h('span', { class: 'run-dot' });
    dot.style.setProperty('--run-color', `var(--run-${run.color})`);
    this.heading.replaceChildren(dot, nameText(run.name));
  }

  /** The page's state changed, or the run has new records. */
  update({ records = false } = {}) {
    const { steps } = this.#page.state();
    if (String(steps) !== String(this.#steps)) {
      this.#steps = steps;
      this.#source.load(steps);
    } else if (records) this.#records();
    this.#tags();
    if (this.#source.loaded) this.#draw();
  }

  /** Histograms come with no frame of their own; where norms are made from them, all is read again. */
  #records() {
    const { layers } = this.#source.found;
    if (layers.length === 0 || layers.some((one) => !one.tags.norm)) this.#source.load(this.#steps);
    this.#cards.histograms.refresh(this.#source);
  }

  dispose() {
    clearTimeout(this.#timer);
    this.#source.close();
    for (const card of Object.values(this.#cards)) card.dispose?.();
    this.element.remove();
  }

  /** A layer's cosines are read when it is chosen. */
  #tags() {
    const { layer } = this;
    if (layer) this.#source.choose([layer.tags.cosine, layer.tags.zeros, layer.tags.weight].filter(Boolean));
  }

  #soon() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#drawn = performance.now();
      this.#tags();
      this.#draw();
    }, Math.max(0, this.#drawn + DRAW_MS - performance.now()));
  }

  #draw() {
    const source = this.#source;
    const { error, empty, found: { layers, whole, dead } } = source;
    this.#page.loaded(this);
    this.message.hidden = !error && !empty;
    this.cards.hidden = empty || Boolean(error);
    if (error || empty) {
      setText(this.message, error ? t('gradients.failed', { reason: error.message }) : t('gradients.none_in_run'));
      return;
    }
    const matches = this.#page.matches();
    const shown = layers.filter((layer) => matches(layer.name));
    const { layer } = this;
    this.#cards.map.show(source, shown, layers);
    this.#cards.angles.show(source, layer, this.run.color);
    this.#cards.histograms.show(source, layer, this.run.color);
    this.#curves('norms', 'norm', shown, whole, layer);
    this.#curves('updates', 'update_ratio', shown, whole, layer);
    this.#cards.dead.show(dead.slice(0, MAX_CURVES).map((one) => ({ id: one.tag, name: one.module, series: source.points(one.tag) })), dead.length > MAX_CURVES ? t('gradients.some', { shown: MAX_CURVES, count: dead.length }) : '');
    this.#cards.table.show(source, shown, this.#cards.map.statesByName);
    this.cards.dataset.ready = 'true';
  }

  /** The whole model, the chosen layer, and others spread over the model's depth. */
  #curves(card, what, shown, whole, layer) {
    const room = MAX_CURVES - 1;
    const at = spread(shown.length, room);
    const picked = at.map((i) => shown[i]);
    if (layer && shown.includes(layer) && !picked.includes(layer)) picked[picked.length - 1] = layer;
    const series = (one) => (what === 'norm' ? normSeries(this.#source, one) : this.#source.points(one.tags[what] ?? ''));
    const curves = picked.map((one) => ({ id: one.name, name: one.name, series: series(one) }));
    if (whole.tags[what]) curves.unshift({ id: whole.tags[what], name: t('gradients.whole'), series: this.#source.points(whole.tags[what]) });
    this.#cards[card].show(curves, shown.length > room ? tCount('gradients.some_layers', shown.length, { shown: room }) : '');
  }
}

function normSeries(source, layer) {
  const { steps, norms } = source.normsOf(layer);
  const known = layer.tags.norm ? source.points(layer.tags.norm) : null;
  return { steps, values: norms, times: known?.times ?? steps.map(() => 0) };
}
