// Brings coordinates of any size into a box from −1 to 1, the same scale on each axis, so that single precision is enough for drawing them. Pure functions.

/** The least and the most of each axis over the rows that can be drawn. A row with a NaN or an infinity in it cannot. */
function extent(coordinates, dims, rows) {
  const low = new Array(dims).fill(Infinity);
  const high = new Array(dims).fill(-Infinity);
  let missing = 0;
  for (let row = 0, at = 0; row < rows; row++, at += dims) {
    if (!finite(coordinates, at, dims)) {
      missing++;
      continue;
    }
    for (let axis = 0; axis < dims; axis++) {
      const value = coordinates[at + axis];
      if (value < low[axis]) low[axis] = value;
      if (value > high[axis]) high[axis] = value;
    }
  }
  return { low, high, missing };
}

const finite = (coordinates, at, dims) => Number.isFinite(coordinates[at]) && Number.isFinite(coordinates[at + 1]) && (dims === 2 || Number.isFinite(coordinates[at + 2]));

/**
 * Where coordinates lie: `{ dims, centre, scale, half, missing }`. A coordinate c stands at (c − centre) ÷ scale; `half` is half the width of each axis after that, 1 for the widest.
 * Points that are all equal, or none at all, have the scale 1.
 */
export function frameOf(coordinates, dims, rows) {
  const { low, high, missing } = extent(coordinates, dims, rows);
  if (missing === rows) return { dims, centre: new Array(dims).fill(0), scale: 1, half: new Array(dims).fill(0), missing };
  // Halved before they are added: two of the largest numbers have no sum.
  const centre = low.map((value, axis) => value / 2 + high[axis] / 2);
  const widths = low.map((value, axis) => high[axis] / 2 - value / 2);
  const scale = Math.max(...widths) || 1;
  return { dims, centre, scale, half: widths.map((width) => width / scale), missing };
}

/** Coordinates within a frame, NaN for those that cannot be drawn. Answers the target. */
export function placed(coordinates, dims, rows, { centre, scale }, into = new Float32Array(rows * dims)) {
  const [cx, cy, cz = 0] = centre;
  for (let row = 0, at = 0; row < rows; row++, at += dims) {
    if (!finite(coordinates, at, dims)) {
      into.fill(NaN, at, at + dims);
      continue;
    }
    into[at] = (coordinates[at] - cx) / scale;
    into[at + 1] = (coordinates[at + 1] - cy) / scale;
    if (dims === 3) into[at + 2] = (coordinates[at + 2] - cz) / scale;
  }
  return into;
}

/** The box around chosen rows of placed coordinates: `{ centre: [x, y, z], half: [x, y, z], rows }`, rows without a place left out. `chosen(row)`: which. */
export function boundsOf(positions, dims, rows, chosen) {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  let found = 0;
  for (let row = 0, at = 0; row < rows; row++, at += dims) {
    if (!chosen(row) || Number.isNaN(positions[at])) continue;
    found++;
    for (let axis = 0; axis < dims; axis++) {
      low[axis] = Math.min(low[axis], positions[at + axis]);
      high[axis] = Math.max(high[axis], positions[at + axis]);
    }
  }
  if (dims === 2 || found === 0) [low[2], high[2]] = [0, 0];
  if (found === 0) [low[0], high[0], low[1], high[1]] = [0, 0, 0, 0];
  return { centre: low.map((value, axis) => (value + high[axis]) / 2), half: low.map((value, axis) => (high[axis] - value) / 2), rows: found };
}
