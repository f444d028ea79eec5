import assert from 'node:assert/strict';
import test from 'node:test';
import { freshState, smoothInto } from '../../wwwroot/js/charts/smoothing.js';

const smooth = (values, weight) => {
  const out = new Float64Array(values.length);
  smoothInto(Float64Array.from(values), out, weight, 0, values.length, freshState());
  return [...out];
};
// The expected figures are given to four decimals.
const near = (actual, expected) => actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 5e-5, `${actual} is not ${expected}`));

test('smoothing is debiased: the first value stands, the next lean on it', () => {
  near(smooth([1, 2, 3, 4], 0.6), [1, 1.625, 2.32653, 3.09559]);
});

test('smoothing of weight zero changes nothing', () => {
  assert.deepEqual(smooth([3, -1, 4], 0), [3, -1, 4]);
});

test('smoothing passes over what is not finite', () => {
  const out = smooth([1, NaN, Infinity, 2], 0.6);
  near([out[0], out[3]], [1, 1.625]);
  assert.ok(Number.isNaN(out[1]) && Number.isNaN(out[2]));
});

test('smoothing continued point by point equals smoothing at once', () => {
  const values = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i) + i / 50);
  const whole = new Float64Array(200);
  smoothInto(values, whole, 0.9, 0, 200, freshState());
  const parts = new Float64Array(200);
  const state = freshState();
  for (let i = 0; i < 200; i += 7) smoothInto(values, parts, 0.9, i, Math.min(200, i + 7), state);
  assert.deepEqual(parts, whole);
});
