import assert from 'node:assert/strict';
import test from 'node:test';
import { against, compareRows, markdownTable } from '../../wwwroot/js/compare/rows.js';
import { flatten } from '../../wwwroot/js/flatten.js';

const runs = [
  { name: 'a', status: 'finished', tags: [], notes: '', created: 0, updated: 10, config: { lr: 0.1, 'a.b': 1, optimizer: { name: 'sgd' }, environment: { python: '3.11' } }, summary: { 'val/loss': { last: 1, min: 0.5, max: 2, step: 9 } } },
  { name: 'b', status: 'finished', tags: ['x'], notes: '', created: 5, updated: 15, config: { lr: 0.1, a: { b: 1 }, optimizer: { name: 'adam' } }, summary: { 'val/loss': { last: 'NaN', min: 0.25, max: 2, step: 9 } } },
];

test('flatten_OfNestedValues_KeepsListsOfPlainValuesWhole', () => {
  assert.deepEqual(flatten({ a: [1, 2], b: { c: null, d: {} }, e: [{ f: 1 }] }), [
    { keys: ['a'], value: [1, 2] }, { keys: ['b', 'c'], value: null }, { keys: ['b', 'd'], value: {} }, { keys: ['e', '0', 'f'], value: 1 },
  ]);
  assert.deepEqual(flatten({}), []);
});

test('rows_OfTwoRuns_StandInTheirSections', () => {
  const [own, metrics, config, environment] = compareRows(runs, ['last', 'min']);
  assert.deepEqual(config.rows.map(({ label, values, same }) => [label, values, same]), [
    ['a.b', [1, undefined], false], ['a.b', [undefined, 1], false], ['lr', [0.1, 0.1], true], ['optimizer.name', ['sgd', 'adam'], false],
  ]);
  assert.deepEqual(environment.rows.map(({ label, values }) => [label, values]), [['python', ['3.11', undefined]]]);
  assert.deepEqual(metrics.rows.map(({ label, part, values, numeric }) => [label, part, values, numeric]), [['val/loss', 'last', [1, 'NaN'], true], ['val/loss', 'min', [0.5, 0.25], true]]);
  assert.equal(own.rows.find((row) => row.key === 'duration').same, true);
  assert.equal(own.rows.find((row) => row.key === 'tags').same, false);
});

test('against_ABaseline_IsSaidOnlyWhereItMeansSomething', () => {
  assert.deepEqual(against(1.5, 1), { difference: 0.5, ratio: 0.5 });
  assert.deepEqual(against(-1, -2), { difference: 1, ratio: 0.5 });
  assert.deepEqual(against(1, 0), { difference: 1, ratio: null });
  assert.equal(against('NaN', 1), null);
  assert.equal(against(2, 2), null);
  assert.equal(against('adam', 1), null);
});

test('markdown_OfHostileNames_KeepsItsCells', () => {
  assert.equal(markdownTable(['', 'a|b'], [{ name: 'x\ny', values: ['<b>'] }]), '|  | a\\|b |\n|---|---:|\n| x y | &lt;b&gt; |');
});
