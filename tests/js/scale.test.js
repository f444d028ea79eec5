import assert from 'node:assert/strict';
import test from 'node:test';
import { column } from '../../wwwroot/js/analysis/values.js';
import { asksForLog, linearTicks, logTicks, scaleOf } from '../../wwwroot/js/charts/scale.js';

const numbers = (values) => column(values, 'config.x');

test('a log axis is asked for by positive numbers over two decades', () => {
  assert.ok(asksForLog(numbers([1e-4, 1e-2])));
  assert.ok(!asksForLog(numbers([1, 50])));
  assert.ok(!asksForLog(numbers([0, 1e-4, 1])));
  assert.ok(!asksForLog(column(['a', 'b'], 'config.x')));
  assert.ok(!asksForLog(numbers([null, null])));
});

test('places run from 0 to 1, and what an axis cannot show has none', () => {
  const scale = scaleOf(numbers([1, 3, null]), false);
  assert.deepEqual([1, 2, 3].map(scale.place), [0, 0.5, 1]);
  assert.equal(scale.place(NaN), null);
  assert.equal(scale.place(Infinity), null);
  const log = scaleOf(numbers([0.01, 1, -1]), true);
  assert.equal(log.place(0), null);
  assert.equal(log.place(0.1), 0.5);
  assert.ok(Math.abs(log.value(0.5) - 0.1) < 1e-12);
});

test('one value stands in the middle, no value nowhere', () => {
  assert.equal(scaleOf(numbers([7, 7])).place(7), 0.5);
  assert.deepEqual(scaleOf(numbers([7])).ticks, [{ at: 0.5, text: '7' }]);
  assert.deepEqual(scaleOf(numbers([null])).ticks, []);
});

test('ticks are round and within', () => {
  assert.deepEqual(linearTicks(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(linearTicks(-3, 3), [-3, -2, -1, 0, 1, 2, 3]);
  assert.deepEqual(logTicks(-4, -1), [1e-4, 1e-3, 1e-2, 1e-1]);
  assert.deepEqual(logTicks(0, 1), [1, 2, 5, 10]);
  assert.ok(linearTicks(0, 1e-300).length > 1);
  assert.ok(logTicks(-300, 300).length <= 8);
});

test('categories are evenly apart, and many are thinned in their names only', () => {
  const few = scaleOf(column(['b', 'a', 'c'], 'config.x'));
  assert.deepEqual(few.ticks.map((tick) => tick.text), ['a', 'b', 'c']);
  assert.deepEqual([0, 1, 2].map(few.place), [0, 0.5, 1]);
  const many = scaleOf(column(Array.from({ length: 200 }, (_, at) => `run ${at}`), 'config.x'));
  assert.ok(many.ticks.length <= 14);
  assert.equal(scaleOf(column(['only'], 'config.x')).place(0), 0.5);
});
