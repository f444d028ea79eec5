// The one door to the chart library. Everything else asks for charts through create() and never learns who draws them.
//
// create(element, spec) → chart
//   spec      { label, options: { x: 'step'|'time'|'relative', logX, logY, smoothing }, onZoom(from, to), onReset(), onChange() }
//   chart     .setRuns([{ id, name, color, dash }])  what is drawn, in order
//             .replace(runId, columns, whole)        an answer of the server; `whole`: not a window of it
//             .append(runId, frame)                  live points; answers how many were new
//             .setOptions(options) · .setWindow([from, to] | null) · .highlight(runId | null)
//             .stepsWithin(from, to)                 the steps that a window of x covers, to ask the server for it
//             .complete · .windowed                  whether every point, or only a window, is held
//             .points(runId) · .view() · .state()    read-only: what is drawn, for tests and diagnosis
//             .toImage(title) → Promise<Blob>        a PNG with title and legend
//             .moveCursor(direction, far) · .hideCursor() · .dispose()
// The chart is also found at element.lossboardChart.

import uPlot from '../../lib/uPlot.esm.js';
import { axisRules } from './axes.js';
import { drawTraces, mapping } from './draw.js';
import { widened, xExtent, yExtent } from './extent.js';
import { composeImage } from './image.js';
import { forget, invalidate, invalidateLive } from './scheduler.js';
import { describeRows, hideTip, rowsAt, showTip } from './tooltip.js';
import { Trace } from './trace.js';

const NEAR_PX = 14;
const REACH_PX = 12;
const FONT = '11px Inter, ui-sans-serif, system-ui, sans-serif';

if (!document.getElementById('chart-library-style')) {
  const link = document.createElement('link');
  Object.assign(link, { id: 'chart-library-style', rel: 'stylesheet', href: new URL('../../lib/uPlot.min.css', import.meta.url).href });
  document.head.prepend(link);
}

const living = new Set();
const repaintAll = () => living.forEach((chart) => chart.themeChanged());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaintAll);
new MutationObserver(repaintAll).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

export function create(element, spec) {
  return new Chart(element, spec);
}

class Chart {
  #element;
  #spec;
  #plot = null;
  #traces = new Map();
  #options;
  #window = null;
  #lit = null;
  #extent = null;
  #y = null;
  #counts = { nonFinite: 0, nonPositive: 0 };
  #observer;
  #style;
  #cursorX = NaN;
  #windowed = false;

  constructor(element, spec) {
    this.#element = element;
    this.#spec = spec;
    this.#options = { ...spec.options };
    this.#style = getComputedStyle(document.documentElement);
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(element);
    living.add(this);
    element.lossboardChart = this;
  }

