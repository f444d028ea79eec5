// Contours from above: filled bands, lines with their heights, holes, the path of the checkpoints.

import { formatNumber } from '../../format.js';
import { BAR_ROOM, paintAxes, paintBar, paintDot, paintTrail, shapeOf, span } from './frame.js';
import { isolines, regions } from './marching.js';
import { boxPlaces, cutLine } from './projection.js';
import { tone } from './ramp.js';

const LEFT = 52;
const BOTTOM = 42;
const TOP = 28;
const NEAR = 11;
const HATCH = 7;
// More points than this across are finer than the picture's own pixels, or nearly.
const MOST_ACROSS = 320;
// A label needs a line of about this many pixels, or it hides what it names.
const LABELLED_PX = 70;

export const layout = ({ width, height, top }) => ({ left: LEFT, top: top + TOP, width: Math.max(20, width - LEFT - BAR_ROOM), height: Math.max(20, height - TOP - BOTTOM) });

export function scales(box, { x, y }) {
  return { x: span(x[0], x[x.length - 1], box.left, box.left + box.width), y: span(y[0], y[y.length - 1], box.top + box.height, box.top) };
}

/** Places in cells to pixels, by the axes' own coordinates: they need not be evenly spaced. */
function placer(box, field) {
  const to = scales(box, field);
  const [xs, ys] = [Array.from(field.x, to.x.to), Array.from(field.y, to.y.to)];
  const along = (places, at) => {
    const low = Math.min(places.length - 2, Math.floor(at));
    return places[low] + (places[low + 1] - places[low]) * (at - low);
  };
  return ([i, j]) => [along(xs, i), along(ys, j)];
}

/** Only every so many points are drawn: 1 for all. */
export const strideOf = ({ width, height }) => Math.max(1, Math.ceil(Math.max(width, height) / MOST_ACROSS));

export function paint(context, surface, model) {
  const { scale } = model;
  const field = thinned(model.field, strideOf(model.field));
  const box = layout(surface);
  const place = placer(box, field);
  const grid = { width: field.width, height: field.height, heights: Float64Array.from(field.values, (value, at) => (field.state[at] && Number.isFinite(value) ? scale.to(value) : NaN)) };
  context.fillStyle = surface.color('--surface-2');
  context.fillRect(box.left, box.top, box.width, box.height);
  const heights = model.levels.map(scale.to);
  if (model.filled) {
    paintLonePoints(context, field, grid, heights, place, model.ramp);
    paintBands(context, grid, heights, place, model.ramp);
  }
  paintHoles(context, surface, field, place);
  const lines = model.lines || !model.filled ? heights.map((height) => isolines(grid, height).map((line) => line.map(place))) : [];
  lines.forEach((all, at) => strokeLines(context, all, model.filled ? (heights[at] > 0.6 ? 'rgba(21, 24, 29, 0.55)' : 'rgba(255, 255, 255, 0.55)') : tone(model.ramp, keptFrom(heights[at], surface.dark)), model.filled ? 1 : 1.6));
  paintLabels(context, surface, lines, model.levels, box);
  const { x, y } = scales(box, field);
  paintAxes(context, surface, box, { x, y, xTitle: model.xTitle, yTitle: model.yTitle });
  paintBar(context, surface, model);
  if (model.path) paintPath(context, surface, model, box);
}

/** Every so many columns and rows, and the last. */
function thinned(field, stride) {
  if (stride === 1) return field;
  const [columns, rows] = [boxPlaces(field.x, stride).at, boxPlaces(field.y, stride).at];
  const at = rows.flatMap((j) => columns.map((i) => j * field.width + i));
  return { x: columns.map((i) => field.x[i]), y: rows.map((j) => field.y[j]), width: columns.length, height: rows.length, values: at.map((i) => field.values[i]), state: at.map((i) => field.state[i]) };
}

// Lines alone stand on the page's own colour: the end of the ramp that is nearly the same is kept from them.
const keptFrom = (height, dark) => (dark ? 0.3 + 0.7 * height : 0.82 * height);

/** The colour of the band below level k. */
const bandTone = (ramp, heights, k) => tone(ramp, k === heights.length ? 1 : (Math.max(0, heights[k - 1] ?? -Infinity) + (heights[k] ?? 1)) / 2);

/** Points beside such as are still missing have their own colour around them: a picture that fills in shows every loss that it has. */
function paintLonePoints(context, { width, height, state }, { heights: at }, levels, place, ramp) {
  if (!state.includes(0)) return;
  const missing = (i, j) => i >= 0 && i < width && j >= 0 && j < height && state[j * width + i] === 0;
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const value = at[j * width + i];
      if (Number.isNaN(value) || ![-1, 0, 1].some((dj) => [-1, 0, 1].some((di) => missing(i + di, j + dj)))) continue;
      const above = levels.findIndex((level) => value < level);
      context.fillStyle = bandTone(ramp, levels, above < 0 ? levels.length : above);
      const [ax, ay] = place([Math.max(0, i - 0.5), Math.min(height - 1, j + 0.5)]);
      const [bx, by] = place([Math.min(width - 1, i + 0.5), Math.max(0, j - 0.5)]);
      context.fillRect(ax, ay, bx - ax, by - ay);
    }
  }
}

