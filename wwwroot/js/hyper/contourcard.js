// The metric over two settings: a surface where runs are, and nothing where none was.

import { interpolate } from '../analysis/delaunay.js';
import { FieldPicker } from '../analysis/fieldpicker.js';
import { createFigure } from '../charts/figure.js';
import { colorScale } from '../charts/colorscale.js';
import { isDark } from '../charts/themewatch.js';
import { h, setText } from '../dom.js';
import { thinned } from '../scatter/state.js';
import { shown } from '../scatter/plot.js';
import { t } from '../text.js';

const GRID = 80;
// Triangulating more takes longer than a reader's hand should wait.
const MOST_PLACES = 1000;

export class ContourCard {
  #host = h('div', { class: 'contour-host' });
  #note = h('p', { class: 'analysis-notes muted' });
  #empty = h('p', { class: 'empty-line', hidden: true });
  #pickers;
  #figure = null;
  #model = null;

  /** @param page { project, contour(change), pick(row) } */
  constructor(body, page) {
    this.page = page;
    const bar = h('div', { class: 'contour-bar' });
    const [x, y] = [h('div'), h('div')];
    bar.append(x, y);
    body.append(bar, this.#note, this.#host, this.#empty);
    const options = { project: page.project, metrics: false, facts: false };
    this.#pickers = {
      x: new FieldPicker(x, { ...options, label: t('hyper.contour.x'), onChange: (path) => page.contour({ contourX: path }) }),
      y: new FieldPicker(y, { ...options, label: t('hyper.contour.y'), onChange: (path) => page.contour({ contourY: path }) }),
    };
  }

  show(model, { x, y }) {
    this.#model = model;
    this.#pickers.x.show(x);
    this.#pickers.y.show(y);
    const ready = x && y && x !== y && [x, y].every((path) => model.table.columns.get(path)?.numeric);
    this.#host.hidden = !ready;
    this.#empty.hidden = Boolean(ready);
    setText(this.#empty, x && x === y ? t('hyper.contour.same') : t('hyper.contour.two'));
    if (!ready) {
      setText(this.#note, '');
      return;
    }
    this.#draw(model, model.axis(x), model.axis(y));
  }

  brushed() {}

  light() {}

  image(format, title) {
    return this.#figure.toImage(format, title);
  }

  #draw(model, x, y) {
    const { metric } = model;
    const rows = model.runs.map((_, row) => row).filter((row) => [x, y, metric].every((axis) => axis.scale.place(axis.values[row]) !== null) && Number.isFinite(metric.values[row]));
    const all = new Map();
    for (const row of rows) {
      const key = `${x.values[row]},${y.values[row]}`;
      if (!all.has(key)) all.set(key, []);
      all.get(key).push(row);
    }
    const places = [...all.values()];
    const used = thinned(places.length, MOST_PLACES).flatMap((at) => places[at]);
    const grid = interpolate(used.map((row) => x.scale.place(x.values[row])), used.map((row) => y.scale.place(y.values[row])), used.map((row) => metric.values[row]), GRID);
    const surface = grid.some((line) => line.some((value) => value !== null));
    const notes = [surface ? t('hyper.contour.said', { n: rows.length.toLocaleString('en'), places: places.length.toLocaleString('en') }) : t('hyper.contour.points')];
    if (surface && places.length < rows.length) notes.push(t('hyper.contour.means'));
    if (places.length > MOST_PLACES) notes.push(t('hyper.contour.sampled', { most: MOST_PLACES.toLocaleString('en') }));
    setText(this.#note, notes.join(' '));
    const dots = thinned(rows.length, MOST_PLACES).map((at) => rows[at]);
    const colorscale = colorScale(isDark());
    const values = rows.map((row) => metric.values[row]);
    const range = { zmin: values.reduce((a, b) => Math.min(a, b), Infinity), zmax: values.reduce((a, b) => Math.max(a, b), -Infinity) };
    const steps = Array.from({ length: GRID }, (_, at) => at / (GRID - 1));
    const traces = surface ? [{
      type: 'contour', x: steps.map(x.scale.value), y: steps.map(y.scale.value), z: grid, connectgaps: false, colorscale, ...range, contours: { coloring: 'heatmap' },
      line: { width: 0.6, color: 'var(--surface)' }, colorbar: { title: { text: shown(metric.name), side: 'right' }, thickness: 12, outlinewidth: 0 }, hoverinfo: 'skip',
    }] : [];
    traces.push({
      type: 'scatter', mode: 'markers', x: dots.map((row) => x.values[row]), y: dots.map((row) => y.values[row]), customdata: dots,
      text: dots.map((row) => [`<b>${shown(model.runs[row].name)}</b>`, ...[x, y, metric].map((axis) => `${shown(axis.name)}: ${shown(model.text(axis, row))}`)].join('<br>')), hovertemplate: '%{text}<extra></extra>',
      marker: { size: dots.length > 300 ? 5 : 7, color: dots.map((row) => metric.values[row]), colorscale, cmin: range.zmin, cmax: range.zmax, line: { width: 1, color: 'var(--text)' }, showscale: !surface },
    });
    const axis = (one) => ({ title: { text: shown(one.name), standoff: 8 }, type: one.scale.log ? 'log' : 'linear', exponentformat: 'power', zeroline: false, showgrid: false });
    const layout = { xaxis: axis(x), yaxis: axis(y), showlegend: false, dragmode: matchMedia('(pointer: coarse)').matches ? false : 'zoom', margin: { t: 12, r: 16, b: 48, l: 60 }, uirevision: `${x.path} ${y.path} ${x.scale.log} ${y.scale.log}` };
    if (this.#figure) this.#figure.update({ traces, layout });
    else {
      this.#figure = createFigure(this.#host, { label: t('hyper.contour.figure'), traces, layout, onClick: (point) => point.customdata !== undefined && this.page.pick(point.customdata) });
      this.#figure.ready.catch(() => {});
    }
    this.#host.dataset.surface = String(surface);
    this.#host.dataset.runs = String(rows.length);
  }
}
