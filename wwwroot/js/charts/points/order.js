// In which order points are drawn: what is drawn later lies on top. Pure functions.

/** What a row is in the picture. */
export const HIDDEN = 0;
export const SHOWN = 1;
export const GHOST = 2;

// A class with less than this part of an even share would vanish under the others.
const SMALL = 0.25;
const GOLDEN = 0.6180339887498949;
const BUCKETS = 8192;

const common = (a, b) => (b === 0 ? a : common(b, a % b));

/** A step that visits every row once, neighbours of the table far apart: any first part of the walk is spread over the whole table. */
export function strideOf(rows) {
  let step = Math.max(1, Math.round(rows * GOLDEN));
  while (common(step, rows) !== 1) step++;
  return step;
}

/**
 * Rows to be drawn, first to last: ghosts, then the shown ones well mixed, so that no class covers another, then the classes that are small, the smallest on top.
 * @param states HIDDEN, SHOWN or GHOST by row
 * @param codes class by row (below zero: none), or null
 */
export function drawingOrder(states, codes, into = new Uint32Array(states.length)) {
  const rows = states.length;
  const slots = codes ? slotsOf(states, codes) : null;
  const starts = new Uint32Array((slots?.count ?? 2) + 1);
  const slotAt = (row) => (states[row] === GHOST ? 0 : slots && codes[row] >= 0 ? slots.of[codes[row]] : 1);
  for (let row = 0; row < rows; row++) if (states[row] !== HIDDEN) starts[slotAt(row) + 1]++;
  for (let slot = 1; slot < starts.length; slot++) starts[slot] += starts[slot - 1];
  const total = starts[starts.length - 1];
  const step = strideOf(rows);
  for (let i = 0, row = 0; i < rows; i++) {
    if (states[row] !== HIDDEN) into[starts[slotAt(row)]++] = row;
    row += step;
    if (row >= rows) row -= rows;
  }
  return into.subarray(0, total);
}

/** Slot of each class: 1 for all that are large enough, a slot of its own from 2 on for each small one, the smallest last. */
function slotsOf(states, codes) {
  let most = -1;
  for (let row = 0; row < codes.length; row++) if (codes[row] > most) most = codes[row];
  const counts = new Uint32Array(most + 1);
  let shown = 0;
  for (let row = 0; row < codes.length; row++) {
    if (states[row] !== SHOWN || codes[row] < 0) continue;
    counts[codes[row]]++;
    shown++;
  }
  const used = counts.reduce((sum, count) => sum + (count > 0), 0);
  const of = new Uint32Array(most + 1).fill(1);
  const small = [...counts.keys()].filter((code) => counts[code] > 0 && counts[code] * used < shown * SMALL).sort((a, b) => counts[b] - counts[a]);
  small.forEach((code, at) => { of[code] = at + 2; });
  return { of, count: small.length + 2 };
}

/** At most `limit` of the rows, evenly out of the whole order. */
export function thinned(order, limit) {
  if (order.length <= limit) return order;
  const gap = order.length / limit;
  const some = new Uint32Array(limit);
  for (let i = 0; i < limit; i++) some[i] = order[Math.floor(i * gap)];
  return some;
}

/** The same rows, the farthest from the eye first. Equal to a bucket's width; `back`: the direction towards the eye. */
export function farthestFirst(order, positions, [bx, by, bz], into = new Uint32Array(order.length)) {
  const count = order.length;
  const places = new Uint16Array(count);
  const starts = new Uint32Array(BUCKETS + 1);
  // No place is farther from the middle than the corner of the box.
  const [low, unit] = [-Math.sqrt(3), (BUCKETS - 1) / (2 * Math.sqrt(3))];
  for (let i = 0; i < count; i++) {
    const at = order[i] * 3;
    const depth = positions[at] * bx + positions[at + 1] * by + positions[at + 2] * bz;
    const bucket = Math.min(BUCKETS - 1, Math.max(0, (depth - low) * unit)) | 0;
    places[i] = bucket;
    starts[bucket + 1]++;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket++) starts[bucket] += starts[bucket - 1];
  for (let i = 0; i < count; i++) into[starts[places[i]]++] = order[i];
  return into.subarray(0, count);
}
