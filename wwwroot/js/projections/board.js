// The chosen picture and perhaps a second one beside it: what is hovered, picked, selected and coloured in one is so in the other.

import { align, aligned } from '../charts/points/procrustes.js';
import { t, tCount } from '../text.js';
import { inverse, linkedPairs, linkRows, movements } from './linking.js';
import { Model } from './model.js';
import { Picture } from './picture.js';
import { spriteOf } from './source.js';

const NONE = [];
const OTHER = { a: 'b', b: 'a' };

export class Board {
  #root;
  #hooks;
  #pictures = { a: null, b: null };
  #models = { a: new Model(), b: new Model() };
  #sources = { a: null, b: null };
  #mode = 'pan';
  #wanted = false;
  #link = { inputs: [], value: null };
  #aligned = { inputs: [], value: null };
  #translated = new Map();
  #titles = { a: '', b: '' };
  #neighbors = NONE;

  /** @param hooks { state(), change(changes, options), drawn() } */
  constructor(root, hooks) {
    this.#root = root;
    this.#hooks = hooks;
  }

  /** The model of the chosen picture. */
  get model() {
    return this.#models.a;
  }

  /** The cards that stand in the page, the chosen one first. */
  get pictures() {
    return [this.#pictures.a, this.#pictures.b].filter(Boolean);
  }

  /** How the two pictures hang together: `{ map, back, linked, doubled, moved: Float32Array, residual }`, or null. */
  get link() {
    return this.#pictures.b ? this.#link.value : null;
  }

  /** Draws before the next frame. @param sources `{ a, b }` @param titles `{ a, b }` */
  show(sources, titles, neighbors = NONE) {
    this.#sources = sources;
    this.#titles = titles;
    this.#neighbors = neighbors;
    if (this.#wanted) return;
    this.#wanted = true;
    requestAnimationFrame(() => {
      this.#wanted = false;
      this.#draw();
    });
  }

  /** Takes the pictures away, or the one of a place: what comes next is of something else. */
  clear(place = null) {
    for (const one of place ? [place] : ['a', 'b']) {
      this.#pictures[one]?.dispose();
      this.#pictures[one] = null;
      this.#sources[one] = null;
    }
  }

  setMode(mode) {
    this.#mode = mode;
    for (const one of this.pictures) one.setMode(mode);
  }

  #draw() {
    const state = this.#hooks.state();
    for (const place of ['a', 'b']) {
      const source = this.#sources[place];
      const drawn = source?.picture && (place === 'a' || this.#sources.a?.picture);
      if (!drawn) {
        this.#pictures[place]?.dispose();
        this.#pictures[place] = null;
        continue;
      }
      if (this.#pictures[place]) continue;
      this.#pictures[place] = new Picture(place, { hover: (...a) => this.#hover(...a), pick: (...a) => this.#pick(...a), select: (...a) => this.#select(...a), camera: (...a) => this.#camera(...a), clear: () => this.#hooks.change({ selected: null, pick: null }), sheet: () => this.#hooks.drawn() });
      if (place === 'a') this.#root.prepend(this.#pictures.a.element);
      else this.#root.append(this.#pictures.b.element);
    }
    const { a, b } = this.#pictures;
    this.#root.dataset.count = String(this.pictures.length);
    if (!a) return;
    const [first, second] = [this.#sources.a, this.#sources.b];
    const one = this.#models.a.set({ rows: first.picture.rows, columns: first.columns }, state);
    const link = b ? this.#linked(first, second, state) : null;
    const other = b ? this.#models.b.set({ rows: second.picture.rows, columns: second.columns }, this.#stateOf(state), this.#translate('isolated', state.isolated, link)) : null;
    const drawn = b ? this.#placed(first.picture, second.picture, link, state) : null;
    const slots = one.color && !one.color.isNumber ? one.slots() : null;
    a.show(first, one, {
      title: this.#titles.a, picture: first.picture, selected: state.selected, neighbors: this.#neighbors, picked: state.pick, links: b && state.links ? drawn.lines(one.shown.mask) : null, camera: state.camera, slots, spriteUrl: spriteUrl(first),
    });
    if (b) {
      b.show(second, other, {
        title: this.#titles.b, picture: drawn.picture, frame: state.aligned && !drawn.fault ? a.frame : null, selected: this.#translate('selected', state.selected, link), neighbors: this.#translateNeighbors(link), picked: at(link.map, state.pick), links: null,
        camera: state.aligned ? state.camera : state.otherCamera, slots: other.color && !other.color.isNumber ? other.slots(one.color) : null, spriteUrl: spriteUrl(second), notes: this.#notes(link, drawn, state),
      });
    }
    for (const picture of this.pictures) picture.setMode(this.#mode);
    this.#hooks.drawn();
  }

  /** The second picture has no rows of its own in the address, but everything else of the state. */
  #stateOf(state) {
    return { ...state, color: this.#models.a.color?.name ?? '' };
  }

  #linked(first, second, state) {
    const name = [first, second].every(({ columns }) => columns.some((column) => column.name === state.linkBy)) ? state.linkBy : null;
    return remembered(this.#link, [first.picture.rows, second.picture.rows, first.columns, second.columns, name], () => {
      const link = linkRows({ rows: first.picture.rows, columns: first.columns }, { rows: second.picture.rows, columns: second.columns }, name);
      this.#translated.clear();
      return { ...link, back: inverse(link.map, second.picture.rows), moved: null };
    });
  }

  /** The second picture where it is to stand, how far each vector moved, and the lines between. */
  #placed(first, second, link, state) {
    return remembered(this.#aligned, [first, second, link, state.aligned], () => {
      let picture = second;
      let fault = null;
      if (state.aligned) {
        if (first.dims !== second.dims) fault = 'dims';
        else {
          const way = align(second.coordinates, first.coordinates, first.dims, linkedPairs(link.map).reverse());
          if (way.pairs > first.dims) picture = { ...second, coordinates: aligned(second.coordinates, way) };
          else fault = 'few';
        }
      }
      link.moved = fault || !state.aligned ? null : movements(first, picture, link.map);
      const lines = { inputs: [], value: null };
      return { picture, fault, lines: (mask) => remembered(lines, [mask], () => linesOf(first, picture, link.map, mask)) };
    });
  }

  #notes(link, drawn, state) {
    return [tCount('projections.linked', link.linked), link.doubled ? tCount('projections.linked_doubled', link.doubled) : null, state.aligned && drawn.fault ? t(`projections.align_fault.${drawn.fault}`) : null].filter(Boolean);
  }

