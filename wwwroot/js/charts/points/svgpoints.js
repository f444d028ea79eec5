// Points as circles of an SVG document, in drawing order. Pure text.

import { project } from './camera.js';

const one = (value) => String(Math.round(value * 10) / 10);
const hex = (packed) => `#${[packed & 255, (packed >> 8) & 255, (packed >> 16) & 255].map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** Circles of the points, neighbours of one look in a group; what lies beside the picture is left out. */
export function svgPoints({ cloud, view, order, painted }) {
  const groups = [];
  let before = '';
  const chosen = new Set(cloud.selectedShown());
  const draw = (row, { size, opacity }) => {
    const [x, y, w] = project(view, ...cloud.placeOf(row));
    if (!(w > 0)) return;
    const radius = (size / 2) * (view.dims === 3 ? Math.min(5, Math.max(0.35, view.reference / w)) : 1);
    if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) return;
    const alpha = (cloud.colors[row] >>> 24) / 255 * opacity;
    const look = `<g fill="${hex(cloud.colors[row])}" fill-opacity="${Math.round(alpha * 100) / 100}">`;
    if (look !== before) {
      groups.push(before ? '</g>' : '', look);
      before = look;
    }
    groups.push(`<circle cx="${one(x)}" cy="${one(y)}" r="${one(radius)}"/>`);
  };
  for (const row of order) draw(row, painted);
  for (const row of chosen) draw(row, painted.chosen);
  if (before) groups.push('</g>');
  return groups.join('') + links(cloud, view, painted);
}

function links({ links: ends }, view, painted) {
  if (ends.length === 0) return '';
  let path = '';
  for (let i = 0; i < ends.length; i += 6) {
    const [from, to] = [project(view, ends[i], ends[i + 1], ends[i + 2]), project(view, ends[i + 3], ends[i + 4], ends[i + 5])];
    if (from[2] > 0 && to[2] > 0) path += `M${one(from[0])} ${one(from[1])}L${one(to[0])} ${one(to[1])}`;
  }
  const [r, g, b, alpha] = painted.links;
  return `<path d="${path}" fill="none" stroke="rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(', ')})" stroke-opacity="${alpha}"/>`;
}
