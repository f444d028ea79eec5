// Parallel coordinates: an axis a value, a line a run.
//
// Drawn here rather than by the chart library: its own needs WebGL (which remote desktops and some browsers lack), has no keyboard, no log axis, no place
// for a missing value and no picture as vectors. 2,000 lines over eight axes take some ten milliseconds on a plain canvas.

import { h, nameText } from '../dom.js';
import { colorAt } from './colorscale.js';
import { cut, Drawing } from './drawing.js';

const MARGIN = { top: 56, bottom: 44, side: 62 };
// Axes closer than this could not be labelled: the chart then scrolls sideways.
const CLOSEST = 102;
// How far below its axis a line runs whose run has no value there.
const NONE_BELOW = 22;
const EDGE = 7;
// Canvases before the axes.
const LAYERS = 2;
const NEAR = 7;
const KEY_STEP = 0.05;
const LEGEND_STEPS = 48;

export class Parallel {
  #inner;
  #drawing;
  #overlay;
  #options;
  #state = { axes: [], rows: [], held: null, lit: -1 };
  #strips = new Map();

  /** @param options { label, none, brushLabel(axis), brushText(axis), logLabel(axis), onBrush(path, [from, to] | null) while it is drawn and
   *   onBrushed() when it is done, onHover(row | −1), onPick(row), onLog(path) } */
  constructor(element, options) {
    this.#options = options;
    this.#inner = h('div', { class: 'parallel-inner' });
    element.classList.add('parallel');
    element.replaceChildren(this.#inner);
    this.#drawing = new Drawing(this.#inner, options.label, (context, surface) => {
      this.#paint(context, surface);
      if (surface.top > 0) this.#paintLit(context, surface);
    });
    // What the pointer brings forward is drawn apart, so that following it does not draw everything again.
    this.#overlay = new Drawing(this.#inner, null, (context, surface) => this.#paintLit(context, surface));
    const { canvas } = this.#drawing;
    canvas.addEventListener('pointermove', (event) => options.onHover(this.#nearest(event)));
    canvas.addEventListener('pointerleave', () => options.onHover(-1));
    canvas.addEventListener('click', (event) => {
      const row = this.#nearest(event);
      if (row >= 0) options.onPick(row);
    });
    element.lossboardParallel = this;
  }

  /**
   * @param state { axes: [{ path, name, scale, values, canLog, brush: [from, to] | null (places) }], the last gives the colours; rows: indices drawn,
   *   held: rows in the brushes (boolean a row) or null, lit: row brought forward or −1 }
   */
  update(state) {
    this.#state = { ...this.#state, ...state };
    if (state.axes) this.#place();
    if (Object.keys(state).some((name) => name !== 'lit')) this.#drawing.draw();
    this.#overlay.draw();
  }

  get state() {
    return this.#state;
  }

  toImage(format, title) {
    return this.#drawing.toImage(format, title);
  }

  #place() {
    const { axes } = this.#state;
    this.#inner.style.minWidth = `${2 * MARGIN.side + Math.max(0, axes.length - 1) * CLOSEST}px`;
    const paths = new Set(axes.map((axis) => axis.path));
    for (const [path, strip] of this.#strips) {
      if (paths.has(path)) continue;
      strip.remove();
      this.#strips.delete(path);
    }
    axes.forEach((axis, at) => {
      const share = axes.length > 1 ? at / (axes.length - 1) : 0;
      const left = `calc(${MARGIN.side}px + (100% - ${2 * MARGIN.side}px) * ${share})`;
      const strip = this.#strips.get(axis.path) ?? this.#strip(axis.path);
      strip.style.left = left;
      // Moving an element would end the drag that goes on in it: only what stands elsewhere is moved.
      if (this.#inner.children[at + LAYERS] !== strip) this.#inner.insertBefore(strip, this.#inner.children[at + LAYERS] ?? null);
      const name = strip.querySelector('.parallel-name');
      if (name.textContent !== axis.name) name.replaceChildren(nameText(axis.name));
      name.disabled = !axis.canLog;
      name.setAttribute('aria-label', this.#options.logLabel(axis));
      name.setAttribute('aria-pressed', String(axis.scale.log));
      const brush = strip.querySelector('.parallel-brush');
      brush.setAttribute('aria-label', this.#options.brushLabel(axis));
      brush.setAttribute('aria-valuenow', String(Math.round(100 * (axis.brush ? (axis.brush[0] + axis.brush[1]) / 2 : 0.5))));
      brush.setAttribute('aria-valuetext', this.#options.brushText(axis));
      const mark = strip.querySelector('.parallel-range');
      mark.hidden = !axis.brush;
      // A brush over one category still has to be seen.
      if (axis.brush) [mark.style.bottom, mark.style.height] = [`calc(${axis.brush[0] * 100}% - 4px)`, `calc(${(axis.brush[1] - axis.brush[0]) * 100}% + 8px)`];
    });
  }

  #strip(path) {
    const range = h('div', { class: 'parallel-range', hidden: true });
    const brush = h('div', { class: 'parallel-brush', role: 'slider', tabindex: '0', 'aria-orientation': 'vertical', 'aria-valuemin': '0', 'aria-valuemax': '100' }, range);
    const strip = h('div', { class: 'parallel-axis' }, h('button', { type: 'button', class: 'parallel-name', onclick: () => this.#options.onLog(path) }), brush);
    brush.addEventListener('pointerdown', (event) => this.#drag(event, path, brush));
    brush.addEventListener('keydown', (event) => this.#key(event, path));
    this.#strips.set(path, strip);
    return strip;
  }

  #axis(path) {
    return this.#state.axes.find((axis) => axis.path === path);
  }

  #drag(event, path, brush) {
    if (event.button !== 0) return;
    const box = brush.getBoundingClientRect();
    const edge = EDGE / box.height;
    // The ends draw the pointer in: what lies at one is what a brush up to it is meant to hold.
    const at = (e) => {
      const place = (box.bottom - e.clientY) / box.height;
      return place < edge ? 0 : place > 1 - edge ? 1 : place;
    };
    const start = at(event);
    const old = this.#axis(path)?.brush;
    let move = (to) => [Math.min(start, to), Math.max(start, to)];
    if (old && Math.abs(start - old[0]) < edge) move = (to) => [Math.min(to, old[1]), Math.max(to, old[1])];
    else if (old && Math.abs(start - old[1]) < edge) move = (to) => [Math.min(to, old[0]), Math.max(to, old[0])];
    else if (old && start > old[0] && start < old[1]) move = (to) => { const by = Math.min(1 - old[1], Math.max(-old[0], to - start)); return [old[0] + by, old[1] + by]; };
    let moved = false;
    const drag = (e) => {
      moved ||= Math.abs(at(e) - start) * box.height > 3;
      if (moved) this.#options.onBrush(path, move(at(e)));
    };
    const end = () => {
      brush.removeEventListener('pointermove', drag);
      // A click without a drag takes the brush away.
      if (!moved) this.#options.onBrush(path, null);
      this.#options.onBrushed();
    };
    brush.setPointerCapture(event.pointerId);
    brush.addEventListener('pointermove', drag);
    brush.addEventListener('lostpointercapture', end, { once: true });
  }

  #key(event, path) {
    const axis = this.#axis(path);
    const step = { ArrowUp: KEY_STEP, ArrowDown: -KEY_STEP }[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace' || event.key === 'Escape') this.#options.onBrush(path, null);
    else if (!step) return;
    else {
      const [from, to] = axis.brush ?? [0, 1];
      const limit = (value) => Math.min(1, Math.max(0, value));
      // Shift moves the lower end, plain arrows the upper one.
      this.#options.onBrush(path, event.shiftKey ? [Math.min(to, limit(from + step)), to] : [from, Math.max(from, limit(to + step))]);
    }
    event.preventDefault();
    this.#options.onBrushed();
  }

  #layout({ width, height, top = 0 }) {
    const { axes } = this.#state;
    const space = axes.length > 1 ? (width - 2 * MARGIN.side) / (axes.length - 1) : 0;
    const start = top + MARGIN.top;
    const length = height - MARGIN.top - MARGIN.bottom;
    return { x: (axis) => MARGIN.side + axis * space, y: (place) => (place === null ? start + length + NONE_BELOW : start + (1 - place) * length), space, start, length };
  }

  #nearest(event) {
    const { axes, rows, held } = this.#state;
    const { x, y, space } = this.#layout(this.#drawing);
    const left = Math.min(axes.length - 2, Math.max(0, Math.floor((event.offsetX - MARGIN.side) / space)));
    if (axes.length < 2) return -1;
    const share = (event.offsetX - x(left)) / space;
    let best = -1;
    let least = NEAR;
    for (const row of rows) {
      if (held && !held[row]) continue;
      const [from, to] = [left, left + 1].map((at) => y(axes[at].scale.place(axes[at].values[row])));
      const distance = Math.abs(from + share * (to - from) - event.offsetY);
      if (distance < least) [best, least] = [row, distance];
    }
    return best;
  }

  #paint(context, surface) {
    const { axes, rows, held } = this.#state;
    const { x, y, space, start, length } = this.#layout(surface);
    if (axes.length === 0) return;
    const line = (row) => this.#line(context, surface, row);
    context.lineWidth = 1;
    if (held) {
      context.strokeStyle = surface.color('--border');
      for (const row of rows) if (!held[row]) line(row);
    }
    context.globalAlpha = Math.max(0.35, Math.min(0.9, 60 / Math.sqrt(rows.length + 1) / 4));
    context.lineWidth = 1.2;
    for (const row of rows) {
      if (held && !held[row]) continue;
      context.strokeStyle = this.#color(surface, row);
      line(row);
    }
    context.globalAlpha = 1;
    const anyNone = axes.map((axis) => rows.some((row) => axis.scale.place(axis.values[row]) === null));
    axes.forEach((axis, at) => this.#paintAxis(context, surface, { axis, at, x: x(at), y, space, start, length, none: anyNone[at], last: at === axes.length - 1 }));
  }

  #line(context, surface, row) {
    const { x, y } = this.#layout(surface);
    context.beginPath();
    this.#state.axes.forEach((axis, at) => context[at === 0 ? 'moveTo' : 'lineTo'](x(at), y(axis.scale.place(axis.values[row]))));
    context.stroke();
  }

  #color(surface, row) {
    const tint = this.#state.axes.at(-1);
    const place = tint.scale.place(tint.values[row]);
    return place === null ? surface.color('--text-3') : colorAt(place, surface.dark);
  }

  #paintLit(context, surface) {
    const { lit, axes } = this.#state;
    if (!(lit >= 0) || axes.length === 0) return;
    context.lineWidth = 5;
    context.strokeStyle = surface.color('--surface');
    this.#line(context, surface, lit);
    context.lineWidth = 2.6;
    context.strokeStyle = this.#color(surface, lit);
    this.#line(context, surface, lit);
  }

  #paintAxis(context, surface, { axis, at, x, y, space, start, length, none, last }) {
    context.lineWidth = 1;
    context.strokeStyle = surface.color('--border-strong');
    context.beginPath();
    context.moveTo(x, start);
    context.lineTo(x, start + length);
    context.stroke();
    if (last && axis.scale.ticks.length > 1) {
      for (let step = 0; step < LEGEND_STEPS; step++) {
        context.fillStyle = colorAt((step + 0.5) / LEGEND_STEPS, surface.dark);
        context.fillRect(x - 3, y((step + 1) / LEGEND_STEPS), 6, length / LEGEND_STEPS + 0.6);
      }
    }
    context.font = surface.font(11);
    context.textBaseline = 'middle';
    context.textAlign = last ? 'left' : 'right';
    const place = last ? x + 8 : x - 7;
    const room = at === 0 || last ? MARGIN.side - 10 : Math.max(30, space - 16);
    const labels = axis.scale.ticks.map((tick) => ({ text: cut(context, tick.text, room), y: y(tick.at) }));
    if (none) labels.push({ text: this.#options.none, y: y(null) });
    for (const { text, y: top } of labels) {
      // Lines run behind the numbers: a halo of the card keeps them legible.
      const { width } = context.measureText(text);
      context.globalAlpha = 0.72;
      context.fillStyle = surface.color('--surface');
      context.fillRect(last ? place - 2 : place - width - 2, top - 7, width + 4, 14);
      context.globalAlpha = 1;
      context.fillStyle = surface.color('--text-2');
      context.fillText(text, place, top);
    }
    if (surface.top > 0) {
      context.textAlign = 'center';
      context.font = surface.font(12, 600);
      context.fillStyle = surface.color('--text');
      context.fillText(cut(context, axis.name, Math.max(CLOSEST, space) - 8), x, start - 28);
    }
  }
}
