// The one door to the chart library. Everything else asks for charts through create() and never learns who draws them.
//
// create(element, spec) → chart
//   spec      { label, options, onZoom(from, to), onReset(), onChange(), onPick(runId | null), onPin(x | null), onCursor(x | null)? }
//   options   { x: 'step'|'time'|'relative'|'metric', xLabel, logX, logY, smoother, smoothing, ignoreOutliers, windowed }
//   chart     .setRuns([{ id, runId, name, color, dash, part, axis: 'y'|'y2', suffix, clip }])  the curves, in order; several may be of one run
//             .setGrouping({ of: Map runId → key, groups: [{ key, name, color, dash }], center, band } | null)
//             .replace(id, columns, whole)           an answer of the server; `whole`: not a window of it
//             .append(id, frame)                     live points; answers how many were new
//             .setOptions(options) · .setWindow([from, to] | null) · .highlight(runId | null) · .pin(x | null) · .mark(x | null) a line without a tooltip
//             .setEvidence(marks)                    what a finding rests on, over the curves (evidence.js)
//             .stepsWithin(from, to)                 the steps that a window of x covers, to ask the server for it
//             .complete · .windowed                  whether every point, or only a window, is held
//             .points(id) · .drawn() · .view() · .state()   read-only: what is held and drawn, for tests and diagnosis
//             .legend() · .rows() · .sizes()         what a legend, a table and a file beside the chart say
//             .toImage(title) → Promise<Blob> · .toSvg(title, white) → text   with title and legend
//             .moveCursor(direction, far) · .togglePin() · .hideCursor() · .dispose()
// The chart is also found at element.lossboardChart.

import { Curves } from './curves.js';
import { THIN_BEYOND, drawTraces, mapping } from './draw.js';
import { drawEvidence } from './evidence.js';
import { widened, xExtent, yExtent } from './extent.js';
import { composeImage, composeSvg } from './image.js';
import { makePlot } from './plot.js';
import { Pointer } from './pointer.js';
import { forget, invalidate, invalidateLive } from './scheduler.js';

const living = new Set();
const repaintAll = () => living.forEach((chart) => chart.themeChanged());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaintAll);
new MutationObserver(repaintAll).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

// A browser without idle callbacks gets the envelopes a moment later.
const whenIdle = (work) => (globalThis.requestIdleCallback ? requestIdleCallback(work, { timeout: 1000 }) : setTimeout(work, 100));

export function create(element, spec) {
  return new Chart(element, spec);
}

class Chart {
  #element;
  #spec;
  #plot = null;
  #curves;
  #pointer;
  #options;
  #window = null;
  #marked = null;
  #evidence = [];
  #lit = null;
  #hovered = null;
  #extent = null;
  #y = { y: null, y2: null };
  #counts = { nonFinite: 0, nonPositive: 0, outside: 0 };
  #right = false;
  #observer;
  #style;
  #windowed = false;
  // Filling the envelopes of many runs takes longer than drawing their lines: after an answer the lines of all charts come first.
  #settled = true;

