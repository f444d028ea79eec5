// Samples of a Monte Carlo job: live while they are drawn, and what they say together when they are there.

import { jobParts } from '../jobs/client.js';
import { onThemeChange } from '../charts/themewatch.js';
import { h, reconcile, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { card, choice } from './card.js';
import { Distances, Histogram, MOST_DOTS, Places, Trace } from './samplefigures.js';
import { samplesOf, samplesOfParts, summary } from './samplenumbers.js';
import { axesOf, figures, fitWords, liveWords, meanWords, sizeWords } from './samplewords.js';
import { SAMPLE_COLORS } from './state.js';

const NO_PARTS = { job: null, items: [], after: 0, asking: false, seen: null };

export class MonteCarlo {
  #page;
  #job = null;
  #result = null;
  #samples = null;
  #parts = NO_PARTS;
  #words = h('div', { class: 'weights-words', role: 'status' });
  #figures = h('dl', { class: 'figures' });
  #notes = h('p', { class: 'analysis-notes muted' });
  #why = h('p', { class: 'analysis-warning', role: 'status', hidden: true });
  #head;
  #color;
  #ellipses;
  #cards;
  #losses;
  #accuracies;
  #trace;
  #distances;
  #places;

  /** @param page { state(), set(change, push), refresh(): draws again } */
  constructor(page) {
    this.#page = page;
    const set = (change) => {
      page.set(change, true);
      page.refresh();
    };
    this.#color = choice(t('scatter.color'), SAMPLE_COLORS.map((one) => [one, t(`weights.dots.${one}`)]), (sampleColor) => set({ sampleColor }));
    this.#ellipses = h('input', { type: 'checkbox', role: 'switch', onchange: ({ target }) => set({ ellipses: target.checked }) });
    const exports = (key, figure) => ({ title: () => `${this.#job?.name ?? ''} ${t(`${key}.title`)}`, image: (...given) => figure().toImage(...given), csv: () => this.#csv() });
    const made = (key, figure, also = {}) => card(key, { exports: exports(key, figure), ...also });
    const losses = made('weights.losses', () => this.#losses);
    const trace = made('weights.trace', () => this.#trace);
    const places = made('weights.places', () => this.#places, { wide: true, tools: [this.#color.element, h('label', { class: 'switch' }, this.#ellipses, h('span', { text: t('weights.ellipses') }))] });
    const accuracies = made('weights.accuracies', () => this.#accuracies);
    const distances = made('weights.distances', () => this.#distances);
    places.element.insertBefore(this.#why, places.figure);
    this.#cards = { losses, trace, distances, places, accuracies };
    this.#head = h('section', { class: 'card analysis-card weights-wide', 'aria-label': t('weights.montecarlo.figures') }, this.#words, this.#figures, this.#notes);
    this.element = h('div', { class: 'weights-cards' }, this.#head, losses.element, trace.element, accuracies.element, distances.element, places.element);
    this.#losses = new Histogram(losses.figure, t('weights.losses.figure'));
    this.#accuracies = new Histogram(accuracies.figure, t('weights.accuracies.figure'));
    this.#trace = new Trace(trace.figure);
    this.#distances = new Distances(distances.figure);
    this.#places = new Places(places.figure);
    onThemeChange(() => this.#samples && !this.element.hidden && page.refresh());
  }

  hide() {
    this.#parts = NO_PARTS;
    this.#result = null;
    this.#samples = null;
  }

  show(result, job) {
    if (this.#result !== result) this.#samples = samplesOf(result);
    [this.#result, this.#job, this.#parts] = [result, job, NO_PARTS];
    reconcile(this.#words, [meanWords(result), sizeWords(result), t('weights.temperature_words')].filter(Boolean), (text) => text, (text) => h('p', { text }));
    reconcile(this.#figures, figures(result), ([key]) => key, ([key]) => h('div', { title: t(`weights.figure.${key}.title`) }, h('dt', { text: t(`weights.figure.${key}`) }), h('dd', {})), (row, [, text]) => setText(row.lastElementChild, text));
    setText(this.#notes, (result.notes ?? []).join(' '));
    this.#draw({ center: Number(result.center_loss), mean: Number(result.mean), error: Number(result.standard_error), chain: result.sampler === 'sgld', axes: axesOf(result) });
  }

  /** What there is of a job that runs; answers whether there is anything to show. */
  live(job) {
    if (this.#parts.job !== job.id) {
      this.hide();
      this.#parts = { ...NO_PARTS, job: job.id, items: [] };
    }
    this.#job = job;
    this.#ask(job);
    if (this.#parts.items.length === 0) return false;
    this.#samples = samplesOfParts(this.#parts.items);
    const { mean, error } = summary(this.#samples.losses);
    reconcile(this.#words, [liveWords(this.#samples.losses)], () => 'live', () => h('p'), (row, text) => setText(row, text));
    this.#figures.replaceChildren();
    setText(this.#notes, '');
    this.#draw({ center: null, mean, error, chain: job.spec.sampler === 'sgld', axes: axesOf({ projection: job.spec.projection ?? 'random' }) });
    return true;
  }

  async #ask(job) {
    const parts = this.#parts;
    // Frames of jobs are hints: parts are asked for when one came, one request after the other.
    if (parts.asking || parts.seen === job) return;
    parts.asking = true;
    parts.seen = job;
    try {
      const { items, next } = await jobParts(job.id, parts.after);
      if (this.#parts !== parts) return;
      parts.items.push(...items);
      parts.after = next ?? parts.after;
      if (items.length) this.#page.refresh();
    } catch {
      // The result, or the next frame, says more.
    } finally {
      parts.asking = false;
    }
  }

  #draw({ center, mean, error, chain, axes }) {
    const state = this.#page.state();
    const { losses, trace, distances, places, accuracies } = this.#cards;
    const samples = this.#samples;
    const beyond = this.#losses.draw(samples.losses, { axis: t('weights.loss'), center, mean, error });
    const bad = samples.losses.filter((value) => !Number.isFinite(value)).length;
    setText(losses.notes, [t('weights.losses.note'), beyond ? tCount('weights.beyond', beyond) : '', bad ? tCount('weights.not_finite', bad) : ''].filter(Boolean).join(' '));
    losses.figure.hidden = beyond === null;
    this.#trace.draw(samples.losses, { chain, center });
    const thinned = samples.losses.length > MOST_DOTS ? t('weights.thinned', { drawn: MOST_DOTS.toLocaleString('en') }) : '';
    const noted = (element, key) => setText(element, [t(key), thinned].filter(Boolean).join(' '));
    noted(trace.notes, chain ? 'weights.trace.note_chain' : 'weights.trace.note');
    distances.element.hidden = !samples.distances;
    if (samples.distances) this.#distances.draw(samples, center);
    noted(distances.notes, chain ? 'weights.distances.note_chain' : 'weights.distances.note');
    accuracies.element.hidden = !samples.accuracies?.some((value) => Number.isFinite(value));
    if (!accuracies.element.hidden) {
      const of = summary(samples.accuracies);
      const at = this.#result?.center_accuracy ?? null;
      this.#accuracies.draw(samples.accuracies, { axis: t('weights.accuracy'), center: at === null ? null : Number(at), mean: of.mean, error: of.error });
    }
    places.element.hidden = !samples.x;
    if (!samples.x) return;
    const fit = this.#result?.fit ?? null;
    const by = state.sampleColor === 'weight' && !samples.weights ? 'loss' : state.sampleColor;
    this.#color.select.value = by;
    this.#color.select.querySelector('[value="weight"]').disabled = !samples.weights;
    this.#ellipses.checked = state.ellipses;
    this.#ellipses.closest('label').hidden = !fit;
    this.#why.hidden = !this.#result?.why_no_fit;
    setText(this.#why, this.#result?.why_no_fit ? t('weights.no_fit', { reason: this.#result.why_no_fit }) : '');
    setText(places.words, fit && state.ellipses ? fitWords(this.#result) : '');
    noted(places.notes, this.#result?.projection === 'pca' ? 'weights.places.note_pca' : 'weights.places.note');
    this.#places.draw({ samples, fit, ellipses: state.ellipses, by, axes });
  }

  #csv() {
    const { losses, accuracies, distances, weights, x, y } = this.#samples;
    return { header: ['sample', 'loss', 'accuracy', 'distance', 'weight', 'x', 'y'], rows: losses.map((loss, at) => [at + 1, loss, accuracies?.[at] ?? null, distances?.[at] ?? null, weights?.[at] ?? null, x?.[at] ?? null, y?.[at] ?? null]) };
  }
}
