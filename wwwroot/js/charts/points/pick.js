// Which points lie under a pixel, in a rectangle or within a lasso. One pass over typed arrays: a million points take five to ten milliseconds, which needs no index to be built, kept and thrown away. Pure functions.

import { SHOWN } from './order.js';

/** Calls `visit(row, px, py, w)` for each shown point before the eye within a rectangle of the picture. */
export function scan({ positions, dims, rows, states }, view, { left, top, right, bottom }, visit) {
  const { matrix: m, centre: [cx, cy, cz], width, height } = view;
  if (dims === 2) {
    const scale = view.scale;
    // The rectangle is brought to the points, instead of each point to the picture.
    const [lowX, highX] = [cx + (left - width / 2) / scale, cx + (right - width / 2) / scale];
    const [lowY, highY] = [cy + (height / 2 - bottom) / scale, cy + (height / 2 - top) / scale];
    for (let row = 0, at = 0; row < rows; row++, at += 2) {
      const x = positions[at];
      const y = positions[at + 1];
      if (x >= lowX && x <= highX && y >= lowY && y <= highY && states[row] === SHOWN) visit(row, (x - cx) * scale + width / 2, height / 2 - (y - cy) * scale, 1);
    }
    return;
  }
  const [halfX, halfY] = [width / 2, height / 2];
  const m12 = m[12] - m[0] * cx - m[4] * cy - m[8] * cz;
  const m13 = m[13] - m[1] * cx - m[5] * cy - m[9] * cz;
  const m15 = m[15] - m[3] * cx - m[7] * cy - m[11] * cz;
  for (let row = 0, at = 0; row < rows; row++, at += 3) {
    const x = positions[at];
    const y = positions[at + 1];
    const z = positions[at + 2];
    const w = m[3] * x + m[7] * y + m[11] * z + m15;
    if (!(w > 0)) continue;
    const px = ((m[0] * x + m[4] * y + m[8] * z + m12) / w + 1) * halfX;
    if (px < left || px > right) continue;
    const py = (1 - (m[1] * x + m[5] * y + m[9] * z + m13) / w) * halfY;
    if (py >= top && py <= bottom && states[row] === SHOWN) visit(row, px, py, w);
  }
}

/**
 * The shown point that is meant by a pixel, −1 for none: the nearest within `reach` pixels; of several whose discs cover it in three dimensions, the foremost.
 * @param radius of a point at the target, in pixels
 */
export function nearest(cloud, view, x, y, radius, reach) {
  let best = -1;
  let least = Infinity;
  const most = reach * reach;
  scan(cloud, view, { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }, (row, px, py, w) => {
    const far = (px - x) ** 2 + (py - y) ** 2;
    if (far > most) return;
    // Under the pointer the depth decides, beside it the distance.
    const covers = view.dims === 3 && far <= ((radius * view.reference) / w) ** 2;
    const score = covers ? -1 / w : far;
    if (score < least) [best, least] = [row, score];
  });
  return best;
}

/** The shown points that pass a test in pixels, as rows in rising order. */
function collect(cloud, view, box, passes) {
  let found = new Uint32Array(1024);
  let count = 0;
  scan(cloud, view, box, (row, px, py) => {
    if (!passes(px, py)) return;
    if (count === found.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(found);
      found = larger;
    }
    found[count++] = row;
  });
  return found.slice(0, count);
}

export const inBox = (cloud, view, box) => collect(cloud, view, box, () => true);

/** Shown points within an outline `[x0, y0, x1, y1, …]` of pixels, closed by itself; where it crosses itself, what is enclosed twice lies outside. */
export function inOutline(cloud, view, outline) {
  if (outline.length < 6) return new Uint32Array(0);
  const { box, contains } = outlineTest(outline);
  return collect(cloud, view, box, contains);
}

/** `{ box, contains(x, y) }` of an outline. Each row of pixels knows the edges that cross it, so that a long outline costs a point no more than a short one. */
export function outlineTest(outline) {
  const corners = outline.length / 2;
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i < corners; i++) {
    box.left = Math.min(box.left, outline[2 * i]);
    box.right = Math.max(box.right, outline[2 * i]);
    box.top = Math.min(box.top, outline[2 * i + 1]);
    box.bottom = Math.max(box.bottom, outline[2 * i + 1]);
  }
  const first = Math.floor(box.top);
  const bands = Array.from({ length: Math.floor(box.bottom) - first + 1 }, () => []);
  for (let i = 0, before = corners - 1; i < corners; before = i++) {
    const edge = [outline[2 * i], outline[2 * i + 1], outline[2 * before], outline[2 * before + 1]];
    const [from, to] = [Math.min(edge[1], edge[3]), Math.max(edge[1], edge[3])];
    if (from === to) continue;
    for (let band = Math.floor(from) - first; band <= Math.floor(to) - first; band++) bands[band].push(edge);
  }
  return {
    box,
    contains(x, y) {
      let inside = false;
      for (const [ax, ay, bx, by] of bands[Math.floor(y) - first] ?? []) if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      return inside;
    },
  };
}
