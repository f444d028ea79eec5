// Losses of many samples over steps as dots, a colour a label, drawn here: within the room of a step each label has a place of its own, so that none lies over the other.
//
// createLosses(element, { label, onZoom(window | null), onPick(sample | null) }) → chart
//   chart.show({ steps, groups (how many), color(group, dark) → css or token, points: { step, group, sample, loss }, log, window, picked, xTitle, yTitle, tip(point) → { head, lines, picture? } })
//   window: { x: [from, to], y: [from, to] } in steps and losses, or null for all · chart.toImage(format, title) · chart.dispose()
// The chart is also found at element.lossboardLosses.

import { linearLabels, logSplits } from './axes.js';
import { Drawing } from './drawing.js';
import { niceTicks } from './paint.js';
import { hideLines, showLines } from './tip.js';
import { formatNumber } from '../format.js';

const BOX = { left: 58, right: 14, top: 10, bottom: 40 };
const NEAR_PX = 12;
const MIN_DRAG_PX = 6;
// How much of a step's room its labels are spread over.
const SPREAD = 0.72;
const TICK_PX = 78;

/** Places of every point along the step axis, in steps: labels side by side within the room between neighbours. */
export function spreadOut(steps, groups, stepOf, groupOf) {
  const room = steps.length < 2 ? 1 : Math.min(...steps.slice(1).map((step, at) => step - steps[at]));
  const x = new Float64Array(stepOf.length);
  for (let at = 0; at < x.length; at++) x[at] = steps[stepOf[at]] + (groups < 2 ? 0 : ((groupOf[at] + 0.5) / groups - 0.5) * room * SPREAD);
  return { x, room };
}

