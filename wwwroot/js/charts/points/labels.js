// Labels that leave each other room. Pure, but for the measuring that is handed in.

const CELL = 48;
const GAP = 3;

/**
 * Places as many as fit, the first the most important.
 * @param candidates `[{ x, y, text, size, offset }]`: `offset` 0 writes over the place, else beside it, so far away
 * @param measure `(text, size) → width`
 * @param taken rectangles `{ left, top, right, bottom }` to keep free
 * @returns the candidates that fit with `left`, `top`, `right`, `bottom` of their text
 */
export function placeLabels(candidates, measure, { width, height }, most = 200, taken = []) {
  const cells = new Map();
  const keysOf = (rect) => {
    const keys = [];
    for (let row = Math.floor(rect.top / CELL); row <= Math.floor(rect.bottom / CELL); row++) for (let column = Math.floor(rect.left / CELL); column <= Math.floor(rect.right / CELL); column++) keys.push(row * 4096 + column);
    return keys;
  };
  const free = (rect) => rect.left >= 0 && rect.top >= 0 && rect.right <= width && rect.bottom <= height
    && keysOf(rect).every((key) => (cells.get(key) ?? []).every((other) => rect.right + GAP <= other.left || rect.left >= other.right + GAP || rect.bottom + 1 <= other.top || rect.top >= other.bottom + 1));
  const take = (rect) => keysOf(rect).forEach((key) => cells.get(key)?.push(rect) ?? cells.set(key, [rect]));
  taken.forEach(take);
  const placed = [];
  for (const candidate of candidates) {
    if (placed.length >= most) break;
    if (!candidate.text || candidate.x < 0 || candidate.y < 0 || candidate.x > width || candidate.y > height) continue;
    const [wide, tall] = [measure(candidate.text, candidate.size), candidate.size * 1.2];
    const rect = places(candidate, wide, tall).find(free);
    if (!rect) continue;
    take(rect);
    placed.push({ ...candidate, ...rect });
  }
  return placed;
}

function places({ x, y, offset }, wide, tall) {
  const at = (left, top) => ({ left, top, right: left + wide, bottom: top + tall });
  if (offset > 0) return [at(x + offset, y - tall / 2), at(x - offset - wide, y - tall / 2), at(x - wide / 2, y - offset - tall), at(x - wide / 2, y + offset)];
  return [0, -1, 1, -2, 2].map((lines) => at(x - wide / 2, y - tall / 2 + lines * (tall + 2)));
}

/**
 * Where each class is densest among its shown rows, in the frame: a label there stands on the class, also where the class has two parts or bends around another.
 * @returns `[{ code, rows, place: [x, y, z] }]`, the largest class first
 */
export function classPlaces({ positions, dims, rows, states }, codes, classes, shown) {
  const side = dims === 2 ? 24 : 9;
  const cells = side ** dims;
  const counts = new Uint32Array(classes * cells);
  const cellOf = (at) => {
    let cell = 0;
    for (let axis = 0; axis < dims; axis++) cell = cell * side + Math.min(side - 1, Math.max(0, Math.floor(((positions[at + axis] + 1) / 2) * side)));
    return cell;
  };
  const totals = new Uint32Array(classes);
  for (let row = 0; row < rows; row++) {
    const code = codes[row];
    if (states[row] !== shown || !(code >= 0 && code < classes)) continue;
    totals[code]++;
    counts[code * cells + cellOf(row * dims)]++;
  }
  const best = new Int32Array(classes).fill(-1);
  for (let code = 0; code < classes; code++) for (let cell = 0; cell < cells; cell++) if (counts[code * cells + cell] > (best[code] < 0 ? 0 : counts[code * cells + best[code]])) best[code] = cell;
  const sums = new Float64Array(classes * 4);
  for (let row = 0; row < rows; row++) {
    const code = codes[row];
    if (states[row] !== shown || !(code >= 0 && code < classes) || cellOf(row * dims) !== best[code]) continue;
    sums[code * 4 + 3]++;
    for (let axis = 0; axis < dims; axis++) sums[code * 4 + axis] += positions[row * dims + axis];
  }
  return Array.from({ length: classes }, (_, code) => ({ code, rows: totals[code], place: [0, 1, 2].map((axis) => sums[code * 4 + axis] / Math.max(1, sums[code * 4 + 3])) }))
    .filter((one) => one.rows > 0)
    .sort((a, b) => b.rows - a.rows);
}
