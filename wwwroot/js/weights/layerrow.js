// One layer: its norm over the steps with a line a run, and beside it the histograms of the runs.

import { create as createChart } from '../charts/chart.js';
import { insist } from '../api.js';
import { Row } from '../distributions/row.js';
import { h, setText } from '../dom.js';
import { ask } from '../query.js';
import { t } from '../text.js';

const POINTS = 600;
// Lines of one chart that can be told apart, with dashes.
const MOST_RUNS = 27;
const OPTIONS = { x: 'step', logX: false, logY: false, smoother: 'exponential', smoothing: 0, ignoreOutliers: false, windowed: false };
const NOTHING = { steps: [], wall_times: [], values: [], total: 0 };

export class LayerRow extends Row {
  #layer;
  #context;
  #plot = h('div', { class: 'plot' });
  #note = h('p', { class: 'panel-note', role: 'status' });
  #chart = null;
  #abort = null;

  /** @param layer { name, histogram: whether there are any, norm: tag of its norm or null } @param context as of Row */
  constructor(layer, context) {
    super(layer.name, context);
    this.#layer = layer;
    this.#context = context;
    this.element.classList.add('layer-row');
    this.#card = h('article', { class: 'card panel layer-norm', 'aria-label': t('weights.norm_of', { layer: layer.name }), hidden: true }, h('div', { class: 'panel-head' }, h('h4', { class: 'panel-title', text: t('weights.norm') })), this.#note, h('div', { class: 'panel-body' }, this.#plot));
    this.element.insertBefore(this.#card, this.list);
    this.update(layer);
  }

  #card;

  /** The layer has a norm, or histograms, that it had not. */
  update(layer) {
    const other = layer.norm !== this.#layer.norm || layer.histogram !== this.#layer.histogram;
    this.#layer = layer;
    this.#card.hidden = !layer.norm;
    this.list.hidden = !layer.histogram;
    if (other && this.element.classList.contains('awake')) this.activate();
  }

  activate() {
    if (this.#layer.histogram) super.activate();
    this.element.classList.add('awake');
    if (!this.#layer.norm || this.#chart) return;
    this.#chart = createChart(this.#plot, { label: t('weights.norm_of', { layer: this.#layer.name }), options: { ...OPTIONS, xLabel: t('axis.step') }, onZoom: (from, to) => this.#chart.setWindow([from, to]), onReset: () => this.#chart.setWindow(null), onChange: () => {}, onPick: () => {}, onPin: () => {} });
    this.#load();
  }

  deactivate() {
    super.deactivate();
    this.#abort?.abort();
    this.#chart?.dispose();
    this.#chart = null;
    this.#plot.replaceChildren();
  }

  runsChanged() {
    super.runsChanged();
    if (this.#chart) this.#load();
  }

  refresh(runIds = null) {
    super.refresh(runIds);
    if (this.#chart) this.#load();
  }

  async #load() {
    this.#abort?.abort();
    const { signal } = this.#abort = new AbortController();
    const runs = this.#context.runs().slice(0, MOST_RUNS);
    try {
      const { series } = await insist(() => ask({ run_ids: runs.map(({ id }) => id), tags: [this.#layer.norm], points: POINTS }, signal), { signal });
      if (signal.aborted || !this.#chart) return;
      const having = runs.filter(({ id }) => series.some((one) => one.run_id === id));
      this.#chart.setRuns(having.map((run) => ({ id: run.id, runId: run.id, name: run.name, color: run.color, dash: run.dash, part: 0, axis: 'y' })));
      for (const run of having) this.#chart.replace(run.id, series.find((one) => one.run_id === run.id) ?? NOTHING, true);
      this.#plot.dataset.drawn = String(having.length);
      setText(this.#note, having.length ? '' : t('weights.norm_none'));
    } catch (error) {
      if (!signal.aborted) setText(this.#note, t('weights.norm_failed', { reason: error.message }));
    }
  }
}
