// The canvases of a picture of points, what draws on them, and when: only when something changed, once a frame.

import { onThemeChange } from '../themewatch.js';
import { cameraNumbers, cameraOf, fitted, turned, viewOf } from './camera.js';
import { CanvasRenderer } from './canvasrenderer.js';
import { Cloud } from './cloud.js';
import { opacityOf, rimOf, sizeOf, themeOf } from './look.js';
import { farthestFirst } from './order.js';
import { paintOverlay } from './overlay.js';
import { Renderer } from './renderer.js';

const REST_MS = 180;
const MOVE_MS = 350;
const TURN_DEGREES = 0.25;
// What moves is to follow the hand: so many points a frame, all of them again when it rests.
const THIN = { software: 150000, hardware: 2000000 };
const CUBE = [];
for (const a of [-1, 1]) for (const b of [-1, 1]) CUBE.push(-1, a, b, 1, a, b, a, -1, b, a, 1, b, a, b, -1, a, b, 1);

const eased = (share) => 1 - (1 - share) ** 3;
const clean = () => ({ places: false, colors: false, order: false, chosen: false, links: false });

export class Stage {
  #host;
  #options;
  #canvas;
  #layer;
  #stops = [];
  #theme = themeOf();
  #wanted = null;
  #dirty = clean();
  #stale = { points: false, overlay: false };
  #slices = null;
  // Other points than before: nothing of what is drawn holds.
  #fresh = false;
  #frame = 0;
  #moving = false;
  #rest = 0;
  #begun = null;
  #order = null;
  #turning = false;
  #moved = false;
  #stats = { drawn: 0, draws: 0, frameMs: 0, labels: 0, sprites: 0, thinned: false };
  renderer;
  cloud = new Cloud();
  camera = null;
  /** Chosen size in pixels and opacity, null: by number and zoom. */
  size = null;
  opacity = null;
  over = { hovered: -1, picked: -1, highlighted: [], lines: false, labels: null, sprites: null, outline: null };
  /** Called before each drawing. */
  before = null;
  // The camera that the stage chose by itself.
  #fit = null;

