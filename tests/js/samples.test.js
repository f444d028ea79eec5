import assert from 'node:assert/strict';
import test from 'node:test';
import { shifted, spreadOut, windowOf } from '../../wwwroot/js/charts/losses.js';
import { arrangedRows, labelRows, splitNames } from '../../wwwroot/js/samples/labelrows.js';
import { weightCode } from '../../wwwroot/js/samples/labelwords.js';
import { sparkPieces } from '../../wwwroot/js/samples/spark.js';
import { defaults, formatState, parseState } from '../../wwwroot/js/samples/state.js';

const view = {
  splits: { test: { b: 5 }, train: { a10: 90, a2: 10, b: 0 }, extra: { a2: 1 } },
  weights: { test: { b: 1 }, train: { a10: 0.556, a2: 5 }, extra: { a2: 1 } },
  oversample: { test: { b: 1 }, train: { a10: 1, a2: 9 }, extra: { a2: 1 } },
};

test('Splits_StandAsPeopleThinkOfThem', () => {
  assert.deepEqual(splitNames({ zoo: {}, test: {}, Validation: {}, train: {}, extra: {} }), ['train', 'Validation', 'test', 'extra', 'zoo']);
});

test('LabelRows_OfSplitsWithDifferentClasses_HaveEveryClassInEach', () => {
  const { splits, totals, rows } = labelRows(view);
  assert.deepEqual(splits, ['train', 'test', 'extra']);
  assert.deepEqual(totals, [100, 5, 1]);
  assert.deepEqual(rows.map(({ name, counts }) => [name, ...counts]), [['a10', 90, 0, 0], ['a2', 10, 0, 1], ['b', 0, 5, 0]]);
  assert.deepEqual(rows[2].weights, [null, 1, null]);
  assert.equal(rows[1].shares[0], 0.1);
});

test('LabelRows_FoundAndOrdered_KeepNaturalOrderOfNames', () => {
  const model = labelRows(view);
  const names = (state) => arrangedRows(model, { find: '', order: { by: 'logged', descending: false }, as: 'counts', ...state }).map(({ name }) => name);
  assert.deepEqual(names({ find: ' A ' }), ['a10', 'a2']);
  assert.deepEqual(names({ order: { by: 'name', descending: false } }), ['a2', 'a10', 'b']);
  assert.deepEqual(names({ order: { by: 'split:train', descending: true } }), ['a10', 'a2', 'b']);
  assert.deepEqual(names({ order: { by: 'split:gone', descending: true } }), ['a10', 'a2', 'b']);
  assert.deepEqual(names({ find: 'nothing' }), []);
});

test('LabelRows_OfClassesCalledLikeNumbers_AreNotLost', () => {
  const { rows } = labelRows({ splits: { train: { 1: 5, 0: 3 } }, weights: {}, oversample: {} });
  assert.deepEqual(rows.map(({ name, counts }) => [name, counts[0]]), [['0', 3], ['1', 5]]);
});

test('WeightCode_OfAnyNames_IsQuotedAndOfManyIsComputed', () => {
  const [loss, sampler] = weightCode({ 'a "b"\\': 0.55555555, c: 5 });
  assert.match(loss, /weights = \{"a \\"b\\"\\\\": 0\.555556, "c": 5\}/);
  assert.match(sampler, /WeightedRandomSampler\(\[weights\[label\]/);
  const many = weightCode(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`c${at}`, 1])));
  assert.ok(many[0].length < 500 && many[0].includes('Counter'));
});

test('State_ThroughAnAddressAndBack_IsTheSame', () => {
  const state = { ...defaults(), view: 'losses', run: 'r1', tag: 'val', label: 0, sort: 'forgotten', step: -3, log: true, window: { x: [0, 10.5], y: [0.125, 4] }, pick: 'a&b', layout: 'pictures', as: 'shares', find: 'cat', order: { by: 'split:a-b', descending: true }, split: 'val' };
  const params = new URLSearchParams(Object.entries(formatState(state)).filter(([, value]) => value !== null));
  assert.deepEqual(parseState(params), state);
  assert.ok(Object.values(formatState(defaults())).every((value) => value === null));
});

test('State_OfAnAddressItDoesNotUnderstand_IsTheDefault', () => {
  assert.deepEqual(parseState(new URLSearchParams('view=x&label=-1&sort=best&step=1.5&zoom=1,0,2,3&order=-&layout=x')), defaults());
  assert.equal(parseState(new URLSearchParams('zoom=0,1,NaN,2')).window, null);
});

test('Spread_OfLabels_PutsThemSideBySideWithinAStep', () => {
  const { x, room } = spreadOut([0, 10, 40], 2, [0, 0, 2], [0, 1, 1]);
  assert.equal(room, 10);
  assert.ok(x[0] < 0 && x[1] > 0 && x[1] < 5 && Math.abs(x[0] + x[1]) < 1e-12);
  assert.ok(Math.abs(x[2] - 40 - x[1]) < 1e-12);
  assert.deepEqual([...spreadOut([7], 1, [0], [0]).x], [7]);
});

test('Window_OfLosses_HoldsThemAndOnALogAxisOnlyThoseAboveZero', () => {
  const linear = windowOf([0, 10], 10, [0, 2, 4], false);
  assert.deepEqual(linear.x, [-5, 15]);
  assert.ok(linear.y[0] === 0 && linear.y[1] > 4);
  const log = windowOf([0, 10], 10, [0, 0.01, 4], true);
  assert.ok(log.y[0] > 0 && log.y[0] < 0.01 && log.y[1] > 4);
  assert.ok(windowOf([], 1, [], true).y.every((value) => value > 0));
  const flat = windowOf([0], 1, [3, 3], false);
  assert.ok(flat.y[0] < 3 && flat.y[1] > 3);
});

test('Window_NearerAndMoved_KeepsItsMiddle', () => {
  assert.deepEqual(shifted([0, 10], 0.5, 0, false), [2.5, 7.5]);
  assert.deepEqual(shifted([0, 10], 1, 0.1, false), [1, 11]);
  const [low, high] = shifted([0.01, 100], 0.5, 0, true);
  assert.ok(Math.abs(low - 0.1) < 1e-12 && Math.abs(high - 10) < 1e-9);
});

test('Spark_WithGaps_IsBrokenWhereALossIsMissing', () => {
  const pieces = sparkPieces([1, 2, null, NaN, 0, 1]);
  assert.deepEqual(pieces.map((piece) => piece.length), [2, 2]);
  assert.equal(pieces[0][1][1], 2);
  assert.deepEqual(sparkPieces([null, Infinity]), []);
  assert.deepEqual(sparkPieces([5, 5]).flat().map(([, y]) => y), [14, 14]);
});
