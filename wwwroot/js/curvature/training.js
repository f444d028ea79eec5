// Curvature along training: one strip a measure over the same steps, and the table that has the same numbers.

import { h, nameText, reconcile, setText } from '../dom.js';
import { formatStep } from '../format.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { alongTraining, checkpointsOf } from './numbers.js';
import { Picture } from './picture.js';
import { said, saidWith } from './words.js';

// Height of a strip, and of the axis below the last one.
const STRIP = 132;
const FOOT = 60;
const COLORS = { top: 'var(--accent)', bottom: 'var(--run-1)', trace: 'var(--run-2)', sharpness: 'var(--run-3)', loss: 'var(--text-2)' };
// The extremes of the spectrum share a strip: they are two ends of one thing.
const STRIPS = [['top', 'bottom'], ['trace'], ['sharpness'], ['loss']];

export class Training {
  #host;
  #picture;
  #body;
  #pick;
  #x = [];
  #names = [];

  /** @param onPick(name) a checkpoint was chosen */
  constructor(host, tableBody, onPick) {
    this.#host = host;
    this.#body = tableBody;
    this.#pick = onPick;
    this.#picture = new Picture(host, t('curvature.training.figure'), { onClick: (point) => this.#names[point.pointNumber] && onPick(this.#names[point.pointNumber]) });
  }

  /** @param at name of the chosen checkpoint, or null */
  show(view, { at, logX, logY }) {
    const along = alongTraining(view);
    [this.#x, this.#names] = [along.x, along.names];
    const strips = STRIPS.map((keys) => along.series.filter((one) => keys.includes(one.key))).filter((strip) => strip.length);
    this.#host.style.height = `${strips.length * STRIP + FOOT}px`;
    const traces = strips.flatMap((strip, row) => strip.map((one) => this.#trace(one, row, logY)));
    const layout = { grid: { rows: strips.length, columns: 1, subplots: strips.map((_, row) => [`xy${row ? row + 1 : ''}`]), roworder: 'top to bottom', ygap: 0.16 },
      hovermode: 'x', hoversubplots: 'axis', margin: { t: 10, r: 16, b: 44, l: 72 }, showlegend: false, dragmode: matchMedia('(pointer: coarse)').matches ? false : 'zoom',
      xaxis: { title: { text: t(along.byStep ? 'curvature.step' : 'curvature.checkpoint'), standoff: 8 }, type: logX ? 'log' : 'linear', anchor: `y${strips.length > 1 ? strips.length : ''}`, showspikes: true, spikemode: 'across', spikethickness: 1, spikedash: 'solid', spikecolor: 'var(--border-strong)' },
      shapes: this.#mark(at), uirevision: `${logX}` };
    strips.forEach((strip, row) => {
      layout[`yaxis${row ? row + 1 : ''}`] = { title: { text: t(strip.length > 1 ? 'curvature.card.stems' : `curvature.measure.${strip[0].key}`), standoff: 6, font: { size: 11 } }, type: logY ? 'log' : 'linear', exponentformat: 'power', nticks: 4 };
    });
    this.#host.dataset.drawn = String(along.x.length);
    this.#picture.draw({ traces, layout });
    this.#table(view, at);
  }

  toImage = (format, title) => this.#picture.toImage(format, title);

  #trace({ key, values, errors }, row, logY) {
    const known = values.map((value) => (value === null || !Number.isFinite(value) || (logY && value <= 0) ? null : value));
    return {
      type: 'scatter', mode: 'lines+markers', x: this.#x, y: known, name: t(`curvature.measure.${key}`), xaxis: 'x', yaxis: `y${row ? row + 1 : ''}`, line: { color: COLORS[key], width: 1.8 }, marker: { size: 6, color: COLORS[key] },
      ...(errors ? { error_y: { type: 'data', array: errors.map((one) => one ?? 0), color: COLORS[key], thickness: 1, width: 3 } } : {}),
      hovertemplate: `${t(`curvature.measure.${key}`)} %{y:.4g}<extra></extra>`,
    };
  }

  #mark(at) {
    const place = this.#names.indexOf(at);
    return place < 0 ? [] : [{ type: 'line', xref: 'x', yref: 'paper', x0: this.#x[place], x1: this.#x[place], y0: 0, y1: 1, line: { color: 'var(--text)', width: 1.4 } }];
  }

  #table(view, at) {
    reconcile(this.#body, checkpointsOf(view), (point) => point.name, (point) => h('tr', {},
      h('th', { scope: 'row' }, h('button', { type: 'button', class: 'row-name', onclick: () => this.#pick(point.name) }, nameText(point.name))), ...['num', 'num', 'num', 'num', 'num', 'num', ''].map((name) => h('td', { class: name || null }))), (row, point) => {
      const cells = [num(point.step) === null ? '–' : formatStep(num(point.step)), said(point.loss), point.top?.[0] ? saidWith(point.top[0].value, point.top[0].residual) : '–', point.bottom?.[0] ? saidWith(point.bottom[0].value, point.bottom[0].residual) : '–',
        point.trace ? saidWith(point.trace.value, point.trace.standard_error) : '–', said(point.sharpness), point.shape ? t(`curvature.kind.${point.shape}`) : '–'];
      cells.forEach((text, column) => setText(row.children[column + 1], text));
      row.toggleAttribute('data-chosen', point.name === at);
      row.querySelector('button').setAttribute('aria-pressed', String(point.name === at));
    });
  }
}