  constructor(host, options) {
    this.#host = host;
    this.#options = options;
    if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
    this.#canvas = this.#sheet();
    this.renderer = this.#choose(options.renderer);
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', options.label ?? '');
    this.#layer = this.#sheet();
    this.#layer.style.pointerEvents = 'none';
    this.#layer.setAttribute('aria-hidden', 'true');
    const observer = new ResizeObserver(() => {
      if (this.camera && this.camera === this.#fit && host.clientWidth > 0 && host.clientHeight > 0) this.#fitNew();
      this.ask();
    });
    observer.observe(host);
    this.#stops.push(() => observer.disconnect(), onThemeChange(() => {
      this.#theme = themeOf();
      this.changed('colors');
    }));
  }

  get box() {
    return { width: this.#host.clientWidth || 1, height: this.#host.clientHeight || 1 };
  }

  get view() {
    const { width, height } = this.box;
    return viewOf(this.camera, width, height);
  }

  /** Radius of a point at the target. */
  get radius() {
    const { width, height } = this.box;
    return (this.size ?? sizeOf(this.cloud.shown, width, height, this.#closer)) / 2;
  }

  get stats() {
    return this.#stats;
  }

  setPoints(points) {
    const { cloud } = this;
    // What is on its way goes on from where it is.
    if (this.#begun !== null && cloud.before) cloud.halt(eased(this.#share));
    const same = cloud.setPoints(points);
    this.changed('places', 'order', 'links');
    if (!same) {
      this.#fresh = true;
      Object.assign(this.over, { hovered: -1, picked: -1, highlighted: [] });
      this.changed('colors', 'chosen');
      this.camera = cameraOf(this.#wanted, cloud.dims);
      this.#wanted = null;
    }
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#begun = same && points.move !== false && !calm && cloud.rows <= this.#limit ? performance.now() : null;
    return cloud.frame;
  }

  /** Parts that have to be carried over to the renderer before the next drawing. */
  changed(...parts) {
    for (const part of parts) this.#dirty[part] = true;
    this.ask();
  }

  lay(changes) {
    Object.assign(this.over, changes);
    this.ask(false);
  }

  /** Numbers that come before the points wait for them. */
  setCamera(numbers) {
    if (this.cloud.rows === 0) {
      this.#wanted = numbers;
      return true;
    }
    const camera = cameraOf(numbers, this.cloud.dims);
    if (camera) this.move(camera, false);
    return camera !== null;
  }

  turn(turning) {
    this.#turning = turning;
    this.ask();
  }

  /** @param told the hand moved it: the page wants to know */
  move(camera, told = true) {
    if (this.cloud.rows === 0) return;
    this.camera = camera;
    this.#moving = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#moving = false;
      this.ask();
    }, REST_MS);
    this.ask();
    if (told) this.#options.onCamera?.(cameraNumbers(camera));
  }

  fitted(bounds = { centre: [0, 0, 0], half: this.cloud.frame.half }) {
    const { width, height } = this.box;
    return fitted(bounds, this.cloud.dims, width, height, this.camera);
  }

  /** Everything is in sight; until somebody moves the camera that stays so, whatever the room. */
  #fitNew() {
    this.camera = this.fitted();
    this.#fit = this.camera;
  }

  /** @param points false: only what lies over them has changed */
  ask(points = true) {
    this.#stale.overlay = true;
    if (points) this.#stale.points = true;
    this.#next();
  }

  /** Draws at once and waits until it is done: how long that takes. */
  measure() {
    const begun = performance.now();
    this.#stale = { points: true, overlay: true };
    this.#draw();
    while (this.#slices) this.#step();
    this.renderer.finish();
    this.#stats.frameMs = performance.now() - begun;
  }

  /** What an export draws from. */
  paper() {
    this.#arrange();
    if (!this.camera) this.#fitNew();
    const { view } = this;
    const painted = { ...this.#painted(view), cubeEnds: this.#cube() };
    this.#show(view, this.cloud.order);
    this.ask();
    return { ...this.#picture(view), painted, order: this.#order, hovered: -1, outline: null, pixels: (ratio) => this.renderer.pixels({ ...painted, ratio, share: 1 }) };
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    for (const stop of this.#stops) stop();
    this.renderer.dispose();
    this.#canvas.remove();
    this.#layer.remove();
  }

  #next() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #sheet() {
    const canvas = document.createElement('canvas');
    canvas.className = 'points-canvas';
    Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
    this.#host.append(canvas);
    return canvas;
  }

  /** WebGL where a graphics processor stands behind it. @param wanted `webgl` or `canvas`: that one whatever is there */
  #choose(wanted) {
    if (wanted !== 'canvas') {
      const renderer = Renderer.create(this.#canvas, () => this.ask(), wanted !== 'webgl');
      if (renderer && (wanted === 'webgl' || !renderer.isSoftware)) return renderer;
      if (renderer) {
        // A canvas that has served WebGL serves nothing else.
        renderer.dispose();
        this.#canvas.remove();
        this.#canvas = this.#sheet();
      }
    }
    return new CanvasRenderer(this.#canvas);
  }

  get #limit() {
    return this.renderer.isSoftware ? THIN.software : THIN.hardware;
  }

  /** How far points have come on their way, 0 to 1. */
  get #share() {
    return this.#begun === null ? 1 : Math.min(1, (performance.now() - this.#begun) / MOVE_MS);
  }

  /** How many times nearer than when everything is in sight. */
  get #closer() {
    return this.camera.dims === 2 ? this.camera.zoom / this.fitted().zoom : 1;
  }

  /** Carries changes over, each once. */
  #arrange() {
    const { cloud, renderer } = this;
    const dirty = this.#dirty;
    this.#dirty = clean();
    if (dirty.order) {
      cloud.arrange(this.#limit);
      this.#order = null;
    }
    if (dirty.places) {
      renderer.setPlaces(cloud.positions, cloud.dims, cloud.before);
      renderer.setLines('cube', this.#cube());
    }
    if (dirty.colors) {
      cloud.paint(this.#theme);
      renderer.setColors(cloud.colors);
    }
    if (dirty.chosen || dirty.order) renderer.setChosen(cloud.selectedShown());
    if (dirty.links) renderer.setLines('links', cloud.links);
  }

  /** Edges of the box that the points stand in, in three dimensions. */
  #cube() {
    const { dims, frame } = this.cloud;
    return dims === 3 ? Float32Array.from(CUBE, (end, i) => end * frame.half[i % 3] * 1.02) : new Float32Array(0);
  }

  #draw() {
    if (this.#host.clientWidth === 0 || this.#host.clientHeight === 0) return;
    this.#arrange();
    if (!this.camera) this.#fitNew();
    this.before?.();
    const turns = this.#turning && this.cloud.dims === 3;
    if (turns) this.camera = turned(this.camera, TURN_DEGREES, 0);
    const share = this.#share;
    if (share === 1) this.#begun = null;
    const moves = share < 1 || turns;
    const { view } = this;
    const stale = this.#stale;
    this.#stale = { points: false, overlay: false };
    if (stale.points || moves) this.#drawPoints(view, share, moves || this.#moving);
    else if (this.#slices) this.#step();
    if (stale.overlay || moves) this.#drawOver(view);
    // A change that has come to its end is drawn once more, with all points and at rest.
    if (moves || (share === 1 && this.#moved)) this.ask();
    else if (this.#slices) this.#next();
    this.#moved = moves;
  }

  #drawPoints(view, share, moving) {
    const { cloud, renderer } = this;
    const frame = { ...this.#painted(view), ratio: devicePixelRatio || 1, share: eased(share) };
    const thin = cloud.thin.length < cloud.order.length;
    this.#slices = null;
    if (thin && (moving || this.#fresh)) {
      this.#show(view, cloud.thin);
      // Without a graphics processor, pixels are what a frame costs: sharp again at rest.
      renderer.draw({ ...frame, ratio: renderer.isSoftware ? 1 : frame.ratio });
      this.#drawn(cloud.thin.length);
      this.#fresh = false;
      if (moving) return;
    }
    this.#show(view, cloud.order);
    if (thin && renderer.slices) {
      // What is there stays until the whole is.
      this.#slices = renderer.slices(frame);
      return;
    }
    renderer.draw(frame);
    this.#drawn(cloud.order.length);
  }

  #step() {
    if (!this.#slices.next().done) return;
    this.#slices = null;
    this.#drawn(this.cloud.order.length);
  }

  #drawn(count) {
    const thinned = count < this.cloud.order.length;
    const before = this.#stats.thinned;
    Object.assign(this.#stats, { drawn: count, thinned, draws: this.#stats.draws + 1 });
    if (thinned !== before) this.#options.onThinned?.(thinned);
  }

  #drawOver(view) {
    const { width, height } = view;
    const ratio = devicePixelRatio || 1;
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#layer.width !== wide || this.#layer.height !== tall) [this.#layer.width, this.#layer.height] = [wide, tall];
    const context = this.#layer.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    Object.assign(this.#stats, paintOverlay(context, this.#picture(view)));
  }

  #show(view, rows) {
    const next = view.dims === 3 ? farthestFirst(rows, this.cloud.positions, view.back) : rows;
    if (next !== this.#order) this.renderer.setOrder(next);
    this.#order = next;
  }

  /** Sizes and colours of a drawing. */
  #painted(view) {
    const size = this.radius * 2;
    const { gl } = this.#theme;
    const { selected, shown, links } = this.cloud;
    const opacity = this.opacity ?? opacityOf(shown, size, view.width, view.height, this.#closer);
    return {
      view, size, opacity: selected.length ? opacity * 0.3 : opacity, mist: gl.surface, rim: [...gl.surface, 1], rimWidth: rimOf(size),
      chosen: { size: Math.max(size * 1.2, size + 1), opacity: 1, rim: [...gl.text, 1], rimWidth: size > 4 ? 1 : 0 },
      links: [...gl.muted, links.length > 6000 ? 0.25 : 0.6], cube: [...gl.muted, 0.35],
    };
  }

  #picture(view) {
    return { ...this.over, cloud: this.cloud, view, theme: this.#theme, radius: this.radius, axes: this.#options.axes ?? ['1', '2', '3'] };
  }
}
