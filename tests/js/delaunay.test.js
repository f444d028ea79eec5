import assert from 'node:assert/strict';
import test from 'node:test';
import { interpolate, triangulate } from '../../wwwroot/js/analysis/delaunay.js';

// A small generator of its own, so that the points are the same everywhere.
function points(count, seed = 1) {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return { x: Array.from({ length: count }, next), y: Array.from({ length: count }, next) };
}

const area = (x, y, [a, b, c]) => Math.abs((x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a])) / 2;

test('triangles of a square and its middle cover it once', () => {
  const [x, y] = [[0, 1, 1, 0, 0.5], [0, 0, 1, 1, 0.5]];
  const triangles = triangulate(x, y);
  assert.equal(triangles.length, 4);
  assert.ok(Math.abs(triangles.reduce((sum, one) => sum + area(x, y, one), 0) - 1) < 1e-12);
});

test('no point lies inside the circle of a triangle', () => {
  const { x, y } = points(60);
  for (const [a, b, c] of triangulate(x, y)) {
    for (let p = 0; p < x.length; p++) {
      if ([a, b, c].includes(p)) continue;
      const row = (at) => [x[at] - x[p], y[at] - y[p], (x[at] - x[p]) ** 2 + (y[at] - y[p]) ** 2];
      const [[m, n, o], [q, r, s], [t, u, v]] = [row(a), row(b), row(c)];
      const inside = (m * (r * v - s * u) - n * (q * v - s * t) + o * (q * u - r * t)) * Math.sign((x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]));
      // Points are moved by 1e-6 before they are triangulated.
      assert.ok(inside < 1e-5, `${p} lies in the circle of ${[a, b, c]}`);
    }
  }
});

test('a plane is given back exactly inside the hull, and nothing outside', () => {
  const { x, y } = points(40, 5);
  const grid = interpolate(x, y, x.map((one, at) => 3 + 2 * one - y[at]), 21);
  let inside = 0;
  grid.forEach((row, r) => row.forEach((value, c) => {
    if (value === null) return;
    inside++;
    assert.ok(Math.abs(value - (3 + 2 * (c / 20) - r / 20)) < 1e-9);
  }));
  assert.ok(inside > 200 && inside < 441);
  assert.equal(grid[0][0], null);
});

test('a grid of points, as a search over fixed values makes it, is covered whole', () => {
  const [x, y] = [[], []];
  for (let i = 0; i <= 4; i++) for (let j = 0; j <= 3; j++) { x.push(i / 4); y.push(j / 3); }
  const grid = interpolate(x, y, x.map((one, at) => one + y[at]), 13);
  assert.ok(grid.flat().every((value) => value !== null));
});

test('points on one line span nothing, and several at one place count as their mean', () => {
  assert.ok(interpolate([0, 0.5, 1], [0, 0.5, 1], [1, 2, 3], 9).flat().every((value) => value === null));
  const grid = interpolate([0, 0, 1, 0], [0, 0, 0, 1], [1, 3, 0, 0], 5);
  assert.equal(grid[0][0], 2);
});
