import assert from 'node:assert/strict';
import test from 'node:test';
import { freshState, reachOf, smoothInto, smoothSegment, tidyAmount } from '../../wwwroot/js/charts/smoothing.js';

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

const segment = (kind, values, amount, from = 0) => {
  const out = new Float64Array(values.length);
  smoothSegment({ smoother: kind, smoothing: amount }, Float64Array.from(values), out, 0, from, values.length, freshState());
  return [...out];
};

test('a running mean is centred and narrower where the line ends', () => {
  assert.deepEqual(segment('mean', [1, 2, 6, 4, 5], 3), [1.5, 3, 4, 5, 4.5]);
  assert.deepEqual(segment('mean', [1, NaN, 3], 3).map((value) => (Number.isNaN(value) ? 'gap' : value)), [1, 'gap', 3]);
});

test('a Gaussian weighs by distance and sums to one', () => {
  const weight = Math.exp(-0.5 / 4);
  const [first, middle] = segment('gaussian', [0, 1, 0], 2);
  // Rounding of the last digit.
  assert.ok(Math.abs(middle - 1 / (1 + 2 * weight)) < 1e-15);
  assert.ok(Math.abs(first - weight / (1 + weight + Math.exp(-4 / 8))) < 1e-15);
  for (const value of segment('gaussian', [7, 7, 7, 7], 3)) assert.ok(Math.abs(value - 7) < 1e-14);
});

test('a live point smooths what it reaches anew', () => {
  const values = [1, 5, 2, 8, 3, 9];
  const whole = segment('mean', values, 5);
  const out = new Float64Array(6);
  smoothSegment({ smoother: 'mean', smoothing: 5 }, Float64Array.from(values), out, 0, 0, 5, freshState());
  smoothSegment({ smoother: 'mean', smoothing: 5 }, Float64Array.from(values), out, 0, 5, 6, freshState());
  assert.deepEqual([...out], whole);
});

test('the reach of smoothing is where its weights have faded', () => {
  assert.deepEqual(reachOf({ smoother: 'mean', smoothing: 21 }), { before: 10, after: 10 });
  assert.deepEqual(reachOf({ smoothing: 0 }), { before: 0, after: 0 });
  const { before } = reachOf({ smoother: 'exponential', smoothing: 0.9 });
  assert.ok(0.9 ** before <= 1e-3 && 0.9 ** (before - 1) > 1e-3);
  assert.deepEqual([tidyAmount('mean', 20), tidyAmount('mean', 1), tidyAmount('exponential', 7), tidyAmount('gaussian', 'x')], [21, 0, 0.999, 0]);
});

test('with and without gaps the same kernel weighs', () => {
  const values = Array.from({ length: 60 }, (_, i) => Math.cos(i / 3) + i / 20);
  const plain = segment('gaussian', values, 2);
  // A gap further away than four deviations changes nothing but the way it is computed; the sums differ in their last digits.
  const gap = segment('gaussian', [...values.slice(0, 50), NaN, ...values.slice(51)], 2);
  for (let i = 0; i < 40; i++) assert.ok(Math.abs(plain[i] - gap[i]) < 1e-14);
});