  setRuns(runs) {
    const next = new Map();
    for (const run of runs) {
      const trace = this.#traces.get(run.id) ?? new Trace(run);
      trace.run = { ...run, css: this.#style.getPropertyValue(`--run-${run.color}`).trim() };
      if (!this.#traces.has(run.id)) trace.setOptions(this.#options);
      next.set(run.id, trace);
    }
    this.#traces = next;
    invalidate(this);
  }

  replace(runId, columns, whole) {
    this.#traces.get(runId)?.replace(columns, whole);
    this.#windowed = !whole;
    invalidate(this);
  }

  append(runId, frame) {
    const added = this.#traces.get(runId)?.append(frame, this.#windowed ? this.#window : null) ?? 0;
    if (added > 0) invalidateLive(this);
    return added;
  }

  setOptions(options) {
    const rebuild = ['x', 'logX', 'logY'].some((key) => options[key] !== this.#options[key]);
    this.#options = { ...options };
    for (const trace of this.#traces.values()) trace.setOptions(this.#options);
    if (rebuild) this.#destroyPlot();
    invalidate(this);
  }

  setWindow(window) {
    this.#window = window;
    invalidate(this);
  }

  highlight(runId) {
    if (this.#lit === runId) return;
    this.#lit = runId;
    invalidate(this);
  }

  /** `[first, last]` step of the points between two values of x, or null where there is none. */
  stepsWithin(from, to) {
    if (this.#options.x === 'step') return [Math.floor(from), Math.ceil(to)];
    let low = Infinity;
    let high = -Infinity;
    for (const trace of this.#traces.values()) {
      for (let i = 0; i < trace.count; i++) {
        // One point beyond either edge, so that the line reaches it.
        const reaches = trace.xs[i] >= from ? trace.xs[i] <= to || trace.xs[i - 1] <= to : trace.xs[i + 1] >= from;
        if (!reaches) continue;
        low = Math.min(low, trace.steps[i]);
        high = Math.max(high, trace.steps[i]);
      }
    }
    return low <= high ? [low, high] : null;
  }

  /** True where every stored point is held: a window of it needs no further request. */
  get complete() {
    return !this.#windowed && [...this.#traces.values()].every((trace) => trace.total <= trace.count);
  }

  /** True while only a window is held. */
  get windowed() {
    return this.#windowed;
  }

  appendedPoints() {
    let most = 0;
    for (const trace of this.#traces.values()) most = Math.max(most, trace.appended);
    return most;
  }

  points(runId) {
    const trace = this.#traces.get(runId);
    if (!trace) return null;
    const column = (name) => Array.from(trace[name].subarray(0, trace.count));
    return { steps: column('steps'), times: column('times'), xs: column('xs'), values: column('values'), smooth: column('smooth'), min: column('min'), max: column('max'), nonFinite: column('bad'), segments: [...trace.starts], total: trace.total };
  }

  view() {
    return { window: this.#window, x: this.#extent, y: this.#y, ...this.#counts, options: { ...this.#options } };
  }

  /** What the card says about the chart: counts, and the last value of each run. */
  state() {
    const runs = [...this.#traces.values()].filter((trace) => trace.count > 0)
      .map((trace) => ({ name: trace.run.name, value: trace.values[trace.count - 1], step: trace.steps[trace.count - 1] }));
    return { ...this.#counts, runs, drawable: this.#y !== null, damaged: [...this.#traces.values()].some((trace) => trace.damaged) };
  }

  get width() {
    // Asking an element would lay the page out at every frame.
    return this.#plot ? this.#plot.bbox.width / devicePixelRatio : Math.max(100, this.#element.clientWidth - 60);
  }

  /** Moves the cursor to the next point (or a tenth of the width) and answers what stands there, as a sentence. */
  moveCursor(direction, far) {
    if (!this.#plot || !this.#extent) return '';
    const [from, to] = this.#extent;
    const traces = [...this.#traces.values()];
    let x = this.#cursorX;
    if (!(x >= from && x <= to)) x = direction > 0 ? from : to;
    else if (far) x = Math.min(to, Math.max(from, x + (direction * (to - from)) / 10));
    else {
      const candidates = traces.map((trace) => trace.neighbour(x, direction)).filter((value) => value >= from && value <= to);
      if (candidates.length) x = direction > 0 ? Math.min(...candidates) : Math.max(...candidates);
    }
    this.#cursorX = x;
    const left = this.#plot.valToPos(x, 'x');
    const rect = this.#plot.over.getBoundingClientRect();
    this.#plot.setCursor({ left, top: rect.height / 3 }, false);
    const rows = rowsAt(traces, x, this.#reach(), this.#options);
    showTip(rows, this.#options, rect.left + left, rect.top + rect.height / 3);
    return describeRows(rows);
  }

  hideCursor() {
    this.#cursorX = NaN;
    this.#plot?.setCursor({ left: -10, top: -10 }, false);
    hideTip();
  }

  toImage(title) {
    return composeImage(this.#plot.ctx.canvas, title, [...this.#traces.values()].map((trace) => trace.run), this.#style);
  }

  dispose() {
    living.delete(this);
    forget(this);
    this.#observer.disconnect();
    this.#destroyPlot();
    delete this.#element.lossboardChart;
  }

  themeChanged() {
    this.#style = getComputedStyle(document.documentElement);
    for (const trace of this.#traces.values()) trace.run.css = this.#style.getPropertyValue(`--run-${trace.run.color}`).trim();
    invalidate(this);
  }

  /** Called by the scheduler, once a frame at most. */
  flush() {
    const traces = [...this.#traces.values()];
    const { logX, logY, smoothing } = this.#options;
    const whole = xExtent(traces, logX);
    let x = this.#window ?? (whole && widened(whole, logX));
    if (logX && x && x[0] <= 0) x = whole && x[1] > 0 ? [Math.min(whole[0], x[1] / 10), x[1]] : null;
    this.#extent = x;
    const y = x ? yExtent(traces, x[0], x[1], { logX, logY, smoothing }) : { range: null, nonFinite: 0, nonPositive: 0 };
    this.#counts = { nonFinite: y.nonFinite, nonPositive: y.nonPositive };
    this.#y = y.range;
    const width = this.#element.clientWidth;
    const height = this.#element.clientHeight;
    if (width === 0 || height === 0) return;
    if (!this.#plot) this.#build(width, height);
    const shownX = x ?? (logX ? [1, 10] : [0, 1]);
    const shownY = y.range ?? (logY ? [0.1, 1] : [0, 1]);
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: shownX[0], max: shownX[1] });
      this.#plot.setScale('y', { min: shownY[0], max: shownY[1] });
    });
    this.#spec.onChange?.();
  }

  #resized() {
    const { clientWidth: width, clientHeight: height } = this.#element;
    if (width === 0 || height === 0) return;
    if (this.#plot && (this.#plot.width !== width || this.#plot.height !== height)) this.#plot.setSize({ width, height });
    else if (!this.#plot) invalidate(this);
  }

  #reach() {
    const [from, to] = this.#extent ?? [0, 1];
    return ((to - from) * REACH_PX) / Math.max(1, this.width);
  }

  #destroyPlot() {
    this.#plot?.destroy();
    this.#plot = null;
    hideTip();
  }

  #build(width, height) {
    const { x, logX, logY } = this.#options;
    const color = (name) => () => this.#style.getPropertyValue(name).trim();
    const axis = { stroke: color('--axis'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false }, font: FONT };
    const scale = (log) => ({ auto: false, distr: log ? 3 : 1, range: (_, min, max) => [min, max] });
    this.#plot = new uPlot({
      width,
      height,
      padding: [8, 10, 0, 0],
      legend: { show: false },
      scales: { x: { time: x === 'time' && !logX, ...scale(logX) }, y: scale(logY) },
      axes: [
        { ...axis, size: 26, gap: 4, space: 70, ...axisRules(x, logX) },
        { ...axis, size: (_, labels) => 14 + Math.max(2, ...(labels ?? []).map((label) => String(label).length)) * 6.4, gap: 5, space: (_, __, ___, ____, length) => Math.max(32, length / 12), ...axisRules('y', logY) },
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      cursor: {
        points: { show: false },
        drag: { x: true, y: false, setScale: false, dist: 5 },
        bind: { dblclick: () => () => { this.#spec.onReset?.(); return null; } },
      },
      hooks: {
        draw: [(plot) => this.#draw(plot)],
        setSelect: [(plot) => this.#selected(plot)],
        setCursor: [(plot) => this.#pointed(plot)],
      },
    }, [[0, 1], [null, null]], this.#element);
    this.#plot.over.addEventListener('mouseleave', () => {
      hideTip();
      this.highlight(null);
    });
  }

  #draw(plot) {
    if (!this.#extent || !this.#y) return;
    const { left, top, width, height } = plot.bbox;
    const { logX, logY, smoothing } = this.#options;
    const view = {
      box: plot.bbox, logX, logY, from: this.#extent[0], to: this.#extent[1], ratio: devicePixelRatio,
      toX: mapping(plot.scales.x.min, plot.scales.x.max, left, width, logX),
      toY: mapping(plot.scales.y.min, plot.scales.y.max, top + height, -height, logY),
    };
    drawTraces(plot.ctx, [...this.#traces.values()].filter((trace) => trace.count > 0), view, { smoothing, lit: this.#lit });
  }

  #selected(plot) {
    if (plot.select.width < 3) return;
    const from = plot.posToVal(plot.select.left, 'x');
    const to = plot.posToVal(plot.select.left + plot.select.width, 'x');
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#spec.onZoom?.(from, to);
  }

  #pointed(plot) {
    const { left, top, event } = plot.cursor;
    if (!event || left < 0 || !this.#extent) return;
    const x = plot.posToVal(left, 'x');
    this.#cursorX = x;
    const rows = rowsAt([...this.#traces.values()], x, this.#reach(), this.#options, (value) => Math.abs(plot.valToPos(value, 'y') - top));
    const near = rows.find((row) => row.near);
    this.highlight(rows.length > 1 && near && near.distance < NEAR_PX ? near.run.id : null);
    const rect = plot.over.getBoundingClientRect();
    showTip(rows, this.#options, rect.left + left, rect.top + top);
  }
}
