// Pictures of Monte Carlo samples: how the losses are spread, how they came one after the other, where the samples lie.

import { escapeMarkup } from '../charts/figure.js';
import { Picture } from '../curvature/picture.js';
import { formatNumber } from '../format.js';
import { t } from '../text.js';

import { colored } from './colorbar.js';
import { bins, outlines, runningMeans } from './samplenumbers.js';

/** Samples drawn at the most: beyond it dots only cover dots. Figures and files are of all. */
export const MOST_DOTS = 3000;
const calm = () => (matchMedia('(pointer: coarse)').matches ? false : 'zoom');

/** Evenly chosen rows where there are too many to draw. */
const drawnRows = (count) => (count <= MOST_DOTS ? Array.from({ length: count }, (_, at) => at) : Array.from({ length: MOST_DOTS }, (_, at) => Math.floor((at * count) / MOST_DOTS)));

/** Values as bars, their mean with ± its error as a band, and a value to compare with as a line. */
export class Histogram {
  #picture;
  #host;

  constructor(host, label) {
    this.#host = host;
    this.#picture = new Picture(host, label);
  }

  /** @param also { axis, center: number or null, mean, error } Answers how many values lie beyond the picture, null where there is none. */
  draw(values, { axis, center = null, mean = null, error = null }) {
    const found = bins(values);
    this.#host.dataset.drawn = String(found?.counts.length ?? 0);
    if (!found) return null;
    const { from, width, counts } = found;
    const x = counts.map((_, at) => from + (at + 0.5) * width);
    const most = Math.max(...counts);
    const lines = [];
    const mark = (value, name, dash) => value !== null && Number.isFinite(value) && lines.push({ type: 'scatter', mode: 'lines', x: [value, value], y: [0, most * 1.06], name, line: { color: 'var(--text)', width: 1.8, dash }, hovertemplate: `${escapeMarkup(name)}: ${formatNumber(value)}<extra></extra>` });
    mark(mean, t('weights.mean'), 'solid');
    mark(center, t('weights.center'), 'dot');
    this.#picture.draw({
      traces: [{ type: 'bar', x, y: counts, width, marker: { color: 'var(--accent)', opacity: 0.75 }, showlegend: false, text: counts.map((count, at) => t('weights.bin', { from: formatNumber(from + at * width), to: formatNumber(from + (at + 1) * width), count })), textposition: 'none', hovertemplate: '%{text}<extra></extra>' }, ...lines],
      layout: {
        bargap: 0, showlegend: lines.length > 0, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 0 }, margin: { t: 34, r: 12, b: 44, l: 52 }, dragmode: calm(),
        xaxis: { title: { text: escapeMarkup(axis), standoff: 8 }, exponentformat: 'power', zeroline: false }, yaxis: { title: { text: t('weights.count'), standoff: 8 }, rangemode: 'tozero' },
        shapes: mean === null || !(error > 0) ? [] : [{ type: 'rect', xref: 'x', yref: 'paper', x0: mean - error, x1: mean + error, y0: 0, y1: 1, line: { width: 0 }, fillcolor: 'var(--text-3)', opacity: 0.3 }],
      },
    });
    return found.beyond;
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}

/** Losses in the order in which they were drawn, with the mean of all so far. */
export class Trace {
  #picture;
  #host;

  constructor(host) {
    this.#host = host;
    this.#picture = new Picture(host, t('weights.trace.figure'));
  }

  draw(losses, { chain, center }) {
    const rows = drawnRows(losses.length);
    const means = runningMeans(losses);
    const x = rows.map((row) => row + 1);
    const y = rows.map((row) => (Number.isFinite(losses[row]) ? losses[row] : null));
    this.#host.dataset.drawn = String(losses.length);
    this.#picture.draw({
      traces: [
        { type: 'scatter', mode: chain ? 'lines' : 'markers', name: t('weights.loss'), x, y, line: { color: 'var(--accent)', width: 1.2 }, marker: { size: 4, color: 'var(--accent)', opacity: 0.55 }, hovertemplate: `${escapeMarkup(t('weights.sample'))} %{x}: %{y:.4g}<extra></extra>` },
        { type: 'scatter', mode: 'lines', name: t('weights.running_mean'), x, y: rows.map((row) => means[row]), line: { color: 'var(--text)', width: 1.8 }, hovertemplate: '%{y:.4g}<extra></extra>' },
        ...(Number.isFinite(center) && center !== null ? [{ type: 'scatter', mode: 'lines', name: t('weights.center'), x: [1, Math.max(1, losses.length)], y: [center, center], line: { color: 'var(--text)', width: 1.4, dash: 'dot' }, hovertemplate: '%{y:.4g}<extra></extra>' }] : []),
      ],
      layout: { showlegend: true, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 0 }, margin: { t: 34, r: 12, b: 44, l: 60 }, dragmode: calm(), xaxis: { title: { text: t('weights.sample'), standoff: 8 }, zeroline: false }, yaxis: { title: { text: t('weights.loss'), standoff: 8 }, exponentformat: 'power', zeroline: false } },
    });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}

