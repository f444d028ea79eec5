// A cloud of points in two or three dimensions.
//
// createPoints(host, { label, onHover(row | null, { x, y } | null), onPick(row | null, event), onSelect(rows: Uint32Array, 'replace' | 'add'), onClear(), onCamera(numbers), onThinned(bool), wheel: 'always' | 'focus', axes: ['1', '2', '3'] })
//   host                       an element with a size; it gets two canvases and the focus (tabindex 0)
//   .setPoints({ rows, dims, coordinates, frame, move })
//                              coordinates: rows × dims numbers. The first call fits the picture; later ones with as many rows keep camera, filter, colours and selection, and move the points there
//                              (`move: false`: at once). `frame`: that of another picture, to stand on the same scale. Answers { drawn, missing, frame }: rows with NaN or infinity are not drawn
//   .setColors(spec)           { codes, palette: css[] or (dark) → css[] } (categories.js has one) · { values, ramp, low, high } (colors.js names the ramps) · null: all alike. A code below zero or a NaN: grey
//   .setShown(mask, { ghost }) Uint8Array, 0 hides the row (`ghost: true`: leaves a trace of it), null shows all
//   .setSelected(rows) · .setPicked(row | null) · .setHovered(row | null) · .setHighlighted([{ row, rank }], { lines })   rings around neighbours, and lines to them from the picked point
//   .setLinks(pairs)           Float32Array of line ends (x, y[, z], x, y[, z], …) in the points' coordinates, null for none
//   .setLabels(labels)         { texts(row) } · { centroids: [{ x, y, z, text, color }] } · { classes: { codes, texts: [], colors: [] } } (each where its class is densest) · null
//   .setSprites(sheet) · .thumbnail(row, side) → canvas | null      { image, width, height, perRow, drawn }: thumbnails instead of points where at most 500 are in sight, unless `drawn` is false
//   .setSize(px | null) · .setOpacity(part | null)                   null: by their number and the zoom
//   .setCamera(numbers) → taken · .getCamera() → numbers             [x, y, zoom] or [yaw, pitch, distance, x, y, z]; the same at every size of the host
//   .fit() · .zoomTo(rows) · .placeOf(row) → { x, y } in the window · .setMode('pan' | 'lasso' | 'box') · .setTurning(bool)
//   .exportPng({ scale, title, legend }) → Promise<Blob> · .exportSvg({ title, legend }) → { text, note }        see export.js
//   .isSoftware · .rendererName · .stats({ measure }) · .resize() · .destroy()
// Shift and drag selects a box, Alt and drag a lasso, Ctrl as well: adds (in the modes lasso and box, Shift adds, too). In three dimensions the right button, Ctrl and drag, or Shift and arrows move. Keys: arrows, + − 0, Escape (onClear).
// Points are drawn with WebGL 2 where a graphics processor does it, else on a canvas: measured, that is many times faster than WebGL in software (isSoftware). `renderer: 'webgl' | 'canvas'` insists on one.
// The chart is also found at host.lossboardPoints.

import { bindGestures } from './gestures.js';
import { cameraNumbers, panned, project, turned, zoomed } from './camera.js';
import { toPng, toSvg } from './export.js';
import { spriteOf } from './overlay.js';
import { inBox, inOutline, nearest } from './pick.js';
import { Stage } from './stage.js';

const REACH_PX = 7;

export const createPoints = (host, options = {}) => new Points(host, options);

class Points {
  #host;
  #options;
  #stage;
  #mode = 'pan';
  #pointer = null;
  #hoverMs = 0;
  #unbind;

  constructor(host, options) {
    this.#host = host;
    this.#options = options;
    host.style.touchAction = 'none';
    host.tabIndex = 0;
    if (!host.hasAttribute('role')) host.setAttribute('role', 'group');
    if (!host.hasAttribute('aria-label') && options.label) host.setAttribute('aria-label', options.label);
    host.lossboardPoints = this;
    this.#stage = new Stage(host, options);
    this.#stage.before = () => this.#pointer && this.#hover();
    this.#unbind = this.#listen();
  }

  /** True where no graphics processor draws. */
  get isSoftware() {
    return this.#stage.renderer.isSoftware;
  }

  get rendererName() {
    return this.#stage.renderer.name;
  }

  setPoints({ rows, dims, coordinates, frame = null, move = true }) {
    const made = this.#stage.setPoints({ rows, dims, coordinates, frame, move });
    return { drawn: rows - made.missing, missing: made.missing, frame: made };
  }

  setColors(spec) {
    this.#stage.cloud.setSpec(spec);
    this.#stage.changed('colors', 'order');
  }

  setShown(mask, { ghost = false } = {}) {
    this.#stage.cloud.setMask(mask, ghost);
    this.#stage.changed('colors', 'order', 'chosen');
  }

  setSelected(rows) {
    this.#stage.cloud.setSelected(rows);
    this.#stage.changed('chosen');
  }

  setLinks(pairs) {
    this.#stage.cloud.setLinks(pairs);
    this.#stage.changed('links');
  }

  setPicked(row) {
    this.#stage.lay({ picked: row ?? -1 });
  }

  setHovered(row) {
    this.#stage.lay({ hovered: row ?? -1 });
  }

  setHighlighted(highlighted, { lines = false } = {}) {
    this.#stage.lay({ highlighted: highlighted ?? [], lines });
  }

  setLabels(labels) {
    this.#stage.lay({ labels: labels ? { ...labels } : null });
  }

  setSprites(sprites) {
    this.#stage.lay({ sprites });
  }

  setSize(px) {
    this.#stage.size = typeof px === 'number' ? px : null;
    this.#stage.ask();
  }

  setOpacity(part) {
    this.#stage.opacity = typeof part === 'number' ? part : null;
    this.#stage.ask();
  }

