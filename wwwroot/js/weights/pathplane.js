// The path of training in its two leading directions: checkpoints as points, in order along a line.

import { escapeMarkup } from '../charts/figure.js';
import { isDark } from '../charts/themewatch.js';
import { Picture } from '../curvature/picture.js';
import { formatNumber } from '../format.js';
import { t } from '../text.js';
import { colored } from './colorbar.js';
import { checkpointLines, clusterColor, directionTitle } from './pathwords.js';

export class PathPlane {
  #picture;
  #host;

  /** @param onPick(name) a checkpoint was chosen */
  constructor(host, onPick) {
    this.#host = host;
    this.#picture = new Picture(host, t('weights.path.figure'), { onClick: (point) => point.customdata && onPick(point.customdata) });
  }

  /** @param view { result, rows, colors: { by, values: number or null each, title }, at, equal: one length is one length in either direction } */
  draw({ result, rows, colors, at, equal }) {
    const x = rows.map(({ place }) => place[0]);
    const y = rows.map(({ place }) => place[1] ?? 0);
    const ends = rows.length > 1 ? [[0, 'weights.path.start'], [rows.length - 1, 'weights.path.end']] : [];
    // Its name stands on the side of an end where the path does not run.
    const away = (row) => ((y[row === 0 ? Math.min(2, rows.length - 1) : Math.max(0, row - 2)] > y[row]) ? -16 : 16);
    const chosen = rows.findIndex(({ name }) => name === at);
    const base = { type: 'scatter', mode: 'markers', hovertemplate: '%{text}<extra></extra>', showlegend: false };
    const marks = (picked, marker) => ({ ...base, x: picked.map((row) => x[row]), y: picked.map((row) => y[row]), customdata: picked.map((row) => rows[row].name),
      text: picked.map((row) => words(rows[row])), marker: { size: 10, line: { width: 1, color: 'var(--surface)' }, ...marker } });
    const all = rows.map((_, row) => row);
    const known = all.filter((row) => colors.values[row] !== null && Number.isFinite(colors.values[row]));
    const unknown = all.filter((row) => !known.includes(row));
    const traces = [{ type: 'scatter', mode: 'lines', x, y, line: { color: 'var(--text-3)', width: 1.2 }, hoverinfo: 'skip', showlegend: false }];
    if (unknown.length) traces.push(marks(unknown, { color: 'var(--text-3)' }));
    const look = colors.by === 'cluster' ? { marker: { color: known.map((row) => clusterColor(colors.values[row], isDark())) }, margin: {} } : colored(this.#host, known.map((row) => colors.values[row]), colors.title);
    if (known.length) traces.push(marks(known, look.marker));
    if (chosen >= 0) traces.push({ ...base, x: [x[chosen]], y: [y[chosen]], hoverinfo: 'skip', hovertemplate: null, marker: { symbol: 'circle-open', size: 17, color: 'var(--text)', line: { width: 2.5 } } });
    const axis = (direction) => ({ title: { text: escapeMarkup(directionTitle(result, direction)), standoff: 8 }, zeroline: false, exponentformat: 'power' });
    const layout = {
      xaxis: axis(0), yaxis: { ...axis(1), ...(equal ? { scaleanchor: 'x', scaleratio: 1 } : {}) },
      annotations: ends.map(([row, key]) => ({ x: x[row], y: y[row], text: escapeMarkup(t(key)), showarrow: false, yshift: away(row), font: { size: 11, color: 'var(--text)' } })),
      margin: { t: 18, r: 16, b: 48, l: 64, ...look.margin }, dragmode: matchMedia('(pointer: coarse)').matches ? false : 'zoom', uirevision: `${rows[0]?.name} ${rows.length} ${equal}`,
    };
    this.#host.dataset.drawn = String(rows.length);
    this.#picture.draw({ traces, layout });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}

const words = (row) => {
  const [head, ...lines] = checkpointLines(row);
  return [`<b>${escapeMarkup(head)}</b>`, ...lines.map(([label, value]) => `${escapeMarkup(label)}: ${escapeMarkup(value)}`)].join('<br>');
};

/** Shares of the variance, direction by direction, beside those of a random walk. */
export class Shares {
  #picture;
  #host;

  constructor(host) {
    this.#host = host;
    this.#picture = new Picture(host, t('weights.shares.figure'));
  }

  draw(rows) {
    const x = rows.map(({ direction }) => direction);
    const percent = (values) => values.map((value) => value * 100);
    const bar = (name, values, color, also = {}) => ({ type: 'bar', name, x, y: percent(values), marker: { color, ...also }, hovertemplate: `${escapeMarkup(name)}: %{y:.1f} %<extra></extra>` });
    this.#host.dataset.drawn = String(rows.length);
    this.#picture.draw({
      traces: [bar(t('weights.shares.path'), rows.map(({ share }) => share), 'var(--accent)'), bar(t('weights.shares.walk'), rows.map(({ walk }) => walk), 'var(--surface-3)', { line: { color: 'var(--text-3)', width: 1 } })],
      layout: {
        barmode: 'group', bargap: 0.25, showlegend: true, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 0 }, margin: { t: 34, r: 12, b: 44, l: 52 }, dragmode: false,
        xaxis: { title: { text: t('weights.direction'), standoff: 8 }, tickmode: 'linear', dtick: 1, fixedrange: true, showgrid: false }, yaxis: { title: { text: t('weights.shares.axis'), standoff: 8 }, ticksuffix: ' %', rangemode: 'tozero', fixedrange: true },
      },
    });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}

/** How far each checkpoint lies from the one before it, and how large the weights are. */
export class Movement {
  #picture;
  #host;

