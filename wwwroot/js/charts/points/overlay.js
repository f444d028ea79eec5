// What lies over the points, on a canvas of its own: thumbnails, rings, labels, the outline being drawn, the compass. Any context that draws like a canvas will do.

import { cssOf } from './colors.js';
import { classPlaces, placeLabels } from './labels.js';
import { project } from './camera.js';
import { SHOWN } from './order.js';
import { scan } from './pick.js';

const FONT = 'Inter, ui-sans-serif, system-ui, sans-serif';
const MOST_SPRITES = 500;
const SPRITE = [18, 84];
const MOST_TEXTS = 1200;
const COMPASS = 26;

/** @param picture `{ cloud, view, theme, radius, hovered, picked, highlighted, lines, labels, sprites, outline, axes }` */
export function paintOverlay(context, picture) {
  const { cloud, view } = picture;
  if (cloud.rows === 0) return { labels: 0, sprites: 0 };
  const sprites = picture.sprites && picture.sprites.drawn !== false ? paintSprites(context, picture) : 0;
  paintHighlights(context, picture);
  const labels = picture.labels ? paintLabels(context, picture, sprites > 0) : 0;
  for (const [row, width] of [[picture.picked, 3], [picture.hovered, 2]]) if (row >= 0 && cloud.states[row] === SHOWN) ring(context, picture, row, width);
  if (view.dims === 3 && picture.axes) paintCompass(context, picture);
  if (picture.outline) paintOutline(context, picture);
  return { labels, sprites };
}

const placeIn = ({ cloud, view }, row) => project(view, ...cloud.placeOf(row));
const radiusAt = ({ view, radius }, w) => radius * (view.dims === 3 ? Math.min(5, Math.max(0.35, view.reference / w)) : 1);

function ring(context, picture, row, width, color = picture.theme.text) {
  const [x, y, w] = placeIn(picture, row);
  if (!(w > 0)) return;
  const radius = radiusAt(picture, w) + width;
  for (const [stroke, wide] of [[picture.theme.surface, width + 2.5], [color, width]]) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = stroke;
    context.lineWidth = wide;
    context.stroke();
  }
  context.beginPath();
  context.arc(x, y, radius - width / 2, 0, 2 * Math.PI);
  context.fillStyle = cssOf(picture.cloud.colors[row]);
  context.fill();
}

/** Neighbours: the nearer, the stronger. */
function paintHighlights(context, picture) {
  const { highlighted, picked, theme, lines, cloud } = picture;
  if (highlighted.length === 0) return;
  const shown = highlighted.filter(({ row }) => row < cloud.rows && cloud.states[row] === SHOWN);
  const last = Math.max(1, ...highlighted.map(({ rank }) => rank));
  if (lines && picked >= 0 && cloud.states[picked] === SHOWN) {
    const [x, y, w] = placeIn(picture, picked);
    context.strokeStyle = theme.text;
    context.lineWidth = 1;
    for (const { row, rank } of w > 0 ? shown : []) {
      const [px, py, pw] = placeIn(picture, row);
      if (!(pw > 0)) continue;
      context.globalAlpha = 0.75 - 0.45 * (rank / last);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(px, py);
      context.stroke();
    }
    context.globalAlpha = 1;
  }
  for (const { row, rank } of [...shown].reverse()) ring(context, picture, row, 2 - rank / last, theme.accent);
}

function paintSprites(context, { cloud, view, sprites, radius }) {
  const found = [];
  let visible = 0;
  scan(cloud, view, { left: 0, top: 0, right: view.width, bottom: view.height }, (row, x, y, w) => {
    if (++visible <= MOST_SPRITES) found.push({ row, x, y, w });
  });
  if (visible > MOST_SPRITES || visible === 0) return 0;
  const side = Math.min(SPRITE[1], Math.max(SPRITE[0], Math.sqrt((view.width * view.height) / visible) * 0.5));
  const [wide, tall] = sprites.width >= sprites.height ? [side, (side * sprites.height) / sprites.width] : [(side * sprites.width) / sprites.height, side];
  if (view.dims === 3) found.sort((a, b) => b.w - a.w);
  let drawn = 0;
  for (const { row, x, y, w } of found) {
    const from = spriteOf(sprites, row);
    if (!from) continue;
    const near = view.dims === 3 ? Math.min(2, Math.max(0.4, view.reference / w)) : 1;
    const [width, height] = [wide * near, tall * near];
    context.fillStyle = cssOf(cloud.colors[row]);
    context.fillRect(x - width / 2 - 2, y - height / 2 - 2, width + 4, height + 4);
    context.drawImage(sprites.image, ...from, x - width / 2, y - height / 2, width, height);
    drawn++;
  }
  return drawn && radius ? drawn : 0;
}

/** `[x, y, width, height]` of a row's thumbnail within the sheet, null where the sheet ends before. */
export function spriteOf({ image, width, height, perRow }, row) {
  const columns = perRow ?? Math.max(1, Math.floor(image.width / width));
  const [x, y] = [(row % columns) * width, Math.floor(row / columns) * height];
  return y + height <= image.height && x + width <= image.width ? [x, y, width, height] : null;
}

