// Draws discs and lines into an array of pixels. Where a browser has no graphics processor, its WebGL runs every point through a whole pipeline in software; stamping small discs is ten to twenty times faster.
// Pure: colours are packed bytes (red lowest), the background is opaque.

import { cutLine } from '../landscape/projection.js';

// A disc stands at a quarter of a pixel: exact enough that nothing is seen to jump.
const PHASES = 4;
const STEPS = 256;

/** @typedef {{ width: number, height: number, data: Uint32Array }} Pixels */

export const mixed = (below, above, part) => {
  const rest = STEPS - part;
  return (0xff000000
    | (((Math.imul(below & 0xff00ff, rest) + Math.imul(above & 0xff00ff, part)) >>> 8) & 0xff00ff)
    | (((Math.imul((below >>> 8) & 0xff, rest) + Math.imul((above >>> 8) & 0xff, part)) & 0xff00))) >>> 0;
};

/** Stamps of a disc at each phase: which pixels around its middle it covers, and how far (0 to 256). */
function stamps(diameter, opacity, width) {
  const made = [];
  const radius = diameter / 2;
  // What is thinner than a pixel is fainter instead.
  const strength = opacity * Math.min(1, diameter);
  const reach = Math.ceil(radius + 0.5);
  for (let phaseY = 0; phaseY < PHASES; phaseY++) {
    for (let phaseX = 0; phaseX < PHASES; phaseX++) {
      const [mx, my] = [(phaseX + 0.5) / PHASES, (phaseY + 0.5) / PHASES];
      const offsets = [];
      const parts = [];
      for (let y = -reach; y <= reach; y++) {
        for (let x = -reach; x <= reach; x++) {
          const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x + 0.5 - mx, y + 0.5 - my)));
          const part = Math.round(cover * strength * STEPS);
          if (part === 0) continue;
          offsets.push(y * width + x);
          parts.push(part);
        }
      }
      made.push({ offsets: Int32Array.from(offsets), parts: Uint16Array.from(parts) });
    }
  }
  return { reach: reach + 1, made };
}

/**
 * Discs at places, the first lowest.
 * @param look `{ size, opacity, rim: packed, rimWidth, mist: packed, haze(w) → 0…256, stamps: a map that keeps what is made, for the next call with the same look }`, sizes in these pixels
 * @param view of viewOf for a picture as large as the pixels
 */
export function stampPoints(pixels, { positions, before, share, colors, order, dims }, view, look) {
  const { width, height, data } = pixels;
  const { matrix: m, centre: [cx, cy, cz], reference } = view;
  const deep = dims === 3;
  const kept = look.stamps;
  const stampsFor = (near) => {
    // In three dimensions sizes come in quarters of a pixel.
    const size = deep ? Math.max(0.5, Math.round(look.size * near * 4) / 4) : look.size;
    if (!kept.has(size)) {
      const rimmed = look.rimWidth > 0 && size > 3 * look.rimWidth;
      kept.set(size, { outer: rimmed ? stamps(size, look.opacity, width) : null, inner: stamps(rimmed ? size - 2 * look.rimWidth : size, look.opacity, width) });
    }
    return kept.get(size);
  };
  let set = stampsFor(1);
  let near = 1;
  const [halfX, halfY] = [width / 2, height / 2];
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    const at = row * dims;
    let x = positions[at];
    let y = positions[at + 1];
    let z = deep ? positions[at + 2] : 0;
    if (before && !Number.isNaN(before[at])) {
      x = before[at] + (x - before[at]) * share;
      y = before[at + 1] + (y - before[at + 1]) * share;
      if (deep) z = before[at + 2] + (z - before[at + 2]) * share;
    }
    x -= cx;
    y -= cy;
    let color = colors[row];
    let px;
    let py;
    if (deep) {
      z -= cz;
      const w = m[3] * x + m[7] * y + m[11] * z + m[15];
      if (!(w > 0.01)) continue;
      px = ((m[0] * x + m[4] * y + m[8] * z) / w + 1) * halfX;
      py = (1 - (m[1] * x + m[5] * y + m[9] * z) / w) * halfY;
      const now = Math.min(5, Math.max(0.35, reference / w));
      if (now !== near) {
        near = now;
        set = stampsFor(now);
      }
      const hazy = look.haze(w);
      if (hazy > 0) color = ((mixed(color, look.mist, hazy) & 0xffffff) | (color & 0xff000000)) >>> 0;
    } else {
      px = (m[0] * x + 1) * halfX;
      py = (1 - m[5] * y) * halfY;
    }
    const { reach } = set.outer ?? set.inner;
    if (!(px > -reach && py > -reach && px < width + reach && py < height + reach)) continue;
    if (set.outer) stamp(data, width, height, set.outer, px, py, look.rim, color >>> 24);
    stamp(data, width, height, set.inner, px, py, color, color >>> 24);
  }
}

function stamp(data, width, height, { reach, made }, px, py, color, alpha) {
  const left = Math.floor(px);
  const top = Math.floor(py);
  const { offsets, parts } = made[Math.floor((py - top) * PHASES) * PHASES + Math.floor((px - left) * PHASES)];
  const middle = top * width + left;
  const inside = left >= reach && top >= reach && left < width - reach && top < height - reach;
  const redBlue = color & 0xff00ff;
  const green = (color >>> 8) & 0xff;
  for (let i = 0; i < offsets.length; i++) {
    const at = middle + offsets[i];
    if (!inside) {
      // Over the edge of a row an offset would come out on the other side.
      const x = left + ((((offsets[i] + reach) % width) + width) % width) - reach;
      if (x < 0 || x >= width || at < 0 || at >= data.length) continue;
    }
    const part = alpha === 255 ? parts[i] : (parts[i] * alpha) >> 8;
    const below = data[at];
    const rest = STEPS - part;
    data[at] = 0xff000000 | (((Math.imul(below & 0xff00ff, rest) + Math.imul(redBlue, part)) >>> 8) & 0xff00ff) | ((Math.imul((below >>> 8) & 0xff, rest) + Math.imul(green, part)) & 0xff00);
  }
}

/** Lines between pairs of places `[x, y, z, x, y, z, …]`, a pixel wide. @param part how strong, 0 to 256 */
export function strokeLines(pixels, ends, view, color, part, project) {
  const { width, height, data } = pixels;
  const box = { left: 0, top: 0, width: width - 1, height: height - 1 };
  for (let i = 0; i + 5 < ends.length; i += 6) {
    const [from, to] = [project(view, ends[i], ends[i + 1], ends[i + 2]), project(view, ends[i + 3], ends[i + 4], ends[i + 5])];
    if (!(from[2] > 0.01 && to[2] > 0.01)) continue;
    const line = cutLine(from, to, box);
    if (!line) continue;
    const [[ax, ay], [bx, by]] = line;
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay))));
    const steep = Math.abs(by - ay) > Math.abs(bx - ax);
    for (let step = 0; step <= steps; step++) {
      const [x, y] = [ax + ((bx - ax) * step) / steps, ay + ((by - ay) * step) / steps];
      const [column, row] = [Math.floor(x), Math.floor(y)];
      const at = row * width + column;
      // Two pixels share each step, by where between them the line runs.
      const second = steep ? x - column : y - row;
      data[at] = mixed(data[at], color, Math.round(part * (1 - second)));
      const beside = steep ? (column + 1 < width ? at + 1 : -1) : (row + 1 < height ? at + width : -1);
      if (beside >= 0) data[beside] = mixed(data[beside], color, Math.round(part * second));
    }
  }
}