/** The window of all points: `{ x, y }`; on a log axis losses of 0 are none. */
export function windowOf(steps, room, losses, log) {
  let [low, high] = [Infinity, -Infinity];
  for (const loss of losses) {
    if (log && loss <= 0) continue;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  if (!Number.isFinite(low)) [low, high] = log ? [0.1, 1] : [0, 1];
  const x = [(steps[0] ?? 0) - room / 2, (steps.at(-1) ?? 0) + room / 2];
  if (log) return { x, y: low === high ? [low / 2, high * 2] : [low / (high / low) ** 0.04, high * (high / low) ** 0.04] };
  const margin = (high - low) * 0.04 || Math.abs(high) * 0.1 || 0.5;
  return { x, y: [Math.min(low, Math.max(0, low - margin)), high + margin] };
}

export const createLosses = (element, hooks) => new Losses(element, hooks);

class Losses {
  #element;
  #hooks;
  #drawing;
  #selection = document.createElement('div');
  #model = null;
  #drag = null;

  constructor(element, hooks) {
    this.#element = element;
    this.#hooks = hooks;
    element.lossboardLosses = this;
    this.#drawing = new Drawing(element, hooks.label, (context, surface) => this.#paint(context, surface));
    this.#selection.className = 'losses-selection';
    this.#selection.hidden = true;
    element.append(this.#selection);
    this.#listen();
  }

  show(model) {
    const { x, room } = spreadOut(model.steps, model.groups, model.points.step, model.points.group);
    this.#model = { ...model, x, all: windowOf(model.steps, room, model.points.loss, model.log) };
    this.#drawing.draw();
  }

  /** What is drawn: the window, and how many points it holds. */
  get state() {
    const { x, y } = this.#window;
    const { points } = this.#model;
    let inside = 0;
    for (let at = 0; at < points.loss.length; at++) if (this.#model.x[at] >= x[0] && this.#model.x[at] <= x[1] && points.loss[at] >= y[0] && points.loss[at] <= y[1]) inside++;
    return { x, y, inside, points: points.loss.length, picked: this.#model.picked };
  }

  /** The place of a point on the page, for those who point with something else. */
  placeOf(at) {
    const rect = this.#element.getBoundingClientRect();
    const { toX, toY } = this.#scales(this.#drawing.width, this.#drawing.height, 0);
    return [rect.left + toX(this.#model.x[at]), rect.top + toY(this.#model.points.loss[at])];
  }

  toImage(format, title) {
    return this.#drawing.toImage(format, title);
  }

  /** A step of zoom or a move, for the keyboard: `by` below 1 comes nearer; `dx` and `dy` are parts of the window. */
  move(by, dx, dy) {
    if (!this.#model) return;
    const { x, y } = this.#window;
    this.#hooks.onZoom({ x: shifted(x, by, dx, false), y: shifted(y, by, dy, this.#model.log) });
  }

  dispose() {
    this.#drawing.dispose();
    delete this.#element.lossboardLosses;
  }

  get #window() {
    const { window: chosen, all, log } = this.#model;
    // A window from a linear axis may hold what a log axis has no place for.
    if (!chosen || (log && chosen.y[1] <= 0)) return all;
    return log && chosen.y[0] <= 0 ? { x: chosen.x, y: [Math.min(all.y[0], chosen.y[1] / 2), chosen.y[1]] } : chosen;
  }

  #scales(width, height, top) {
    const { x: [x0, x1], y: [y0, y1] } = this.#window;
    const box = { left: BOX.left, top: top + BOX.top, width: Math.max(20, width - BOX.left - BOX.right), height: Math.max(20, height - BOX.top - BOX.bottom) };
    const to = this.#model.log ? Math.log : (value) => value;
    const from = this.#model.log ? Math.exp : (value) => value;
    return {
      box,
      toX: (value) => box.left + ((value - x0) / (x1 - x0)) * box.width,
      toY: (value) => box.top + box.height * (1 - (to(value) - to(y0)) / (to(y1) - to(y0))),
      atX: (place) => x0 + ((place - box.left) / box.width) * (x1 - x0),
      atY: (place) => from(to(y0) + (1 - (place - box.top) / box.height) * (to(y1) - to(y0))),
    };
  }

  #paint(context, surface) {
    if (!this.#model) return;
    const { points, groups, picked } = this.#model;
    const { box, toX, toY } = this.#scales(surface.width, surface.height, surface.top);
    this.#paintAxes(context, surface, box, toX, toY);
    const size = points.loss.length > 4000 ? 2.5 : 3.5;
    context.globalAlpha = picked === null ? 0.75 : 0.25;
    // A colour at a time: changing it is what costs.
    for (let group = 0; group < groups; group++) {
      const color = this.#model.color(group, surface.dark);
      context.fillStyle = color.startsWith('var(') ? surface.color(color.slice(4, -1)) : color;
      for (let at = 0; at < points.loss.length; at++) {
        if (points.group[at] !== group) continue;
        const [x, y] = [toX(this.#model.x[at]), toY(points.loss[at])];
        if (x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height) context.fillRect(x - size / 2, y - size / 2, size, size);
      }
    }
    context.globalAlpha = 1;
    if (picked !== null) this.#paintPicked(context, surface, box, toX, toY);
  }

  #paintAxes(context, surface, box, toX, toY) {
    const { x: [x0, x1], y: [y0, y1] } = this.#window;
    context.font = surface.font(11);
    context.textBaseline = 'middle';
    const yTicks = this.#model.log ? logSplits(y0, y1).filter((tick) => tick >= y0 && tick <= y1) : niceTicks(y0, y1, Math.max(2, Math.floor(box.height / 44)));
    const yLabels = this.#model.log ? yTicks.map(formatNumber) : linearLabels(yTicks);
    const xTicks = niceTicks(x0, x1, Math.max(2, Math.floor(box.width / TICK_PX))).filter((tick) => tick >= x0 && tick <= x1);
    const xLabels = linearLabels(xTicks);
    context.textAlign = 'right';
    yTicks.forEach((tick, at) => {
      context.fillStyle = surface.color('--grid');
      context.fillRect(box.left, Math.round(toY(tick)), box.width, 1);
      context.fillStyle = surface.color('--axis');
      context.fillText(yLabels[at], box.left - 6, toY(tick));
    });
    context.textAlign = 'center';
    xTicks.forEach((tick, at) => {
      context.fillStyle = surface.color('--grid');
      context.fillRect(Math.round(toX(tick)), box.top, 1, box.height);
      context.fillStyle = surface.color('--axis');
      context.fillText(xLabels[at], toX(tick), box.top + box.height + 12);
    });
    context.fillText(this.#model.xTitle, box.left + box.width / 2, box.top + box.height + 29);
    context.textAlign = 'left';
    context.fillText(this.#model.yTitle, 6, box.top + 2);
  }

  #paintPicked(context, surface, box, toX, toY) {
    const { points, picked } = this.#model;
    const own = [];
    for (let at = 0; at < points.sample.length; at++) if (points.sample[at] === picked) own.push(at);
    own.sort((a, b) => points.step[a] - points.step[b]);
    const places = own.map((at) => [toX(this.#model.x[at]), toY(points.loss[at])]);
    const inside = ([x, y]) => x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height;
    context.strokeStyle = surface.color('--text');
    context.lineWidth = 1.5;
    context.beginPath();
    places.forEach((place, at) => (at && inside(place) && inside(places[at - 1]) ? context.lineTo(...place) : context.moveTo(...place)));
    context.stroke();
    context.fillStyle = surface.color('--text');
    for (const [x, y] of places.filter(inside)) {
      context.beginPath();
      context.arc(x, y, 3.5, 0, 2 * Math.PI);
      context.fill();
    }
  }

  #nearest(x, y) {
    const { toX, toY } = this.#scales(this.#drawing.width, this.#drawing.height, 0);
    const { points } = this.#model;
    let [best, least] = [-1, NEAR_PX * NEAR_PX];
    for (let at = 0; at < points.loss.length; at++) {
      const apart = (toX(this.#model.x[at]) - x) ** 2 + (toY(points.loss[at]) - y) ** 2;
      if (apart < least) [best, least] = [at, apart];
    }
    return best;
  }

  #listen() {
    const element = this.#element;
    const place = (event) => {
      const at = element.getBoundingClientRect();
      return [event.clientX - at.left, event.clientY - at.top];
    };
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || !this.#model) return;
      if (event.pointerType !== 'touch') element.setPointerCapture(event.pointerId);
      this.#drag = { from: place(event), to: place(event), touch: event.pointerType === 'touch' };
    });
    element.addEventListener('pointermove', (event) => {
      if (!this.#model) return;
      if (this.#drag && !this.#drag.touch) {
        this.#drag.to = place(event);
        this.#select();
        return;
      }
      const at = this.#nearest(...place(event));
      if (at < 0) hideLines();
      else {
        const { head, lines, picture } = this.#model.tip(at);
        showLines(head, lines, event.clientX, event.clientY, picture);
      }
    });
    element.addEventListener('pointerup', (event) => {
      const drag = this.#drag;
      this.#drag = null;
      this.#selection.hidden = true;
      if (!drag) return;
      const [x0, y0] = drag.from;
      const [x1, y1] = drag.touch ? drag.from : drag.to;
      if (Math.abs(x1 - x0) < MIN_DRAG_PX && Math.abs(y1 - y0) < MIN_DRAG_PX) {
        const at = this.#nearest(...place(event));
        this.#hooks.onPick(at < 0 ? null : this.#model.points.sample[at]);
        return;
      }
      const { box, atX, atY } = this.#scales(this.#drawing.width, this.#drawing.height, 0);
      const within = (value, low, size) => Math.max(low, Math.min(low + size, value));
      const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)].map((value) => atX(within(value, box.left, box.width)));
      const [low, high] = [Math.max(y0, y1), Math.min(y0, y1)].map((value) => atY(within(value, box.top, box.height)));
      if (right > left && high > low) this.#hooks.onZoom({ x: [left, right], y: [low, high] });
    });
    const leave = () => {
      this.#drag = null;
      this.#selection.hidden = true;
      hideLines();
    };
    element.addEventListener('pointercancel', leave);
    element.addEventListener('pointerleave', () => !this.#drag && hideLines());
    element.addEventListener('dblclick', () => this.#hooks.onZoom(null));
  }

  #select() {
    hideLines();
    const { from: [x0, y0], to: [x1, y1] } = this.#drag;
    Object.assign(this.#selection.style, { left: `${Math.min(x0, x1)}px`, top: `${Math.min(y0, y1)}px`, width: `${Math.abs(x1 - x0)}px`, height: `${Math.abs(y1 - y0)}px` });
    this.#selection.hidden = false;
  }
}

/** A range brought nearer or further around its middle, and moved by a part of itself. */
export function shifted([low, high], by, part, log) {
  const [a, b] = log ? [Math.log(low), Math.log(high)] : [low, high];
  const [middle, half] = [(a + b) / 2 + (b - a) * part, ((b - a) / 2) * by];
  return log ? [Math.exp(middle - half), Math.exp(middle + half)] : [middle - half, middle + half];
}
