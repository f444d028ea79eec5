// A cloud of points in two or three dimensions, with WebGL.
//
// createPoints(host, { label, words, onHover(row | null, { x, y }), onPick(row | null, event), onSelect(rows: Uint32Array, 'replace' | 'add'), onCamera(numbers), onThinned(bool), onClear(), wheel: 'always' | 'focus', axes: ['1', '2', '3'] })
//   host                       an element with a size; it gets two canvases and the focus (tabindex 0). `words`: { unavailable } is shown where there is no WebGL 2
//   .setPoints({ rows, dims, coordinates, frame, move })
//                              coordinates: rows × dims numbers. The first call fits the picture; later ones with as many rows keep camera, filter, colours and selection, and move the points there
//                              (`move: false`: at once). `frame`: that of another picture, to stand on the same scale. Answers { drawn, missing, frame }: rows with NaN or infinity are not drawn
//   .setColors(spec)           { codes, palette: css[] or (dark) → css[] } · { values, ramp, low, high } (colors.js names the ramps) · null: all alike. A code below zero or a NaN: grey
//   .setShown(mask, { ghost }) Uint8Array, 0 hides the row (`ghost: true`: leaves a trace of it), null shows all
//   .setSelected(rows) · .setPicked(row | null) · .setHovered(row | null) · .setHighlighted([{ row, rank }], { lines })   rings around neighbours, and lines to them from the picked point
//   .setLinks(pairs)           Float32Array of line ends (x, y[, z], x, y[, z], …) in the points' coordinates, null for none
//   .setLabels(labels)         { texts(row) } · { centroids: [{ x, y, z, text, color }] } · { classes: { codes, texts: [], colors: [] } } (each where its class is densest) · null
//   .setSprites(sheet) · .thumbnail(row, side) → canvas | null      { image, width, height, perRow, drawn }: thumbnails instead of points where at most 500 are in sight, unless `drawn` is false
//   .setSize(px | null) · .setOpacity(part | null)                   null: by their number and the zoom
//   .setCamera(numbers) → taken · .getCamera() → numbers             [x, y, zoom] or [yaw, pitch, distance, x, y, z]; the same at every size of the host
//   .fit() · .zoomTo(rows) · .setMode('pan' | 'lasso' | 'box') · .setTurning(bool)
//   .exportPng({ scale, title, legend }) → Promise<Blob> · .exportSvg({ title, legend }) → { text, note }        see export.js
//   .isSoftware · .rendererName · .stats() · .resize() · .destroy()
// Shift and drag selects a box, Alt and drag a lasso; Ctrl adds. Keys: arrows, + − 0, Escape (onClear). The chart is also found at host.lossboardPoints.

import { onThemeChange } from '../themewatch.js';
import { bindGestures } from './gestures.js';
import { cameraNumbers, cameraOf, fitted, panned, turned, viewOf, zoomed } from './camera.js';
import { Cloud } from './cloud.js';
import { opacityOf, rimOf, sizeOf, themeOf } from './look.js';
import { farthestFirst } from './order.js';
import { paintOverlay, spriteOf } from './overlay.js';
import { inBox, inOutline, nearest } from './pick.js';
import { toPng, toSvg } from './export.js';
import { Renderer } from './renderer.js';

const REACH_PX = 7;
const REST_MS = 180;
const MOVE_MS = 350;
// Software draws about ten million points a second; what moves is to follow the hand.
const THIN = { software: 150000, hardware: 2000000 };
const TURN_DEGREES = 0.25;
const CUBE = [];
for (const a of [-1, 1]) for (const b of [-1, 1]) CUBE.push(-1, a, b, 1, a, b, a, -1, b, a, 1, b, a, b, -1, a, b, 1);

export const createPoints = (host, options = {}) => new Points(host, options);

