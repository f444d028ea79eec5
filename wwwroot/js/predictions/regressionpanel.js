// A regression of the chosen run: predicted against true numbers, what is left over, and how that is spread.

import { RowTable } from '../analysis/rowtable.js';
import { createFigure, escapeMarkup } from '../charts/figure.js';
import { byId, h, setText } from '../dom.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { showReason } from './reason.js';
import { reasonsOf, said } from './words.js';

const MEASURES = ['r2', 'mae', 'rmse', 'median_absolute', 'mape', 'max_error', 'bias'];
const DRAG = matchMedia('(pointer: coarse)').matches ? false : 'zoom';

export class RegressionPanel {
  #figures = {};
  #table;
  #view = null;

  /** @param onOutput(index) */
  constructor(onOutput) {
    const select = byId('output');
    select.addEventListener('change', () => onOutput(Number(select.value)));
    this.#table = new RowTable(byId('outputs'), { label: t('predictions.outputs'), onPick: (row) => onOutput(row.output), onHover: () => {}, mark: (row) => (row.output === this.#view?.output ? 'picked' : '') });
  }

  show(view, run) {
    this.#view = view;
    const select = byId('output');
    select.closest('.field').hidden = view.outputs.length < 2;
    if (select.options.length !== view.outputs.length) select.replaceChildren(...view.outputs.map(({ output }) => h('option', { value: String(output), text: String(output) })));
    select.value = String(view.output);
    const { measures } = view.outputs[view.output];
    const notes = reasonsOf(view, 'samples', 'r2', 'mape');
    const { points } = view;
    if (points.rows.length < points.total) notes.push(t('predictions.points_drawn', { drawn: points.rows.length.toLocaleString('en'), total: points.total.toLocaleString('en') }));
    setText(byId('regression-note'), notes.join(' '));
    setText(byId('fitted-words'), MEASURES.slice(0, 3).map((key) => `${t(`predictions.measure.${key}`)} ${said(measures[key])}`).join(' · '));
    this.#draw(view, `var(--run-${run.color})`);
    this.#table.show([
      { key: 'output', text: t('predictions.output'), value: (row) => row.output, show: (row) => String(row.output) },
      ...MEASURES.map((key) => ({ key, text: t(`predictions.measure.${key}`), numeric: true, value: (row) => num(row.measures[key]), show: (row) => said(row.measures[key]) })),
      { key: 'samples', text: t('predictions.measure.samples'), numeric: true, value: (row) => row.samples, show: (row) => row.samples.toLocaleString('en') },
    ], view.outputs.map((one) => ({ ...one, key: String(one.output), color: 'transparent' })));
    this.#table.refresh();
  }

  image = (name) => (format, title) => this.#figures[name].toImage(format, title);

  csv(name) {
    const { points, residuals, outputs } = this.#view;
    if (name === 'histogram') return { header: ['from', 'to', 'count'], rows: residuals.counts.map((count, at) => [num(residuals.edges[at]), num(residuals.edges[at + 1]), count]) };
    if (name === 'outputs') return { header: ['output', 'samples', 'non_finite', ...MEASURES], rows: outputs.map((one) => [one.output, one.samples, one.non_finite, ...MEASURES.map((key) => num(one.measures[key]))]) };
    return { header: ['row', 'id', 'target', 'predicted', 'residual'], rows: points.rows.map((row, at) => [row, points.ids?.[at] ?? null, points.targets[at], points.predicted[at], points.predicted[at] - points.targets[at]]) };
  }

  #draw(view, color) {
    const { points, residuals } = view;
    const left = points.predicted.map((value, at) => value - points.targets[at]);
    const [target, predicted, residual] = ['target', 'predicted_value', 'residual'].map((key) => t(`predictions.${key}`));
    const text = points.rows.map((row, at) => `${escapeMarkup(points.ids?.[at] ?? t('predictions.sample_row', { row }))}<br>${target} ${said(points.targets[at])}<br>${predicted} ${said(points.predicted[at])}<br>${residual} ${said(left[at])}`);
    const dots = { type: 'scatter', mode: 'markers', text, hovertemplate: '%{text}<extra></extra>', marker: { size: 5, opacity: 0.6, color } };
    const line = (x, y) => ({ type: 'scatter', mode: 'lines', x, y, hoverinfo: 'skip', line: { color: 'var(--border-strong)', width: 1.4, dash: 'dash' } });
    const ends = points.rows.length ? [Math.min(...points.targets, ...points.predicted), Math.max(...points.targets, ...points.predicted)] : [0, 1];
    const axis = (title) => ({ title: { text: title, standoff: 8 }, zeroline: false, exponentformat: 'power' });
    const look = { showlegend: false, margin: { t: 8, r: 12, b: 44, l: 60 }, dragmode: DRAG };
    this.#figure('fitted', 'predictions.fitted.figure', [line(ends, ends), { ...dots, x: points.targets, y: points.predicted }], { ...look, xaxis: axis(target), yaxis: axis(predicted) });
    this.#figure('residuals', 'predictions.residuals.figure', [line([Math.min(ends[1], ...points.predicted), Math.max(ends[0], ...points.predicted)], [0, 0]), { ...dots, x: points.predicted, y: left }], { ...look, xaxis: axis(predicted), yaxis: axis(residual) });
    const bars = { type: 'bar', x: residuals.counts.map((_, at) => (num(residuals.edges[at]) + num(residuals.edges[at + 1])) / 2), y: residuals.counts, width: residuals.counts.map((_, at) => num(residuals.edges[at + 1]) - num(residuals.edges[at])), marker: { color }, hovertemplate: `${residual} %{x:.4g}<br>%{y}<extra></extra>` };
    this.#figure('histogram', 'predictions.histogram.figure', [bars], { ...look, bargap: 0, xaxis: axis(residual), yaxis: axis(t('predictions.measure.samples')) });
    for (const name of ['fitted', 'residuals', 'histogram']) showReason(byId(name), points.rows.length ? [] : reasonsOf(view, 'samples'));
  }

  #figure(name, label, traces, layout) {
    const host = byId(name);
    host.dataset.drawn = String(traces.at(-1).x.length);
    if (this.#figures[name]) this.#figures[name].update({ traces, layout }).catch(() => {});
    else {
      // The library takes an element of its own, so that a reason can lie over it.
      const place = h('div', { class: 'predictions-figure' });
      host.append(place);
      this.#figures[name] = createFigure(place, { label: t(label), traces, layout });
      this.#figures[name].ready.catch(() => {});
    }
  }
}
