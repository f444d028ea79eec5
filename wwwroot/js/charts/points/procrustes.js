// Lays one picture over another: turned, mirrored, scaled and moved so that the same rows lie as near to each other as they can. Neighbour maps mean nothing by their direction or size, so this is what makes two of them comparable.
// Pure functions.

/**
 * The similarity that takes `from` to `to` with the least sum of squared distances over the pairs of rows (Schönemann 1966, with scale and reflections).
 * Pairs with a NaN or an infinity count for nothing.
 * @param from, to coordinates, rows × dims, of the same dims (2 or 3)
 * @param pairs `[Uint32Array, Uint32Array]` rows of `from` and of `to` that belong together; null: row by row
 * @returns `{ dims, rotation: dims × dims numbers, row after row, scale, shift, mirrored, error, pairs }`: y = scale · rotation · x + shift. `error`: root of the mean squared distance that is left, in units of `to`.
 * Fewer than two different places on either side leave direction and size as they are.
 */
export function align(from, to, dims, pairs = null) {
  const count = pairs ? Math.min(pairs[0].length, pairs[1].length) : Math.floor(Math.min(from.length, to.length) / dims);
  const at = (i) => [(pairs ? pairs[0][i] : i) * dims, (pairs ? pairs[1][i] : i) * dims];
  // Sums are divided on the way: the squares of the largest numbers have none.
  const unit = [largest(from), largest(to)];
  const means = [new Float64Array(dims), new Float64Array(dims)];
  const used = [];
  for (let i = 0; i < count; i++) {
    const [a, b] = at(i);
    if (!finite(from, a, dims) || !finite(to, b, dims)) continue;
    used.push(i);
    for (let axis = 0; axis < dims; axis++) {
      means[0][axis] += from[a + axis] / unit[0];
      means[1][axis] += to[b + axis] / unit[1];
    }
  }
  const n = used.length;
  if (n === 0) return { dims, rotation: identity(dims), scale: 1, shift: new Array(dims).fill(0), mirrored: false, error: NaN, pairs: 0 };
  for (const mean of means) for (let axis = 0; axis < dims; axis++) mean[axis] /= n;
  const cross = Array.from({ length: dims }, () => new Array(dims).fill(0));
  const spread = [0, 0];
  for (const i of used) {
    const [a, b] = at(i);
    for (let row = 0; row < dims; row++) {
      const y = to[b + row] / unit[1] - means[1][row];
      const x = from[a + row] / unit[0] - means[0][row];
      spread[0] += x * x;
      spread[1] += y * y;
      for (let column = 0; column < dims; column++) cross[row][column] += y * (from[a + column] / unit[0] - means[0][column]);
    }
  }
  const flat = !(spread[0] > n * 1e-24 && spread[1] > n * 1e-24);
  const { rotation, sum } = flat ? { rotation: identity(dims), sum: spread[0] } : nearestRotation(cross, dims);
  const within = flat ? 1 : sum / spread[0];
  const scale = flat ? 1 : (within * unit[1]) / unit[0];
  const shift = Array.from({ length: dims }, (_, row) => means[1][row] * unit[1] - scale * unit[0] * means[0].reduce((total, mean, column) => total + rotation[row * dims + column] * mean, 0));
  const left = flat ? spread[0] + spread[1] : Math.max(0, spread[1] - within * sum);
  return { dims, rotation, scale, shift, mirrored: determinant(rotation, dims) < 0, error: unit[1] * Math.sqrt(left / n), pairs: n };
}

/** Coordinates taken through an alignment. */
export function aligned(coordinates, { dims, rotation, scale, shift }, into = new Float32Array(coordinates.length)) {
  for (let at = 0; at + dims <= coordinates.length; at += dims) {
    for (let row = 0; row < dims; row++) {
      let sum = 0;
      for (let column = 0; column < dims; column++) sum += rotation[row * dims + column] * coordinates[at + column];
      into[at + row] = scale * sum + shift[row];
    }
  }
  return into;
}

