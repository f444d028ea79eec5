// The surface as a body seen from a camera, drawn from the back to the front: the same drawing serves the screen, the vector file and the film, and needs no graphics card.

import { linearLabels } from '../axes.js';
import { niceTicks } from '../paint.js';
import { BAR_ROOM, heightLabels, paintBar, paintDot, paintTrail, shapeOf } from './frame.js';
import { heightTicks } from './levels.js';
import { boxPlace, boxPlaces, farthestFirst, projection, within } from './projection.js';
import { tone } from './ramp.js';

const MARGIN = 14;
const NEAR = 11;
// Faces drawn at rest, and while the camera moves: what is more is left out evenly, so that a turn stays fluent without a graphics card.
const MOST_FACES = 26000;
const MOST_MOVING = 2600;
// Towards the light, from the upper left of the picture's floor.
const LIGHT = [-0.45, -0.35, 0.82];
const DARKEST = 0.72;
// Columns up to which the mesh is drawn in full strength.
const MESH_FULL = 45;
// Side of the dot of a loss that has no face yet.
const DOT = 2.4;

const layout = ({ width, height, top }) => ({ left: MARGIN, top: top + MARGIN, width: Math.max(20, width - MARGIN - BAR_ROOM), height: Math.max(20, height - 2 * MARGIN) });

/** Only every so many points are drawn: 1 for all. */
export function strideOf(field, moving) {
  const most = moving ? MOST_MOVING : MOST_FACES;
  let stride = 1;
  while (Math.ceil((field.width - 1) / stride) * Math.ceil((field.height - 1) / stride) > most) stride++;
  return stride;
}

const heightOf = (scale, value) => Math.min(1, Math.max(0, scale.to(value)));

/** Everything that has a place: columns, rows, projected points, the order of the cells. */
function body(surface, model) {
  const { field, scale, camera } = model;
  const view = projection(camera, layout(surface));
  const stride = strideOf(field, model.moving);
  const columns = boxPlaces(field.x, stride);
  const rows = boxPlaces(field.y, stride);
  const width = columns.at.length;
  const points = new Array(width * rows.at.length);
  const heights = new Float64Array(points.length);
  rows.at.forEach((j, row) => columns.at.forEach((i, column) => {
    const at = j * field.width + i;
    const height = field.drawn(at) ? heightOf(scale, field.values[at]) : NaN;
    heights[row * width + column] = height;
    points[row * width + column] = Number.isNaN(height) ? null : view.project(columns.places[column], rows.places[row], height);
  }));
  return { view, columns, rows, width, points, heights };
}

function* faces({ view, columns, rows, width, points }) {
  const across = farthestFirst(columns.places, view.eye[0]);
  for (const row of farthestFirst(rows.places, view.eye[1])) {
    for (const column of across) {
      const at = row * width + column;
      const outline = [points[at], points[at + 1], points[at + width + 1], points[at + width]];
      if (outline.every(Boolean)) yield { at, row, column, outline };
    }
  }
}

export function paint(context, surface, model) {
  const made = body(surface, model);
  const { heights, columns, rows, width } = made;
  paintFloor(context, surface, model, made.view);
  // Where faces are small their lines would be all that one sees.
  const strength = Math.min(1, MESH_FULL / width) * (surface.dark ? 0.36 : 0.28);
  const edge = model.mesh ? `rgba(10, 12, 16, ${strength.toFixed(2)})` : null;
  context.lineWidth = 0.7;
  paintPoints(context, model, made);
  for (const { at, row, column, outline } of faces(made)) {
    const [a, b, c, d] = [heights[at], heights[at + 1], heights[at + width + 1], heights[at + width]];
    const [dx, dy] = [(b + c - a - d) / 2 / (columns.places[column + 1] - columns.places[column]), (c + d - a - b) / 2 / (rows.places[row + 1] - rows.places[row])];
    const facing = (-dx * LIGHT[0] - dy * LIGHT[1] + LIGHT[2]) / Math.hypot(dx, dy, 1);
    const color = tone(model.ramp, (a + b + c + d) / 4, DARKEST + (1 - DARKEST) * Math.max(0, Math.min(1, facing)));
    context.fillStyle = color;
    // Without a line of its own a face gets one in its colour, or the paper shines through between two.
    context.strokeStyle = edge ?? color;
    context.beginPath();
    outline.forEach((place, i) => (i === 0 ? context.moveTo(...place) : context.lineTo(...place)));
    context.closePath();
    context.fill();
    context.stroke();
  }
  paintHeights(context, surface, model, made.view);
  paintBar(context, surface, model);
  if (model.path) paintPath(context, surface, model, made.view);
}

