import assert from 'node:assert/strict';
import test from 'node:test';
import { Trace } from '../../wwwroot/js/charts/trace.js';
import { formatWindows, parseWindows, windowsOf } from '../../wwwroot/js/charts/windows.js';

test('windows survive their text, and nonsense is none', () => {
  for (const text of ['10%', '0:100,900:1000', '-5:-1,0:3']) assert.equal(formatWindows(parseWindows(text)), text);
  for (const text of [null, '', '0%', '60%', '5:1,2:3', 'a:b,c:d']) assert.equal(parseWindows(text), null);
});

test('a share is taken from either end of the run\'s own steps', () => {
  assert.deepEqual(windowsOf({ percent: 10 }, 100, 1100), [[100, 200], [1000, 1100]]);
  assert.deepEqual(windowsOf({ percent: 10 }, 7, 7), [[7, 7], [7, 7]]);
});

test('a clipped curve holds its window alone and counts x from its beginning', () => {
  const trace = new Trace({ id: 'r', clip: [900, 1000] });
  const steps = [899, 900, 950, 1000, 1001];
  trace.replace({ steps, wall_times: steps, values: steps, total: 5 }, true);
  assert.deepEqual([...trace.xs.subarray(0, trace.count)], [0, 50, 100]);
  trace.setOptions({ x: 'time', smoothing: 0 });
  assert.deepEqual([...trace.xs.subarray(0, trace.count)], [0, 50, 100]);
  assert.equal(trace.append({ steps: [1002], wall_times: [1002], values: [1] }), 0);
});

test('along another metric the path may go back, and what is nearest is still found', () => {
  const trace = new Trace({ id: 'r' });
  trace.setOptions({ x: 'metric', smoothing: 0 });
  trace.replace({ steps: [0, 1, 2], wall_times: [0, 1, 2], values: [5, 6, 7], x: [3, 1, 2], total: 3 }, true);
  assert.deepEqual(trace.starts, [0]);
  assert.equal(trace.nearest(1.1, 0.5), 1);
  assert.equal(trace.nearest(9, 0.5), -1);
});

test('a table tells of the points within, and whether more are stored', () => {
  const trace = new Trace({ id: 'r' });
  trace.replace({ steps: [0, 10, 20], wall_times: [0, 1, 2], values: [3, 1, 2], min: [3, -4, 2], max: [3, 9, 2], total: 30 }, true);
  assert.deepEqual(trace.within(0, 20), { last: 2, step: 20, min: -4, max: 9, count: 30, merged: false });
  assert.deepEqual(trace.within(5, 15), { last: 1, step: 10, min: -4, max: 9, count: 1, merged: true });
  assert.equal(trace.within(30, 40), null);
});
