// A matrix of small scatter plots: each value against each other, on one canvas. Drawn here because the chart library's needs WebGL.

import { colorAt } from './colorscale.js';
import { cut, Drawing } from './drawing.js';

const LEFT = 64;
const BOTTOM = 34;
const GAP = 8;
const INSET = 0.06;
const BINS = 16;
const NEAR = 9;

export class Matrix {
  #drawing;
  #overlay;
  #state = { axes: [], rows: [], held: null, lit: -1, tint: null };

  /** @param options { label, onHover(row | −1), onPick(row) } */
  constructor(element, options) {
    this.#drawing = new Drawing(element, options.label, (context, surface) => {
      this.#paint(context, surface);
      if (surface.top > 0) this.#paintLit(context, surface);
    });
    // Apart, so that following the pointer does not draw everything again.
    this.#overlay = new Drawing(element, null, (context, surface) => this.#paintLit(context, surface));
    const { canvas } = this.#drawing;
    canvas.addEventListener('pointermove', (event) => options.onHover(this.#nearest(event)));
    canvas.addEventListener('pointerleave', () => options.onHover(-1));
    canvas.addEventListener('click', (event) => {
      const row = this.#nearest(event);
      if (row >= 0) options.onPick(row);
    });
    element.lossboardMatrix = this;
  }

  /** @param state { axes: [{ name, scale, values }], tint: the axis that gives the colours, rows: indices drawn, held: boolean a row or null, lit: row or −1 } */
  update(state) {
    this.#state = { ...this.#state, ...state };
    if (Object.keys(state).some((name) => name !== 'lit')) this.#drawing.draw();
    this.#overlay.draw();
  }

  get state() {
    return this.#state;
  }

  toImage(format, title) {
    return this.#drawing.toImage(format, title);
  }

  #cells({ width, height, top = 0 }) {
    const count = this.#state.axes.length;
    const [w, h] = [(width - LEFT - GAP) / count, (height - BOTTOM - GAP) / count];
    return { count, w, h, left: (col) => LEFT + col * w, top: (row) => top + GAP + row * h };
  }

  #at(cells, col, row, run) {
    const [ax, ay] = [this.#state.axes[col], this.#state.axes[row]];
    const [px, py] = [ax.scale.place(ax.values[run]), ay.scale.place(ay.values[run])];
    if (px === null || py === null) return null;
    const inside = (place) => INSET + place * (1 - 2 * INSET);
    return [cells.left(col) + inside(px) * (cells.w - GAP), cells.top(row) + (1 - inside(py)) * (cells.h - GAP)];
  }

  #nearest(event) {
    const cells = this.#cells(this.#drawing);
    const [col, row] = [Math.floor((event.offsetX - LEFT) / cells.w), Math.floor((event.offsetY - GAP) / cells.h)];
    if (col < 0 || row < 0 || col >= cells.count || row >= cells.count || col === row) return -1;
    let best = -1;
    let least = NEAR * NEAR;
    for (const run of this.#state.rows) {
      const point = this.#at(cells, col, row, run);
      if (!point) continue;
      const distance = (point[0] - event.offsetX) ** 2 + (point[1] - event.offsetY) ** 2;
      if (distance < least) [best, least] = [run, distance];
    }
    return best;
  }

  #paint(context, surface) {
    const { axes, rows, held, tint } = this.#state;
    if (axes.length === 0) return;
    const cells = this.#cells(surface);
    const size = rows.length > 500 ? 2.4 : 3.6;
    const colors = new Map(rows.map((run) => {
      const place = tint?.scale.place(tint.values[run]) ?? null;
      return [run, held && !held[run] ? surface.color('--border') : place === null ? surface.color('--text-3') : colorAt(place, surface.dark)];
    }));
    const order = held ? [...rows].sort((a, b) => held[a] - held[b]) : rows;
    for (let row = 0; row < cells.count; row++) {
      for (let col = 0; col < cells.count; col++) {
        context.lineWidth = 1;
        context.strokeStyle = surface.color('--border');
        context.strokeRect(cells.left(col), cells.top(row), cells.w - GAP, cells.h - GAP);
        if (row === col) {
          this.#paintCounts(context, surface, cells, row);
          continue;
        }
        context.globalAlpha = rows.length > 500 ? 0.6 : 0.85;
        for (const run of order) {
          const point = this.#at(cells, col, row, run);
          if (!point) continue;
          context.fillStyle = colors.get(run);
          context.fillRect(point[0] - size / 2, point[1] - size / 2, size, size);
        }
        context.globalAlpha = 1;
      }
    }
    this.#paintEnds(context, surface, cells);
  }

  #paintLit(context, surface) {
    const { lit } = this.#state;
    const cells = this.#cells(surface);
    context.strokeStyle = surface.color('--text');
    context.lineWidth = 2;
    for (let row = 0; row < cells.count; row++) {
      for (let col = 0; col < cells.count; col++) {
        const point = lit >= 0 && row !== col && this.#at(cells, col, row, lit);
        if (!point) continue;
        context.beginPath();
        context.arc(point[0], point[1], 5, 0, 2 * Math.PI);
        context.stroke();
      }
    }
  }

  /** On the diagonal: the value's name over how its runs are spread. */
  #paintCounts(context, surface, cells, at) {
    const axis = this.#state.axes[at];
    const counts = new Array(BINS).fill(0);
    for (const run of this.#state.rows) {
      const place = axis.scale.place(axis.values[run]);
      if (place !== null) counts[Math.min(BINS - 1, Math.floor(place * BINS))]++;
    }
    const most = Math.max(1, ...counts);
    const [width, height] = [cells.w - GAP, cells.h - GAP];
    const bin = (width * (1 - 2 * INSET)) / BINS;
    context.fillStyle = surface.color('--surface-3');
    counts.forEach((count, i) => {
      const tall = (count / most) * (height - 26);
      if (count) context.fillRect(cells.left(at) + width * INSET + i * bin, cells.top(at) + height - tall, bin - 1, tall);
    });
    context.fillStyle = surface.color('--text');
    context.font = surface.font(11.5, 600);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(cut(context, axis.name, width - 8), cells.left(at) + width / 2, cells.top(at) + 12);
  }

  /** The first and last value of each axis, left and below. */
  #paintEnds(context, surface, cells) {
    context.font = surface.font(10.5);
    context.fillStyle = surface.color('--text-3');
    this.#state.axes.forEach((axis, at) => {
      const { ticks } = axis.scale;
      const ends = ticks.length > 1 ? [ticks[0], ticks.at(-1)] : ticks;
      const inside = (place) => INSET + place * (1 - 2 * INSET);
      for (const tick of ends) {
        context.textAlign = 'right';
        context.textBaseline = 'middle';
        context.fillText(cut(context, tick.text, LEFT - 8), LEFT - 5, cells.top(at) + (1 - inside(tick.at)) * (cells.h - GAP));
        context.textAlign = ends.length < 2 ? 'center' : tick === ends[0] ? 'left' : 'right';
        context.textBaseline = 'top';
        const edge = ends.length < 2 ? (cells.w - GAP) / 2 : tick === ends[0] ? 0 : cells.w - GAP;
        context.fillText(cut(context, tick.text, cells.w / 2 - 6), cells.left(at) + edge, cells.top(cells.count) - GAP + 8);
      }
    });
  }
}
