// Layers by steps as a heat map: a row a layer, the logarithm of a positive value as its colour, and marks where something is said of a stretch of steps.
//
// new LayerMap(element, { label, onHover(cell | null, event), onPick(row), onZoom(from, to), onReset() })
//   .update({ rows: [{ name, steps, values, marks: [{ kind, from, to }] }], glyphs: { kind: { text, color } }, chosen, window })
// A cell is `{ row, index }`.

import { logLabels, logSplits } from './axes.js';
import { shortStep } from './distribution/axis.js';
import { cut, Drawing } from './drawing.js';
import { tone, tones } from './landscape/ramp.js';
import { niceTicks } from './paint.js';

const FOOT = 58;
const TOP = 6;
const RIGHT = 12;
const MIN_DRAG = 6;
const GLYPH = 16;
/** Height of a row that can still be read and hit. */
export const ROW = 18;
// Ends of the colours: what lies beyond is an exception that would take the others' differences away.
const ENDS = [0.02, 0.98];

export class LayerMap {
  #element;
  #drawing;
  #overlay;
  #options;
  #state = { rows: [], glyphs: {}, chosen: null, window: null };
  #range = [0.1, 1];
  #cursor = null;
  #drag = null;

  constructor(element, options) {
    this.#element = element;
    this.#options = options;
    this.#drawing = new Drawing(element, options.label, (context, surface) => this.#paint(context, surface));
    this.#overlay = new Drawing(element, null, (context, surface) => this.#paintCursor(context, surface));
    this.#listen();
    element.lossboardLayerMap = this;
  }

  update(state) {
    this.#state = { ...this.#state, ...state };
    this.#range = rangeOf(this.#state.rows);
    this.#element.style.height = `${Math.max(4, this.#state.rows.length) * ROW + TOP + FOOT}px`;
    this.#drawing.draw();
    this.#overlay.draw();
  }

  get state() {
    return { ...this.#state, range: this.#range, cursor: this.#cursor };
  }

  /** Moves the cursor by rows and steps; answers the cell it is on then. */
  move(rows, steps) {
    const { rows: all } = this.#state;
    if (all.length === 0) return null;
    const before = this.#cursor ?? { row: 0, index: all[0].steps.length - 1 };
    const row = Math.max(0, Math.min(all.length - 1, before.row + rows));
    const index = Math.max(0, Math.min(all[row].steps.length - 1, before.index + steps));
    this.#point({ row, index });
    return this.#cursor;
  }

  hideCursor() {
    this.#point(null);
  }

  toImage = (format, title) => this.#drawing.toImage(format, title);

  dispose() {
    this.#drawing.dispose();
    this.#overlay.dispose();
  }

  #box({ width, height, top = 0 }) {
    const left = Math.min(210, Math.max(84, width * 0.24));
    return { left, top: top + TOP, width: Math.max(10, width - left - RIGHT), height: Math.max(10, height - TOP - FOOT), row: (height - TOP - FOOT) / Math.max(1, this.#state.rows.length) };
  }

  #span() {
    const { window, rows } = this.#state;
    if (window) return window;
    let [low, high] = [Infinity, -Infinity];
    for (const { steps } of rows) for (const step of steps) [low, high] = [Math.min(low, step), Math.max(high, step)];
    return low <= high ? [low, Math.max(high, low + 1)] : [0, 1];
  }

  #paint(context, surface) {
    const { rows, glyphs, chosen } = this.#state;
    const box = this.#box(surface);
    const ramp = tones('dusk');
    const span = this.#span();
    const x = (step) => box.left + ((step - span[0]) / (span[1] - span[0])) * box.width;
    const [low, high] = this.#range.map(Math.log10);
    rows.forEach((row, at) => {
      const top = box.top + at * box.row;
      context.fillStyle = surface.color('--surface-2');
      context.fillRect(box.left, top, box.width, box.row - 1);
      cellsOf(row.steps, span).forEach(([from, to], i) => {
        const left = Math.max(box.left, x(from));
        const right = Math.min(box.left + box.width, x(to));
        const value = row.values[i];
        if (!(right > left) || !(value > 0) || !Number.isFinite(value)) return;
        context.fillStyle = tone(ramp, (Math.log10(value) - low) / (high - low));
        // Cells overlap by a hair, or the paper shines through between them.
        context.fillRect(left, top, Math.min(right - left + 0.4, box.left + box.width - left), box.row - 1);
      });
      context.font = surface.font(11, row.name === chosen ? 650 : 400);
      context.fillStyle = surface.color(row.name === chosen ? '--accent' : '--text-2');
      context.textAlign = 'right';
      context.textBaseline = 'middle';
      context.fillText(cut(context, row.label ?? row.name, box.left - 14), box.left - 8, top + box.row / 2);
    });
    rows.forEach((row, at) => this.#paintMarks(context, surface, row, glyphs, box, box.top + at * box.row, x, span));
    this.#paintAxis(context, surface, box, x, span);
    this.#paintScale(context, surface, box, ramp);
  }

  #paintMarks(context, surface, row, glyphs, box, top, x, span) {
    const cells = cellsOf(row.steps, span);
    let free = -Infinity;
    for (const { kind, from, to } of row.marks ?? []) {
      const glyph = glyphs[kind];
      const left = Math.max(box.left, x(cells[from][0]));
      const right = Math.min(box.left + box.width, x(cells[to][1]));
      if (!(right > left) || !glyph) continue;
      context.fillStyle = surface.color(glyph.color);
      context.fillRect(left, top + box.row - 4, right - left, 3);
      // Where marks flicker the lines below say it, and one glyph is enough.
      if (left < free) continue;
      free = left + GLYPH;
      const middle = Math.min(box.left + box.width - 7, Math.max(box.left + 7, left + 6));
      context.fillStyle = surface.color('--surface');
      context.beginPath();
      context.arc(middle, top + box.row / 2 - 0.5, 6.5, 0, 2 * Math.PI);
      context.fill();
      context.fillStyle = surface.color(glyph.color);
      context.font = surface.font(10, 700);
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(glyph.text, middle, top + box.row / 2);
    }
  }

