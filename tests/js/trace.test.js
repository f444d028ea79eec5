import assert from 'node:assert/strict';
import test from 'node:test';
import { Trace } from '../../wwwroot/js/charts/trace.js';

const columns = (steps, values, times = steps.map((step) => 1000 + step)) => ({ steps, values, wall_times: times, min: values, max: values, total: steps.length });
const frame = (steps, values, times = steps.map((step) => 1000 + step)) => ({ steps, values, wall_times: times });
const traced = (...args) => {
  const trace = new Trace({ id: 'r' });
  trace.replace(columns(...args), true);
  return trace;
};

test('a step that goes back begins a new segment and drops no point', () => {
  const trace = traced([0, 1, 2, 1, 2, 3], [1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(trace.starts, [0, 3]);
  assert.equal(trace.count, 6);
});

test('a restart that arrives live begins a new segment', () => {
  const trace = traced([0, 1, 2], [1, 2, 3]);
  assert.equal(trace.append(frame([1, 2], [9, 8], [2000, 2001])), 2);
  assert.deepEqual(trace.starts, [0, 3]);
});

test('smoothing begins anew with a segment', () => {
  const trace = new Trace({ id: 'r' });
  trace.setOptions({ x: 'step', smoothing: 0.6 });
  trace.replace(columns([0, 1, 0, 1], [1, 2, 10, 20], [0, 1, 2, 3]), true);
  assert.equal(trace.smooth[2], 10);
});

test('a frame that overlaps the snapshot adds only what is new', () => {
  const trace = traced([0, 1, 2, 3], [1, 2, 3, 4]);
  assert.equal(trace.append(frame([2, 3, 4], [3, 4, 5])), 1);
  assert.deepEqual([...trace.steps.subarray(0, trace.count)], [0, 1, 2, 3, 4]);
  assert.deepEqual(trace.starts, [0]);
});

test('a frame told twice is drawn once', () => {
  const trace = traced([0, 1], [1, 2]);
  trace.append(frame([2, 3], [3, 4]));
  assert.equal(trace.append(frame([2, 3], [3, 4])), 0);
  assert.equal(trace.append(frame([3, 4], [4, 5])), 1);
  assert.equal(trace.count, 5);
});

test('points outside a held window are passed over', () => {
  const trace = traced([10, 20], [1, 2]);
  assert.equal(trace.append(frame([30, 40], [3, 4]), [10, 35]), 1);
});

test('columns grow without losing points', () => {
  const trace = traced([0], [0]);
  for (let step = 1; step < 5000; step++) trace.append(frame([step], [step * 2]));
  assert.equal(trace.count, 5000);
  assert.equal(trace.values[4999], 9998);
});

test('values in text are the numbers they stand for', () => {
  const trace = new Trace({ id: 'r' });
  trace.replace({ steps: [0, 1, 2], wall_times: [0, 1, 2], values: ['NaN', 'Infinity', '-Infinity'], min: ['NaN', 'NaN', 'NaN'], max: ['NaN', 'NaN', 'NaN'], non_finite: [1, 1, 1] }, true);
  assert.deepEqual([...trace.values.subarray(0, 3)], [NaN, Infinity, -Infinity]);
});

test('the nearest point is the last segment that reaches it', () => {
  const trace = traced([0, 10, 20, 10, 20], [1, 2, 3, 4, 5], [0, 1, 2, 3, 4]);
  assert.equal(trace.nearest(11, 1), 3);
  assert.equal(trace.nearest(1, 1), 0);
  assert.equal(trace.nearest(40, 5), -1);
});

test('relative time counts from the first time of the run, also within a window', () => {
  const trace = new Trace({ id: 'r' });
  trace.setOptions({ x: 'relative', smoothing: 0 });
  trace.replace(columns([0, 1, 2], [1, 2, 3], [100, 160, 220]), true);
  trace.replace(columns([1, 2], [2, 3], [160, 220]), false);
  assert.deepEqual([...trace.xs.subarray(0, 2)], [60, 120]);
});
