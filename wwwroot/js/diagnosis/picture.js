// The curve of a finding with its evidence: fetched when the card comes into sight.

import { insist, send } from '../api.js';
import { create } from '../charts/chart.js';
import { COLUMNS_TYPE, decodeColumns } from '../columns.js';
import { asksForLog, marksOf } from './marks.js';

const POINTS = 800;
const OTHER_DASHES = [0, 1, 2, 3];

export class Picture {
  #abort = null;
  #series = null;
  #window = null;
  chart = null;

  /**
   * @param element where it is drawn
   * @param hooks { label, run(): { id, name, color }, finding(): finding, log(): true | false | null (as the curves ask), loaded(log), failed(error | null), retrying(error) }
   */
  constructor(element, hooks) {
    this.element = element;
    this.hooks = hooks;
  }

  activate() {
    if (this.chart) return;
    this.chart = create(this.element, {
      label: this.hooks.label,
      options: this.#options(),
      onZoom: (from, to) => this.#zoom([from, to]),
      onReset: () => this.#zoom(null),
    });
    this.refresh();
  }

  deactivate() {
    this.#abort?.abort(new DOMException('out of sight', 'AbortError'));
    this.chart?.dispose();
    this.chart = null;
    this.element.replaceChildren();
  }

  /** Fetches the curves again. */
  async refresh() {
    if (!this.chart) return;
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const { signal } = this.#abort = new AbortController();
    const run = this.hooks.run();
    const tags = this.hooks.finding().evidence.curves;
    try {
      const body = { run_ids: [run.id], tags, points: POINTS };
      const answer = await insist(() => send('api/v1/scalars/query', { method: 'POST', body, accept: COLUMNS_TYPE, signal }), { signal, onRetry: this.hooks.retrying });
      const { series } = decodeColumns(await answer.arrayBuffer());
      if (signal.aborted) return;
      this.hooks.failed(null);
      this.#series = tags.map((tag) => series.find((one) => one.tag === tag)).filter(Boolean);
      this.draw();
    } catch (error) {
      if (!signal.aborted) this.hooks.failed(error);
    }
  }

  /** Draws what is held. */
  draw() {
    if (!this.chart || !this.#series) return;
    const { id, color } = this.hooks.run();
    this.chart.setOptions(this.#options());
    this.chart.setRuns(this.#series.map(({ tag }, i) => ({ id: tag, runId: id, name: tag, color: i === 0 ? color : (color + 2 * i) % 9, dash: OTHER_DASHES[i % OTHER_DASHES.length] })));
    for (const series of this.#series) this.chart.replace(series.tag, series, true);
    this.chart.setWindow(this.#window);
    this.chart.setEvidence(marksOf(this.hooks.finding().evidence));
    this.hooks.loaded(this.log);
  }

  /** Whether the y axis is logarithmic: as chosen, else as the curves ask. */
  get log() {
    return this.hooks.log() ?? (this.#series ? asksForLog(this.#series) : false);
  }

  #zoom(window) {
    this.#window = window;
    this.chart.setWindow(window);
  }

  #options() {
    return { x: 'step', logX: false, logY: this.log, smoother: 'exponential', smoothing: 0, ignoreOutliers: false };
  }
}
