// Linear interpolation between scattered points: over the triangles of their Delaunay triangulation, and nowhere else.

// Moves each point by up to this share of the extent: grids and lines of points, as a search over fixed values makes them, have no one triangulation.
const NUDGE = 1e-6;
// Corners of the triangle that all points lie in: the further out, the less they bend the outline inwards.
const FAR = 1000;

/** FNV-like, so that one set of points is always triangulated alike. */
const noise = (at, axis) => ((Math.imul(at * 2 + axis + 1, 0x9e3779b1) >>> 0) / 2 ** 32 - 0.5) * 2 * NUDGE;

/** Triangles (three indices each) over points in the unit square [Bowyer 1981; Watson 1981]. Points must differ. */
export function triangulate(xs, ys) {
  const count = xs.length;
  const x = [...xs.map((value, at) => value + noise(at, 0)), -FAR, FAR, 0];
  const y = [...ys.map((value, at) => value + noise(at, 1)), -FAR, -FAR, FAR];
  let triangles = [circled(count, count + 1, count + 2, x, y)];
  // From left to right: a triangle whose circle lies wholly to the left is done with.
  const order = Array.from({ length: count }, (_, at) => at).sort((a, b) => x[a] - x[b]);
  const done = [];
  for (const point of order) {
    const edges = new Map();
    const kept = [];
    for (const triangle of triangles) {
      const dx = x[point] - triangle.x;
      if (dx > 0 && dx * dx > triangle.square) {
        done.push(triangle);
        continue;
      }
      if (dx * dx + (y[point] - triangle.y) ** 2 >= triangle.square) {
        kept.push(triangle);
        continue;
      }
      for (const [a, b] of [[triangle.a, triangle.b], [triangle.b, triangle.c], [triangle.c, triangle.a]]) {
        const key = a < b ? a * (count + 3) + b : b * (count + 3) + a;
        // An edge of two triangles that go lies inside the hole.
        if (!edges.delete(key)) edges.set(key, [a, b]);
      }
    }
    for (const [a, b] of edges.values()) kept.push(circled(a, b, point, x, y));
    triangles = kept;
  }
  return [...done, ...triangles].filter(({ a, b, c }) => a < count && b < count && c < count).map(({ a, b, c }) => [a, b, c]);
}

function circled(a, b, c, x, y) {
  const [bx, by, cx, cy] = [x[b] - x[a], y[b] - y[a], x[c] - x[a], y[c] - y[a]];
  const twice = 2 * (bx * cy - by * cx);
  const ux = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / twice;
  const uy = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / twice;
  return { a, b, c, x: x[a] + ux, y: y[a] + uy, square: ux * ux + uy * uy };
}

/**
 * Values on a grid of `size` × `size` cells' corners over the unit square, row by row from the bottom; null outside the points' hull.
 * Points lie in the unit square; several at one place are taken as their mean.
 */
export function interpolate(xs, ys, values, size) {
  const places = new Map();
  for (let at = 0; at < xs.length; at++) {
    const key = `${xs[at]},${ys[at]}`;
    const place = places.get(key) ?? { x: xs[at], y: ys[at], sum: 0, count: 0 };
    place.sum += values[at];
    place.count++;
    places.set(key, place);
  }
  const points = [...places.values()];
  const grid = Array.from({ length: size }, () => new Array(size).fill(null));
  const [x, y] = [points.map((point) => point.x), points.map((point) => point.y)];
  for (const corners of triangulate(x, y)) fill(grid, corners.map((at) => [x[at], y[at], points[at].sum / points[at].count]), size);
  return grid;
}

function fill(grid, [[ax, ay, av], [bx, by, bv], [cx, cy, cv]], size) {
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  // A sliver along a straight row of points: it covers nothing.
  if (Math.abs(area) < 1e-9) return;
  const last = size - 1;
  const first = (...values) => Math.max(0, Math.ceil(Math.min(...values) * last - 1e-9));
  const final = (...values) => Math.min(last, Math.floor(Math.max(...values) * last + 1e-9));
  for (let row = first(ay, by, cy); row <= final(ay, by, cy); row++) {
    for (let col = first(ax, bx, cx); col <= final(ax, bx, cx); col++) {
      const [px, py] = [col / last, row / last];
      const b = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area;
      const c = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area;
      if (b < -1e-9 || c < -1e-9 || b + c > 1 + 1e-9) continue;
      grid[row][col] = av + b * (bv - av) + c * (cv - av);
    }
  }
}
