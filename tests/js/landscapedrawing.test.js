import assert from 'node:assert/strict';
import test from 'node:test';
import { heightTicks, levelsOf, quantile, range, scaleOf } from '../../wwwroot/js/charts/landscape/levels.js';
import { isolines, regions } from '../../wwwroot/js/charts/landscape/marching.js';
import { boxPlaces, cutLine, farthestFirst, projection, within } from '../../wwwroot/js/charts/landscape/projection.js';
import { fromOklab, RAMPS, tone, tones } from '../../wwwroot/js/charts/landscape/ramp.js';
import { legendRows } from '../../wwwroot/js/charts/landscape/line.js';
import { paint as paintContour } from '../../wwwroot/js/charts/landscape/contour.js';
import { SvgContext } from '../../wwwroot/js/charts/svgcontext.js';

const sampled = (size, height) => ({ width: size, height: size, heights: Float64Array.from({ length: size * size }, (_, at) => height(at % size, Math.floor(at / size))) });
const areaOf = (outline) => Math.abs(outline.reduce((sum, [x, y], i) => sum + x * outline[(i + 1) % outline.length][1] - outline[(i + 1) % outline.length][0] * y, 0)) / 2;

test('a plane has straight lines from edge to edge', () => {
  const lines = isolines(sampled(5, (i) => i), 1.25);
  assert.equal(lines.length, 1);
  assert.equal(lines[0].length, 5);
  for (const [x] of lines[0]) assert.equal(x, 1.25);
});

test('a bowl has one closed line, near the circle that it is', () => {
  const lines = isolines(sampled(41, (i, j) => Math.hypot(i - 20, j - 20)), 12);
  assert.equal(lines.length, 1);
  assert.deepEqual(lines[0][0], lines[0].at(-1));
  // Linear between points one apart: the circle is met to an eighth of its curvature.
  for (const [x, y] of lines[0]) assert.ok(Math.abs(Math.hypot(x - 20, y - 20) - 12) < 0.02);
});

test('a saddle within a cell joins what its middle says', () => {
  const cell = (heights) => ({ width: 2, height: 2, heights: Float64Array.from(heights) });
  const outlines = (grid) => { const all = []; regions(grid, 0.5, (outline) => all.push(outline)); return all; };
  assert.deepEqual(outlines(cell([1, 0, 0, 1])).map((outline) => outline.length), [6]);
  assert.deepEqual(outlines(cell([0.8, 0, 0, 0.8])).map((outline) => outline.length), [3, 3]);
  assert.equal(isolines(cell([1, 0, 0, 1]), 0.5).length, 2);
});

test('nothing is drawn over a hole', () => {
  const grid = sampled(4, (i, j) => (i === 0 && j === 0 ? NaN : i));
  assert.ok(isolines(grid, 0.5).flat().every(([x, y]) => x >= 1 || y >= 1));
  let covered = 0;
  regions(grid, -Infinity, (outline) => { covered += areaOf(outline); });
  assert.equal(covered, 8);
});

test('areas above a level add up to what lies above it', () => {
  let covered = 0;
  regions(sampled(11, (i) => i), 2.5, (outline) => { covered += areaOf(outline); });
  assert.ok(Math.abs(covered - 75) < 1e-9);
});

test('a top far above everything else is cut, bowls are drawn whole', () => {
  const slope = Float64Array.from({ length: 101 }, (_, i) => i);
  assert.deepEqual(range(slope), { low: 0, high: 100, clipped: 0 });
  for (const power of [2, 4]) {
    const bowl = sampled(41, (i, j) => Math.abs(i - 20) ** power + Math.abs(j - 20) ** power).heights.sort();
    assert.ok(range(bowl).clipped <= 0.02 * bowl.length, `power ${power}: ${range(bowl).clipped}`);
  }
  const cliff = Float64Array.from({ length: 101 }, (_, i) => (i < 97 ? i : 1e6)).sort();
  assert.deepEqual(range(cliff), { low: 0, high: 300, clipped: 4 });
  assert.deepEqual(range(cliff, 50), { low: 0, high: 50, clipped: 50 });
  assert.equal(range(cliff, 100).clipped, 0);
  const step = Float64Array.from({ length: 100 }, (_, i) => (i < 60 ? 1 : 2));
  assert.deepEqual(range(step), { low: 1, high: 2, clipped: 0 });
  assert.deepEqual(range(new Float64Array(0)), { low: 0, high: 1, clipped: 0 });
  assert.equal(quantile(Float64Array.of(1, 2), 50), 1.5);
});

test('scales go there and back, with negative losses and on a log scale too', () => {
  for (const [low, high, log] of [[-5, 3, false], [-5, 3, true], [0.01, 100, true], [0, 7, true]]) {
    const scale = scaleOf({ low, high }, log);
    assert.ok(Math.abs(scale.to(low)) < 1e-9 && Math.abs(scale.to(high) - 1) < 1e-9);
    for (const part of [0.1, 0.5, 0.9]) assert.ok(Math.abs(scale.to(scale.from(part)) - part) < 1e-9);
  }
  assert.equal(scaleOf({ low: 2, high: 2 }).to(2), 0.5);
});

