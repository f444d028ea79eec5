import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { alongTraining, bending, densityAt, densityCurve, eigenvalueRows, eigenvalues, pointAt, sign } from '../../wwwroot/js/curvature/numbers.js';
import { defaults, formatState, parseState } from '../../wwwroot/js/curvature/state.js';
import { figures, said, saidWith, shapeWords } from '../../wwwroot/js/curvature/words.js';

const ev = (value, residual = 0.01) => ({ value, residual });

test('the state survives the address', () => {
  for (const state of [defaults(), { job: 'j', at: 'step 1&2', logX: true, logY: true }]) assert.deepEqual(parseState(withChanges(new URLSearchParams(), formatState(state))), state);
});

test('eigenvalues fall from the largest to the smallest', () => {
  const all = eigenvalues({ top: [ev(5), ev(3)], bottom: [ev(-2), ev(-1)] });
  assert.deepEqual(all.map((one) => [one.label, one.value]), [['λ₁', 5], ['λ₂', 3], ['λₙ₋₁', -1], ['λₙ', -2]]);
});

test('an eigenvalue that both ends found is told once', () => {
  // Three parameters: the two ends meet at the second eigenvalue.
  const all = eigenvalues({ top: [ev(5), ev(3)], bottom: [ev(1), ev(3)] }, 3);
  assert.deepEqual(all.map((one) => one.value), [5, 3, 1]);
});

test('a sign within the residual is none', () => {
  assert.equal(sign(ev(0.005)), 0);
  assert.equal(sign(ev(-0.5)), -1);
  assert.equal(sign({ value: 1e-9, residual: 0 }), 1);
});

test('how it bends follows from the two ends', () => {
  const point = (top, bottom) => ({ top: top === null ? [] : [ev(top)], bottom: bottom === null ? [] : [ev(bottom)] });
  assert.equal(bending(point(4, 1)), 'up');
  assert.equal(bending(point(-1, -4)), 'down');
  assert.equal(bending(point(4, -1)), 'both');
  assert.equal(bending(point(0, 0)), 'flat');
  assert.equal(bending(point(4, 0)), 'up_or_flat');
  assert.equal(bending(point(0, -4)), 'down_or_flat');
  assert.equal(bending(point(4, null)), 'unknown');
});

test('a slope is said to be one, with its curvature', () => {
  const slope = { shape: 'slope', top: [ev(4)], bottom: [ev(-1)], gradient_norm: 0.5 };
  assert.equal(shapeWords(slope), 'curvature.shape.slope curvature.bends.both');
  assert.equal(shapeWords({ ...slope, shape: 'minimum' }), 'curvature.shape.minimum');
  assert.equal(shapeWords({ ...slope, shape: 'something new' }), 'curvature.shape.unknown curvature.bends.both');
});

test('numbers are said with how far they may be off', () => {
  assert.equal(said(null), '–');
  assert.equal(said('NaN'), 'NaN');
  assert.equal(saidWith(4, 0.012345), '4 ± 0.012');
  assert.deepEqual(figures({ loss: 0.5, top: [], bottom: [], trace: null }), [['loss', '0.5']]);
});

test('curves go by step, or are counted where a step is missing', () => {
  const point = (name, step, top) => ({ name, step, top: [ev(top)], bottom: [], loss: 'NaN' });
  const along = alongTraining({ checkpoints: [point('a', 0, 1), point('b', 10, 2)] });
  assert.deepEqual([along.byStep, along.x, along.series.map((one) => one.key)], [true, [0, 10], ['top']]);
  assert.deepEqual(alongTraining({ checkpoints: [point('a', null, 1), point('b', 10, 2)] }).x, [1, 2]);
  assert.deepEqual(alongTraining({ checkpoints: null }).x, []);
});

test('a density is cut where it is none, and read between its points', () => {
  const curve = densityCurve({ x: [0, 1, 2], y: [1, 1e-2, 0] });
  assert.deepEqual(curve.y, [1, 1e-2, null]);
  // Halfway in the logarithm.
  assert.ok(Math.abs(densityAt(curve, 0.5) - 0.1) < 1e-12);
  assert.equal(densityAt(curve, 7), curve.floor);
  assert.equal(densityCurve(null), null);
  assert.equal(densityCurve({ x: [0], y: ['NaN'] }), null);
});

test('a checkpoint is found by name, and the table has them all', () => {
  const view = { top: [ev(1)], bottom: [], checkpoints: [{ name: 'a', step: 5, top: [ev(2)], bottom: [] }] };
  assert.equal(pointAt(view, 'a').step, 5);
  assert.equal(pointAt(view, 'gone'), view);
  assert.deepEqual(eigenvalueRows(view), [['model', null, 'λ₁', 1, 0.01], ['a', 5, 'λ₁', 2, 0.01]]);
});
