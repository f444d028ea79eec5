// A confusion matrix: a row a true class, a column a predicted one. Cells can be pointed at, walked over with the keys, and opened.

import { cut, Drawing } from './drawing.js';
import { mix, parseColor } from './paint.js';
import { hideLines, showLines } from './tip.js';

const TOP = 24;
const BOTTOM = 8;
const LEFT = 96;
const LEFT_NARROW = 64;
const NARROW = 520;
const RIGHT = 10;
// A number needs this much room.
const CELL_TEXT = 24;
// Darker than this share of the accent, a number on it is written in the surface's colour.
const TURN = 0.55;

export class Confusion {
  #element;
  #drawing;
  #overlay;
  #options;
  #state = { shares: [], names: [], texts: () => '', open: null };
  #cursor = null;

  /** @param options { label, onOpen(label, predicted), onCursor(label, predicted): the keys moved there, tip(label, predicted) → { head, lines } } */
  constructor(element, options) {
    this.#element = element;
    this.#options = options;
    this.#drawing = new Drawing(element, options.label, (context, surface) => this.#paint(context, surface));
    this.#overlay = new Drawing(element, null, (context, surface) => this.#paintMarks(context, surface));
    const { canvas } = this.#drawing;
    canvas.addEventListener('pointermove', (event) => {
      const cell = this.#at(event);
      canvas.classList.toggle('openable', Boolean(cell));
      if (!cell) return hideLines();
      const { head, lines } = options.tip(...cell);
      return showLines(head, lines, event.clientX, event.clientY);
    });
    canvas.addEventListener('pointerleave', hideLines);
    canvas.addEventListener('click', (event) => {
      const cell = this.#at(event);
      if (cell) options.onOpen(...cell);
    });
    element.tabIndex = 0;
    element.addEventListener('keydown', (event) => this.#key(event));
    element.addEventListener('blur', () => { this.#cursor = null; this.#overlay.draw(); });
    element.lossboardConfusion = this;
    // By this name a report that is saved as a file finds a picture that draws itself as vectors.
    element.lossboardFigure = this;
  }

  /** @param state { shares: a number from 0 to 1 or null a cell, names, texts(label, predicted), open: [label, predicted] or null } */
  update(state) {
    this.#state = { ...this.#state, ...state };
    this.#drawing.draw();
    this.#overlay.draw();
    this.#element.dataset.drawn = String(this.#state.shares.length);
  }

  toImage(format, title) {
    return this.#drawing.toImage(format, title);
  }

  /** Where a cell is, in pixels of the element. */
  cellBox(label, predicted) {
    const { left, up, w, h } = this.#frame(this.#drawing);
    return { x: left + predicted * w, y: up + label * h, width: w, height: h };
  }

  #frame({ width, height, top = 0 }) {
    const count = Math.max(1, this.#state.shares.length);
    const left = width < NARROW ? LEFT_NARROW : LEFT;
    const up = top + TOP;
    return { count, left, up, w: Math.max(1, (width - left - RIGHT) / count), h: Math.max(1, (height - TOP - BOTTOM) / count) };
  }

  #at(event) {
    const { count, left, up, w, h } = this.#frame(this.#drawing);
    const [predicted, label] = [Math.floor((event.offsetX - left) / w), Math.floor((event.offsetY - up) / h)];
    return label >= 0 && predicted >= 0 && label < count && predicted < count ? [label, predicted] : null;
  }

  #paint(context, surface) {
    const { shares, names, texts } = this.#state;
    const { left, up, w, h } = this.#frame(surface);
    const [ground, right, wrong] = ['--surface-2', '--accent', '--bad'].map((name) => parseColor(surface.color(name)));
    const gap = Math.min(w, h) > 8 ? 1 : 0;
    context.textBaseline = 'middle';
    shares.forEach((row, label) => row.forEach((share, predicted) => {
      const [x, y] = [left + predicted * w, up + label * h];
      // What is right and what is wrong differ in hue, and the diagonal says it to who does not see hues. Mistakes are few: the root brings them out.
      const strength = share === null ? 0 : label === predicted ? share : Math.sqrt(share);
      context.fillStyle = mix(ground, label === predicted ? right : wrong, strength);
      context.fillRect(x, y, w - gap, h - gap);
      if (w < CELL_TEXT || h < 14) return;
      context.font = surface.font(Math.min(12, h * 0.6));
      context.textAlign = 'center';
      context.fillStyle = surface.color(strength > TURN ? '--surface' : '--text');
      // Half a number says less than none.
      const text = texts(label, predicted);
      if (context.measureText(text).width <= w - 2) context.fillText(text, x + w / 2, y + h / 2);
    }));
    this.#paintNames(context, surface, names, { left, up, w, h });
  }

  #paintNames(context, surface, names, { left, up, w, h }) {
    context.font = surface.font(11);
    context.fillStyle = surface.color('--text-2');
    // Where classes stand closer than their names, every so many is named.
    const [everyRow, everyColumn] = [Math.ceil(13 / h), Math.ceil(16 / w)];
    names.forEach((name, at) => {
      context.textBaseline = 'middle';
      context.textAlign = 'right';
      if (at % everyRow === 0) context.fillText(cut(context, name, left - 10), left - 6, up + (at + 0.5) * h);
      context.textAlign = 'center';
      if (at % everyColumn === 0) context.fillText(cut(context, name, w * everyColumn - 4), left + (at + 0.5) * w, up - TOP / 2);
    });
  }

  #paintMarks(context, surface) {
    const { left, up, w, h } = this.#frame(surface);
    for (const [cell, width] of [[this.#state.open, 2], [this.#cursor, 3]]) {
      if (!cell || cell[0] >= this.#state.shares.length || cell[1] >= this.#state.shares.length) continue;
      context.lineWidth = width;
      context.strokeStyle = surface.color('--text');
      context.strokeRect(left + cell[1] * w, up + cell[0] * h, w - 1, h - 1);
    }
  }

  #key(event) {
    const count = this.#state.shares.length;
    if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (move) {
      const far = event.shiftKey ? 10 : 1;
      const inside = (value) => Math.min(count - 1, Math.max(0, value));
      this.#cursor = this.#cursor ? [inside(this.#cursor[0] + far * move[0]), inside(this.#cursor[1] + far * move[1])] : this.#state.open ?? [0, 0];
      this.#overlay.draw();
      this.#options.onCursor(...this.#cursor);
    } else if ((event.key === 'Enter' || event.key === ' ') && this.#cursor) this.#options.onOpen(...this.#cursor);
    else return;
    event.preventDefault();
  }
}
