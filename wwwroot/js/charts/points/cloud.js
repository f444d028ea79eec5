// What a picture of points holds: places, colours, what is shown, in which order. Typed arrays only; no canvas.

import { fadeGhosts, paintRows } from './colors.js';
import { boundsOf, frameOf, placed } from './frame.js';
import { drawingOrder, GHOST, HIDDEN, SHOWN, thinned } from './order.js';

export class Cloud {
  rows = 0;
  dims = 2;
  /** Coordinates within the frame, rows × dims; NaN where a row has none. */
  positions = new Float32Array(0);
  /** The places before the last change, where points can move from there. */
  before = null;
  frame = frameOf([], 2, 0);
  /** HIDDEN, SHOWN or GHOST by row. */
  states = new Uint8Array(0);
  colors = new Uint32Array(0);
  order = new Uint32Array(0);
  thin = new Uint32Array(0);
  shown = 0;
  selected = new Uint32Array(0);
  links = new Float32Array(0);
  #mask = null;
  #ghosts = false;
  #spec = null;
  #pairs = null;

  get spec() {
    return this.#spec;
  }

  /** True when the same rows stay in the picture, so that a camera, a filter and a selection still mean something. */
  setPoints({ rows, dims, coordinates, frame = null }) {
    if (coordinates.length < rows * dims) throw new RangeError(`coordinates: ${rows} rows of ${dims} need ${rows * dims} numbers, there are ${coordinates.length}.`);
    const same = rows === this.rows && dims === this.dims && rows > 0;
    const old = this.positions;
    [this.rows, this.dims] = [rows, dims];
    const own = frameOf(coordinates, dims, rows);
    this.frame = frame ? { ...own, centre: frame.centre, scale: frame.scale, half: own.half.map((half, axis) => half * (own.scale / frame.scale) + Math.abs(own.centre[axis] - frame.centre[axis]) / frame.scale) } : own;
    // What was drawn last but one is no longer needed: its memory takes the new places.
    this.positions = placed(coordinates, dims, rows, this.frame, same && this.before ? this.before : undefined);
    this.before = same ? old : null;
    if (!same) {
      [this.#mask, this.#spec] = [null, null];
      this.selected = new Uint32Array(0);
      this.#pairs = null;
    }
    this.#relink();
    return same;
  }

  /** Leaves points where they are on the way from their places before. */
  halt(share) {
    const { positions, before } = this;
    for (let i = 0; i < positions.length; i++) if (!Number.isNaN(before[i])) positions[i] = before[i] + (positions[i] - before[i]) * share;
  }

  setMask(mask, ghosts) {
    if (mask && mask.length < this.rows) throw new RangeError(`mask: ${this.rows} rows, and ${mask.length} entries.`);
    [this.#mask, this.#ghosts] = [mask, ghosts];
  }

  setSpec(spec) {
    const given = spec?.codes ?? spec?.values;
    if (given && given.length < this.rows) throw new RangeError(`${spec.codes ? 'codes' : 'values'}: ${this.rows} rows, and ${given.length} entries.`);
    this.#spec = spec;
  }

  setSelected(rows) {
    this.selected = Uint32Array.from(rows ?? []).filter((row) => row < this.rows);
  }

  /** Ends of lines in the coordinates of the points, dims numbers each. */
  setLinks(pairs) {
    this.#pairs = pairs;
    this.#relink();
  }

  /** What follows from places, mask and codes. */
  arrange(thinLimit) {
    if (this.states.length !== this.rows) this.states = new Uint8Array(this.rows);
    this.shown = 0;
    const mask = this.#mask;
    for (let row = 0; row < this.rows; row++) {
      const state = Number.isNaN(this.positions[row * this.dims]) ? HIDDEN : !mask || mask[row] ? SHOWN : this.#ghosts ? GHOST : HIDDEN;
      this.states[row] = state;
      if (state === SHOWN) this.shown++;
    }
    this.order = drawingOrder(this.states, this.#spec?.codes ?? null);
    this.thin = thinned(this.order, thinLimit);
  }

  paint(theme) {
    if (this.colors.length !== this.rows) this.colors = new Uint32Array(this.rows);
    const spec = typeof this.#spec?.palette === 'function' ? { ...this.#spec, palette: this.#spec.palette(theme.dark) } : this.#spec;
    paintRows(this.rows, spec, theme, this.colors);
    if (this.#ghosts) fadeGhosts(this.colors, this.states, theme.ghost ?? theme.none);
  }

  /** Selected rows that are shown, for drawing them over the others. */
  selectedShown() {
    return this.selected.filter((row) => this.states[row] === SHOWN);
  }

  bounds(chosen = (row) => this.states[row] === SHOWN) {
    return boundsOf(this.positions, this.dims, this.rows, chosen);
  }

  /** A place of the data within the frame: `[x, y, z]`. */
  toFrame(x, y, z = 0) {
    const { centre, scale } = this.frame;
    return [(x - centre[0]) / scale, (y - centre[1]) / scale, this.dims === 3 ? (z - centre[2]) / scale : 0];
  }

  placeOf(row) {
    const at = row * this.dims;
    return [this.positions[at], this.positions[at + 1], this.dims === 3 ? this.positions[at + 2] : 0];
  }

  #relink() {
    const ends = this.#pairs ? Math.floor(this.#pairs.length / this.dims) & ~1 : 0;
    this.links = new Float32Array(ends * 3);
    if (ends === 0) return;
    const all = placed(this.#pairs, this.dims, ends, this.frame);
    for (let end = 0; end < ends; end++) for (let axis = 0; axis < this.dims; axis++) this.links[end * 3 + axis] = all[end * this.dims + axis];
  }
}
