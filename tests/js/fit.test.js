import assert from 'node:assert/strict';
import test from 'node:test';
import { fitLine, logs } from '../../wwwroot/js/analysis/fit.js';

// Sums of five numbers of size ten, rounded at 1e-16.
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-10, `${actual} is not ${expected}`);

test('five points give the textbook line, wall times as x too', () => {
  for (const shift of [0, 1.76e9]) {
    const line = fitLine([1, 2, 3, 4, 5].map((x) => x + shift), [2.1, 3.9, 6.2, 7.8, 10.1]);
    near(line.slope, 1.99);
    if (shift === 0) near(line.intercept, 0.05);
    near(line.slopeError, Math.sqrt(0.107 / 30));
    near(line.r2, 1 - 0.107 / 39.708);
    assert.equal(line.n, 5);
  }
});

test('pairs that are not finite are left out', () => {
  const line = fitLine([1, NaN, 2, 3, 4], [3, 1, 5, 7, Infinity]);
  near(line.slope, 2);
  assert.equal(line.n, 3);
});

test('what has no line has none, and what cannot be told is null', () => {
  assert.equal(fitLine([], []), null);
  assert.equal(fitLine([NaN], [1]), null);
  assert.equal(fitLine([0.1, 0.1, 0.1], [1, 2, 3]), null);
  assert.equal(fitLine([0, 1], [1, 2]).slopeError, null);
  assert.deepEqual(fitLine([1, 2, 3], [0.1, 0.1, 0.1]), { slope: 0, slopeError: 0, intercept: 0.1, r2: null, n: 3 });
});

test('a power law is a line in logarithms, and what is not positive is left out', () => {
  const x = [1, 10, 100, -1, 0];
  near(fitLine(logs(x), logs([5, 0.05, 0.0005, 1, 1])).slope, -2);
  assert.equal(fitLine(logs(x), logs([5, 0.05, 0.0005, 1, 1])).n, 3);
});