  #translate(key, rows, link) {
    if (rows === null) return null;
    const before = this.#translated.get(key);
    if (before?.rows === rows) return before.value;
    const value = Uint32Array.from([...rows].map((row) => at(link.map, row)).filter((row) => row !== null));
    this.#translated.set(key, { rows, value });
    return value;
  }

  #translateNeighbors(link) {
    const before = this.#translated.get('near');
    if (before?.rows === this.#neighbors) return before.value;
    const value = this.#neighbors.map(({ row, rank }) => ({ row: at(link.map, row), rank })).filter(({ row }) => row !== null);
    this.#translated.set('near', { rows: this.#neighbors, value });
    return value;
  }

  /** A row of a place as the row of the other place, or null. */
  #across(place, row) {
    const link = this.#link.value;
    return row === null || !link ? null : at(place === 'a' ? link.map : link.back, row);
  }

  #hover(place, row) {
    const other = this.#pictures[OTHER[place]];
    if (other) other.hover(this.#across(place, row));
  }

  #pick(place, row) {
    this.#hooks.change({ pick: place === 'a' ? row : this.#across('b', row) });
  }

  #select(place, rows, mode) {
    const own = place === 'a' ? rows : Uint32Array.from([...rows].map((row) => this.#across('b', row)).filter((row) => row !== null));
    this.#hooks.select(own, mode);
  }

  #camera(place, numbers) {
    const state = this.#hooks.state();
    const shared = state.aligned && this.#pictures.b;
    this.#hooks.change(place === 'a' || shared ? { camera: numbers } : { otherCamera: numbers }, { push: false, soon: true });
  }
}

const at = (map, row) => (row === null || !(row < map.length) || map[row] < 0 ? null : map[row]);

function spriteUrl({ points }) {
  return points?.sprite?.name ? spriteOf(points.sprite) : null;
}

function linesOf(first, second, map, mask) {
  const { dims } = first;
  if (second.dims !== dims) return null;
  const pairs = [];
  for (let row = 0; row < map.length; row++) {
    if (map[row] < 0 || (mask !== null && mask[row] === 0)) continue;
    for (let d = 0; d < dims; d++) pairs.push(first.coordinates[row * dims + d]);
    for (let d = 0; d < dims; d++) pairs.push(second.coordinates[map[row] * dims + d]);
  }
  return Float32Array.from(pairs);
}

function remembered(slot, inputs, make) {
  if (slot.inputs.length !== inputs.length || slot.inputs.some((one, i) => !Object.is(one, inputs[i]))) {
    slot.value = make();
    slot.inputs = inputs;
  }
  return slot.value;
}
