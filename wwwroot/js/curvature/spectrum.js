// Pictures of a spectrum: the eigenvalues that were computed, and how all of them are spread.

import { t } from '../text.js';
import { densityAt, densityCurve, eigenvalues } from './numbers.js';
import { Picture } from './picture.js';
import { said, saidWith } from './words.js';

const UP = 'var(--accent)';
const DOWN = 'var(--run-1)';
const color = (value) => (value < 0 ? DOWN : UP);

/** Stems: one an eigenvalue, with its residual as the error bar. */
export class Stems {
  #picture;
  #host;

  constructor(host) {
    this.#host = host;
    this.#picture = new Picture(host, t('curvature.stems.figure'));
  }

  show(point, parameters) {
    const all = eigenvalues(point, parameters).filter((one) => Number.isFinite(one.value));
    const x = all.map((_, at) => at);
    const colors = all.map((one) => color(one.value));
    // Where the list jumps from the largest to the smallest ones.
    const gap = all.findIndex((one, at) => at > 0 && one.end === 'bottom' && all[at - 1].end === 'top');
    const traces = [
      ...[UP, DOWN].map((shade) => ({ type: 'scatter', mode: 'lines', hoverinfo: 'skip', showlegend: false, line: { color: shade, width: 2 }, ...stems(all, (one) => color(one.value) === shade) })),
      {
        type: 'scatter', mode: 'markers', x, y: all.map((one) => one.value), showlegend: false, marker: { size: 9, color: colors },
        error_y: { type: 'data', array: all.map((one) => one.residual ?? 0), color: 'var(--text-3)', thickness: 1.2, width: 5 },
        text: all.map((one) => `${one.label} = ${saidWith(one.value, one.residual)}`), hovertemplate: '%{text}<extra></extra>',
      },
    ];
    const layout = {
      xaxis: { tickmode: 'array', tickvals: x, ticktext: all.map((one) => one.label), showgrid: false, zeroline: false, fixedrange: true, range: [-0.6, Math.max(0.6, all.length - 0.4)] },
      yaxis: { title: { text: t('curvature.eigenvalue'), standoff: 8 }, zeroline: true, fixedrange: true, rangemode: 'tozero', exponentformat: 'power' },
      shapes: gap < 0 ? [] : [{ type: 'line', xref: 'x', yref: 'paper', x0: gap - 0.5, x1: gap - 0.5, y0: 0, y1: 1, line: { color: 'var(--border-strong)', width: 1, dash: 'dot' } }],
      margin: { t: 12, r: 12, b: 36, l: 64 }, dragmode: false,
    };
    this.#host.dataset.drawn = String(all.length);
    this.#picture.draw({ traces, layout });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}

function stems(all, wanted) {
  const x = [];
  const y = [];
  all.forEach((one, at) => {
    if (!wanted(one)) return;
    x.push(at, at, null);
    y.push(0, one.value, null);
  });
  return { x, y };
}

/** The density on a log axis, with the eigenvalues that were computed marked in it. */
export class Density {
  #picture;
  #host;

  constructor(host) {
    this.#host = host;
    this.#picture = new Picture(host, t('curvature.density.figure'));
  }

  show(view) {
    const curve = densityCurve(view.density);
    if (!curve) return;
    const marks = eigenvalues(view, view.parameters).filter((one) => Number.isFinite(one.value));
    const at = marks.map((one) => densityAt(curve, one.value));
    const traces = [
      { type: 'scatter', mode: 'lines', x: curve.x, y: curve.y, line: { color: UP, width: 1.8 }, showlegend: false, hovertemplate: `${t('curvature.eigenvalue')} %{x:.4g}<br>${t('curvature.density')} %{y:.3g}<extra></extra>` },
      { type: 'scatter', mode: 'lines', x: marks.flatMap((one) => [one.value, one.value, null]), y: marks.flatMap((_, i) => [curve.floor, at[i], null]), line: { color: 'var(--text-3)', width: 1 }, hoverinfo: 'skip', showlegend: false },
      {
        type: 'scatter', mode: 'markers', x: marks.map((one) => one.value), y: at, marker: { size: 7, color: marks.map((one) => color(one.value)) }, showlegend: false,
        text: marks.map((one) => `${one.label} = ${saidWith(one.value, one.residual)}`), hovertemplate: '%{text}<extra></extra>',
      },
    ];
    const layout = {
      xaxis: { title: { text: t('curvature.eigenvalue'), standoff: 8 }, zeroline: true, exponentformat: 'power' },
      yaxis: { title: { text: t('curvature.density'), standoff: 8 }, type: 'log', exponentformat: 'power', range: [Math.log10(curve.floor), Math.log10(Math.max(...curve.y.filter((one) => one !== null))) + 0.3] },
      margin: { t: 12, r: 12, b: 44, l: 64 }, dragmode: matchMedia('(pointer: coarse)').matches ? false : 'zoom',
    };
    this.#host.dataset.drawn = String(curve.x.length);
    this.#host.setAttribute('aria-description', t('curvature.density.description', { from: said(curve.x[0]), to: said(curve.x.at(-1)) }));
    this.#picture.draw({ traces, layout });
  }

  toImage = (format, title) => this.#picture.toImage(format, title);
}
