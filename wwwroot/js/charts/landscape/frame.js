// What all pictures of a landscape have around them: axes with numbers, the bar that says which colour is which height.

import { linearLabels } from '../axes.js';
import { niceTicks } from '../paint.js';
import { formatNumber } from '../../format.js';
import { heightTicks } from './levels.js';
import { tone } from './ramp.js';

const BAR = 12;
const SLICES = 96;
export const BAR_ROOM = 74;

/** Labels of heights: alike on a linear scale, each for itself on a log one. */
export const heightLabels = (ticks, scale) => (scale.log ? ticks.map(formatNumber) : linearLabels(ticks));

/** The bar of colours at the right edge. */
export function paintBar(context, surface, model) {
  const { scale, ramp, clipped } = model;
  const left = surface.width - BAR_ROOM + 14;
  const top = surface.top + 24;
  const height = Math.max(40, Math.min(surface.height * 0.62, 300));
  for (let i = 0; i < SLICES; i++) {
    context.fillStyle = tone(ramp, (i + 0.5) / SLICES);
    context.fillRect(left, top + height - ((i + 1) * height) / SLICES, BAR, height / SLICES + 0.5);
  }
  context.strokeStyle = surface.color('--border-strong');
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, BAR + 1, height + 1);
  context.font = surface.font(11);
  context.fillStyle = surface.color('--text-2');
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const ticks = heightTicks(scale, Math.max(2, Math.min(8, Math.floor(height / 34))));
  const labels = heightLabels(ticks, scale);
  let before = Infinity;
  ticks.forEach((tick, i) => {
    const y = top + height * (1 - Math.min(1, Math.max(0, scale.to(tick))));
    if (before - y < 12) return;
    before = y;
    context.fillRect(left + BAR, y - 0.5, 4, 1);
    context.fillText(labels[i], left + BAR + 7, y);
  });
  if (clipped > 0) {
    context.fillStyle = tone(ramp, 1);
    context.beginPath();
    context.moveTo(left - 1, top - 3);
    context.lineTo(left + BAR / 2, top - 13);
    context.lineTo(left + BAR + 1, top - 3);
    context.closePath();
    context.fill();
    context.strokeStyle = surface.color('--border-strong');
    context.stroke();
  }
}

/** Ticks of the two directions around a box, with hairlines where asked. */
export function paintAxes(context, surface, box, { x, y, yLabels, yTicks, xTitle, yTitle, hairlines }) {
  context.font = surface.font(11);
  context.lineWidth = 1;
  const below = box.top + box.height;
  const xs = niceTicks(x.low, x.high, Math.max(2, Math.floor(box.width / 80)));
  const xLabels = linearLabels(xs);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  xs.forEach((tick, i) => {
    const at = x.to(tick);
    context.fillStyle = surface.color('--grid');
    if (hairlines) context.fillRect(Math.round(at), box.top, 1, box.height);
    context.fillStyle = surface.color('--axis');
    context.fillRect(Math.round(at), below, 1, 4);
    context.fillText(xLabels[i], Math.min(at, box.left + box.width - 10), below + 7);
  });
  const ys = yTicks ?? niceTicks(y.low, y.high, Math.max(2, Math.floor(box.height / 48)));
  const labels = yLabels ?? linearLabels(ys);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  ys.forEach((tick, i) => {
    const at = y.to(tick);
    if (!(at >= box.top - 1 && at <= below + 1)) return;
    context.fillStyle = surface.color('--grid');
    if (hairlines) context.fillRect(box.left, Math.round(at), box.width, 1);
    context.fillStyle = surface.color('--axis');
    context.fillRect(box.left - 4, Math.round(at), 4, 1);
    context.fillText(labels[i], box.left - 7, at);
  });
  context.strokeStyle = surface.color('--border-strong');
  context.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
  context.fillStyle = surface.color('--text-2');
  context.font = surface.font(11.5, 550);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillText(xTitle, box.left + box.width / 2, below + 22);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  if (yTitle) context.fillText(yTitle, Math.max(4, box.left - 46), box.top - 15);
}

/** Linear places of values between two pixels. */
export const span = (low, high, from, to) => ({ low, high, to: (value) => from + ((value - low) / (high - low || 1)) * (to - from), from: (place) => low + ((place - from) / (to - from)) * (high - low) });

/** A dot with a rim that stands out on any colour. `shape`: `first` is a ring, `last` a square, others a dot. */
export function paintDot(context, surface, [x, y], shape, lit = false) {
  const size = shape === 'first' || shape === 'last' ? 5 : 2.6;
  const half = lit ? size + 3 : size;
  context.lineWidth = lit ? 2.5 : 1.5;
  if (shape === 'last') {
    context.fillStyle = lit ? surface.color('--accent') : '#ffffff';
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
    context.strokeStyle = '#15181d';
    context.strokeRect(x - half, y - half, 2 * half, 2 * half);
    return;
  }
  context.beginPath();
  context.arc(x, y, half, 0, 2 * Math.PI);
  context.fillStyle = lit ? surface.color('--accent') : shape === 'first' ? '#15181d' : '#ffffff';
  context.fill();
  context.strokeStyle = shape === 'first' ? '#ffffff' : '#15181d';
  context.stroke();
}

export const shapeOf = (at, count) => (at === 0 ? 'first' : at === count - 1 ? 'last' : 'dot');

/** A line that can be seen on dark and bright: dark below, white above. */
export function paintTrail(context, pieces, width = 1.6) {
  for (const [stroke, wide] of [['rgba(21, 24, 29, 0.75)', width + 2], ['#ffffff', width]]) {
    context.strokeStyle = stroke;
    context.lineWidth = wide;
    context.beginPath();
    for (const [from, to] of pieces) {
      context.moveTo(...from);
      context.lineTo(...to);
    }
    context.stroke();
  }
}
