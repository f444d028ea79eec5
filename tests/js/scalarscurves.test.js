import assert from 'node:assert/strict';
import test from 'node:test';
import { pinched } from '../../wwwroot/js/charts/touch.js';
import { curveId, curvesOf, reachOfWindow, spanOf, withMargin } from '../../wwwroot/js/scalars/curves.js';
import { chunksOf } from '../../wwwroot/js/scalars/export.js';
import { groupRuns, textOf } from '../../wwwroot/js/scalars/runfields.js';

const runs = [{ id: 'a', name: 'A', color: 1, dash: 2 }, { id: 'b', name: 'B', color: 2, dash: 0 }];

test('one tag draws a curve a run under the run\'s own id and dash', () => {
  const curves = curvesOf(runs, [{ tag: 'loss', axis: 'y' }], null, new Map(), []);
  assert.deepEqual(curves.map(({ id, name, dash, part }) => [id, name, dash, part]), [['a', 'A', 2, 0], ['b', 'B', 0, 0]]);
});

test('of several tags the dash tells which, and the name says it', () => {
  const curves = curvesOf(runs, [{ tag: 'loss', axis: 'y' }, { tag: 'lr', axis: 'y2' }], null, new Map(), []);
  assert.deepEqual(curves.map(({ id, name, dash, axis }) => [id, name, dash, axis]), [
    ['a', 'A · loss', 0, 'y'], ['b', 'B · loss', 0, 'y'], [curveId('a', 1), 'A · lr', 1, 'y2'], [curveId('b', 1), 'B · lr', 1, 'y2'],
  ]);
});

test('two windows are two curves of a run, each over its own steps', () => {
  const spans = new Map([['a', [0, 1000]], ['b', [500, 600]]]);
  const curves = curvesOf(runs, [{ tag: 'loss', axis: 'y' }], { percent: 10 }, spans, ['early', 'late']);
  assert.deepEqual(curves.map(({ name, clip }) => [name, clip]), [['A · early', [0, 100]], ['A · late', [900, 1000]], ['B · early', [500, 510]], ['B · late', [590, 600]]]);
  assert.deepEqual([reachOfWindow(curves, 0), reachOfWindow(curves, 1)], [[0, 510], [590, 1000]]);
  assert.equal(reachOfWindow(curvesOf(runs, [{ tag: 'loss' }], { percent: 10 }, new Map(), ['', '']), 0), null);
});

test('the span of an answer is over all its segments', () => {
  assert.deepEqual(spanOf([5, 9, 2, 4]), [2, 9]);
  assert.equal(spanOf([]), null);
});

test('smoothing within a window is given what it needs before it, in points that are stored or drawn', () => {
  assert.deepEqual(withMargin([1000, 1100], { before: 0, after: 0 }, 400, 1, 500), { steps: [1000, 1100], points: 400 });
  // A hundred stored points in the window: forty before it are forty steps.
  assert.deepEqual(withMargin([1000, 1100], { before: 40, after: 0 }, 400, 1, 500), { steps: [960, 1100], points: 560 });
  // Merged points ten steps wide: ten of them are a hundred steps either side.
  assert.deepEqual(withMargin([10000, 14000], { before: 10, after: 10 }, 400, 1, 500), { steps: [9900, 14100], points: 420 });
  assert.equal(withMargin([0, 100], { before: 9999, after: 0 }, 100, 1, 500).steps[0], -500);
});

test('a file is asked for in chunks that a request can carry', () => {
  const all = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  const sizes = new Map([['a', 5], ['b', 5], ['c', 20]]);
  assert.deepEqual(chunksOf(all, sizes, 10).map((chunk) => chunk.map((run) => run.id)), [['a', 'b'], ['c'], ['d']]);
  assert.deepEqual(chunksOf([], sizes), []);
});

test('a value as the name of a group', () => {
  assert.deepEqual(['adam', 0.1, true, ['b', 'a10', 'a2'], '', null, []].map(textOf), ['adam', '0.1', 'true', 'a2, a10, b', undefined, undefined, undefined]);
});

test('groups are in the order of their numbers, runs without a value last', () => {
  const all = [{ id: 'a', config: { lr: 0.01 } }, { id: 'b', config: {} }, { id: 'c', config: { lr: 1e-4 } }, { id: 'd', config: { lr: 0.01 } }];
  const { of, groups } = groupRuns(all, (run) => textOf(run.config.lr), 'no value', 2);
  assert.deepEqual(groups.map(({ name, count, color, dash }) => [name, count, color, dash]), [['0.0001', 1, 0, 0], ['0.01', 2, 1, 0], ['no value', 1, 0, 1]]);
  assert.equal(of.get('a'), of.get('d'));
});

test('what is under two fingers stays under them', () => {
  assert.deepEqual(pinched([0, 100], [0.4, 0.6], [0.25, 0.75], false), [30, 70]);
  assert.deepEqual(pinched([0, 100], [0.2, 0.8], [0.3, 0.9], false).map(Math.round), [-10, 90]);
  const [from, to] = pinched([1, 10000], [0.25, 0.75], [0, 1], true);
  // Rounding of the logarithms.
  assert.ok(Math.abs(from - 10) < 1e-9 && Math.abs(to - 1000) < 1e-6);
});