/** While losses are still missing, those that are there are dots; a face hides its own as soon as it has all four corners. */
function paintPoints(context, { field, ramp }, { points, heights }) {
  if (!field.state.includes(0)) return;
  points.forEach((place, at) => {
    if (!place) return;
    context.fillStyle = tone(ramp, heights[at]);
    context.fillRect(place[0] - DOT / 2, place[1] - DOT / 2, DOT, DOT);
  });
}

/** The floor with the directions' numbers along its two near edges. */
function paintFloor(context, surface, { field, xTitle, yTitle }, { project, eye }) {
  const nearX = eye[0] < 0 ? -1 : 1;
  const nearY = eye[1] < 0 ? -1 : 1;
  const line = (from, to, stroke) => {
    context.strokeStyle = stroke;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  };
  context.lineWidth = 1;
  context.font = surface.font(10.5);
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const [xs, ys] = [field.x, field.y].map((axis) => niceTicks(axis[0], axis[axis.length - 1], 5));
  const [xLabels, yLabels] = [linearLabels(xs), linearLabels(ys)];
  xs.forEach((tick, i) => {
    const x = boxPlace(field.x, tick);
    line(project(x, -1, 0), project(x, 1, 0), surface.color('--grid'));
    context.fillStyle = surface.color('--axis');
    context.fillText(xLabels[i], ...project(x, nearY * 1.16, 0));
  });
  ys.forEach((tick, i) => {
    const y = boxPlace(field.y, tick);
    line(project(-1, y, 0), project(1, y, 0), surface.color('--grid'));
    context.fillStyle = surface.color('--axis');
    context.fillText(yLabels[i], ...project(nearX * 1.16, y, 0));
  });
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => project(x, y, 0));
  corners.forEach((corner, i) => line(corner, corners[(i + 1) % 4], surface.color('--border-strong')));
  context.fillStyle = surface.color('--text-2');
  context.font = surface.font(11.5, 550);
  // A title leads away from the edge that it names, whichever way that lies.
  const [middle] = project(0, 0, 0);
  for (const [title, place] of [[xTitle, project(0, nearY * 1.3, 0)], [yTitle, project(nearX * 1.3, 0, 0)]]) {
    context.textAlign = Math.abs(place[0] - middle) < 30 ? 'center' : place[0] < middle ? 'right' : 'left';
    const wide = context.measureText(title).width;
    const [before, after] = { right: [wide, 0], left: [0, wide], center: [wide / 2, wide / 2] }[context.textAlign];
    const x = Math.min(surface.width - 4 - after, Math.max(4 + before, place[0]));
    // Pushed back into the picture it goes below the numbers instead of over them.
    context.fillText(title, x, Math.min(surface.top + surface.height - 8, place[1] + 8 + Math.abs(x - place[0]) * 0.8));
  }
}

