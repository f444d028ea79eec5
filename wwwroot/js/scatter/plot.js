// The picture of the Scatter page: points, lines, and what the pointer is told.

import { escapeMarkup, createFigure } from '../charts/figure.js';
import { colorScale } from '../charts/colorscale.js';
import { scaleOf } from '../charts/scale.js';
import { isDark } from '../charts/themewatch.js';

/** Points drawn at the most: beyond it vectors no longer follow the pointer, and dots only cover dots. Lines and figures are of all points. */
export const MOST_DRAWN = 4000;

const LONGEST_NAME = 80;
const HUES = 9;

/** Names in a picture are text, cut where they would cover it. */
export const shown = (name) => escapeMarkup([...name].length > LONGEST_NAME ? `${[...name].slice(0, LONGEST_NAME).join('')}…` : name);

export class ScatterPlot {
  #figure = null;
  #host;
  #options;
  #drawn = 0;
  #busy = false;

  /** @param options { label, onSelect(ids | null), onPick(id) } */
  constructor(host, options) {
    this.#host = host;
    this.#options = options;
  }

  /**
   * @param picture { x, y: axis { title, column?, log }, points: { ids, x, y, text, colors | numbers, colorTitle, categories, size }, lines: [{ x, y, color, width? }], ring?: { x, y, size }, selected: ids or null }
   */
  draw({ x, y, points, lines, ring, selected }) {
    const traces = [...this.#points(points, selected), ...lines.map((line) => ({
      type: 'scatter', mode: 'lines', x: line.x, y: line.y, line: { color: line.color, width: line.width ?? 2, dash: 'solid' }, hoverinfo: 'skip', showlegend: false,
    }))];
    if (ring) traces.push({ type: 'scatter', mode: 'markers', x: [ring.x], y: [ring.y], marker: { symbol: 'circle-open', size: ring.size, color: 'var(--text)', line: { width: 2.5 } }, hoverinfo: 'skip', showlegend: false });
    const layout = {
      xaxis: this.#axis(x), yaxis: this.#axis(y), showlegend: Boolean(points.categories), dragmode: matchMedia('(pointer: coarse)').matches ? false : 'select',
      legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 0 }, margin: { t: points.categories ? 44 : 20, r: 20, b: 48, l: 60 },
      // The same axes keep what the reader zoomed to; others begin anew.
      // What is selected is ours to keep; the frame drawn around it would be applied to points that have changed since.
      selections: [], selectionrevision: ++this.#drawn,
      uirevision: JSON.stringify([x.key, y.key, x.log, y.log]),
    };
    if (this.#figure) {
      const number = this.#drawn;
      this.#figure.update({ traces, layout }).catch(() => {}).then(() => { if (number === this.#drawn) this.#busy = false; });
      this.#busy = true;
    }
    else {
      this.#figure = createFigure(this.#host, {
        label: this.#options.label, traces, layout, config: { modeBarButtonsToAdd: ['lasso2d', 'select2d'], scrollZoom: false },
        // Taking the frame away while we draw is no choice of the reader's.
        onSelect: (chosen) => !this.#busy && this.#options.onSelect(chosen && [...new Set(chosen.map((point) => point.customdata).filter(Boolean))]),
        onClick: (point) => point.customdata && this.#options.onPick(point.customdata),
      });
      this.#figure.ready.catch(() => {});
    }
    this.#host.dataset.drawn = points.ids.length;
    this.#host.setAttribute('aria-label', this.#options.label);
  }

  toImage(format, title) {
    return this.#figure.toImage(format, title);
  }

  #axis({ title, column, log }) {
    const axis = { title: { text: shown(title), standoff: 8 }, type: column && !column.numeric ? 'category' : log ? 'log' : 'linear', exponentformat: 'power', zeroline: false };
    // Over several decades 1, 2 and 5 of each, whose names do not run into those of the powers.
    if (axis.type === 'log') axis.nticks = 8;
    if (column && !column.numeric) Object.assign(axis, { categoryorder: 'array', categoryarray: column.categories.map(shown) });
    if (column && ['created', 'duration'].includes(column.path)) {
      const scale = scaleOf(column, log);
      Object.assign(axis, { tickmode: 'array', tickvals: scale.ticks.map((tick) => scale.value(tick.at)), ticktext: scale.ticks.map((tick) => tick.text) });
    }
    return axis;
  }

  #points({ ids, x, y, text, colors, numbers, colorTitle, categories, size, opacity }, selected) {
    const among = (rows) => (selected ? rows.flatMap((row, at) => (selected.has(ids[row]) ? [at] : [])) : null);
    const base = { type: 'scatter', mode: 'markers', hovertemplate: '%{text}<extra></extra>', selected: { marker: { opacity: 1 } }, unselected: { marker: { opacity: 0.12 } } };
    const look = { size, opacity, line: { width: 0.5, color: 'var(--surface)' } };
    if (categories) {
      return categories.map(({ name, rows }, at) => ({
        ...base, name: shown(name), x: rows.map((row) => x[row]), y: rows.map((row) => y[row]), text: rows.map((row) => text[row]), customdata: rows.map((row) => ids[row]),
        selectedpoints: among(rows), marker: { ...look, color: at < HUES ? `var(--run-${at})` : 'var(--text-3)' },
      }));
    }
    const marker = numbers
      ? { ...look, color: numbers, colorscale: colorScale(isDark()), colorbar: { title: { text: shown(colorTitle), side: 'right' }, thickness: 12, outlinewidth: 0 }, showscale: true }
      : { ...look, color: colors };
    return [{ ...base, x, y, text, customdata: ids, selectedpoints: among(ids.map((_, at) => at)), marker }];
  }
}
