// A chart of distributions over steps, drawn here: ridges, heat map, percentile bands or two steps over each other.
//
// createDistribution(element, { label, onZoom('values' | 'steps', from, to), onReset(), onProbe(cell | null, event), onTouch() }) → chart
//   chart.show(model, { mode, logCounts, highlight, pair, color })   mode: ridge, overlay, heat, bands, pair
//   chart.move(bins, steps) → cell          moves the cursor, for the keyboard; a cell is `{ index, bin, edges, count }`
//   chart.toPng(title) · chart.toSvg(title) → Promise<Blob> · chart.dispose()
// The chart is also found at element.lossboardDistribution.

import { CanvasPen, SvgPen } from './pen.js';
import { parseColor, withAlpha } from './paint.js';
import { forget, invalidate } from './scheduler.js';
import * as bands from './distribution/bands.js';
import * as heat from './distribution/heat.js';
import * as pair from './distribution/pair.js';
import * as ridge from './distribution/ridge.js';

const PAINTERS = { ridge, overlay: ridge, heat, bands, pair };
const TITLE_PX = 34;
const EXPORT_SCALE = 2;
// A shorter drag is a click that slipped.
const MIN_DRAG_PX = 6;

const living = new Set();
const repaint = () => living.forEach(invalidate);
if (globalThis.matchMedia) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
}

export function createDistribution(element, hooks) {
  return new Distribution(element, hooks);
}

class Distribution {
  #element;
  #hooks;
  #canvas = document.createElement('canvas');
  #selection = document.createElement('div');
  #observer;
  #model = null;
  #options = { mode: 'ridge', logCounts: false, highlight: null, pair: [0, 0], color: 0, cursor: null };
  #drag = null;
  /** Pictures drawn so far. */
  drawings = 0;