/** How far each pair lies apart after an alignment, in units of `to`; NaN where one has no place. */
export function distances(moved, to, dims, pairs = null) {
  const count = pairs ? Math.min(pairs[0].length, pairs[1].length) : Math.floor(Math.min(moved.length, to.length) / dims);
  return Float32Array.from({ length: count }, (_, i) => {
    const [a, b] = [(pairs ? pairs[0][i] : i) * dims, (pairs ? pairs[1][i] : i) * dims];
    return dims === 2 ? Math.hypot(moved[a] - to[b], moved[a + 1] - to[b + 1]) : Math.hypot(moved[a] - to[b], moved[a + 1] - to[b + 1], moved[a + 2] - to[b + 2]);
  });
}

const identity = (dims) => Array.from({ length: dims * dims }, (_, i) => (i % (dims + 1) === 0 ? 1 : 0));
const finite = (values, at, dims) => Number.isFinite(values[at]) && Number.isFinite(values[at + 1]) && (dims === 2 || Number.isFinite(values[at + 2]));

function largest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > most && size < Infinity) most = size;
  }
  return most || 1;
}

const determinant = (m, dims) => (dims === 2 ? m[0] * m[3] - m[1] * m[2]
  : m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]));

/** U·Vᵀ of the singular value decomposition U·S·Vᵀ, and the sum of S: one-sided Jacobi, which turns columns until they stand upright on each other. */
function nearestRotation(matrix, dims) {
  const columns = Array.from({ length: dims }, (_, column) => matrix.map((row) => row[column]));
  const v = Array.from({ length: dims }, (_, column) => Array.from({ length: dims }, (_, row) => (row === column ? 1 : 0)));
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  for (let sweep = 0; sweep < 40; sweep++) {
    let turned = false;
    for (let p = 0; p < dims; p++) {
      for (let q = p + 1; q < dims; q++) {
        const [a, b, c] = [dot(columns[p], columns[p]), dot(columns[q], columns[q]), dot(columns[p], columns[q])];
        if (Math.abs(c) <= 1e-15 * Math.sqrt(a * b)) continue;
        turned = true;
        const zeta = (b - a) / (2 * c);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        const sine = cosine * tangent;
        for (const set of [columns, v]) {
          for (let i = 0; i < dims; i++) {
            const [x, y] = [set[p][i], set[q][i]];
            set[p][i] = cosine * x - sine * y;
            set[q][i] = sine * x + cosine * y;
          }
        }
      }
    }
    if (!turned) break;
  }
  const sizes = columns.map((column) => Math.hypot(...column));
  const u = complete(columns, sizes, Math.max(...sizes) * 1e-12);
  const rotation = identity(dims).map((_, at) => u.reduce((sum, column, i) => sum + column[Math.floor(at / dims)] * v[i][at % dims], 0));
  return { rotation, sum: sizes.reduce((total, size) => total + size, 0) };
}

/** Columns of length one, upright on each other; where all points lie on a line or a plane, the directions that they say nothing about are made up. */
function complete(columns, sizes, least) {
  const done = columns.map((column, i) => (sizes[i] > least ? column.map((value) => value / sizes[i]) : null));
  for (let i = 0; i < done.length; i++) {
    if (done[i]) continue;
    let best = null;
    for (let axis = 0; axis < done.length; axis++) {
      const candidate = done.map((_, row) => (row === axis ? 1 : 0));
      for (const other of done.filter(Boolean)) {
        const along = candidate.reduce((sum, value, row) => sum + value * other[row], 0);
        other.forEach((value, row) => { candidate[row] -= along * value; });
      }
      const size = Math.hypot(...candidate);
      if (!best || size > best.size) best = { size, candidate };
    }
    done[i] = best.candidate.map((value) => value / best.size);
  }
  return done;
}
