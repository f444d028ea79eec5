import assert from 'node:assert/strict';
import test from 'node:test';
import { BANDS, distance, meanOf, quantiles } from '../../wwwroot/js/distributions/statistics.js';

test('quantiles of an even spread lie where the share is', () => {
  assert.deepEqual(quantiles({ edges: [0, 10], counts: [5] }, [0, 0.25, 0.5, 1]), [0, 2.5, 5, 10]);
  assert.deepEqual(quantiles({ edges: [0, 1, 2], counts: [1, 3] }, [0.25, 0.625]), [1, 1.5]);
});

test('the ends of the bands are where mass begins and ends, not where bins do', () => {
  const found = quantiles({ edges: [0, 1, 2, 3, 4], counts: [0, 2, 2, 0] }, BANDS.map((percent) => percent / 100));
  assert.deepEqual([found[0], found[4], found[8]], [1, 2, 3]);
  for (let i = 1; i < found.length; i++) assert.ok(found[i] >= found[i - 1]);
});

test('a gap without mass is jumped over', () => {
  const found = quantiles({ edges: [0, 1, 9, 10], counts: [1, 0, 1] }, [0.49, 0.51]);
  assert.ok(found[0] <= 1 && found[1] >= 9, String(found));
});

test('an empty histogram has no quantiles, mean or distance', () => {
  const empty = { edges: [0, 1], counts: [0] };
  assert.equal(quantiles(empty, [0.5]), null);
  assert.equal(meanOf(empty), null);
  assert.equal(distance(empty, { edges: [0, 1], counts: [1] }), null);
});

test('moving everything by d is a distance of d', () => {
  const moved = distance({ edges: [0, 1, 2], counts: [1, 3] }, { edges: [5, 6, 7], counts: [2, 6] });
  assert.equal(moved.wasserstein, 5);
  assert.equal(moved.ks, 1);
});

test('the same spread over other bins is no distance', () => {
  assert.deepEqual(distance({ edges: [0, 2], counts: [4] }, { edges: [0, 0.5, 2], counts: [1, 3] }), { wasserstein: 0, ks: 0 });
});

test('distances where the cumulative shares cross are exact', () => {
  // All within [0, 1] against half below and half above: the gap runs from 0 to -1/2 … crossing at the middle.
  const { wasserstein, ks } = distance({ edges: [0, 1], counts: [1] }, { edges: [-1, 0, 1, 2], counts: [1, 0, 1] });
  assert.equal(ks, 0.5);
  // Two triangles of 1/4 outside, and |x - 1/2| over [0, 1], whose mean is 1/4.
  assert.equal(wasserstein, 0.75);
});
