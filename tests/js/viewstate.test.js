import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_QUERY, defaults, formatView, parseView, selectionOf, shownRuns } from '../../wwwroot/js/viewstate.js';

const through = (state) => {
  const { search, hash } = formatView(state);
  return parseView(search, hash);
};
const runs = ['d', 'c', 'b', 'a'].map((id) => ({ id }));

test('an untouched view is its project alone', () => {
  assert.deepEqual(formatView({ ...defaults(), project: 'mnist' }), { search: '?project=mnist', hash: '' });
});

test('every part of a view survives its address', () => {
  const state = {
    ...defaults(), project: 'a/b & <c>?', runs: { mode: 'only', ids: ['r,1', 'ü%2C'] }, runFilter: 'seed 1', tagFilter: '^train/(loss|acc)$',
    smoothing: 0.6, x: 'relative', logX: true, logY: true, zoom: { 'train/loss:x': [10, 200], ünï: [-1.5e-7, 3e9] }, folded: ['train', ''], card: 'val/loss',
  };
  assert.deepEqual(through(state), state);
});

test('a thousand runs go to the fragment, which no server refuses', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `run-${i}`);
  const { search, hash } = formatView({ ...defaults(), project: 'p', runs: { mode: 'only', ids } });
  assert.ok(search.length < MAX_QUERY);
  assert.deepEqual(parseView(search, hash).runs.ids, ids);
});

test('nonsense in an address is the default', () => {
  const state = parseView('?smooth=7&x=moon&zoom=5:2:t&zoom=x&logx=yes');
  assert.deepEqual(state, defaults());
});

test('the newest runs are shown where nothing is said', () => {
  assert.deepEqual(shownRuns(defaults().runs, runs, 2), ['d', 'c']);
  assert.deepEqual(shownRuns({ mode: 'except', ids: ['c'] }, runs), ['d', 'b', 'a']);
  assert.deepEqual(shownRuns({ mode: 'only', ids: ['a', 'gone'] }, runs), ['a']);
});

test('hiding one of all keeps runs to come shown', () => {
  assert.deepEqual(selectionOf(['d', 'c', 'b'], runs, { mode: 'all', ids: [] }), { mode: 'except', ids: ['a'] });
  assert.deepEqual(selectionOf(['d'], runs, { mode: 'newest', ids: [] }), { mode: 'only', ids: ['d'] });
  assert.deepEqual(selectionOf([], runs, { mode: 'only', ids: [] }), { mode: 'none', ids: [] });
});
