import assert from 'node:assert/strict';
import test from 'node:test';
import { aggregate, onePath, studentQuantile, unionOf } from '../../wwwroot/js/charts/grouping.js';
import { Trace } from '../../wwwroot/js/charts/trace.js';

const traced = (steps, values, extremes) => {
  const trace = new Trace({ id: 'r' });
  trace.replace({ steps, wall_times: steps.map((_, i) => i), values, min: extremes?.min ?? values, max: extremes?.max ?? values, total: steps.length }, true);
  return trace;
};
const close = (actual, expected, tolerance = 1e-12) => assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test('quantiles of Student\'s t are those of the tables', () => {
  // The tables give five decimals.
  for (const [df, value] of [[1, 12.70620], [2, 4.30265], [3, 3.18245], [4, 2.77645], [5, 2.57058], [10, 2.22814], [30, 2.04227], [199, 1.97196]]) close(studentQuantile(df), value, 1e-5);
});

test('mean, sample deviation, standard error and interval of three runs', () => {
  const runs = [traced([0], [1]), traced([0], [2]), traced([0], [6])];
  const of = (band) => aggregate(runs, { center: 'mean', band });
  const std = Math.sqrt(7);
  for (const [band, half] of [['std', std], ['se', std / Math.sqrt(3)], ['ci', (4.302652729911275 * std) / Math.sqrt(3)]]) {
    const { values, low, high, n } = of(band);
    assert.deepEqual([values[0], n[0]], [3, 3]);
    // Rounding of the last digits.
    close(high[0] - 3, half, 1e-9);
    close(3 - low[0], half, 1e-9);
  }
  assert.deepEqual([of('range').low[0], of('range').high[0]], [1, 6]);
  assert.equal(of('none').low[0], 3);
});

test('the median of an even number is between its middle two, its band around the mean', () => {
  const runs = [1, 2, 4, 13].map((value) => traced([0], [value]));
  assert.equal(aggregate(runs, { center: 'median', band: 'none' }).values[0], 3);
  const { low, high } = aggregate(runs, { center: 'median', band: 'se' });
  close((low[0] + high[0]) / 2, 5);
});

test('a large offset loses no digits of the deviation', () => {
  const runs = [1, 2, 3].map((value) => traced([0], [1e9 + value]));
  const { low, high } = aggregate(runs, { center: 'mean', band: 'std' });
  // A double near 1e9 is exact to 1.2e-7.
  close((high[0] - low[0]) / 2, 1, 2.4e-7);
});

test('runs with other steps are interpolated between their own points and nowhere else', () => {
  const { xs, values, n } = aggregate([traced([0, 10], [0, 10]), traced([5, 20], [1, 4])], { center: 'mean', band: 'none' });
  assert.deepEqual([...xs], [0, 5, 10, 20]);
  assert.deepEqual([...n], [1, 2, 2, 1]);
  assert.deepEqual([...values], [0, 3, 6, 4]);
});

test('a value that is not finite has no say, nor has the line towards it', () => {
  const { n, values } = aggregate([traced([0, 2, 4], [1, NaN, 3]), traced([0, 1, 2, 3, 4], [5, 5, 5, 5, 5])], { center: 'mean', band: 'std' });
  assert.deepEqual([...n], [2, 1, 1, 1, 2]);
  assert.equal(values[2], 5);
});

test('the range is of the true extremes behind merged points', () => {
  const { low, high } = aggregate([traced([0], [1], { min: [-5], max: [2] }), traced([0], [3])], { center: 'mean', band: 'range' });
  assert.deepEqual([low[0], high[0]], [-5, 3]);
});

test('of a restarted run the later segment counts as far as it reaches', () => {
  const path = onePath(traced([0, 1, 2, 3, 4, 2, 3], [0, 1, 2, 3, 4, 20, 30]));
  assert.deepEqual([...path.xs], [0, 1, 2, 3, 4]);
  assert.deepEqual([...path.values], [0, 1, 20, 30, 4]);
});

test('a step that all share is there once', () => {
  assert.deepEqual([...unionOf([{ xs: Float64Array.of(0, 1, 3) }, { xs: Float64Array.of(0, 2, 3) }])], [0, 1, 2, 3]);
});

test('no runs make no line', () => {
  assert.equal(aggregate([], { center: 'mean', band: 'ci' }).xs.length, 0);
});
