// Points as circles of an SVG document, in drawing order. Pure text.

import { haze, project } from './camera.js';

const one = (value) => String(Math.round(value * 10) / 10);
const short = (part) => Math.round(part * 100) / 100;
const rgb = (color) => `rgb(${color.slice(0, 3).map((part) => Math.round(part * 255)).join(', ')})`;
// Steps of the haze: points of one look share a group.
const HAZES = 12;
const hex = (packed, mist, hazy) => `#${[0, 8, 16].map((shift, i) => Math.round(((packed >> shift) & 255) * (1 - hazy) + mist[i] * 255 * hazy).toString(16).padStart(2, '0')).join('')}`;

/** Circles of the points, neighbours of one look in a group; what lies beside the picture is left out. */
export function svgPoints({ cloud, view, order, painted }) {
  const groups = [lines(painted.cubeEnds, view, painted.cube), lines(cloud.links, view, painted.links)];
  let before = '';
  const draw = (row, { size, opacity, rim, rimWidth }) => {
    const [x, y, w] = project(view, ...cloud.placeOf(row));
    if (!(w > 0)) return;
    const radius = (size / 2) * (view.dims === 3 ? Math.min(5, Math.max(0.35, view.reference / w)) : 1);
    if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) return;
    const alpha = (cloud.colors[row] >>> 24) / 255 * opacity;
    const stroke = rimWidth > 0 ? ` stroke="${rgb(rim)}" stroke-width="${rimWidth}" stroke-opacity="${short(Math.min(1, 2 * alpha))}"` : '';
    const look = `<g fill="${hex(cloud.colors[row], painted.mist, Math.round(haze(view, w) * HAZES) / HAZES)}" fill-opacity="${short(alpha)}"${stroke}>`;
    if (look !== before) {
      groups.push(before ? '</g>' : '', look);
      before = look;
    }
    groups.push(`<circle cx="${one(x)}" cy="${one(y)}" r="${one(radius - rimWidth / 2)}"/>`);
  };
  for (const row of order) draw(row, painted);
  for (const row of cloud.selectedShown()) draw(row, painted.chosen);
  if (before) groups.push('</g>');
  return groups.join('');
}

/** A line between each two places. */
function lines(ends, view, stroke) {
  if (!ends?.length) return '';
  let path = '';
  for (let i = 0; i + 5 < ends.length; i += 6) {
    const [from, to] = [project(view, ends[i], ends[i + 1], ends[i + 2]), project(view, ends[i + 3], ends[i + 4], ends[i + 5])];
    if (from[2] > 0 && to[2] > 0) path += `M${one(from[0])} ${one(from[1])}L${one(to[0])} ${one(to[1])}`;
  }
  return path && `<path d="${path}" fill="none" stroke="${rgb(stroke)}" stroke-opacity="${stroke[3]}"/>`;
}