test('levels rise and lie strictly between the ends', () => {
  for (const scale of [scaleOf({ low: -1, high: 2 }), scaleOf({ low: 0.001, high: 1000 }, true), scaleOf({ low: -1, high: 2 }, true)]) {
    const levels = levelsOf(scale, 10);
    assert.ok(levels.length >= 5 && levels.length <= 21);
    levels.forEach((level, i) => assert.ok(level > scale.low && level < scale.high && (i === 0 || level > levels[i - 1])));
    assert.ok(heightTicks(scale).length >= 3);
  }
  assert.deepEqual(levelsOf(scaleOf({ low: 1, high: 1 }), 10), []);
});

const lightness = ([r, g, b]) => {
  const linear = [r, g, b].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
};

test('every ramp grows lighter from one end to the other', () => {
  for (const name of RAMPS) {
    const all = tones(name).map(lightness);
    // Eight tones apart, so that rounding to whole channels does not decide.
    for (let i = 8; i < all.length; i++) assert.ok(all[i] > all[i - 8], `${name} at ${i}`);
    assert.ok(all[0] < 0.06 && all.at(-1) > 0.7);
  }
});

test('the ramp of differences is lightest in the middle and alike on both sides', () => {
  const all = tones('difference').map(lightness);
  assert.ok(Math.max(...all) === all[127] || Math.max(...all) === all[128]);
  assert.ok(Math.abs(all[0] - all[255]) < 0.06);
  assert.deepEqual(fromOklab(1, 0, 0), [255, 255, 255]);
  assert.equal(tone(tones('grey'), 7), tone(tones('grey'), 1));
});

test('from above the camera sees the floor as it is, from the side it sees heights', () => {
  const box = { left: 0, top: 0, width: 400, height: 400 };
  const above = projection({ azimuth: 0, elevation: 90, zoom: 1, panX: 0, panY: 0 }, box);
  const [left, right] = [above.project(-1, 0, 0.5), above.project(1, 0, 0.5)];
  assert.ok(Math.abs(left[1] - right[1]) < 1e-9 && right[0] > left[0]);
  assert.ok(above.project(0, 1, 0.5)[1] < above.project(0, -1, 0.5)[1]);
  const aside = projection({ azimuth: 30, elevation: 0, zoom: 1, panX: 0, panY: 0 }, box);
  assert.ok(aside.project(0, 0, 1)[1] < aside.project(0, 0, 0)[1]);
  for (const x of [-1, 1]) for (const y of [-1, 1]) for (const z of [0, 1]) for (const place of [aside.project(x, y, z), above.project(x, y, z)]) assert.ok(place.every((at) => at >= 0 && at <= 400));
});

test('what is far from the eye is drawn first, also when the eye stands over the floor', () => {
  assert.deepEqual(farthestFirst([-1, -0.5, 0, 0.5, 1], -9), [3, 2, 1, 0]);
  assert.equal(farthestFirst([-1, -0.5, 0, 0.5, 1], 0.3).at(-1), 2);
  assert.deepEqual(boxPlaces(Float64Array.of(0, 1, 2, 4), 2), { at: [0, 2, 3], places: [-1, 0, 1] });
});

test('lines are cut at a rectangle, and a point knows whether it is inside', () => {
  const box = { left: 0, top: 0, width: 10, height: 10 };
  assert.deepEqual(cutLine([-5, 5], [5, 5], box), [[0, 5], [5, 5]]);
  assert.equal(cutLine([-5, -5], [-1, 20], box), null);
  assert.ok(within([[0, 0], [4, 0], [4, 4], [0, 4]], 1, 3));
  assert.ok(!within([[0, 0], [4, 0], [4, 4], [0, 4]], 5, 3));
});

test('a legend takes as many rows as its width asks for', () => {
  const names = ['First batch', 'First batch · Accuracy', 'Second batch', 'Second batch · Accuracy'];
  assert.deepEqual(legendRows(names, 1000).map((row) => row.map(([name]) => name)), [names]);
  assert.deepEqual(legendRows(names, 230).map((row) => row.length), [1, 1, 1, 1]);
  // Wider than everything: an entry that fits nowhere has a row of its own all the same.
  assert.deepEqual(legendRows(['a'.repeat(200)], 100).map((row) => row.map(([, left]) => left)), [[0]]);
  assert.deepEqual(legendRows([], 100), []);
});

test('a loss whose neighbours are still missing is drawn by itself, one that has them is not', () => {
  const surface = { width: 300, height: 300, top: 0, dark: false, color: () => '#fff', font: () => '10px sans' };
  const rectangles = (present) => {
    const context = new SvgContext(300, 300);
    let count = 0;
    context.fillRect = () => count++;
    const field = { x: [0, 1, 2], y: [0, 1, 2], width: 3, height: 3, values: Array.from({ length: 9 }, (_, at) => at / 8), state: Uint8Array.from(present) };
    paintContour(context, surface, { field, scale: scaleOf({ low: 0, high: 1 }), xTitle: '', yTitle: '', levels: [0.5], filled: true, lines: false, ramp: tones('dusk'), path: null });
    return count;
  };
  const whole = rectangles([1, 1, 1, 1, 1, 1, 1, 1, 1]);
  assert.equal(rectangles([1, 1, 1, 1, 1, 1, 1, 1, 0]) - whole, 3);
  assert.equal(rectangles([1, 0, 0, 0, 0, 0, 0, 0, 0]) - whole, 1);
});