class Points {
  #host;
  #options;
  #canvas = document.createElement('canvas');
  #layer = document.createElement('canvas');
  #renderer;
  #cloud = new Cloud();
  #camera = null;
  #wanted = null;
  #theme = themeOf();
  #mode = 'pan';
  #size = null;
  #opacity = null;
  #over = { hovered: -1, picked: -1, highlighted: [], lines: false, labels: null, sprites: null, outline: null };
  #dirty = { places: false, colors: false, order: false, chosen: false, links: false };
  #stale = { points: false, overlay: false };
  #frame = 0;
  #moving = false;
  #turning = false;
  #rest = 0;
  #begun = null;
  #pointer = null;
  #thin = false;
  #order = null;
  #stats = { drawn: 0, draws: 0, hoverMs: 0, frameMs: 0, labels: 0, sprites: 0 };
  #stops = [];

  constructor(host, options) {
    this.#host = host;
    this.#options = options;
    this.#canvas.className = 'points-canvas';
    this.#layer.className = 'points-canvas overlay';
    for (const canvas of [this.#canvas, this.#layer]) Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
    this.#layer.style.pointerEvents = 'none';
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', options.label ?? '');
    this.#layer.setAttribute('aria-hidden', 'true');
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
    host.style.touchAction = 'none';
    host.tabIndex = 0;
    host.append(this.#canvas, this.#layer);
    host.lossboardPoints = this;
    this.#renderer = Renderer.create(this.#canvas, () => this.#ask(true));
    if (!this.#renderer) this.#refuse();
    this.#listen();
  }

  get isSoftware() {
    return this.#renderer?.isSoftware ?? true;
  }

  get rendererName() {
    return this.#renderer?.name ?? '';
  }

  setPoints({ rows, dims, coordinates, frame = null, move = true }) {
    const same = this.#cloud.setPoints({ rows, dims, coordinates, frame });
    this.#dirty.places = this.#dirty.order = this.#dirty.links = true;
    if (!same) {
      Object.assign(this.#over, { hovered: -1, picked: -1, highlighted: [] });
      this.#dirty.colors = this.#dirty.chosen = true;
      this.#camera = cameraOf(this.#wanted, dims);
      this.#wanted = null;
    }
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#begun = same && move && !calm && rows <= this.#limit ? performance.now() : null;
    this.#ask(true);
    return { drawn: rows - this.#cloud.frame.missing, missing: this.#cloud.frame.missing, frame: this.#cloud.frame };
  }

  setColors(spec) {
    this.#cloud.setSpec(spec);
    this.#dirty.colors = this.#dirty.order = true;
    this.#ask(true);
  }

  setShown(mask, { ghost = false } = {}) {
    this.#cloud.setMask(mask, ghost);
    this.#dirty.colors = this.#dirty.order = this.#dirty.chosen = true;
    this.#ask(true);
  }

  setSelected(rows) {
    this.#cloud.setSelected(rows);
    this.#dirty.chosen = true;
    this.#ask(true);
  }

  setLinks(pairs) {
    this.#cloud.setLinks(pairs);
    this.#dirty.links = true;
    this.#ask(true);
  }

  setPicked(row) {
    this.#lay({ picked: row ?? -1 });
  }

  setHovered(row) {
    this.#lay({ hovered: row ?? -1 });
  }

  setHighlighted(highlighted, { lines = false } = {}) {
    this.#lay({ highlighted: highlighted ?? [], lines });
  }

  setLabels(labels) {
    this.#lay({ labels: labels ? { ...labels } : null });
  }

  setSprites(sprites) {
    this.#lay({ sprites });
  }

  setSize(px) {
    this.#size = typeof px === 'number' ? px : null;
    this.#ask(true);
  }

  setOpacity(part) {
    this.#opacity = typeof part === 'number' ? part : null;
    this.#ask(true);
  }

  setMode(mode) {
    this.#mode = mode;
    this.#host.dataset.mode = mode;
    this.#host.style.cursor = this.#cursor;
  }

  /** Turns by itself, in three dimensions, until it is told not to or the picture is taken in hand. */
  setTurning(turning) {
    this.#turning = turning;
    this.#ask(true);
  }

  setCamera(numbers) {
    if (this.#cloud.rows === 0) this.#wanted = numbers;
    const camera = cameraOf(numbers, this.#cloud.dims);
    if (!camera || this.#cloud.rows === 0) return Boolean(camera);
    this.#move(camera, false);
    return true;
  }

  getCamera() {
    return this.#camera ? cameraNumbers(this.#camera) : null;
  }

  fit() {
    this.#arrange();
    this.#move(this.#fitted());
  }

  /** Brings rows into sight, with room around them. */
  zoomTo(rows) {
    const { width, height } = this.#box;
    const chosen = new Set(rows);
    const bounds = this.#cloud.bounds((row) => chosen.has(row));
    if (bounds.rows === 0) return;
    const half = bounds.half.map((value) => Math.max(value * 1.15, 0.02));
    this.#move(fitted({ centre: bounds.centre, half }, this.#cloud.dims, width, height, this.#camera));
  }

  thumbnail(row, side = 96) {
    const from = this.#over.sprites && spriteOf(this.#over.sprites, row);
    if (!from) return null;
    const canvas = document.createElement('canvas');
    const unit = side / Math.max(from[2], from[3]);
    [canvas.width, canvas.height] = [Math.max(1, Math.round(from[2] * unit)), Math.max(1, Math.round(from[3] * unit))];
    const context = canvas.getContext('2d');
    context.imageSmoothingEnabled = unit < 1;
    context.drawImage(this.#over.sprites.image, ...from, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  exportPng(options = {}) {
    return toPng(this.#paper(), options);
  }

  exportSvg(options = {}) {
    return toSvg(this.#paper(), options);
  }

  /** What was drawn last, for tests: { rows, shown, missing, drawn, draws, thinned, hovered, picked, selected, frameMs, hoverMs, labels, sprites }. `measure: true` draws once more and waits for it. */
  stats({ measure = false } = {}) {
    if (measure && this.#renderer) {
      const begun = performance.now();
      this.#stale = { points: true, overlay: true };
      this.#draw();
      this.#renderer.finish();
      this.#stats.frameMs = performance.now() - begun;
    }
    const { rows, shown, frame, selected } = this.#cloud;
    return { ...this.#stats, rows, shown, missing: frame.missing, thinned: this.#thin, hovered: this.#over.hovered, picked: this.#over.picked, selected: selected.length };
  }

  resize() {
    this.#ask(true);
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    for (const stop of this.#stops) stop();
    this.#renderer?.dispose();
    this.#canvas.remove();
    this.#layer.remove();
    delete this.#host.lossboardPoints;
  }

  get #box() {
    return { width: this.#host.clientWidth || 1, height: this.#host.clientHeight || 1 };
  }

  get #cursor() {
    return this.#mode === 'pan' ? '' : 'crosshair';
  }

  get #limit() {
    return this.isSoftware ? THIN.software : THIN.hardware;
  }

  /** How many times nearer than when everything is in sight. */
  get #closer() {
    return this.#camera.dims === 2 ? this.#camera.zoom / this.#fitted().zoom : 1;
  }

  get #radius() {
    const { width, height } = this.#box;
    return (this.#size ?? sizeOf(this.#cloud.shown, width, height, this.#closer)) / 2;
  }

  #fitted() {
    const { width, height } = this.#box;
    const { half, dims } = this.#cloud.frame;
    return fitted({ centre: [0, 0, 0], half }, dims, width, height, this.#camera);
  }

  #view() {
    const { width, height } = this.#box;
    return viewOf(this.#camera, width, height);
  }

  /** @param told the hand moved it: the page wants to know */
  #move(camera, told = true) {
    if (this.#cloud.rows === 0) return;
    this.#camera = camera;
    this.#moving = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#moving = false;
      this.#ask(true);
    }, REST_MS);
    this.#ask(true);
    if (told) this.#options.onCamera?.(this.getCamera());
  }

  #lay(changes) {
    Object.assign(this.#over, changes);
    this.#ask(false);
  }

  /** Draws before the next frame, once however often it is asked. */
  #ask(points) {
    this.#stale.overlay = true;
    if (points) this.#stale.points = true;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** Carries changes over to the processor, each once. */
  #arrange() {
    const { dirty, cloud, renderer } = { dirty: this.#dirty, cloud: this.#cloud, renderer: this.#renderer };
    if (dirty.order) {
      cloud.arrange(this.#limit);
      this.#order = null;
    }
    if (dirty.places) renderer?.setPlaces(cloud.positions, cloud.dims, cloud.before);
    if (dirty.colors) {
      cloud.paint(this.#theme);
      renderer?.setColors(cloud.colors);
    }
    if (dirty.chosen || dirty.order) renderer?.setChosen(cloud.selectedShown());
    if (dirty.links) renderer?.setLines('links', cloud.links);
    if (dirty.places) renderer?.setLines('cube', cloud.dims === 3 ? Float32Array.from(CUBE, (end, i) => end * (cloud.frame.half[i % 3] || 0) * 1.02) : new Float32Array(0));
    this.#dirty = { places: false, colors: false, order: false, chosen: false, links: false };
  }

  #draw() {
    const { width, height } = this.#box;
    if (this.#cloud.rows === 0 && !this.#stats.draws) return;
    if (this.#host.clientWidth === 0 || this.#host.clientHeight === 0) return;
    this.#arrange();
    this.#camera ??= this.#fitted();
    if (this.#turning && this.#cloud.dims === 3) this.#camera = turned(this.#camera, TURN_DEGREES, 0);
    if (this.#pointer) this.#hover();
    const share = this.#begun === null ? 1 : Math.min(1, (performance.now() - this.#begun) / MOVE_MS);
    if (share === 1) this.#begun = null;
    const moves = share < 1 || (this.#turning && this.#cloud.dims === 3);
    const view = this.#view();
    if (this.#stale.points || moves) this.#drawPoints(view, share, moves || this.#moving);
    const ratio = devicePixelRatio || 1;
    fit(this.#layer, width, height, ratio);
    const context = this.#layer.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    Object.assign(this.#stats, paintOverlay(context, this.#picture(view)));
    this.#stale = { points: false, overlay: false };
    if (moves) this.#ask(true);
  }

  #drawPoints(view, share, moving) {
    const cloud = this.#cloud;
    const rows = moving ? cloud.thin : cloud.order;
    const thin = rows.length < cloud.order.length;
    if (thin !== this.#thin) {
      this.#thin = thin;
      this.#options.onThinned?.(thin);
    }
    if (view.dims === 3) this.#renderer?.setOrder(farthestFirst(rows, cloud.positions, view.back));
    else if (rows !== this.#order) this.#renderer?.setOrder(rows);
    this.#order = rows;
    this.#renderer?.draw({ ...this.#painted(view), ratio: devicePixelRatio || 1, share: 1 - (1 - share) ** 3 });
    this.#stats.drawn = rows.length;
    this.#stats.draws++;
  }

  /** Sizes and colours of a drawing. */
  #painted(view) {
    const size = this.#radius * 2;
    const closer = this.#closer;
    const { gl } = this.#theme;
    const opacity = this.#opacity ?? opacityOf(this.#cloud.shown, size, view.width, view.height, closer);
    return {
      view, size, opacity: this.#cloud.selected.length ? opacity * 0.3 : opacity, mist: gl.surface, rim: [...gl.surface, 0.85], rimWidth: rimOf(size),
      chosen: { size: Math.max(size * 1.2, size + 1), opacity: 1, rim: [...gl.text, 0.9], rimWidth: size > 4 ? 1 : 0 },
      links: [...gl.muted, this.#cloud.links.length > 6000 ? 0.25 : 0.6], cube: [...gl.muted, 0.35],
    };
  }

  #picture(view) {
    return { ...this.#over, cloud: this.#cloud, view, theme: this.#theme, radius: this.#radius, axes: this.#options.axes ?? ['1', '2', '3'] };
  }

  /** What an export draws from. */
  #paper() {
    this.#arrange();
    this.#camera ??= this.#fitted();
    const view = this.#view();
    const painted = this.#painted(view);
    if (this.#renderer) {
      this.#order = view.dims === 3 ? farthestFirst(this.#cloud.order, this.#cloud.positions, view.back) : this.#cloud.order;
      this.#renderer.setOrder(this.#order);
      this.#ask(true);
    }
    return { ...this.#picture(view), painted, order: this.#order ?? this.#cloud.order, hovered: -1, outline: null, pixels: (ratio) => this.#renderer.pixels({ ...painted, ratio, share: 1 }, this.#theme.gl.surface) };
  }

  #hover() {
    const { x, y, clientX, clientY } = this.#pointer;
    this.#pointer = null;
    const begun = performance.now();
    const row = this.#at(x, y);
    this.#stats.hoverMs = performance.now() - begun;
    this.#over.hovered = row;
    this.#host.style.cursor = row >= 0 ? 'pointer' : this.#cursor;
    this.#options.onHover?.(row < 0 ? null : row, { x: clientX, y: clientY });
  }

  #at(x, y) {
    if (!this.#camera) return -1;
    const radius = this.#radius;
    return nearest(this.#cloud, this.#view(), x, y, radius, Math.max(radius + 2, REACH_PX));
  }

  #leave() {
    this.#pointer = null;
    if (this.#over.hovered < 0) return;
    this.#lay({ hovered: -1 });
    this.#host.style.cursor = this.#cursor;
    this.#options.onHover?.(null, null);
  }

  #listen() {
    const by = (change) => (...given) => {
      if (!this.#camera) return;
      this.#turning = false;
      const { width, height } = this.#box;
      this.#move(change(width, height, ...given));
    };
    this.#stops.push(bindGestures({
      element: this.#host,
      threeD: () => this.#cloud.dims === 3,
      mode: () => this.#mode,
      wheelFree: () => this.#options.wheel !== 'focus',
      pan: by((width, height, dx, dy) => panned(this.#camera, width, height, dx, dy)),
      turn: by((width, height, yaw, pitch) => turned(this.#camera, yaw, pitch)),
      zoom: by((width, height, factor, x, y) => zoomed(this.#camera, width, height, factor, x, y)),
      fit: () => this.fit(),
      hover: (x, y, event) => {
        if (x === null) return this.#leave();
        this.#pointer = { x, y, clientX: event.clientX, clientY: event.clientY };
        this.#ask(false);
      },
      pick: (x, y, event) => {
        const row = this.#at(x, y);
        this.#options.onPick?.(row < 0 ? null : row, event);
      },
      outline: (outline) => this.#lay({ outline }),
      select: (outline, kind, how) => {
        const rows = kind === 'box' ? inBox(this.#cloud, this.#view(), rectangle(outline)) : inOutline(this.#cloud, this.#view(), outline);
        this.#options.onSelect?.(rows, how);
      },
      clear: () => {
        const had = this.#cloud.selected.length > 0 || this.#over.picked >= 0;
        if (had) this.#options.onClear?.();
        return had;
      },
    }));
    const observer = new ResizeObserver(() => this.#ask(true));
    observer.observe(this.#host);
    this.#stops.push(() => observer.disconnect(), onThemeChange(() => {
      this.#theme = themeOf();
      this.#dirty.colors = true;
      this.#ask(true);
    }));
  }

  #refuse() {
    const said = document.createElement('p');
    said.className = 'points-unavailable';
    said.setAttribute('role', 'alert');
    said.textContent = this.#options.words?.unavailable ?? '';
    this.#host.append(said);
    this.#stops.push(() => said.remove());
  }
}

function fit(canvas, width, height, ratio) {
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== tall) [canvas.width, canvas.height] = [wide, tall];
}

const rectangle = ([ax, ay, , , bx, by]) => ({ left: Math.min(ax, bx), right: Math.max(ax, bx), top: Math.min(ay, by), bottom: Math.max(ay, by) });
