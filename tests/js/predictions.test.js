import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { bestOf, classRows, countsAt, measuresOf, nameOfClass, nearest, nearestOnRoc, pointAt, sharesOf } from '../../wwwroot/js/predictions/numbers.js';
import { defaults, formatState, parseState } from '../../wwwroot/js/predictions/state.js';

const roundTrip = (state) => parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString()));
// Labels 0011, scores .1 .4 .35 .8.
const roc = { fpr: [0, 0, 0.5, 0.5, 1], tpr: [0, 0.5, 0.5, 1, 1], thresholds: ['Infinity', 0.8, 0.4, 0.35, 0.1], positives: 2, negatives: 2 };

test('a whole state survives the address, and an untouched page has none', () => {
  const state = { tag: 'val/a & b', step: -5, run: 'r1', class: 3, threshold: 0.35, cell: [0, 12], scale: 'column', measure: 'f1_macro', output: 2 };
  assert.deepEqual(roundTrip(state), state);
  assert.deepEqual(roundTrip({ ...defaults(), class: 'micro' }).class, 'micro');
  assert.equal(withChanges(new URLSearchParams(), formatState(defaults())).size, 0);
});

test('what is not ours is left at its default', () => {
  assert.deepEqual(parseState(new URLSearchParams('step=x&class=-1&at=NaN&cell=1&scale=log&measure=<b>&output=1.5')), defaults());
  assert.equal(parseState(new URLSearchParams('at= ')).threshold, null);
});

test('the step nearest to one asked for is found, the later of two as near', () => {
  assert.equal(nearest([0, 10, 20], null), 2);
  assert.equal(nearest([0, 10, 20], 4), 0);
  assert.equal(nearest([0, 10, 20], 5), 1);
  assert.equal(nearest([], 5), -1);
});

test('a threshold stands for the last point whose score is at least that', () => {
  assert.equal(pointAt(roc.thresholds, 9), 0);
  assert.equal(pointAt(roc.thresholds, 0.4), 2);
  assert.equal(pointAt(roc.thresholds, 0.39), 2);
  assert.equal(pointAt(roc.thresholds, -1), 4);
});

test('counts and measures at a point of the curve are those of the samples', () => {
  const counts = countsAt(roc, 3);
  assert.deepEqual(counts, { tp: 2, fp: 1, fn: 0, tn: 1 });
  assert.deepEqual(measuresOf(counts), { precision: 2 / 3, recall: 1, fpr: 0.5, f1: 0.8, accuracy: 0.75 });
  assert.equal(measuresOf(countsAt(roc, 0)).precision, null);
});

test('dragging finds the point nearest to the pointer', () => {
  assert.equal(nearestOnRoc(roc, 0.45, 0.9), 3);
  assert.equal(nearestOnRoc(roc, 1, 1), 4);
});

test('shares are of a row, a column, or the largest cell, and none where there is nothing', () => {
  const matrix = [[3, 1], [0, 0]];
  assert.deepEqual(sharesOf(matrix, 'row'), [[0.75, 0.25], [null, null]]);
  assert.deepEqual(sharesOf(matrix, 'column'), [[1, 1], [0, 0]]);
  assert.deepEqual(sharesOf(matrix, 'count'), [[1, 1 / 3], [0, 0]]);
});

test('rows of classes keep what is undefined apart from zero', () => {
  const averages = (values) => ({ per_class: values });
  const view = { classes: [4, 7], class_names: ['cat', 'dog'], support: [3, 0], predicted: [2, 1], precision: averages([0.5, 0]), recall: averages([1, null]), f1: averages([0.6, 0]), auc: averages([0.9, null]), average_precision: averages([0.8, null]) };
  assert.deepEqual(classRows(view)[1], { id: 7, name: 'dog', support: 0, predicted: 1, precision: 0, recall: null, f1: 0, auc: null, average_precision: null });
  assert.equal(nameOfClass(view, 4), 'cat');
  assert.equal(nameOfClass(view, 5), null);
});

test('the best is named only where it is one', () => {
  assert.equal(bestOf([0.2, null, 0.7], false), 2);
  assert.equal(bestOf([0.2, null, 0.7], true), 0);
  assert.equal(bestOf([0.7, 0.7], false), -1);
  assert.equal(bestOf([0.7, null], false), -1);
});
