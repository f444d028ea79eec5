// Curves over the unit square: ROC, precision-recall, reliability. One may be dragged along.

import { Drawing } from './drawing.js';
import { hideLines, showLines } from './tip.js';

const MARGIN = { left: 46, right: 12, top: 26, bottom: 36 };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const NEAR = 22;
const HANDLE = 6.5;

export class UnitPlot {
  #element;
  #drawing;
  #overlay;
  #options;
  #state = { lines: [], bars: [], diagonal: false, marker: null };
  #dragging = false;

  /** @param options { label, xLabel, yLabel, onDrag?(x, y): the pointer drags a point, tip?(line, at) → { head, lines } } */
  constructor(element, options) {
    this.#element = element;
    this.#options = options;
    this.#drawing = new Drawing(element, options.label, (context, surface) => {
      this.#paint(context, surface);
      if (surface.top > 0) this.#paintMarker(context, surface);
    });
    // Apart, so that dragging does not draw every curve again.
    this.#overlay = new Drawing(element, null, (context, surface) => this.#paintMarker(context, surface));
    const { canvas } = this.#drawing;
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerleave', hideLines);
    if (options.onDrag) {
      canvas.classList.add('draggable');
      canvas.addEventListener('pointerdown', (event) => {
        if (event.button !== 0) return;
        this.#dragging = true;
        canvas.setPointerCapture(event.pointerId);
        this.#drag(event);
      });
      for (const name of ['pointerup', 'pointercancel']) canvas.addEventListener(name, () => { this.#dragging = false; });
    }
    element.lossboardUnitPlot = this;
    // By this name a report that is saved as a file finds a picture that draws itself as vectors.
    element.lossboardFigure = this;
  }

  /** @param state { lines: [{ x, y, color: a token, dash, dots, name }], bars: [{ from, to, height, color }], diagonal, marker: { x, y, color } or null } */
  update(state) {
    const whole = Object.keys(state).some((name) => name !== 'marker');
    this.#state = { ...this.#state, ...state };
    if (whole) this.#drawing.draw();
    this.#overlay.draw();
    this.#element.dataset.drawn = String(this.#state.lines.length);
  }

  get state() {
    return this.#state;
  }

  toImage(format, title) {
    return this.#drawing.toImage(format, title);
  }

  #frame({ width, height, top = 0 }) {
    const [w, h] = [Math.max(1, width - MARGIN.left - MARGIN.right), Math.max(1, height - MARGIN.top - MARGIN.bottom)];
    const [left, up] = [MARGIN.left, top + MARGIN.top];
    return { left, up, w, h, x: (value) => left + value * w, y: (value) => up + (1 - value) * h };
  }

  #paint(context, surface) {
    const frame = this.#frame(surface);
    this.#paintAxes(context, surface, frame);
    for (const { from, to, height, color } of this.#state.bars) {
      context.fillStyle = surface.color(color);
      context.fillRect(frame.x(from) + 1, frame.y(height), Math.max(1, frame.x(to) - frame.x(from) - 2), frame.h * height);
    }
    if (this.#state.diagonal) this.#stroke(context, surface, frame, { x: [0, 1], y: [0, 1], color: '--border-strong', dash: [4, 4], width: 1 });
    for (const line of this.#state.lines) this.#stroke(context, surface, frame, { width: 1.9, ...line, dash: [[], [7, 4], [2, 3]][line.dash ?? 0] });
  }

  #paintAxes(context, surface, { x, y, left, up, w, h }) {
    context.font = surface.font(11);
    context.lineWidth = 1;
    context.setLineDash([]);
    for (const tick of TICKS) {
      context.strokeStyle = surface.color('--grid');
      for (const [from, to] of [[[x(tick), up], [x(tick), up + h]], [[left, y(tick)], [left + w, y(tick)]]]) {
        context.beginPath();
        context.moveTo(...from);
        context.lineTo(...to);
        context.stroke();
      }
      context.fillStyle = surface.color('--axis');
      context.textAlign = 'center';
      context.textBaseline = 'top';
      context.fillText(String(tick), x(tick), up + h + 5);
      context.textAlign = 'right';
      context.textBaseline = 'middle';
      context.fillText(String(tick), left - 6, y(tick));
    }
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(this.#options.xLabel, left + w / 2, up + h + 27);
    // Upright text would need a turned canvas, which the vector file has not: the name stands above its axis.
    context.textAlign = 'left';
    context.fillText(this.#options.yLabel, left - 34, up - 15);
  }

  #stroke(context, surface, frame, { x, y, color, dash, width, dots }) {
    context.strokeStyle = context.fillStyle = surface.color(color);
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    for (let i = 0; i < x.length; i++) {
      if (i === 0) context.moveTo(frame.x(x[i]), frame.y(y[i]));
      else context.lineTo(frame.x(x[i]), frame.y(y[i]));
    }
    context.stroke();
    context.setLineDash([]);
    for (let i = 0; dots && i < x.length; i++) {
      context.beginPath();
      context.arc(frame.x(x[i]), frame.y(y[i]), 3.4, 0, 2 * Math.PI);
      context.fill();
    }
  }

  #paintMarker(context, surface) {
    const { marker } = this.#state;
    if (!marker) return;
    const frame = this.#frame(surface);
    context.setLineDash([]);
    context.beginPath();
    context.arc(frame.x(marker.x), frame.y(marker.y), HANDLE, 0, 2 * Math.PI);
    context.fillStyle = surface.color(marker.color);
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = surface.color('--text');
    context.stroke();
  }

  #place(event) {
    const { left, up, w, h } = this.#frame(this.#drawing);
    const clamp = (value) => Math.min(1, Math.max(0, value));
    return [clamp((event.offsetX - left) / w), clamp(1 - (event.offsetY - up) / h)];
  }

  #drag(event) {
    this.#options.onDrag(...this.#place(event));
  }

  #move(event) {
    if (this.#dragging) {
      hideLines();
      this.#drag(event);
      return;
    }
    const frame = this.#frame(this.#drawing);
    let found = null;
    let least = NEAR * NEAR;
    for (const line of this.#state.lines) {
      for (let i = 0; i < line.x.length; i++) {
        const distance = (frame.x(line.x[i]) - event.offsetX) ** 2 + (frame.y(line.y[i]) - event.offsetY) ** 2;
        if (distance < least) [found, least] = [[line, i], distance];
      }
    }
    if (!found || !this.#options.tip) hideLines();
    else {
      const { head, lines } = this.#options.tip(...found);
      showLines(head, lines, event.clientX, event.clientY);
    }
  }
}
