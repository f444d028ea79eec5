// One picture of points with its title, its tooltip and what is to be said below it. It takes a model and tells the chart only what is another.

import { createPoints } from '../charts/points/points.js';
import { categoryColors, DISTINCT } from '../charts/points/categories.js';
import { isDark } from '../charts/themewatch.js';
import { hideLines, showLines } from '../charts/tip.js';
import { h, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { rowsOf } from './filters.js';
import { columnWord, valueWords } from './words.js';

const MOST_LINES = 14;
// Letters of a value, and of a column's name, that a tip has room for.
const LONGEST = 40;
const LONGEST_NAME = 24;
const THUMBNAIL = 84;

const cut = (text, most = LONGEST) => ([...text].length > most ? `${[...text].slice(0, most).join('')}…` : text);

export class Picture {
  #hooks;
  #place;
  #title = h('h3', { class: 'ellipsis', dir: 'auto' });
  #state = h('span', { class: 'projection-forming', hidden: true });
  #note = h('p', { class: 'projection-note muted' });
  #plot;
  #points;
  #model = null;
  #known = new Map();
  #sheet = { url: null, image: null };
  #missing = 0;
  #thinned = false;
  #settled = null;

  /** @param place 'a' or 'b' @param hooks { hover(place, row), pick(place, row), select(place, rows, mode), camera(place, numbers), clear(), sheet(): its thumbnails are there } */
  constructor(place, hooks) {
    this.#place = place;
    this.#hooks = hooks;
    this.#plot = h('div', { class: 'projection-plot', role: 'group', 'aria-label': t('projections.picture'), 'aria-description': t('projections.keys') });
    this.element = h('article', { class: 'card projection-card', data: { place } }, h('div', { class: 'projection-card-head' }, this.#title, this.#state), this.#plot, this.#note);
  }

  /** The chart, once the picture stands in the page. */
  get points() {
    return this.#points ?? null;
  }

  /** What is drawn: coordinates that may be aligned to another picture's. */
  picture = null;

  /** The scale that the chart stands on, for another picture to stand on it too. */
  frame = null;

  /**
   * @param source see source.js @param model see model.js
   * @param also { title, picture: coordinates to draw, frame: scale to stand on, selected: rows or null, neighbors: [{ row, rank }], picked, links, camera, slots: place in the palette by category }
   */
  show(source, model, also) {
    const { state } = model;
    this.#model = model;
    setText(this.#title, also.title);
    this.#title.title = also.title;
    this.#points ??= this.#create(also.camera);
    const points = this.#points;
    this.picture = also.picture;
    this.#once('picture', [also.picture, also.frame ?? null], () => {
      const { missing, frame } = points.setPoints({ ...also.picture, frame: also.frame ?? null });
      this.#missing = missing;
      this.frame = frame;
      // The chart forgets what belonged to other rows.
      if (this.#known.get('rows')?.[0] !== `${also.picture.rows}×${also.picture.dims}`) for (const key of ['colors', 'shown', 'selected', 'links', 'near']) this.#known.delete(key);
      this.#known.set('rows', [`${also.picture.rows}×${also.picture.dims}`]);
    });
    const { color } = model;
    this.#once('colors', [color, also.slots], () => points.setColors(this.#colors(color, also.slots)));
    const { mask } = model.shown;
    this.#once('shown', [mask, state.ghosts], () => points.setShown(mask, { ghost: state.ghosts }));
    const outlined = also.selected ?? (state.onlyFound ? null : model.found.mask);
    this.#once('selected', [outlined], () => points.setSelected(outlined instanceof Uint8Array ? rowsOf(outlined) : outlined));
    this.#once('near', [also.picked, also.neighbors], () => {
      points.setPicked(also.picked);
      points.setHighlighted(also.neighbors, { lines: also.neighbors.length <= 60 });
    });
    this.#once('links', [also.links], () => points.setLinks(also.links));
    const { label } = model;
    this.#once('labels', [state.labels, label, color, also.slots, isDark()], () => points.setLabels(this.#labels(state.labels, label, color, also.slots)));
    this.#once('size', [state.size], () => points.setSize(state.size));
    this.#once('opacity', [state.opacity], () => points.setOpacity(state.opacity));
    this.#showSheet(source.points?.sprite ?? null, also.spriteUrl);
    if (also.camera && this.#settled !== also.camera) {
      this.#settled = also.camera;
      points.setCamera(also.camera);
    }
    this.#state.hidden = !source.frame;
    if (source.frame) setText(this.#state, t('projections.iteration', { done: source.frame.iteration.toLocaleString('en'), count: source.frame.iterations.toLocaleString('en') }));
    this.element.dataset.forming = String(Boolean(source.frame));
    this.#showNote(also.notes ?? []);
  }

  /** Brings a row forward, or none. */
  hover(row) {
    this.#points?.setHovered(row);
  }

  setMode(mode) {
    this.#points?.setMode(mode);
  }

  get title() {
    return this.#title.textContent;
  }

  /** A thumbnail of a row, or null. */
  thumbnail(row, side) {
    return this.#sheet.image ? this.#points?.thumbnail(row, side) ?? null : null;
  }

  dispose() {
    hideLines();
    this.#points?.destroy();
    this.element.remove();
  }

  #create(camera) {
    const place = this.#place;
    const points = createPoints(this.#plot, {
      label: t('projections.picture'), wheel: 'always',
      onHover: (row, at) => this.#hover(row, at),
      onPick: (row) => this.#hooks.pick(place, row),
      onSelect: (rows, mode) => this.#hooks.select(place, rows, mode),
      onCamera: (numbers) => {
        this.#settled = numbers;
        this.#hooks.camera(place, numbers);
      },
      onThinned: (on) => {
        this.#thinned = on;
        this.#showNote(this.#notes);
      },
      onClear: () => this.#hooks.clear(),
    });
    if (camera) {
      points.setCamera(camera);
      this.#settled = camera;
    }
    this.#plot.lossboardPicture = this;
    return points;
  }

  /** For tests: what this picture was last told to draw. */
  get model() {
    return this.#model;
  }

  #once(key, inputs, work) {
    const before = this.#known.get(key);
    if (before && before.length === inputs.length && before.every((one, i) => Object.is(one, inputs[i]))) return;
    this.#known.set(key, inputs);
    work();
  }

  #colors(color, slots) {
    if (!color) return null;
    if (color.isNumber) return { values: color.values, ramp: 'viridis', ...color.span };
    const palette = (dark) => {
      const colors = categoryColors(DISTINCT, dark).colors;
      return Array.from(slots, (slot) => colors[slot % colors.length]);
    };
    return { codes: color.codes, palette };
  }

  #labels(mode, label, color, slots) {
    if (mode === 'points' && label) return { texts: (row) => cut(label.text(row)) };
    if (mode !== 'centroids') return null;
    const of = color && !color.isNumber ? color : label && !label.isNumber ? label : null;
    if (!of) return null;
    const colors = categoryColors(DISTINCT, isDark()).colors;
    return { classes: { codes: of.codes, texts: of.categories.map((text) => cut(text)), colors: of === color ? Array.from(slots, (slot) => colors[slot % colors.length]) : [] } };
  }

  /** The sheet of thumbnails is fetched once; what is picked or hovered has its picture whether or not they stand in for the points. */
  async #showSheet(sprite, url) {
    if (url !== this.#sheet.url) {
      this.#sheet = { url, image: null };
      if (!url) this.#points.setSprites(null);
      else {
        const image = new Image();
        image.src = url;
        try {
          await image.decode();
        } catch {
          // A picture that is gone, or none: the points have their colours.
          return;
        }
        if (this.#sheet.url !== url) return;
        this.#sheet.image = image;
      }
      this.#known.delete('sprites');
    }
    const { image } = this.#sheet;
    if (!image || !sprite) return;
    this.#once('sprites', [image, this.#model.state.sprites], () => {
      const sheet = { image, width: sprite.width, height: sprite.height, perRow: Math.max(1, Math.floor(image.naturalWidth / sprite.width)), drawn: this.#model.state.sprites };
      this.#points.setSprites(sheet);
      this.#hooks.sheet();
    });
  }

  #notes = [];

  #showNote(notes) {
    this.#notes = notes;
    const said = [...notes, this.#missing > 0 ? tCount('projections.missing', this.#missing) : null, this.#thinned ? t('projections.thinned') : null].filter(Boolean);
    setText(this.#note, said.join(' '));
  }

  #hover(row, at) {
    this.#hooks.hover(this.#place, row);
    if (row === null || !this.#model) {
      hideLines();
      return;
    }
    const { columns, label } = this.#model;
    const lines = columns.slice(0, MOST_LINES).map((column) => [cut(columnWord(column.name), LONGEST_NAME), cut(valueWords(column, row))]);
    if (columns.length > MOST_LINES) lines.push(['', tCount('projections.more_columns', columns.length - MOST_LINES)]);
    const head = t('projections.row', { row: row.toLocaleString('en') });
    showLines(label ? `${head} · ${cut(valueWords(label, row))}` : head, lines, at.x, at.y, this.thumbnail(row, THUMBNAIL));
  }
}