  constructor(element, hooks) {
    this.#element = element;
    this.#hooks = hooks;
    this.#selection.className = 'distribution-selection';
    this.#selection.hidden = true;
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', hooks.label);
    element.replaceChildren(this.#canvas, this.#selection);
    element.lossboardDistribution = this;
    this.#observer = new ResizeObserver(() => invalidate(this));
    this.#observer.observe(element);
    living.add(this);
    this.#listen();
  }

  show(model, options) {
    const before = this.#options;
    this.#model = model;
    this.#options = { ...options, cursor: null };
    // Under a pointer that rests, histograms that arrive live must not take the cell away that is being read.
    const { cursor } = before;
    if (cursor && before.mode === options.mode && !model.empty && cursor.index < model.steps.length && (cursor.bin === null || cursor.bin < this.#bins)) this.#options.cursor = cursor;
    invalidate(this);
  }

  get model() {
    return this.#model;
  }

  get options() {
    return this.#options;
  }

  /** Draws now; the scheduler calls it once a frame. */
  flush() {
    const { clientWidth: width, clientHeight: height } = this.#element;
    if (!this.#model || width === 0 || height === 0) return;
    const ratio = devicePixelRatio;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== w || this.#canvas.height !== h) {
      this.#canvas.width = w;
      this.#canvas.height = h;
    }
    const ctx = this.#canvas.getContext('2d');
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    if (!this.#model.empty) this.#painter.paint(new CanvasPen(ctx), this.#box(width, height), this.#model, this.#options, this.#theme());
    this.drawings++;
  }

  /** Moves the cursor by bins and steps and answers the cell it is on then. */
  move(bins, steps) {
    if (!this.#model || this.#model.empty) return null;
    const { mode, pair: [, second] } = this.#options;
    const cells = this.#bins;
    const before = this.#options.cursor ?? { index: mode === 'pair' ? second : this.#model.steps.length - 1, bin: cells ? Math.floor(cells / 2) : null };
    const index = Math.max(0, Math.min(this.#model.steps.length - 1, before.index + steps));
    const bin = cells ? Math.max(0, Math.min(cells - 1, before.bin + bins)) : null;
    this.#point({ index: mode === 'pair' ? second : index, bin });
    return this.#cell();
  }

  hideCursor() {
    if (!this.#options.cursor) return;
    this.#point(null);
    this.#hooks.onProbe(null);
  }

  async toPng(title) {
    const { width, height } = this.#paper();
    const canvas = document.createElement('canvas');
    canvas.width = width * EXPORT_SCALE;
    canvas.height = height * EXPORT_SCALE;
    const ctx = canvas.getContext('2d');
    ctx.scale(EXPORT_SCALE, EXPORT_SCALE);
    this.#print(new CanvasPen(ctx), title);
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'));
  }

  async toSvg(title) {
    const { width, height } = this.#paper();
    const pen = new SvgPen(width, height);
    this.#print(pen, title);
    return pen.toBlob();
  }

  dispose() {
    living.delete(this);
    forget(this);
    this.#observer.disconnect();
    this.#element.replaceChildren();
    delete this.#element.lossboardDistribution;
  }

  get #painter() {
    return PAINTERS[this.#options.mode];
  }

  get #bins() {
    const bins = this.#painter.binsFor(this.#box());
    return bins ? this.#model.grid(bins).edges.length - 1 : 0;
  }

  #paper() {
    return { width: Math.max(320, this.#element.clientWidth), height: Math.max(200, this.#element.clientHeight) + TITLE_PX };
  }

  #print(pen, title) {
    const { width, height } = this.#paper();
    const theme = this.#theme();
    pen.rect(0, 0, width, height, theme.surface);
    pen.text(12, TITLE_PX / 2, title, { fill: theme.text, size: 14, weight: 600 });
    const box = this.#box(width, height - TITLE_PX);
    if (!this.#model.empty) this.#painter.paint(pen, { ...box, top: box.top + TITLE_PX }, this.#model, { ...this.#options, cursor: null }, theme);
  }

  #box(width = this.#element.clientWidth, height = this.#element.clientHeight) {
    const { left, right, top, bottom } = this.#painter.margins;
    return { left, top, width: Math.max(10, width - left - right), height: Math.max(10, height - top - bottom) };
  }

  #theme() {
    const style = getComputedStyle(document.documentElement);
    const token = (name) => style.getPropertyValue(name).trim();
    const textColor = parseColor(token('--text'));
    return {
      text: token('--text'), text2: token('--text-2'), axis: token('--axis'), grid: token('--grid'), surface: token('--surface'), mark: withAlpha(textColor, 0.35),
      textColor, surfaceColor: parseColor(token('--surface')), color: parseColor(token(`--run-${this.#options.color}`)),
    };
  }

  #cell() {
    const { cursor } = this.#options;
    if (!cursor) return null;
    const bins = this.#painter.binsFor(this.#box());
    if (!bins) return { index: cursor.index, bin: null, edges: null, count: null };
    const { edges, rows } = this.#model.grid(bins);
    return { index: cursor.index, bin: cursor.bin, edges: [edges[cursor.bin], edges[cursor.bin + 1]], count: rows[cursor.index].counts[cursor.bin], counts: this.#options.pair.map((at) => rows[at]?.counts[cursor.bin] ?? null) };
  }

  #point(cursor) {
    const before = this.#options.cursor;
    if (before?.index === cursor?.index && before?.bin === cursor?.bin) return;
    this.#options = { ...this.#options, cursor };
    invalidate(this);
  }

  #listen() {
    const element = this.#element;
    const place = (event) => {
      const at = element.getBoundingClientRect();
      return [event.clientX - at.left, event.clientY - at.top];
    };
    element.addEventListener('pointermove', (event) => {
      if (!this.#model || this.#model.empty) return;
      const [x, y] = place(event);
      if (this.#drag) {
        this.#drag.to = x;
        this.#select();
        return;
      }
      this.#point(this.#painter.probe(this.#box(), this.#model, this.#options, x, y));
      this.#hooks.onProbe(this.#cell(), event);
    });
    element.addEventListener('pointerleave', () => !this.#drag && this.hideCursor());
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || event.pointerType === 'touch' || !this.#model || this.#model.empty) return;
      element.setPointerCapture(event.pointerId);
      const [x] = place(event);
      this.#drag = { from: x, to: x };
    });
    element.addEventListener('pointerup', () => {
      const drag = this.#drag;
      this.#drag = null;
      this.#selection.hidden = true;
      if (drag && Math.abs(drag.to - drag.from) >= MIN_DRAG_PX) this.#zoom(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
    });
    element.addEventListener('pointercancel', () => {
      this.#drag = null;
      this.#selection.hidden = true;
    });
    element.addEventListener('dblclick', () => this.#hooks.onReset());
  }

  #select() {
    const box = this.#box();
    const clamp = (x) => Math.max(box.left, Math.min(box.left + box.width, x));
    const [from, to] = [clamp(Math.min(this.#drag.from, this.#drag.to)), clamp(Math.max(this.#drag.from, this.#drag.to))];
    const { style } = this.#selection;
    style.left = `${from}px`;
    style.width = `${to - from}px`;
    style.top = `${box.top}px`;
    style.height = `${box.height}px`;
    this.#selection.hidden = to - from < MIN_DRAG_PX;
    this.#hooks.onProbe(null);
  }

  #zoom(from, to) {
    const box = this.#box();
    if (this.#painter.zooms === 'values') {
      const [low, high] = this.#model.range;
      const value = (x) => low + (high - low) * Math.max(0, Math.min(1, (x - box.left) / box.width));
      if (value(to) > value(from)) this.#hooks.onZoom('values', value(from), value(to));
      return;
    }
    const { steps } = this.#model;
    const [first, last] = [from, to].map((x) => this.#painter.probe(box, this.#model, this.#options, Math.max(box.left, Math.min(box.left + box.width, x)), box.top).index);
    const [low, high] = [Math.min(...steps.slice(first, last + 1)), Math.max(...steps.slice(first, last + 1))];
    this.#hooks.onZoom('steps', low, high);
  }
}
