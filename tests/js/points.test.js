import assert from 'node:assert/strict';
import test from 'node:test';
import { cameraNumbers, cameraOf, fitted, panned, project, turned, unproject, viewOf, zoomed } from '../../wwwroot/js/charts/points/camera.js';
import { Cloud } from '../../wwwroot/js/charts/points/cloud.js';
import { frameOf, placed } from '../../wwwroot/js/charts/points/frame.js';
import { drawingOrder, farthestFirst, GHOST, HIDDEN, SHOWN, strideOf, thinned } from '../../wwwroot/js/charts/points/order.js';
import { inBox, inOutline, nearest, outlineTest } from '../../wwwroot/js/charts/points/pick.js';

const theme = { dark: false, plain: '#010203', none: '#808080' };
const [W, H] = [800, 600];

function cloudOf(coordinates, dims = 2) {
  const cloud = new Cloud();
  cloud.setPoints({ rows: coordinates.length / dims, dims, coordinates: Float32Array.from(coordinates) });
  cloud.arrange(1000);
  cloud.paint(theme);
  return cloud;
}
function numbers(count, seed = 3) {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}
const near = (a, b, tolerance) => assert.ok(a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= tolerance), `${a} is not ${b}`);

test('coordinates come into the box, whatever their size, and NaN is counted', () => {
  const frame = frameOf([-3e38, 0, 3e38, 1, NaN, 1, Infinity, 0], 2, 4);
  assert.equal(frame.missing, 2);
  const places = placed([-3e38, 0, 3e38, 1, NaN, 1, Infinity, 0], 2, 4, frame);
  near([...places.subarray(0, 4)], [-1, 0, 1, 0], 1e-6);
  assert.ok(places.subarray(4).every(Number.isNaN));
});

test('one point, points that are all equal, and none have a frame', () => {
  assert.equal(frameOf([5, 5, 5, 5], 2, 2).scale, 1);
  assert.deepEqual(frameOf([7, 8], 2, 1).centre, [7, 8]);
  assert.equal(frameOf([NaN, NaN, NaN], 3, 1).missing, 1);
  const lone = cloudOf([5, 5]);
  assert.deepEqual(project(viewOf(fitted(lone.bounds(), 2, W, H), W, H), ...lone.placeOf(0)).slice(0, 2), [400, 300]);
  assert.equal(fitted(lone.bounds(), 2, W, H).zoom, 1);
});

test('a fitted camera shows everything, wide or tall, in both dimensions', () => {
  for (const [width, height] of [[1000, 300], [300, 1000]]) {
    for (const dims of [2, 3]) {
      const cloud = cloudOf(numbers(90 * dims).map((value, i) => value * (i % dims === 0 ? 8 : 1)), dims);
      const view = viewOf(fitted(cloud.bounds(), dims, width, height), width, height);
      for (let row = 0; row < cloud.rows; row++) {
        const [x, y, w] = project(view, ...cloud.placeOf(row));
        assert.ok(w > 0 && x >= 0 && y >= 0 && x <= width && y <= height, `${dims}-D row ${row} at ${x}, ${y}`);
      }
    }
  }
});

test('what is under the pointer stays there while zooming, and follows it while moving', () => {
  for (const camera of [{ dims: 2, x: 0.2, y: -0.1, zoom: 3 }, { dims: 3, yaw: 30, pitch: 20, distance: 3, x: 0.1, y: 0, z: 0 }]) {
    const place = unproject(viewOf(camera, W, H), 123, 456);
    near(project(viewOf(zoomed(camera, W, H, 1.7, 123, 456), W, H), ...place).slice(0, 2), [123, 456], 1e-6);
    near(project(viewOf(panned(camera, W, H, 40, -25), W, H), ...place).slice(0, 2), [163, 431], 1e-6);
  }
});

