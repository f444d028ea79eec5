// A measure of all shown runs over steps.

import { create } from '../charts/chart.js';
import { h } from '../dom.js';
import { t } from '../text.js';
import { nearest } from './numbers.js';
import { showReason } from './reason.js';

/** The measure shown where the reader has not chosen. */
export const usual = (task) => (task === 'regression' ? 'rmse' : 'accuracy');

export class OverTime {
  #host;
  #select;
  #chart = null;
  #plot = h('div', { class: 'plot' });
  #series = [];
  #measure = null;

  /** @param page { onMeasure(name), onStep(step), onPick(runId) } */
  constructor(host, select, page) {
    this.#host = host;
    this.#select = select;
    host.append(this.#plot);
    select.addEventListener('change', () => page.onMeasure(select.value));
    this.#chart = create(this.#plot, {
      label: t('predictions.over_steps'),
      options: { x: 'step', xLabel: t('axis.step'), logX: false, logY: false, smoother: 'exponential', smoothing: 0, ignoreOutliers: false, windowed: false },
      onZoom: (from, to) => this.#chart.setWindow([from, to]),
      onReset: () => this.#chart.setWindow(null),
      onChange: () => {},
      onPick: page.onPick,
      onPin: (x) => {
        if (x === null) return;
        const steps = [...new Set(this.#series.flatMap(({ series }) => series.steps))].sort((a, b) => a - b);
        if (steps.length) page.onStep(steps[nearest(steps, x)]);
      },
    });
  }

  /** @param series [{ run, series }] of one task */
  show(series, task, chosen, step) {
    this.#series = series;
    const names = series.length ? Object.keys(series[0].series.measures) : [];
    const measure = this.#measure = names.includes(chosen) ? chosen : usual(task);
    if (this.#select.dataset.task !== task && names.length) {
      this.#select.dataset.task = task;
      this.#select.replaceChildren(...names.map((name) => h('option', { value: name, text: t(`predictions.measure.${name}`) })));
    }
    this.#select.value = measure;
    this.#chart.setRuns(series.map(({ run }) => ({ id: run.id, runId: run.id, name: run.name, color: run.color, dash: run.dash })));
    let known = 0;
    for (const { run, series: one } of series) {
      const values = (one.measures[measure] ?? []).map((value) => (value === null ? NaN : Number(value)));
      known += values.filter((value) => Number.isFinite(value)).length;
      this.#chart.replace(run.id, { steps: one.steps, wall_times: one.wall_times, values, total: one.steps.length }, true);
    }
    this.#chart.mark(step);
    this.#host.dataset.points = String(known);
    showReason(this.#host, series.length === 0 || known > 0 ? [] : [t('predictions.reason.no_value', { measure: t(`predictions.measure.${measure}`) })]);
  }

  highlight(runId) {
    this.#chart.highlight(runId);
  }

  async toImage(format, title) {
    return format === 'svg' ? new Blob([this.#chart.toSvg(title)], { type: 'image/svg+xml' }) : this.#chart.toImage(title);
  }

  csv() {
    const names = Object.keys(this.#series[0]?.series.measures ?? {});
    return {
      header: ['run_id', 'run', 'step', 'wall_time', ...names],
      rows: this.#series.flatMap(({ run, series }) => series.steps.map((step, at) => [run.id, run.name, step, series.wall_times[at], ...names.map((name) => series.measures[name][at])])),
    };
  }
}