function paintLabels(context, picture, sprites) {
  const { view, theme } = picture;
  const measure = (text, size) => {
    context.font = `${size > 11 ? 600 : 400} ${size}px ${FONT}`;
    return context.measureText(text).width;
  };
  const meant = [picture.picked, picture.hovered].filter((row) => row >= 0 && picture.cloud.states[row] === SHOWN).map((row) => placeIn(picture, row));
  const taken = meant.map(([x, y]) => ({ left: x - 7, top: y - 7, right: x + 7, bottom: y + 7 }));
  const placed = placeLabels(candidates(picture, sprites), measure, view, 200, taken);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const label of placed.reverse()) {
    context.font = `${label.size > 11 ? 600 : 400} ${label.size}px ${FONT}`;
    const middle = (label.top + label.bottom) / 2;
    context.strokeStyle = theme.surface;
    context.lineWidth = 3.5;
    context.strokeText(label.text, label.left, middle);
    context.fillStyle = theme.text;
    context.fillText(label.text, label.left, middle);
    if (!label.color) continue;
    context.fillStyle = label.color;
    context.fillRect(label.left, label.bottom - 0.5, label.right - label.left, 2);
  }
  return placed.length;
}

function candidates(picture, sprites) {
  const { cloud, view, labels, radius } = picture;
  if (labels.centroids || labels.classes) {
    return placesOf(labels, cloud).map(({ place, text, color }) => {
      const [x, y, w] = project(view, ...place);
      return { x: w > 0 ? x : -1, y, text, color, size: 13, offset: 0 };
    });
  }
  let visible = 0;
  const box = { left: 0, top: 0, right: view.width, bottom: view.height };
  scan(cloud, view, box, () => { visible++; });
  // Halved as often as needed: what is labelled from afar still is when one comes nearer.
  let mask = 0;
  while (visible / (mask + 1) > MOST_TEXTS) mask = mask * 2 + 1;
  const first = new Set([picture.picked, picture.hovered, ...picture.highlighted.map(({ row }) => row)]);
  const found = [];
  scan(cloud, view, box, (row, x, y, w) => {
    const spread = Math.imul(row + 1, 0x9e3779b1) >>> 8;
    if (first.has(row) || (spread & mask) === 0) found.push({ row, x, y, w, spread });
  });
  found.sort((a, b) => first.has(b.row) - first.has(a.row) || lowBits(b.spread) - lowBits(a.spread) || a.row - b.row);
  return found.map(({ row, x, y, w }) => ({ x, y, text: labels.texts(row), size: 11, offset: (sprites ? 14 : radiusAt(picture, w)) + 4 }));
}

/** How often a label survives the halving. */
const lowBits = (spread) => (spread === 0 ? 32 : 31 - Math.clz32(spread & -spread));

/** Places of the labels of groups, kept until places or filters change. */
function placesOf(labels, cloud) {
  if (labels.kept?.order === cloud.order && labels.kept.positions === cloud.positions) return labels.kept.places;
  const places = labels.centroids
    ? labels.centroids.map(({ x, y, z = 0, text, color }) => ({ place: cloud.toFrame(x, y, z), text, color }))
    : classPlaces(cloud, labels.classes.codes, labels.classes.texts.length, SHOWN).map(({ code, place }) => ({ place, text: labels.classes.texts[code], color: labels.classes.colors?.[code % labels.classes.colors.length] }));
  labels.kept = { order: cloud.order, positions: cloud.positions, places };
  return places;
}

function paintOutline(context, { outline, theme }) {
  context.beginPath();
  context.moveTo(outline[0], outline[1]);
  for (let i = 2; i < outline.length; i += 2) context.lineTo(outline[i], outline[i + 1]);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = theme.accent;
  context.fill();
  context.globalAlpha = 1;
  context.setLineDash([5, 4]);
  context.strokeStyle = theme.accent;
  context.lineWidth = 1.5;
  context.stroke();
  context.setLineDash([]);
}

/** Which way the axes point. */
function paintCompass(context, { view, theme, axes }) {
  const [x, y] = [COMPASS + 18, view.height - COMPASS - 18];
  context.font = `500 10.5px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 1.5;
  const arms = axes.map((name, axis) => ({ name, dx: view.right[axis], dy: -view.up[axis], near: view.back[axis] })).sort((a, b) => a.near - b.near);
  for (const { name, dx, dy, near } of arms) {
    context.globalAlpha = 0.65 + 0.35 * near;
    context.strokeStyle = theme.muted;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + dx * COMPASS, y + dy * COMPASS);
    context.stroke();
    context.fillStyle = theme.muted;
    context.fillText(name, x + dx * (COMPASS + 9), y + dy * (COMPASS + 9));
  }
  context.globalAlpha = 1;
}