  setMode(mode) {
    this.#mode = mode;
    this.#host.dataset.mode = mode;
    this.#host.style.cursor = this.#cursor;
  }

  /** Turns by itself, in three dimensions, until it is told not to or the picture is taken in hand. */
  setTurning(turning) {
    this.#stage.turn(turning);
  }

  setCamera(numbers) {
    return this.#stage.setCamera(numbers);
  }

  /** Null before the first points. */
  getCamera() {
    const { camera } = this.#stage;
    return camera && cameraNumbers(camera);
  }

  fit() {
    this.#stage.move(this.#stage.fitted());
  }

  /** Brings rows into sight, with room around them. */
  zoomTo(rows) {
    const chosen = new Uint8Array(this.#stage.cloud.rows);
    for (const row of rows) chosen[row] = 1;
    const { centre, half, rows: found } = this.#stage.cloud.bounds((row) => chosen[row] === 1);
    if (found > 0) this.#stage.move(this.#stage.fitted({ centre, half: half.map((value) => Math.max(value * 1.15, 0.02)) }));
  }

  thumbnail(row, side = 96) {
    const { sprites } = this.#stage.over;
    const from = sprites && spriteOf(sprites, row);
    if (!from) return null;
    const canvas = document.createElement('canvas');
    const unit = side / Math.max(from[2], from[3]);
    [canvas.width, canvas.height] = [Math.max(1, Math.round(from[2] * unit)), Math.max(1, Math.round(from[3] * unit))];
    const context = canvas.getContext('2d');
    // Small images keep their pixels.
    context.imageSmoothingEnabled = unit < 1;
    context.drawImage(sprites.image, ...from, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  /** Where a row stands in the window: `{ x, y }`; null where it is not drawn. */
  placeOf(row) {
    const { cloud, view } = this.#stage;
    if (!(row < cloud.rows) || Number.isNaN(cloud.positions[row * cloud.dims])) return null;
    const [x, y, w] = project(view, ...cloud.placeOf(row));
    const { left, top } = this.#host.getBoundingClientRect();
    return w > 0 ? { x: left + x, y: top + y } : null;
  }

  async exportPng(options = {}) {
    return toPng(this.#stage.paper(), options);
  }

  exportSvg(options = {}) {
    return toSvg(this.#stage.paper(), options);
  }

  /** What was drawn last: { rows, shown, missing, drawn, draws, thinned, hovered, picked, selected, frameMs, hoverMs, labels, sprites }. `measure: true` draws once more and waits for it. */
  stats({ measure = false } = {}) {
    if (measure) this.#stage.measure();
    const { cloud, over, stats } = this.#stage;
    return { ...stats, hoverMs: this.#hoverMs, rows: cloud.rows, shown: cloud.shown, missing: cloud.frame.missing, hovered: over.hovered, picked: over.picked, selected: cloud.selected.length };
  }

  resize() {
    this.#stage.ask();
  }

  destroy() {
    this.#unbind();
    this.#stage.dispose();
    delete this.#host.lossboardPoints;
  }

  get #cursor() {
    return this.#mode === 'pan' ? '' : 'crosshair';
  }

  #hover() {
    const { x, y, clientX, clientY } = this.#pointer;
    this.#pointer = null;
    const begun = performance.now();
    const row = this.#at(x, y);
    this.#hoverMs = performance.now() - begun;
    this.#stage.over.hovered = row;
    this.#host.style.cursor = row >= 0 ? 'pointer' : this.#cursor;
    this.#options.onHover?.(row < 0 ? null : row, { x: clientX, y: clientY });
  }

  #at(x, y) {
    const stage = this.#stage;
    if (!stage.camera) return -1;
    const { radius } = stage;
    return nearest(stage.cloud, stage.view, x, y, radius, Math.max(radius + 2, REACH_PX));
  }

  #leave() {
    this.#pointer = null;
    if (this.#stage.over.hovered < 0) return;
    this.#stage.lay({ hovered: -1 });
    this.#host.style.cursor = this.#cursor;
    this.#options.onHover?.(null, null);
  }

  #listen() {
    const stage = this.#stage;
    const by = (change) => (...given) => {
      if (!stage.camera) return;
      stage.turn(false);
      const { width, height } = stage.box;
      stage.move(change(stage.camera, width, height, ...given));
    };
    return bindGestures({
      element: this.#host,
      threeD: () => stage.cloud.dims === 3,
      mode: () => this.#mode,
      wheelFree: () => this.#options.wheel !== 'focus',
      pan: by(panned),
      turn: by((camera, width, height, yaw, pitch) => turned(camera, yaw, pitch)),
      zoom: by(zoomed),
      fit: () => this.fit(),
      hover: (x, y, event) => {
        if (x === null) return this.#leave();
        this.#pointer = { x, y, clientX: event.clientX, clientY: event.clientY };
        stage.ask(false);
      },
      pick: (x, y, event) => {
        const row = this.#at(x, y);
        this.#options.onPick?.(row < 0 ? null : row, event);
      },
      outline: (outline) => stage.lay({ outline }),
      select: (outline, kind, how) => {
        if (!stage.camera) return;
        this.#options.onSelect?.(kind === 'box' ? inBox(stage.cloud, stage.view, rectangle(outline)) : inOutline(stage.cloud, stage.view, outline), how);
      },
      clear: () => {
        const had = stage.cloud.selected.length > 0 || stage.over.picked >= 0;
        if (had) this.#options.onClear?.();
        return had;
      },
    });
  }
}

const rectangle = ([ax, ay, , , bx, by]) => ({ left: Math.min(ax, bx), right: Math.max(ax, bx), top: Math.min(ay, by), bottom: Math.max(ay, by) });