  constructor(element, spec) {
    this.#element = element;
    this.#spec = spec;
    this.#options = { ...spec.options };
    this.#curves = new Curves(this.#options);
    this.#style = getComputedStyle(document.documentElement);
    this.#pointer = new Pointer({
      element, spec, plot: () => this.#plot, traces: () => this.#curves.drawn, options: () => this.#options, extent: () => this.#extent,
      highlight: (run) => this.#hover(run), preview: (window) => this.setWindow(window), redraw: () => invalidate(this),
    });
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(element);
    living.add(this);
    element.lossboardChart = this;
  }

  setRuns(runs) {
    this.#curves.setRuns(runs, this.#css);
    invalidate(this);
  }

  setGrouping(grouping) {
    this.#curves.setGrouping(grouping, this.#css);
    invalidate(this);
  }

  replace(id, columns, whole) {
    this.#curves.get(id)?.replace(columns, whole);
    this.#curves.touch();
    this.#windowed = !whole;
    this.#settled = false;
    invalidate(this);
  }

  append(id, frame) {
    const added = this.#curves.get(id)?.append(frame, this.#windowed ? this.#window : null) ?? 0;
    if (added > 0) {
      this.#curves.touch();
      invalidateLive(this);
    }
    return added;
  }

  setOptions(options) {
    const rebuild = ['x', 'logX', 'logY'].some((key) => options[key] !== this.#options[key]);
    this.#options = { ...options };
    this.#curves.setOptions(this.#options);
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

  pin(x) {
    if (this.#pointer.pinned !== x) this.#pointer.pin(x);
  }

  mark(x) {
    if (this.#marked === x) return;
    this.#marked = x;
    invalidate(this);
  }

  setEvidence(marks) {
    this.#evidence = marks;
    invalidate(this);
  }

  /** `[first, last]` step of the points between two values of x, or null where there is none. */
  stepsWithin(from, to) {
    if (this.#options.x === 'step' && !this.#options.windowed) return [Math.floor(from), Math.ceil(to)];
    let low = Infinity;
    let high = -Infinity;
    for (const trace of this.#curves.sources) {
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
    return !this.#windowed && this.#curves.sources.every((trace) => trace.total <= trace.count);
  }

  /** True while only a window is held. */
  get windowed() {
    return this.#windowed;
  }

  appendedPoints() {
    let most = 0;
    for (const trace of this.#curves.sources) most = Math.max(most, trace.appended);
    return most;
  }

  points(id) {
    this.#curves.sources;
    const trace = this.#curves.get(id);
    if (!trace) return null;
    const column = (name) => Array.from(trace[name].subarray(0, trace.count));
    return { steps: column('steps'), times: column('times'), xs: column('xs'), values: column('values'), smooth: column('smooth'), min: column('min'), max: column('max'), nonFinite: column('bad'), segments: [...trace.starts], total: trace.total };
  }

  drawn() {
    return this.#curves.drawn.map((trace) => {
      const column = (name) => Array.from(trace[name].subarray(0, trace.count));
      return { name: trace.run.name, axis: trace.run.axis ?? 'y', dash: trace.run.dash ?? 0, xs: column('xs'), values: column('values'), low: column('min'), high: column('max'), n: trace.counts && Array.from(trace.counts) };
    });
  }

  view() {
    return { window: this.#window, x: this.#extent, y: this.#y.y, y2: this.#y.y2, pinned: this.#pointer.pinned, lit: this.#hovered?.runId ?? this.#lit, ...this.#counts, options: { ...this.#options } };
  }

  /** What the card says about the chart: counts, and the last value of each curve. */
  state() {
    const traces = this.#curves.drawn;
    const runs = traces.filter((trace) => trace.count > 0)
      .map((trace) => ({ name: trace.run.name, value: trace.values[trace.count - 1], step: trace.steps[trace.count - 1] }));
    return { ...this.#counts, runs, drawable: this.#y.y !== null || this.#y.y2 !== null, damaged: this.#curves.sources.some((trace) => trace.damaged), grouped: this.#curves.grouped };
  }

  /** `[{ name, css, dash, axis, count }]` of what is drawn; `count`: runs of a group. */
  legend() {
    return this.#curves.drawn.filter((trace) => trace.count > 0).map(({ run }) => ({ name: run.name, suffix: run.suffix, css: run.css, color: run.color, dash: run.dash ?? 0, axis: run.axis ?? 'y', part: run.part ?? 0, count: run.count }));
  }

  /** What a table says of each drawn curve within the window in sight: see Trace.within. */
  rows() {
    const [from, to] = this.#window ?? [-Infinity, Infinity];
    return this.#curves.drawn.map((trace) => ({ id: trace.run.id, runId: trace.run.runId, name: trace.run.name, css: trace.run.css, ...trace.within(from, to) })).filter((row) => row.count !== undefined);
  }

  /** Stored points by run id, over all its curves. */
  sizes() {
    const sizes = new Map();
    for (const { run, total } of this.#curves.sources) sizes.set(run.runId, (sizes.get(run.runId) ?? 0) + total);
    return sizes;
  }

  get width() {
    // Asking an element would lay the page out at every frame.
    return this.#plot ? this.#plot.bbox.width / devicePixelRatio : Math.max(100, this.#element.clientWidth - 60);
  }

  moveCursor(direction, far) {
    return this.#pointer.move(direction, far);
  }

  togglePin() {
    this.#pointer.togglePin();
  }

  hideCursor() {
    this.#pointer.hide();
  }

  toImage(title) {
    this.#settled = true;
    this.flush();
    return composeImage(this.#plot.ctx.canvas, title, this.legend(), this.#style);
  }

  toSvg(title, white) {
    this.flush();
    return composeSvg(this.#plot, title, this.#options.xLabel ?? '', this.legend(), white, this.#style, (ctx, box, color) => this.#paint(ctx, this.#plot, box, 1, color));
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
    this.#curves.recolor(this.#css);
    invalidate(this);
  }

  /** Called by the scheduler, once a frame at most. */
  flush() {
    const traces = this.#curves.drawn;
    this.#settled ||= traces.length <= THIN_BEYOND;
    const { logX, logY } = this.#options;
    const whole = xExtent(traces, logX);
    let x = this.#window ?? (whole && widened(whole, logX));
    if (logX && x && x[0] <= 0) x = whole && x[1] > 0 ? [Math.min(whole[0], x[1] / 10), x[1]] : null;
    this.#extent = x;
    this.#counts = { nonFinite: 0, nonPositive: 0, outside: 0 };
    for (const axis of ['y', 'y2']) {
      const own = traces.filter((trace) => (trace.run.axis ?? 'y') === axis);
      const { range, ...counts } = x && own.length ? yExtent(own, x[0], x[1], this.#options) : { range: null };
      this.#y[axis] = range;
      for (const name of Object.keys(counts)) this.#counts[name] += counts[name];
    }
    const { clientWidth: width, clientHeight: height } = this.#element;
    if (width === 0 || height === 0) return;
    const right = traces.some((trace) => trace.run.axis === 'y2');
    if (right !== this.#right) this.#destroyPlot();
    this.#right = right;
    if (!this.#plot) this.#build(width, height);
    const shownX = x ?? (logX ? [1, 10] : [0, 1]);
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: shownX[0], max: shownX[1] });
      for (const axis of right ? ['y', 'y2'] : ['y']) {
        const [min, max] = this.#y[axis] ?? (logY ? [0.1, 1] : [0, 1]);
        this.#plot.setScale(axis, { min, max });
      }
    });
    this.#pointer.drawn();
    this.#spec.onChange?.();
    if (!this.#settled) whenIdle(() => this.#settle());
  }

  #settle() {
    if (this.#settled || !living.has(this)) return;
    this.#settled = true;
    invalidate(this);
  }

  #evidenceColors() {
    const [range, level, text] = ['--bad', '--warn', '--text-2'].map((token) => this.#style.getPropertyValue(token).trim());
    return { range, line: range, level, text };
  }

  #css = (slot) => this.#style.getPropertyValue(`--run-${slot}`).trim();

  #hover(run) {
    if (run?.id === this.#hovered?.id) return;
    this.#hovered = run;
    invalidate(this);
  }

  #resized() {
    const { clientWidth: width, clientHeight: height } = this.#element;
    if (width === 0 || height === 0) return;
    if (this.#plot && (this.#plot.width !== width || this.#plot.height !== height)) this.#plot.setSize({ width, height });
    else if (!this.#plot) invalidate(this);
  }

  #destroyPlot() {
    this.#plot?.destroy();
    this.#plot = null;
    this.#pointer.unbind();
  }

  #build(width, height) {
    const { x, logX, logY } = this.#options;
    this.#plot = makePlot(this.#element, { width, height }, { x, logX, logY, right: this.#right }, (name) => this.#style.getPropertyValue(name).trim(), {
      draw: (plot) => this.#paint(plot.ctx, plot, plot.bbox, devicePixelRatio),
      select: (plot) => this.#selected(plot),
      cursor: (plot) => this.#pointer.moved(plot),
      reset: () => this.#spec.onReset?.(),
    });
    this.#pointer.bind(this.#plot);
  }

  /** Draws the curves onto a context whose plot area is `box`; `color(slot)` where they are not in the theme's colours. */
  #paint(ctx, plot, box, ratio, color) {
    // Without a range of y there are still the marks of what is not a number.
    if (!this.#extent) return;
    const { logX, logY, smoothing } = this.#options;
    const scale = (axis) => plot.scales[axis] && mapping(plot.scales[axis].min, plot.scales[axis].max, box.top + box.height, -box.height, logY);
    const view = {
      box, logX, logY, from: this.#extent[0], to: this.#extent[1], ratio,
      toX: mapping(plot.scales.x.min, plot.scales.x.max, box.left, box.width, logX),
      toY: { y: scale('y'), y2: scale('y2') },
    };
    const lit = this.#hovered ? (run) => run.id === this.#hovered.id : this.#lit ? (run) => run.runId === this.#lit || Boolean(run.members?.has(this.#lit)) : null;
    const traces = this.#curves.drawn.filter((trace) => trace.count > 0);
    // A run that is not in this chart dims nothing.
    drawTraces(ctx, traces, view, { smoothing, lit: lit && traces.some((trace) => lit(trace.run)) ? lit : null, color, bands: this.#settled || ctx !== plot.ctx });
    if (this.#evidence.length) drawEvidence(ctx, this.#evidence, view, this.#evidenceColors());
    const pinned = this.#pointer.pinned;
    for (const [at, token] of color ? [] : [[pinned, '--text-3'], [this.#marked, '--accent']]) if (at !== null) pinLine(ctx, view.toX(at), box, ratio, this.#style.getPropertyValue(token).trim());
  }

  #selected(plot) {
    if (plot.select.width < 3) return;
    const from = plot.posToVal(plot.select.left, 'x');
    const to = plot.posToVal(plot.select.left + plot.select.width, 'x');
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#spec.onZoom?.(from, to);
  }
}

function pinLine(ctx, x, box, ratio, color) {
  if (!(x >= box.left && x <= box.left + box.width)) return;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, box.top);
  ctx.lineTo(x, box.top + box.height);
  ctx.stroke();
  ctx.restore();
}