test('a camera goes into an address and back', () => {
  for (const camera of [{ dims: 2, x: 0.123456789, y: -0.5, zoom: 54321 }, { dims: 3, yaw: -170.25, pitch: 80, distance: 2.5, x: 0.1, y: 0.2, z: -0.3 }]) {
    const back = cameraOf(cameraNumbers(camera), camera.dims);
    const place = [camera.x, camera.y, camera.z ?? 0];
    near(project(viewOf(back, W, H), ...place).slice(0, 2), [400, 300], 1);
  }
  assert.equal(cameraOf([1, 2], 2), null);
  assert.equal(cameraOf([1, 2, NaN], 2), null);
  assert.equal(cameraOf([1, 2, 3], 3), null);
  assert.equal(cameraOf(null, 2), null);
  assert.equal(cameraOf([0, 0, 1e99], 2).zoom, 1e6);
  assert.equal(turned({ dims: 3, yaw: 170, pitch: 85, distance: 3, x: 0, y: 0, z: 0 }, 20, 20).pitch, 90);
});

test('every shown row is drawn once, ghosts below, small classes on top', () => {
  const states = Uint8Array.from({ length: 1000 }, (_, row) => (row % 10 === 0 ? HIDDEN : row % 10 === 1 ? GHOST : SHOWN));
  const codes = Int32Array.from({ length: 1000 }, (_, row) => (row === 505 ? 2 : row === 606 ? -1 : row % 2));
  const order = [...drawingOrder(states, codes)];
  assert.deepEqual([...order].sort((a, b) => a - b), [...states.keys()].filter((row) => states[row] !== HIDDEN));
  assert.ok(order.slice(0, 100).every((row) => states[row] === GHOST));
  assert.equal(order.at(-1), 505);
  // Mixed: no class is drawn over another.
  const first = order.slice(100, 500).filter((row) => codes[row] === 0).length;
  assert.ok(first > 150 && first < 250, `${first} of 400`);
});

test('the walk visits every row of any table, and a part of it is spread over the whole', () => {
  for (const rows of [1, 2, 3, 10, 97, 1000, 65536]) {
    const step = strideOf(rows);
    const seen = new Uint8Array(rows);
    for (let i = 0, row = 0; i < rows; i++, row = (row + step) % rows) seen[row]++;
    assert.ok(seen.every((times) => times === 1), `${rows} rows`);
  }
  const part = thinned(drawingOrder(new Uint8Array(10000).fill(SHOWN), null), 100);
  assert.equal(new Set([...part].map((row) => Math.floor(row / 1000))).size, 10);
});

test('in three dimensions the farthest comes first', () => {
  const cloud = cloudOf(numbers(3000), 3);
  const { back } = viewOf({ dims: 3, yaw: 40, pitch: 30, distance: 3, x: 0, y: 0, z: 0 }, W, H);
  const depths = [...farthestFirst(cloud.order, cloud.positions, back)].map((row) => cloud.placeOf(row).reduce((sum, value, axis) => sum + value * back[axis], 0));
  // As far as the width of a bucket goes.
  assert.ok(depths.every((depth, i) => i === 0 || depth >= depths[i - 1] - 0.001));
  assert.equal(depths.length, 1000);
});

for (const dims of [2, 3]) {
  test(`${dims} dimensions: the point under a pixel is found, a hidden one is not`, () => {
    const cloud = cloudOf(numbers(500 * dims), dims);
    const view = viewOf(fitted(cloud.bounds(), dims, W, H), W, H);
    for (const row of [0, 17, 499]) {
      const [x, y] = project(view, ...cloud.placeOf(row));
      assert.equal(nearest(cloud, view, x, y, 0.01, 6), row);
    }
    const mask = new Uint8Array(500).fill(1);
    mask[17] = 0;
    cloud.setMask(mask, false);
    cloud.arrange(1000);
    assert.notEqual(nearest(cloud, view, ...project(view, ...cloud.placeOf(17)).slice(0, 2), 0.01, 6), 17);
    assert.equal(nearest(cloud, view, -500, -500, 2, 6), -1);
  });

  test(`${dims} dimensions: a box and a lasso hold what every point's own place says`, () => {
    const cloud = cloudOf(numbers(800 * dims), dims);
    const view = viewOf(fitted(cloud.bounds(), dims, W, H), W, H);
    const box = { left: 300, top: 200, right: 500, bottom: 420 };
    const places = Array.from({ length: 800 }, (_, row) => project(view, ...cloud.placeOf(row)));
    const expected = [...places.keys()].filter((row) => places[row][0] >= 300 && places[row][0] <= 500 && places[row][1] >= 200 && places[row][1] <= 420);
    assert.deepEqual([...inBox(cloud, view, box)], expected);
    assert.deepEqual([...inOutline(cloud, view, [300, 200, 500, 200, 500, 420, 300, 420])], expected);
    assert.ok(expected.length > 20);
  });
}

