// Which vectors of two pictures are the same, and how far they moved. Pure.

import { KEPT } from './columns.js';

const NONE = -1;

/**
 * The row of the second picture for each row of the first, −1 where it has none: `{ map: Int32Array, linked, doubled }`.
 * @param name of a column that both have, whose texts say which is which; null: by their places @param a, b `{ rows, columns }`
 */
export function linkRows(a, b, name = null) {
  const map = new Int32Array(a.rows).fill(NONE);
  if (name === null) {
    const linked = Math.min(a.rows, b.rows);
    for (let i = 0; i < linked; i++) map[i] = i;
    return { map, linked, doubled: 0 };
  }
  const [first, second] = [a, b].map(({ columns }) => columns.find((one) => one.name === name));
  const rowOf = new Map();
  let doubled = 0;
  for (let i = 0; i < b.rows; i++) {
    const text = second.text(i);
    if (text === '') continue;
    if (rowOf.has(text)) doubled++;
    else rowOf.set(text, i);
  }
  let linked = 0;
  for (let i = 0; i < a.rows; i++) {
    const row = rowOf.get(first.text(i));
    if (row === undefined) continue;
    map[i] = row;
    linked++;
  }
  return { map, linked, doubled };
}

/** The same the other way round. */
export function inverse(map, rows) {
  const back = new Int32Array(rows).fill(NONE);
  for (let i = map.length - 1; i >= 0; i--) if (map[i] >= 0) back[map[i]] = i;
  return back;
}

// A column that tells fewer than this share of the vectors apart is no id.
const DISTINCT = 0.95;

/** Columns by which vectors may be linked: both have them, and they tell nearly all vectors apart. */
export function idColumns(a, b) {
  const tells = (column, rows) => {
    if (!column.isNumber) return column.categories.length >= DISTINCT * rows;
    return new Set(column.values).size >= DISTINCT * rows;
  };
  return a.columns.filter((one) => one.name !== KEPT && tells(one, a.rows) && b.columns.some((other) => other.name === one.name && tells(other, b.rows))).map(({ name }) => name);
}

/** The rows that belong together: `[of the first, of the second]`. */
export function linkedPairs(map) {
  const first = [];
  for (let i = 0; i < map.length; i++) if (map[i] >= 0) first.push(i);
  return [Uint32Array.from(first), Uint32Array.from(first, (row) => map[row])];
}

/** How far each linked vector moved from one picture to the other, in parts of the first one's extent: `Float32Array`, NaN where it is not linked. */
export function movements(a, b, map) {
  const dims = Math.min(a.dims, b.dims);
  const extent = extentOf(a) || 1;
  const moved = new Float32Array(map.length).fill(NaN);
  for (let i = 0; i < map.length; i++) {
    if (map[i] < 0) continue;
    let sum = 0;
    for (let d = 0; d < dims; d++) sum += (a.coordinates[i * a.dims + d] - b.coordinates[map[i] * b.dims + d]) ** 2;
    moved[i] = Math.sqrt(sum) / extent;
  }
  return moved;
}

/** The longest side of what a picture covers. */
export function extentOf({ coordinates, dims }) {
  let extent = 0;
  for (let d = 0; d < dims; d++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = d; i < coordinates.length; i += dims) {
      const value = coordinates[i];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high > low) extent = Math.max(extent, high - low);
  }
  return extent;
}

/** The rows that moved most, the farthest first. */
export function mostMoved(moved, count, mask = null) {
  const rows = [];
  for (let i = 0; i < moved.length; i++) if (!Number.isNaN(moved[i]) && (mask === null || mask[i] === 1)) rows.push(i);
  return rows.sort((i, j) => moved[j] - moved[i] || i - j).slice(0, count);
}