  #paintAxis(context, surface, box, x, span) {
    context.font = surface.font(11);
    context.fillStyle = surface.color('--axis');
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    for (const tick of niceTicks(span[0], span[1], Math.max(2, Math.floor(box.width / 80))).filter(Number.isInteger)) {
      context.fillText(shortStep(tick), Math.min(box.left + box.width - 8, Math.max(box.left + 8, x(tick))), box.top + box.height + 11);
    }
  }

  /** The colours and what they stand for. */
  #paintScale(context, surface, box, ramp) {
    const top = box.top + box.height + 26;
    const width = Math.min(260, box.width);
    const parts = 64;
    for (let i = 0; i < parts; i++) {
      context.fillStyle = tone(ramp, i / (parts - 1));
      context.fillRect(box.left + (i * width) / parts, top, width / parts + 0.4, 8);
    }
    const powers = this.#range.map(Math.log10);
    context.font = surface.font(10.5);
    context.fillStyle = surface.color('--axis');
    const shown = logSplits(...this.#range);
    logLabels(shown).forEach((text, i) => {
      const place = box.left + ((Math.log10(shown[i]) - powers[0]) / (powers[1] - powers[0])) * width;
      context.textAlign = place < box.left + 14 ? 'left' : place > box.left + width - 14 ? 'right' : 'center';
      context.fillText(text, place, top + 17);
    });
  }

  #paintCursor(context, surface) {
    const { rows, chosen } = this.#state;
    const box = this.#box(surface);
    const at = rows.findIndex((row) => row.name === chosen);
    context.lineWidth = 1.5;
    if (at >= 0) {
      context.strokeStyle = surface.color('--accent');
      context.strokeRect(box.left, box.top + at * box.row - 0.5, box.width, box.row);
    }
    if (!this.#cursor || !rows[this.#cursor.row]) return;
    const span = this.#span();
    const cell = cellsOf(rows[this.#cursor.row].steps, span)[this.#cursor.index];
    if (!cell) return;
    const [left, right] = cell.map((step) => box.left + ((step - span[0]) / (span[1] - span[0])) * box.width);
    context.strokeStyle = surface.color('--text');
    context.strokeRect(left, box.top + this.#cursor.row * box.row - 0.5, Math.max(2, right - left), box.row);
  }

  #cellAt(x, y) {
    const box = this.#box(this.#drawing);
    const { rows } = this.#state;
    const row = Math.floor((y - box.top) / box.row);
    if (row < 0 || row >= rows.length || y > box.top + box.height) return null;
    const span = this.#span();
    const step = span[0] + ((x - box.left) / box.width) * (span[1] - span[0]);
    const index = x < box.left ? -1 : cellsOf(rows[row].steps, span).findIndex(([from, to]) => step >= from && step < to);
    return { row, index };
  }

  #point(cursor) {
    if (cursor?.row === this.#cursor?.row && cursor?.index === this.#cursor?.index) return;
    this.#cursor = cursor;
    this.#overlay.draw();
  }

  #listen() {
    const { canvas } = this.#drawing;
    canvas.addEventListener('pointermove', (event) => {
      if (this.#drag) {
        this.#drag.to = event.offsetX;
        return;
      }
      const cell = this.#cellAt(event.offsetX, event.offsetY);
      const inside = cell && cell.index >= 0 ? cell : null;
      this.#point(inside);
      this.#options.onHover(inside, event);
    });
    canvas.addEventListener('pointerleave', () => {
      this.#point(null);
      this.#options.onHover(null);
    });
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button === 0 && event.pointerType !== 'touch') this.#drag = { from: event.offsetX, to: event.offsetX };
    });
    canvas.addEventListener('pointerup', (event) => {
      const drag = this.#drag;
      this.#drag = null;
      if (drag && Math.abs(drag.to - drag.from) >= MIN_DRAG) {
        const box = this.#box(this.#drawing);
        const span = this.#span();
        const at = (x) => Math.round(span[0] + Math.max(0, Math.min(1, (x - box.left) / box.width)) * (span[1] - span[0]));
        const [from, to] = [at(Math.min(drag.from, drag.to)), at(Math.max(drag.from, drag.to))];
        if (to > from) this.#options.onZoom(from, to);
        return;
      }
      const cell = this.#cellAt(event.offsetX, event.offsetY);
      if (cell) this.#options.onPick(this.#state.rows[cell.row]);
    });
    canvas.addEventListener('dblclick', () => this.#options.onReset());
  }
}

/** `[from, to]` of each step's cell: halfway to its neighbours. */
function cellsOf(steps, span) {
  const n = steps.length;
  const half = n > 1 ? Math.abs(steps[1] - steps[0]) / 2 : (span[1] - span[0]) / 2;
  return steps.map((step, i) => [i === 0 ? step - half : (steps[i - 1] + step) / 2, i === n - 1 ? step + half : (step + steps[i + 1]) / 2]);
}

/** The values that the colours run between. */
function rangeOf(rows) {
  const known = rows.flatMap((row) => row.values.filter((value) => value > 0 && Number.isFinite(value))).sort((a, b) => a - b);
  if (known.length === 0) return [0.1, 1];
  const [low, high] = ENDS.map((share) => known[Math.min(known.length - 1, Math.floor(share * known.length))]);
  return high > low * 1.01 ? [low, high] : [low / 3, high * 3];
}
