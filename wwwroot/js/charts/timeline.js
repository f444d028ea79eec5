// Phases of a run along time: a lane a name. Drag to zoom, wheel with Ctrl, arrow keys, + and −, 0 for the whole.

import { blocksOf, marks, zoomed } from '../timeline/lanes.js';
import { formatRelative } from '../format.js';
import { cut, Drawing } from './drawing.js';

const LANE = 26;
const AXIS = 26;
const TOP = 6;
const RIGHT = 12;
const LABELS = { wide: 150, narrow: 92 };
const NARROW = 560;
const HUES = 9;
const MARK_WIDTH = 90;
// A block of phases with pauses between them is as strong as they cover it, and never so weak that it is missed.
const FAINTEST = 0.35;
const SHORTEST_DRAG = 4;
const KEY_SHARE = 0.15;

export class Timeline {
  #host;
  #drawing;
  #options;
  #lanes = [];
  #whole = [0, 1];
  #window = [0, 1];
  #drag = null;
  #placed = [];

  /** @param options { label, onWindow([from, to] | null), onHover(lane, block | null, event) } */
  constructor(host, options) {
    this.#host = host;
    this.#options = options;
    this.#drawing = new Drawing(host, options.label, (context, surface) => this.#paint(context, surface));
    const { canvas } = this.#drawing;
    canvas.tabIndex = 0;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', () => this.#up());
    canvas.addEventListener('pointercancel', () => { this.#drag = null; this.#drawing.draw(); });
    canvas.addEventListener('pointerleave', (event) => options.onHover(null, null, event));
    canvas.addEventListener('dblclick', () => options.onWindow(null));
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    host.lossboardTimeline = this;
  }

  /** Height that so many lanes need, in pixels. */
  static height(lanes) {
    return TOP + Math.max(1, lanes) * LANE + AXIS;
  }

  /** @param lanes of lanesOf · @param whole [first, last] seconds · @param window [from, to] or null */
  show(lanes, whole, window) {
    this.#lanes = lanes;
    this.#whole = whole;
    this.#window = window ?? whole;
    this.#drawing.draw();
  }

  /** What is drawn, for tests: blocks a lane. */
  get blocks() {
    return this.#placed.map((lane) => lane.blocks.length);
  }

  get window() {
    return this.#window;
  }

  toImage(format, title) {
    return this.#drawing.toImage(format, title);
  }

  #area(width) {
    const left = width < NARROW ? LABELS.narrow : LABELS.wide;
    return { left, span: Math.max(1, width - left - RIGHT) };
  }

  #paint(context, { width, top, color, font }) {
    const { left, span } = this.#area(width);
    const [from, to] = this.#window;
    const bottom = top + TOP + this.#lanes.length * LANE;
    const place = (at) => left + ((at - from) / (to - from)) * span;
    context.font = font(11);
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    context.lineWidth = 1;
    context.setLineDash([]);
    for (const at of marks(from, to, span / MARK_WIDTH)) {
      const x = Math.round(place(at)) + 0.5;
      context.strokeStyle = color('--grid');
      context.beginPath();
      context.moveTo(x, top + TOP);
      context.lineTo(x, bottom + 4);
      context.stroke();
      context.fillStyle = color('--text-2');
      context.fillText(formatRelative(at), Math.min(Math.max(x, left + 14), left + span - 14), bottom + 15);
    }
    this.#placed = this.#lanes.map((lane, at) => {
      const y = top + TOP + at * LANE;
      const blocks = blocksOf(lane.spans, from, to, span);
      context.textAlign = 'right';
      context.fillStyle = color('--text');
      context.fillText(cut(context, lane.name, left - 14), left - 8, y + LANE / 2);
      context.fillStyle = color(`--run-${at % HUES}`);
      for (const block of blocks) {
        const x = Math.max(0, block.x);
        const end = Math.min(span, block.x + block.width);
        if (end <= x) continue;
        context.globalAlpha = block.count === 1 ? 1 : Math.max(FAINTEST, Math.min(1, block.seconds / Math.max(block.ended - block.started, 1e-9)));
        context.fillRect(left + x, y + 4, Math.max(1, end - x), LANE - 8);
      }
      context.globalAlpha = 1;
      return { lane, y: y - top, blocks };
    });
    if (this.#drag) {
      const [a, b] = [this.#drag.from, this.#drag.to].sort((x, y) => x - y);
      context.fillStyle = color('--accent');
      context.globalAlpha = 0.16;
      context.fillRect(a, top + TOP, b - a, bottom - top - TOP);
      context.globalAlpha = 1;
    }
  }

  #place(event) {
    const bounds = this.#drawing.canvas.getBoundingClientRect();
    const { left, span } = this.#area(bounds.width);
    const x = event.clientX - bounds.left;
    return { x: Math.min(Math.max(x, left), left + span), inside: x >= left && x <= left + span, y: event.clientY - bounds.top, left, span };
  }

  #time(x, { left, span }) {
    const [from, to] = this.#window;
    return from + ((x - left) / span) * (to - from);
  }

  #down(event) {
    // A finger scrolls the page; zooming has keys and buttons there.
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const place = this.#place(event);
    if (!place.inside) return;
    this.#drag = { from: place.x, to: place.x, place };
    this.#drawing.canvas.setPointerCapture(event.pointerId);
  }

  #move(event) {
    const place = this.#place(event);
    if (this.#drag) {
      this.#drag.to = place.x;
      this.#drawing.draw();
      return;
    }
    const row = this.#placed.find((one) => place.y >= one.y && place.y < one.y + LANE);
    const x = place.x - place.left;
    const block = row?.blocks.find((one) => x >= one.x - 1 && x <= one.x + one.width + 1);
    this.#options.onHover(block ? row.lane : null, block ?? null, event);
  }

  #up() {
    const drag = this.#drag;
    this.#drag = null;
    this.#drawing.draw();
    if (!drag || Math.abs(drag.to - drag.from) < SHORTEST_DRAG) return;
    this.#options.onWindow([drag.from, drag.to].sort((a, b) => a - b).map((x) => this.#time(x, drag.place)));
  }

  #wheel(event) {
    // Without a key the wheel scrolls the page, as everywhere.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const place = this.#place(event);
    this.#options.onWindow(zoomed(this.#window, this.#whole, event.deltaY > 0 ? 1.25 : 0.8, this.#time(place.x, place)));
  }

  #key(event) {
    const [from, to] = this.#window;
    const step = (to - from) * KEY_SHARE;
    const next = {
      ArrowLeft: () => [from - step, to - step], ArrowRight: () => [from + step, to + step],
      '+': () => zoomed(this.#window, this.#whole, 0.6, (from + to) / 2), '-': () => zoomed(this.#window, this.#whole, 1.6, (from + to) / 2), 0: () => null,
    }[event.key];
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const window = next();
    this.#options.onWindow(window && zoomed(window, this.#whole, 1, (window[0] + window[1]) / 2));
  }
}