  constructor(host, onPick) {
    this.#host = host;
    this.#picture = new Picture(host, t('weights.movement.figure'), { onClick: (point) => point.customdata && onPick(point.customdata) });
  }

  /** @param order a step, or a place in the path, for each row */
  draw(rows, order, { byStep, at }) {
    const moved = rows.map(({ moved: value }) => value);
    const norms = rows.map(({ norm }) => norm);
    const chosen = rows.findIndex(({ name }) => name === at);
    const line = (key, values, color, yaxis) => ({
      type: 'scatter', mode: 'lines+markers', name: t(key), x: order, y: values, yaxis, line: { color, width: 1.8 }, marker: { size: 6, color }, customdata: rows.map(({ name }) => name),
      text: values.map((value, row) => `<b>${escapeMarkup(rows[row].name)}</b><br>${escapeMarkup(t(key))}: ${value === null ? '–' : formatNumber(value)}`), hovertemplate: '%{text}<extra></extra>',
    });
    const strip = (key) => ({ title: { text: escapeMarkup(t(key)), standoff: 6, font: { size: 11 } }, rangemode: 'tozero', exponentformat: 'power', nticks: 5 });
    this.#host.dataset.drawn = String(rows.length);
    this.#picture.draw({
      traces: [line('weights.movement.moved', moved, 'var(--accent)', 'y'), line('weights.movement.norm', norms, 'var(--run-1)', 'y2')],
      layout: {
        grid: { rows: 2, columns: 1, subplots: [['xy'], ['xy2']], roworder: 'top to bottom', ygap: 0.2 }, showlegend: false, margin: { t: 12, r: 12, b: 44, l: 64 }, dragmode: matchMedia('(pointer: coarse)').matches ? false : 'zoom',
        xaxis: { title: { text: t(byStep ? 'weights.step' : 'weights.checkpoint'), standoff: 8 }, anchor: 'y2' }, yaxis: strip('weights.movement.moved'), yaxis2: { ...strip('weights.movement.norm'), rangemode: 'normal' },
        shapes: chosen < 0 ? [] : [{ type: 'line', xref: 'x', yref: 'paper', x0: order[chosen], x1: order[chosen], y0: 0, y1: 1, line: { color: 'var(--text)', width: 1.2 } }],
      },
    });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}