test('of points that cover the pointer in three dimensions the foremost is meant', () => {
  const cloud = cloudOf([0, 0, -1, 0, 0, 1, 1, 1, 0, -1, -1, 0], 3);
  const view = viewOf({ dims: 3, yaw: 0, pitch: 90, distance: 5, x: 0, y: 0, z: 0 }, W, H);
  const [x, y] = project(view, ...cloud.placeOf(0));
  assert.equal(nearest(cloud, view, x, y, 4, 8), 1);
});

test('an outline that crosses itself leaves out what it encloses twice; two corners enclose nothing', () => {
  const { contains } = outlineTest([0, 0, 10, 0, 10, 10, 0, 10, 0, 0, 3, 3, 7, 3, 7, 7, 3, 7, 3, 3]);
  assert.ok(contains(1, 1) && contains(8.5, 5) && !contains(5, 5) && !contains(11, 5) && !contains(5, -2));
  assert.equal(inOutline(cloudOf([0, 0]), viewOf({ dims: 2, x: 0, y: 0, zoom: 1 }, W, H), [0, 0, 1, 1]).length, 0);
});

test('new places for the same rows keep filter, colours and selection; other rows start afresh', () => {
  const cloud = cloudOf([0, 0, 1, 1, 2, 2]);
  cloud.setMask(Uint8Array.of(1, 0, 1), false);
  cloud.setSelected([0, 1, 9]);
  cloud.setLinks(Float32Array.of(0, 0, 2, 2));
  assert.equal(cloud.setPoints({ rows: 3, dims: 2, coordinates: Float32Array.of(4, 0, 5, 5, 6, NaN) }), true);
  cloud.arrange(1000);
  assert.deepEqual([...cloud.states], [SHOWN, HIDDEN, HIDDEN]);
  assert.deepEqual([...cloud.selectedShown()], [0]);
  assert.equal(cloud.links.length, 6);
  assert.equal(cloud.before.length, 6);
  assert.equal(cloud.setPoints({ rows: 2, dims: 2, coordinates: Float32Array.of(4, 0, 5, 5) }), false);
  cloud.arrange(1000);
  assert.deepEqual([cloud.shown, cloud.selected.length, cloud.links.length], [2, 0, 0]);
});

test('pictures in one frame stand on one scale', () => {
  const cloud = cloudOf([0, 0, 2, 2]);
  const other = new Cloud();
  other.setPoints({ rows: 1, dims: 2, coordinates: Float32Array.of(2, 2), frame: cloud.frame });
  near(other.placeOf(0), cloud.placeOf(1), 1e-6);
});

test('arrays that are too short are named', () => {
  const cloud = cloudOf([0, 0, 1, 1]);
  assert.throws(() => cloud.setPoints({ rows: 3, dims: 2, coordinates: new Float32Array(4) }), /coordinates: 3 rows of 2 need 6 numbers, there are 4/);
  assert.throws(() => cloud.setMask(new Uint8Array(1), false), /mask: 2 rows, and 1 entries/);
  assert.throws(() => cloud.setSpec({ codes: new Uint8Array(1), palette: [] }), /codes: 2 rows/);
});
