import assert from 'node:assert/strict';
import test from 'node:test';
import { ordinaryRange, xExtent, yExtent } from '../../wwwroot/js/charts/extent.js';
import { mapping } from '../../wwwroot/js/charts/draw.js';
import { Trace } from '../../wwwroot/js/charts/trace.js';

const traced = (values, steps = values.map((_, i) => i)) => {
  const trace = new Trace({ id: 'r' });
  trace.replace({ steps, wall_times: steps, values, min: values, max: values, non_finite: values.map((value) => (Number.isFinite(value) ? 0 : 1)) }, true);
  return trace;
};
const options = (logY, logX = false) => ({ logX, logY, smoothing: 0 });

test('what is not finite is counted and does not stretch the axis', () => {
  const { range, nonFinite } = yExtent([traced([1, NaN, Infinity, 2])], 0, 3, options(false));
  assert.equal(nonFinite, 2);
  assert.ok(range[0] < 1 && range[1] > 2 && range[1] < 3);
});

test('what a log axis cannot show is counted', () => {
  const { range, nonPositive } = yExtent([traced([0, -1, 1, 10])], 0, 3, options(true));
  assert.equal(nonPositive, 2);
  assert.ok(range[0] > 0.5 && range[1] < 20);
});

test('nothing to draw has no range', () => {
  assert.equal(yExtent([traced([NaN, NaN])], 0, 1, options(false)).range, null);
  assert.equal(xExtent([new Trace({ id: 'r' })], false), null);
});

test('x reaches over all segments of a restarted run', () => {
  assert.deepEqual(xExtent([traced([1, 1, 1, 1], [5, 9, 2, 4])], false), [2, 9]);
  assert.deepEqual(xExtent([traced([1, 1, 1], [0, 4, 9])], true), [4, 9]);
});

test('scales map their ends to the ends of the plot', () => {
  const linear = mapping(10, 20, 100, 50, false);
  assert.deepEqual([linear(10), linear(15), linear(20)], [100, 125, 150]);
  const log = mapping(1, 100, 0, 200, true);
  assert.equal(log(10), 100);
});

test('without outliers the range is that of the ordinary values, and the rest is counted', () => {
  const values = Array.from({ length: 100 }, (_, i) => 1 + (i % 10) / 10);
  values[50] = 1e6;
  values[60] = -1e6;
  const { range, outside } = yExtent([traced(values)], 0, 99, { ...options(false), ignoreOutliers: true });
  assert.equal(outside, 2);
  assert.ok(range[0] > 0.5 && range[0] < 1 && range[1] > 1.9 && range[1] < 2.5, String(range));
});

test('without outliers a range never goes beyond what there is', () => {
  const plain = yExtent([traced([1, 2, 3, 4])], 0, 3, options(false)).range;
  const { range, outside } = yExtent([traced([1, 2, 3, 4])], 0, 3, { ...options(false), ignoreOutliers: true });
  assert.deepEqual(range, plain);
  assert.equal(outside, 0);
});

test('without outliers a log axis is widened by a factor', () => {
  const sorted = Float64Array.from({ length: 101 }, (_, i) => 10 ** (i / 50));
  const [low, high] = ordinaryRange(sorted, true);
  // The percentiles are 10^0.1 and 10^1.9, a fifth of the decades between them is 0.36.
  assert.ok(Math.abs(Math.log10(low) - (0.1 - 0.36)) < 1e-9 && Math.abs(Math.log10(high) - (1.9 + 0.36)) < 1e-9);
});

test('without outliers the band of a group is still in sight', () => {
  const trace = new Trace({});
  const xs = Float64Array.from({ length: 50 }, (_, i) => i);
  const of = (value) => xs.map(() => value);
  trace.setAggregate({ xs, values: of(5), low: of(1), high: of(9), n: new Int32Array(50).fill(3) });
  const { range, outside } = yExtent([trace], 0, 49, { ...options(false), ignoreOutliers: true });
  assert.ok(range[0] < 1 && range[1] > 9, String(range));
  assert.equal(outside, 0);
});
