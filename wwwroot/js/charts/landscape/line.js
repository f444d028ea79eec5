// Losses along one direction, with accuracies on a second axis, the straight line between the ends, and the path.

import { niceTicks } from '../paint.js';
import { linearLabels } from '../axes.js';
import { heightLabels, paintAxes, paintDot, shapeOf, span } from './frame.js';
import { heightTicks } from './levels.js';
import { cutLine } from './projection.js';

const LEFT = 58;
const RIGHT = 56;
const BOTTOM = 42;
const TOP = 28;
const ROW = 16;

function layout({ width, height, top }, model) {
  const wide = Math.max(20, width - LEFT - (model.right ? RIGHT : 18));
  const above = TOP + ROW * legendRows(model.curves.map(({ name }) => name), wide).length;
  return { left: LEFT, top: top + above, width: wide, height: Math.max(20, height - above - BOTTOM) };
}

// Guessed from the characters, so that the layout is the same on the screen, in a file, and where a mouse is looked up.
const entryWidth = (name) => Array.from(name).reduce((sum, character) => sum + (character > '\u2e80' ? 12 : 6.8), 44);

/** Rows of a legend as [name, offset] pairs: an entry that does not fit begins the next. */
export function legendRows(names, width) {
  const rows = [];
  let left = Infinity;
  for (const name of names) {
    const wide = entryWidth(name);
    if (left + wide > width) {
      rows.push([]);
      left = 0;
    }
    rows.at(-1).push([name, left]);
    left += wide;
  }
  return rows;
}

function places(box, model) {
  const x = span(model.x[0], model.x[1], box.left, box.left + box.width);
  const height = (scale) => ({ to: (value) => box.top + box.height * (1 - scale.to(value)) });
  return { x, left: height(model.scale), right: model.right && height(model.right) };
}

export function paint(context, surface, model) {
  const box = layout(surface, model);
  const { x, left, right } = places(box, model);
  const ticks = heightTicks(model.scale, Math.max(2, Math.floor(box.height / 48)));
  paintAxes(context, surface, box, { x, y: left, yTicks: ticks, yLabels: heightLabels(ticks, model.scale), xTitle: model.xTitle, yTitle: null, hairlines: true });
  if (right) paintRight(context, surface, box, model.right, right);
  if (model.chord) {
    paintPieces(context, [cutLine([x.to(model.chord[0][0]), left.to(model.chord[0][1])], [x.to(model.chord[1][0]), left.to(model.chord[1][1])], box)], surface.color('--text-3'), 1.4, [6, 4]);
  }
  for (const one of model.curves) paintCurve(context, surface, one, x, one.axis === 'right' ? right : left, box);
  if (model.barrier) paintBarrier(context, surface, model.barrier, x, left, box);
  if (model.path) Array.from(model.path.x, (at, i) => [x.to(at), left.to(model.losses[i])]).forEach((place, i) => inBox(box, place) && paintDot(context, surface, place, shapeOf(i, model.path.count)));
  paintLegend(context, surface, model.curves, box);
}

const inBox = (box, [px, py]) => px >= box.left - 1 && px <= box.left + box.width + 1 && py >= box.top - 1 && py <= box.top + box.height + 1;

function paintPieces(context, pieces, stroke, width, dash) {
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  for (const piece of pieces) {
    if (!piece) continue;
    context.moveTo(...piece[0]);
    context.lineTo(...piece[1]);
  }
  context.stroke();
  context.setLineDash([]);
}

function paintRight(context, surface, box, scale, right) {
  context.fillStyle = surface.color('--axis');
  context.font = surface.font(11);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const ticks = niceTicks(scale.low, scale.high, 5);
  const labels = linearLabels(ticks);
  ticks.forEach((tick, i) => {
    context.fillRect(box.left + box.width, Math.round(right.to(tick)), 4, 1);
    context.fillText(labels[i], box.left + box.width + 7, right.to(tick));
  });
}

function paintCurve(context, surface, { field, color, dash }, x, y, box) {
  const pieces = [];
  const marks = [];
  const place = (i) => [x.to(field.x[i]), y.to(field.values[i])];
  for (let i = 0; i < field.width; i++) {
    if (!field.drawn(i)) {
      if (field.state[i]) marks.push(x.to(field.x[i]));
      continue;
    }
    if (i > 0 && field.drawn(i - 1)) pieces.push(cutLine(place(i - 1), place(i), box));
    // A point between two holes has no line to be seen by.
    else if (i + 1 >= field.width || !field.drawn(i + 1)) pieces.push([place(i), [place(i)[0] + 1, place(i)[1]]]);
  }
  paintPieces(context, pieces, surface.color(color), 2, dash ?? []);
  context.fillStyle = surface.color('--bad');
  context.font = surface.font(12, 600);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const at of marks) context.fillText('×', at, box.top + box.height - 8);
}

function paintBarrier(context, surface, { x: at, from, to }, x, left, box) {
  paintPieces(context, [cutLine([x.to(at), left.to(from)], [x.to(at), left.to(to)], box)], surface.color('--bad'), 2, []);
}

function paintLegend(context, surface, curves, box) {
  context.font = surface.font(11.5);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const rows = legendRows(curves.map(({ name }) => name), box.width);
  const entries = rows.flatMap((row, at) => row.map(([, offset]) => [box.left + offset, box.top - 14 - ROW * (rows.length - 1 - at)]));
  curves.forEach(({ name, color, dash }, i) => {
    const [left, top] = entries[i];
    paintPieces(context, [[[left, top], [left + 20, top]]], surface.color(color), 2, dash ?? []);
    context.fillStyle = surface.color('--text-2');
    context.fillText(name, left + 26, top);
  });
}

export function paintOver(context, surface, model, { cursor, step }) {
  const box = layout(surface, model);
  const { x, left } = places(box, model);
  if (cursor && cursor.x >= model.x[0] && cursor.x <= model.x[1]) {
    context.globalAlpha = 0.7;
    context.fillStyle = surface.color('--text');
    context.fillRect(Math.round(x.to(cursor.x)), box.top, 1, box.height);
    context.globalAlpha = 1;
  }
  if (step === null || !model.path || step >= model.path.count) return;
  const place = [x.to(model.path.x[step]), left.to(model.losses[step])];
  if (inBox(box, place)) paintDot(context, surface, place, shapeOf(step, model.path.count), true);
}

export function probe(surface, model, px, py) {
  const box = layout(surface, model);
  if (!inBox(box, [px, py])) return null;
  const { x, left } = places(box, model);
  let checkpoint = null;
  if (model.path) model.path.x.forEach((at, i) => { if (Math.hypot(x.to(at) - px, left.to(model.losses[i]) - py) < 11) checkpoint = i; });
  return { x: x.from(px), y: 0, checkpoint };
}