function paintBands(context, grid, heights, place, ramp) {
  // From the lowest up: each band lies over the one below it, so that no gap shows between them.
  [-Infinity, ...heights].forEach((from, k) => {
    context.fillStyle = bandTone(ramp, heights, k);
    context.beginPath();
    regions(grid, from, (outline) => {
      outline.forEach((corner, i) => (i === 0 ? context.moveTo(...place(corner)) : context.lineTo(...place(corner))));
      context.closePath();
    });
    context.fill();
  });
}

/** What came out as NaN or infinite is hatched around its point; what is still missing stays empty. */
function paintHoles(context, surface, field, place) {
  context.strokeStyle = surface.color('--bad');
  context.lineWidth = 1;
  context.beginPath();
  for (let j = 0; j < field.height; j++) {
    for (let i = 0; i < field.width; i++) {
      const at = j * field.width + i;
      if (field.state[at] === 0 || Number.isFinite(field.values[at])) continue;
      const [ax, ay] = place([Math.max(0, i - 0.5), Math.min(field.height - 1, j + 0.5)]);
      const [bx, by] = place([Math.min(field.width - 1, i + 0.5), Math.max(0, j - 0.5)]);
      const cell = { left: ax, top: ay, width: bx - ax, height: by - ay };
      for (let c = Math.ceil((ax + ay) / HATCH) * HATCH; c <= bx + by; c += HATCH) {
        const cut = cutLine([c - by, by], [c - ay, ay], cell);
        if (!cut) continue;
        context.moveTo(...cut[0]);
        context.lineTo(...cut[1]);
      }
    }
  }
  context.stroke();
}

function strokeLines(context, lines, stroke, width) {
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.beginPath();
  for (const line of lines) line.forEach((at, i) => (i === 0 ? context.moveTo(...at) : context.lineTo(...at)));
  context.stroke();
}

function paintLabels(context, surface, lines, levels, box) {
  context.font = surface.font(10.5, 550);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const taken = [];
  lines.forEach((all, at) => {
    const longest = all.map((line) => ({ line, length: lengthOf(line) })).sort((a, b) => b.length - a.length)[0];
    if (!longest || longest.length < LABELLED_PX) return;
    const text = formatNumber(levels[at]);
    const wide = context.measureText(text).width + 8;
    // Somewhere along the line where no other label stands.
    for (let k = 1; k < 8; k++) {
      const [x, y] = longest.line[Math.floor(((longest.line.length - 1) * ((at * 3 + k * 2) % 16)) / 16)];
      const free = x - wide / 2 > box.left && x + wide / 2 < box.left + box.width && y - 8 > box.top && y + 8 < box.top + box.height
        && taken.every(([tx, ty, tw]) => Math.abs(tx - x) > (tw + wide) / 2 + 4 || Math.abs(ty - y) > 16);
      if (!free) continue;
      taken.push([x, y, wide]);
      context.globalAlpha = 0.82;
      context.fillStyle = surface.color('--surface');
      context.fillRect(x - wide / 2, y - 7, wide, 14);
      context.globalAlpha = 1;
      context.fillStyle = surface.color('--text');
      context.fillText(text, x, y + 0.5);
      return;
    }
  });
}

function lengthOf(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
  return sum;
}

const inBox = (box, [x, y]) => x >= box.left - 0.5 && x <= box.left + box.width + 0.5 && y >= box.top - 0.5 && y <= box.top + box.height + 0.5;

function pathPlaces(model, box) {
  const { x, y } = scales(box, model.field);
  return Array.from({ length: model.path.count }, (_, i) => [x.to(model.path.x[i]), y.to(model.path.y[i])]);
}

function paintPath(context, surface, model, box) {
  const places = pathPlaces(model, box);
  paintTrail(context, places.slice(1).map((place, i) => cutLine(places[i], place, box)).filter(Boolean));
  places.forEach((place, i) => inBox(box, place) && paintDot(context, surface, place, shapeOf(i, places.length)));
}

/** Cross hair and the chosen checkpoint. */
export function paintOver(context, surface, model, { cursor, step }) {
  const box = layout(surface);
  const { x, y } = scales(box, model.field);
  if (cursor) {
    const [px, py] = [x.to(cursor.x), y.to(cursor.y)];
    if (inBox(box, [px, py])) {
      context.fillStyle = surface.color('--text');
      context.globalAlpha = 0.7;
      context.fillRect(Math.round(px), box.top, 1, box.height);
      context.fillRect(box.left, Math.round(py), box.width, 1);
      context.globalAlpha = 1;
    }
  }
  if (step === null || !model.path || step >= model.path.count) return;
  const place = [x.to(model.path.x[step]), y.to(model.path.y[step])];
  if (inBox(box, place)) paintDot(context, surface, place, shapeOf(step, model.path.count), true);
}

/** What lies under a place of the picture: `{ x, y, checkpoint }`, or null beside the grid. */
export function probe(surface, model, px, py) {
  const box = layout(surface);
  if (!inBox(box, [px, py])) return null;
  const { x, y } = scales(box, model.field);
  let checkpoint = null;
  if (model.path) {
    let least = NEAR;
    pathPlaces(model, box).forEach((place, i) => {
      const far = inBox(box, place) ? Math.hypot(place[0] - px, place[1] - py) : Infinity;
      if (far < least) [checkpoint, least] = [i, far];
    });
  }
  return { x: x.from(px), y: y.from(py), checkpoint };
}
