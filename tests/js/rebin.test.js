import assert from 'node:assert/strict';
import test from 'node:test';
import { equalEdges, extentOf, massOf, rebin } from '../../wwwroot/js/distributions/rebin.js';

const near = (actual, expected) => {
  assert.equal(actual.length, expected.length);
  // Shares of doubles: rounding in the last digits.
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= 1e-12 * Math.max(1, Math.abs(expected[i])), `${[...actual]} is not ${expected}`));
};

test('a bin is split by how much of it each target covers', () => {
  const { counts, below, above } = rebin({ edges: [0, 1, 3], counts: [10, 8] }, [0, 0.5, 2, 3]);
  near(counts, [5, 9, 4]);
  assert.deepEqual([below, above], [0, 0]);
});

test('the same edges give the same counts, bit for bit', () => {
  const counts = [3, 0.1, 7, 0];
  assert.deepEqual([...rebin({ edges: [-1.7, 0.1, 0.30000000000000004, 9, 11], counts }, [-1.7, 0.1, 0.30000000000000004, 9, 11]).counts], counts);
});

test('mass outside the targets is told and not squeezed in', () => {
  const { counts, below, above } = rebin({ edges: [0, 4], counts: [8] }, [1, 2, 3]);
  near(counts, [2, 2]);
  assert.deepEqual([below, above], [2, 2]);
  const outside = rebin({ edges: [5, 6, 7], counts: [1, 2] }, [0, 1]);
  assert.deepEqual([...outside.counts, outside.below, outside.above], [0, 0, 3]);
});

test('no mass is made or lost, whatever the edges', () => {
  let seed = 11;
  const random = () => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return seed / 0x7fffffff; };
  const rising = (count, scale) => { let at = random() * scale - scale / 2; return Array.from({ length: count }, () => { at += random() * scale + 1e-9; return at; }); };
  for (let round = 0; round < 300; round++) {
    const edges = rising(2 + Math.floor(random() * 40), 10 ** (random() * 12 - 6));
    const histogram = { edges, counts: edges.slice(1).map(() => (random() < 0.3 ? 0 : Math.floor(random() * 1e6))) };
    const { counts, below, above } = rebin(histogram, rising(2 + Math.floor(random() * 40), 10 ** (random() * 12 - 6)));
    const kept = massOf({ counts }) + below + above;
    assert.ok(Math.abs(kept - massOf(histogram)) <= 1e-9 * Math.max(1, massOf(histogram)), `${kept} is not ${massOf(histogram)}`);
    assert.ok([...counts, below, above].every((count) => count >= 0));
  }
});

test('the widest and the narrowest bins there are stay finite', () => {
  const wide = rebin({ edges: [-Number.MAX_VALUE, Number.MAX_VALUE], counts: [4] }, [-Number.MAX_VALUE, 0, Number.MAX_VALUE]);
  near(wide.counts, [2, 2]);
  const narrow = rebin({ edges: [0, 5e-324], counts: [3] }, [-1, 0, 1]);
  assert.equal(massOf(narrow) + narrow.below + narrow.above, 3);
});

test('the range is where mass is, and there is none without mass', () => {
  assert.deepEqual(extentOf([{ edges: [0, 1, 2, 3], counts: [0, 5, 0] }, { edges: [-9, -8], counts: [0] }]), [1, 2]);
  assert.equal(extentOf([{ edges: [0, 1], counts: [0] }]), null);
  assert.equal(extentOf([]), null);
});

test('equal edges rise strictly and keep both ends, also where doubles are scarce', () => {
  assert.deepEqual([...equalEdges(0, 1, 4)], [0, 0.25, 0.5, 0.75, 1]);
  const scarce = equalEdges(1, 1.0000000000000004, 64);
  assert.deepEqual([scarce[0], scarce.at(-1)], [1, 1.0000000000000004]);
  for (let i = 1; i < scarce.length; i++) assert.ok(scarce[i] > scarce[i - 1]);
});