/** Where the samples lie in two directions, with what was fitted to them drawn over. */
export class Places {
  #picture;
  #host;

  constructor(host) {
    this.#host = host;
    this.#picture = new Picture(host, t('weights.places.figure'));
  }

  /** @param view { samples, fit, ellipses, by, axes: two titles } */
  draw({ samples, fit, ellipses, by, axes }) {
    const { x, y, losses, weights } = samples;
    const rows = drawnRows(x.length);
    const value = { loss: (row) => losses[row], weight: (row) => weights?.[row], order: (row) => row + 1 }[by];
    const shown = rows.filter((row) => Number.isFinite(value(row)));
    const rest = rows.filter((row) => !Number.isFinite(value(row)));
    const dots = (some, marker) => ({
      type: 'scatter', mode: 'markers', x: some.map((row) => x[row]), y: some.map((row) => y[row]), showlegend: false, marker: { size: 6, opacity: 0.8, ...marker }, hovertemplate: '%{text}<extra></extra>',
      text: some.map((row) => [`<b>${escapeMarkup(t('weights.sample'))} ${row + 1}</b>`, `${escapeMarkup(t('weights.loss'))}: ${formatNumber(losses[row])}`, ...(weights ? [`${escapeMarkup(t('weights.weight'))}: ${formatNumber(weights[row])}`] : [])].join('<br>')),
    });
    const title = t(`weights.dots.${by}`);
    const look = colored(this.#host, shown.map(value), title);
    const lines = ellipses ? outlines(fit) : [];
    this.#host.dataset.drawn = String(x.length);
    this.#host.dataset.outlines = String(lines.length);
    this.#picture.draw({
      traces: [
        ...(rest.length ? [dots(rest, { color: 'var(--text-3)' })] : []),
        ...(shown.length ? [dots(shown, look.marker)] : []),
        ...lines.map((line) => ({ type: 'scatter', mode: 'lines', x: line.x, y: line.y, showlegend: false, line: { color: 'var(--text)', width: line.radius === 1 ? 2 : 1.2, dash: line.radius === 1 ? 'solid' : 'dash' }, hoverinfo: 'skip' })),
        { type: 'scatter', mode: 'markers', x: [0], y: [0], showlegend: false, marker: { symbol: 'cross-thin', size: 13, line: { width: 2, color: 'var(--text)' } }, hovertemplate: `${escapeMarkup(t('weights.center_point'))}<extra></extra>` },
      ],
      layout: {
        xaxis: { title: { text: escapeMarkup(axes[0]), standoff: 8 }, exponentformat: 'power', zeroline: false }, yaxis: { title: { text: escapeMarkup(axes[1]), standoff: 8 }, exponentformat: 'power', zeroline: false, scaleanchor: 'x', scaleratio: 1 },
        margin: { t: 14, r: 12, b: 46, l: 60, ...look.margin }, dragmode: calm(), uirevision: 'places',
      },
    });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}

/** Loss against the distance from the centre: how fast it rises, and whether samples as far away are alike. */
export class Distances {
  #picture;
  #host;

  constructor(host) {
    this.#host = host;
    this.#picture = new Picture(host, t('weights.distances.figure'));
  }

  draw({ losses, distances }, center) {
    const rows = drawnRows(losses.length).filter((row) => Number.isFinite(losses[row]) && Number.isFinite(distances[row]));
    const axis = (key) => ({ title: { text: t(key), standoff: 8 }, exponentformat: 'power', zeroline: false });
    this.#host.dataset.drawn = String(rows.length);
    this.#picture.draw({
      traces: [
        { type: 'scatter', mode: 'markers', x: rows.map((row) => distances[row]), y: rows.map((row) => losses[row]), marker: { size: 4, color: 'var(--accent)', opacity: 0.55 }, showlegend: false, text: rows.map((row) => row + 1), hovertemplate: `${escapeMarkup(t('weights.sample'))} %{text}<br>${escapeMarkup(t('weights.distance'))}: %{x:.4g}<br>${escapeMarkup(t('weights.loss'))}: %{y:.4g}<extra></extra>` },
        ...(center === null || !Number.isFinite(center) ? [] : [{ type: 'scatter', mode: 'markers', x: [0], y: [center], name: t('weights.center'), marker: { symbol: 'cross-thin', size: 13, line: { width: 2, color: 'var(--text)' } }, showlegend: false, hovertemplate: `${escapeMarkup(t('weights.center'))}: %{y:.4g}<extra></extra>` }]),
      ],
      layout: { margin: { t: 14, r: 12, b: 44, l: 60 }, dragmode: calm(), xaxis: axis('weights.distance'), yaxis: axis('weights.loss') },
    });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}
