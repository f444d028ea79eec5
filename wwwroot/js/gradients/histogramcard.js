// Histograms of one layer over the steps, on the signed logarithmic scale where its bins are of that kind.

import { createDistribution } from '../charts/distribution.js';
import { hideLines, showLines } from '../charts/tip.js';
import { DistributionModel } from '../distributions/model.js';
import { h } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { t } from '../text.js';
import { makeCard } from './card.js';
import { isSignedLog, onSignedLog, signedTicks, valueAt } from './signedlog.js';

const POINTS = 60;

export class HistogramCard {
  #context;
  #card;
  #chart = null;
  #abort = null;
  #tag = null;
  #series = null;
  #signed = false;
  #color = 0;
  #select;
  #kind;

  constructor(context) {
    this.#context = context;
    this.#select = h('select', { class: 'select', 'aria-label': t('gradients.histograms.mode'), onchange: (event) => context.change({ mode: event.target.value }, true) },
      ...['heat', 'ridge'].map((mode) => h('option', { value: mode, text: t(`distributions.mode.${mode}`) })));
    this.#kind = h('select', { class: 'select', 'aria-label': t('gradients.histograms.values'), onchange: (event) => context.change({ histograms: event.target.value }, true) },
      ...['gradients', 'weights'].map((kind) => h('option', { value: kind, text: t(`gradients.histograms.${kind}`) })));
    this.#card = makeCard('histograms', {
      controls: [this.#kind, this.#select],
      exports: {
        title: () => `${context.name()} ${this.#tag}`, image: (format, title) => (format === 'svg' ? this.#chart.toSvg(title) : this.#chart.toPng(title)),
        csv: () => ({ header: ['step', 'wall_time', 'from', 'to', 'count'], rows: this.#series.steps.flatMap((step, i) => this.#series.counts[i].map((count, bin) => [step, this.#series.wall_times[i], this.#series.edges[i][bin], this.#series.edges[i][bin + 1], count])) }),
      },
    });
    this.element = this.#card.element;
    this.#card.body.classList.add('gradient-distribution');
  }

  /** Shows the chosen layer, else the first that has histograms. */
  show(source, layer, color) {
    const state = this.#context.state();
    const { layers } = source.found;
    const kind = state.histograms;
    const subject = layer?.[kind] ? layer : layer ? null : layers.find((one) => one[kind]) ?? null;
    this.element.hidden = !layers.some((one) => one.gradients || one.weights);
    this.#select.value = state.mode;
    this.#kind.value = kind;
    this.#color = color;
    if (this.element.hidden) return;
    this.#card.title(`${t('gradients.card.histograms')}${subject ? ` · ${subject.name}` : ''}`);
    if (!subject) {
      this.#tag = null;
      this.#card.say(t('gradients.histograms.none'));
      this.#card.body.hidden = true;
      return;
    }
    this.#card.body.hidden = false;
    const key = `${subject[kind]} ${state.steps}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#tag = subject[kind];
      this.refresh(source);
    } else this.#draw();
  }

  #key = null;

  /** Asks the server again. */
  async refresh(source) {
    if (!this.#tag) return;
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const { signal } = this.#abort = new AbortController();
    try {
      const series = await source.histograms(this.#tag, POINTS, signal);
      if (signal.aborted) return;
      this.#series = series;
      this.#draw();
    } catch (error) {
      if (!signal.aborted) this.#card.say(t('distributions.failed', { reason: error.message }));
    }
  }

  #draw() {
    const series = this.#series;
    if (!series || series.steps.length === 0) {
      this.#card.say(t('gradients.histograms.none'));
      return;
    }
    this.#chart ??= createDistribution(this.#card.body, { label: t('gradients.card.histograms'), onZoom: (kind, from, to) => kind === 'steps' && this.#context.change({ steps: [from, to] }, true), onReset: () => this.#context.change({ steps: null }, true), onProbe: (cell, event) => this.#probe(cell, event) });
    this.#signed = isSignedLog(series);
    const model = new DistributionModel(this.#signed ? onSignedLog(series) : series);
    if (this.#signed) model.ticks = signedTicks;
    this.#chart.show(model, { mode: this.#context.state().mode, logCounts: false, highlight: null, pair: [0, 0], color: this.#color });
    this.#card.say('');
    this.#card.note([this.#signed ? t('gradients.histograms.scale') : t('gradients.histograms.linear'), model.empty ? t('distributions.no_values') : ''].filter(Boolean).join(' · '));
    this.element.dataset.signed = String(this.#signed);
    this.element.dataset.steps = String(series.steps.length);
  }

  #probe(cell, event) {
    if (!cell || !event) return hideLines();
    const ends = cell.edges?.map((edge) => formatNumber(this.#signed ? valueAt(edge) : edge));
    const lines = ends ? [[t('distributions.bin'), ends.join(' … ')], [t('distributions.count'), formatNumber(Math.round(cell.count * 10) / 10)]] : [];
    return showLines(`${t('gradients.step')} ${formatStep(this.#series.steps[cell.index])}`, lines, event.clientX, event.clientY);
  }

  dispose() {
    this.#abort?.abort(new DOMException('closed', 'AbortError'));
    this.#chart?.dispose();
  }
}
