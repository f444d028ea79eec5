import assert from 'node:assert/strict';
import test from 'node:test';
import { align, aligned, distances } from '../../wwwroot/js/charts/points/procrustes.js';

function numbers(count, seed = 7) {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 10;
  });
}
const turn2 = (degrees, mirrored) => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return mirrored ? [c, s, s, -c] : [c, -s, s, c];
};
const known = (dims, rotation, scale, shift) => ({ dims, rotation, scale, shift });
const near = (a, b, tolerance, what) => [...a].forEach((value, i) => assert.ok(Math.abs(value - b[i]) <= tolerance, `${what} ${i}: ${value}, not ${b[i]}`));

for (const mirrored of [false, true]) {
  test(`two dimensions${mirrored ? ', mirrored' : ''}: a known motion is found`, () => {
    const from = numbers(400);
    const motion = known(2, turn2(130, mirrored), 2.5, [30, -4]);
    const found = align(from, aligned(from, motion), 2);
    near(found.rotation, motion.rotation, 1e-6, 'rotation');
    // Single precision of coordinates around 40.
    assert.ok(Math.abs(found.scale - 2.5) < 1e-5 && found.error < 1e-5, `${found.scale}, ${found.error}`);
    near(found.shift, motion.shift, 1e-4, 'shift');
    assert.equal(found.mirrored, mirrored);
    assert.equal(found.pairs, 200);
  });

  test(`three dimensions${mirrored ? ', mirrored' : ''}: a known motion is found`, () => {
    const from = numbers(600);
    const flip = mirrored ? -1 : 1;
    // A turn around an axis by the quaternion (1, 2, 3, 4) ÷ √30.
    const motion = known(3, [-20, 4, 22, 20, -10, 20, 10, 28, 4].map((value, i) => ((i % 3 === 0 ? flip : 1) * value) / 30), 0.2, [1, 2, 3]);
    const found = align(from, aligned(from, motion), 3);
    near(found.rotation, motion.rotation, 1e-5, 'rotation');
    assert.ok(Math.abs(found.scale - 0.2) < 1e-6);
    assert.equal(found.mirrored, mirrored);
  });
}

test('noise is left over as the error says', () => {
  const from = numbers(2000);
  const noise = numbers(2000, 99);
  const to = aligned(from, known(2, turn2(40), 1, [0, 0])).map((value, i) => value + noise[i] / 100);
  const found = align(from, to, 2);
  const moved = distances(aligned(from, found), to, 2);
  const measured = Math.sqrt(moved.reduce((sum, far) => sum + far * far, 0) / moved.length);
  assert.ok(Math.abs(found.error - measured) < 1e-5, `${found.error} and ${measured}`);
  // Nothing near it is better.
  for (const change of [0.001, -0.001]) {
    const other = distances(aligned(from, { ...found, scale: found.scale * (1 + change), shift: found.shift }), to, 2);
    assert.ok(Math.sqrt(other.reduce((sum, far) => sum + far * far, 0) / other.length) > measured);
  }
});

test('rows are matched by pairs, those without a place count for nothing', () => {
  const from = Float32Array.of(0, 0, 1, 0, 0, 1, NaN, 3, 5, 5);
  const to = Float32Array.of(9, 9, 0, 2, -2, 0, 0, 0);
  const pairs = [Uint32Array.of(0, 1, 2, 3), Uint32Array.of(3, 1, 2, 0)];
  const found = align(from, to, 2, pairs);
  assert.equal(found.pairs, 3);
  near(found.rotation, [0, -1, 1, 0], 1e-9, 'rotation');
  assert.ok(Math.abs(found.scale - 2) < 1e-9);
  const far = distances(aligned(from, found), to, 2, pairs);
  assert.ok(far[0] < 1e-6 && Number.isNaN(far[3]));
});

test('points on a line, one point and none have an answer', () => {
  const line = Float32Array.of(0, 0, 0, 1, 0, 0, 2, 0, 0);
  const upright = Float32Array.of(0, 0, 0, 0, 0, 3, 0, 0, 6);
  const found = align(line, upright, 3);
  near(aligned(line, found), upright, 1e-6, 'place');
  assert.deepEqual(align(Float32Array.of(2, 3), Float32Array.of(5, 5), 2).shift, [3, 2]);
  assert.equal(align(Float32Array.of(NaN, 3), Float32Array.of(5, 5), 2).pairs, 0);
  assert.equal(align(new Float32Array(0), new Float32Array(0), 3).scale, 1);
});

test('the largest numbers have an alignment', () => {
  const from = Float32Array.of(0, 0, 1e30, 0, 0, 1e30);
  const found = align(from, Float32Array.of(0, 0, 0, 1, -1, 0), 2);
  assert.ok(Math.abs(found.scale / 1e-30 - 1) < 1e-6 && found.error < 1e-6);
});
