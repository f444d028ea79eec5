// A picture of a landscape on the page: contour, surface or line, with its pointer and its keys.
//
// new Picture(element, { kind: 'contour' | 'surface' | 'line', label, onPoint({ x, y, checkpoint } | null, event), onCheckpoint(number), onCamera(camera, done), onKey(event) → taken })
//   .show(model)            what is drawn; see the painters for what they need of it
//   .over({ cursor, step }) the cross hair and the chosen checkpoint, on a layer of their own: following the pointer draws nothing else again
//   .toImage('png' | 'svg', title) → Promise<Blob> · .paintOn(context, surface, changes) · .dispose()
// The picture is also found at element.lossboardLandscape, and at element.lossboardFigure, where the export of reports looks for pictures.

import { moved, START } from './camera.js';
import * as contour from './contour.js';
import { Drawing } from '../drawing.js';
import * as line from './line.js';
import * as surface from './surface.js';

const PAINTERS = { contour, surface, line };
const DEGREES_PER_PX = 0.45;
const DEGREES_PER_KEY = 6;
const ZOOM_PER_KEY = 1.15;
const PAN_PER_KEY = 0.05;
const MIN_DRAG_PX = 3;

export class Picture {
  #element;
  #hooks;
  #painter;
  #base;
  #layer;
  #model = null;
  #over = { cursor: null, step: null };
  #moving = false;
  #pointers = new Map();
  /** Times that the whole was drawn, how long the last time took in milliseconds, and when it was done by the page's clock. */
  drawings = 0;
  drawMs = 0;
  drawnAt = 0;

  constructor(element, hooks) {
    this.#element = element;
    this.#hooks = hooks;
    this.#painter = PAINTERS[hooks.kind];
    this.#base = new Drawing(element, hooks.label, (context, paper) => this.#paint(context, paper));
    this.#layer = new Drawing(element, null, (context, paper) => this.#model && this.#painter.paintOver(context, paper, this.#model, this.#over));
    element.lossboardLandscape = this;
    element.lossboardFigure = this;
    this.#listen();
  }

  get kind() {
    return this.#hooks.kind;
  }

  get model() {
    return this.#model;
  }

  get overlay() {
    return this.#over;
  }

  show(model) {
    const before = this.#model;
    this.#model = model;
    // A camera that turns leaves what is seen from above as it is.
    if (this.kind !== 'surface' && before && Object.keys(model).every((name) => name === 'camera' || model[name] === before[name])) return;
    this.#base.draw();
    this.#layer.draw();
  }

  over(state) {
    if (state.cursor === this.#over.cursor && state.step === this.#over.step) return;
    this.#over = state;
    this.#layer.draw();
  }

  toImage(format, title) {
    return this.#base.toImage(format, title);
  }

  /** Draws onto another paper, with parts of the model changed. */
  paintOn(context, paper, changes) {
    this.#painter.paint(context, paper, { ...this.#model, ...changes });
  }

  dispose() {
    this.#base.dispose();
    this.#layer.dispose();
    delete this.#element.lossboardLandscape;
    delete this.#element.lossboardFigure;
  }

  #paint(context, paper) {
    if (!this.#model) return;
    const begun = performance.now();
    this.#painter.paint(context, paper, { ...this.#model, moving: this.#moving });
    // A file has the chosen checkpoint as well, the cross hair is the reader's own.
    if (paper.top > 0) this.#painter.paintOver(context, paper, this.#model, { cursor: null, step: this.#over.step });
    else {
      this.drawings++;
      this.drawnAt = performance.now();
      this.drawMs = this.drawnAt - begun;
    }
  }

  #probe(event) {
    const at = this.#base.canvas.getBoundingClientRect();
    return this.#painter.probe({ width: this.#base.width, height: this.#base.height, top: 0 }, this.#model, event.clientX - at.left, event.clientY - at.top);
  }

  #listen() {
    const element = this.#element;
    const turns = this.kind === 'surface';
    element.addEventListener('pointerdown', (event) => {
      if (!this.#model || (event.button !== 0 && event.button !== 2)) return;
      element.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, far: 0, pans: event.shiftKey || event.button === 2 });
    });
    element.addEventListener('pointermove', (event) => {
      if (!this.#model) return;
      const down = this.#pointers.get(event.pointerId);
      if (down && turns) this.#drag(event, down);
      else this.#hooks.onPoint?.(this.#probe(event), event);
    });
    const up = (event) => {
      const down = this.#pointers.get(event.pointerId);
      this.#pointers.delete(event.pointerId);
      if (!down || !this.#model) return;
      if (this.#moving && this.#pointers.size === 0) {
        this.#moving = false;
        this.#hooks.onCamera?.(this.#model.camera, true);
        this.#base.draw();
      }
      if (event.type === 'pointerup' && down.far < MIN_DRAG_PX) {
        const found = this.#probe(event);
        if (found?.checkpoint !== null && found?.checkpoint !== undefined) this.#hooks.onCheckpoint?.(found.checkpoint);
      }
    };
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('pointerleave', () => this.#hooks.onPoint?.(null));
    element.addEventListener('keydown', (event) => {
      if (event.target === element && this.#model && !event.ctrlKey && !event.metaKey && !event.altKey && (this.#hooks.onKey?.(event) || (turns && this.#key(event)))) event.preventDefault();
    });
    if (!turns) return;
    element.addEventListener('contextmenu', (event) => event.preventDefault());
    element.addEventListener('dblclick', () => this.#hooks.onCamera?.({ ...START }, true));
    element.addEventListener('wheel', (event) => {
      // The page scrolls until the picture has been taken in hand.
      if (!this.#model || (document.activeElement !== element && !event.ctrlKey)) return;
      event.preventDefault();
      this.#hooks.onCamera?.(moved(this.#model.camera, { zoom: Math.exp(-event.deltaY / 600) }), true);
    }, { passive: false });
  }

  #drag(event, down) {
    const [dx, dy] = [event.clientX - down.x, event.clientY - down.y];
    down.far += Math.hypot(dx, dy);
    if (down.far < MIN_DRAG_PX) return;
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, other]) => other);
    const before = others.length ? Math.hypot(down.x - others[0].x, down.y - others[0].y) : 0;
    [down.x, down.y] = [event.clientX, event.clientY];
    this.#moving = true;
    this.#hooks.onPoint?.(null);
    const side = Math.min(this.#base.width, this.#base.height);
    let change = { azimuth: dx * DEGREES_PER_PX, elevation: dy * DEGREES_PER_PX };
    if (before > 0) change = { zoom: Math.hypot(down.x - others[0].x, down.y - others[0].y) / before };
    else if (down.pans) change = { panX: dx / side, panY: dy / side };
    this.#hooks.onCamera?.(moved(this.#model.camera, change), false);
  }

  #key(event) {
    const pan = event.shiftKey;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    let change = null;
    if (ways) change = pan ? { panX: ways[0] * PAN_PER_KEY, panY: ways[1] * PAN_PER_KEY } : { azimuth: ways[0] * DEGREES_PER_KEY, elevation: -ways[1] * DEGREES_PER_KEY };
    else if (event.key === '+' || event.key === '=') change = { zoom: ZOOM_PER_KEY };
    else if (event.key === '-') change = { zoom: 1 / ZOOM_PER_KEY };
    else if (event.key !== '0') return false;
    this.#hooks.onCamera?.(change ? moved(this.#model.camera, change) : { ...START }, true);
    return true;
  }
}