/** Heights along the corner that stands farthest to the left. */
function paintHeights(context, surface, { scale }, { project }) {
  const corner = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => [x, y, project(x, y, 0)[0]]).sort((a, b) => a[2] - b[2])[0];
  const [x, y] = corner;
  context.strokeStyle = surface.color('--border-strong');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(...project(x, y, 0));
  context.lineTo(...project(x, y, 1));
  context.stroke();
  context.fillStyle = surface.color('--axis');
  context.font = surface.font(10.5);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const ticks = heightTicks(scale, 4);
  const labels = heightLabels(ticks, scale);
  let before = Infinity;
  ticks.forEach((tick, i) => {
    const [px, py] = project(x, y, heightOf(scale, tick));
    if (before - py < 12) return;
    before = py;
    context.fillRect(px - 4, py, 4, 1);
    context.fillText(labels[i], px - 6, py);
  });
}

const onFloor = (field, x, y) => x >= field.x[0] && x <= field.x[field.width - 1] && y >= field.y[0] && y <= field.y[field.height - 1];

/** Where each checkpoint stands at its true loss, null beside the grid or without a loss. */
function pathPlaces({ field, path, scale, losses }, view) {
  return Array.from({ length: path.count }, (_, i) => (onFloor(field, path.x[i], path.y[i]) && Number.isFinite(losses[i])
    ? view.project(boxPlace(field.x, path.x[i]), boxPlace(field.y, path.y[i]), heightOf(scale, losses[i])) : null));
}

function paintPath(context, surface, model, view) {
  const places = pathPlaces(model, view);
  paintTrail(context, places.slice(1).map((place, i) => [places[i], place]).filter(([from, to]) => from && to));
  places.forEach((place, i) => place && paintDot(context, surface, place, shapeOf(i, places.length)));
}

/** The point under the cross hair, and the chosen checkpoint with a stem down to the plane's own loss. */
export function paintOver(context, surface, model, { cursor, step }) {
  const view = projection(model.camera, layout(surface));
  const { field, scale } = model;
  const stem = (x, y, from, to, color) => {
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(...view.project(boxPlace(field.x, x), boxPlace(field.y, y), from));
    context.lineTo(...view.project(boxPlace(field.x, x), boxPlace(field.y, y), to));
    context.stroke();
  };
  if (cursor && onFloor(field, cursor.x, cursor.y)) {
    const value = field.at(cursor.x, cursor.y);
    const height = Number.isFinite(value) ? heightOf(scale, value) : 0;
    stem(cursor.x, cursor.y, 0, height, surface.color('--text'));
    const place = view.project(boxPlace(field.x, cursor.x), boxPlace(field.y, cursor.y), height);
    context.beginPath();
    context.arc(...place, 5, 0, 2 * Math.PI);
    context.strokeStyle = '#ffffff';
    context.lineWidth = 3.5;
    context.stroke();
    context.strokeStyle = '#15181d';
    context.lineWidth = 1.5;
    context.stroke();
  }
  if (step === null || !model.path || step >= model.path.count) return;
  const place = pathPlaces(model, view)[step];
  if (!place) return;
  const [x, y] = [model.path.x[step], model.path.y[step]];
  const below = field.at(x, y);
  if (Number.isFinite(below)) stem(x, y, heightOf(scale, below), heightOf(scale, model.losses[step]), surface.color('--accent'));
  paintDot(context, surface, place, shapeOf(step, model.path.count), true);
}

/** The checkpoint or the foremost face under a place of the picture. */
export function probe(surface, model, px, py) {
  const made = body(surface, model);
  if (model.path) {
    let best = null;
    let least = NEAR;
    pathPlaces(model, made.view).forEach((place, i) => {
      const far = place ? Math.hypot(place[0] - px, place[1] - py) : Infinity;
      if (far < least) [best, least] = [i, far];
    });
    if (best !== null) return { x: model.path.x[best], y: model.path.y[best], checkpoint: best };
  }
  let found = null;
  for (const face of faces(made)) if (within(face.outline, px, py)) found = face;
  if (!found) return null;
  const middle = (axis, at, i) => (axis[at[i]] + axis[at[i + 1]]) / 2;
  return { x: middle(model.field.x, made.columns.at, found.column), y: middle(model.field.y, made.rows.at, found.row), checkpoint: null };
}
