import assert from 'node:assert/strict';
import test from 'node:test';
import { mix, niceTicks, parseColor } from '../../wwwroot/js/charts/paint.js';

test('ticks are round and within the range', () => {
  assert.deepEqual(niceTicks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(niceTicks(-0.31, 0.29, 4), [-0.2, 0, 0.2]);
  assert.deepEqual(niceTicks(1e9, 1.0000001e9, 2), [1e9, 1000000050, 1000000100]);
});

test('a range without width or with an infinite one has one tick and no loop', () => {
  assert.deepEqual(niceTicks(3, 3, 5), [3]);
  assert.deepEqual(niceTicks(-Number.MAX_VALUE, Number.MAX_VALUE, 5), [-Number.MAX_VALUE]);
});

test('colours mix by their parts', () => {
  assert.equal(mix(parseColor('#000'), parseColor(' #ff8000 '), 0.5), 'rgb(128, 64, 0)');
});
