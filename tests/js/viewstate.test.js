import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_QUERY, addressOf, paramsOf, withChanges } from '../../wwwroot/js/address.js';
import { formatSelection, parseSelection, selectionOf, shownRuns } from '../../wwwroot/js/selection.js';
import { defaults, formatView, parseView } from '../../wwwroot/js/viewstate.js';

const through = (changes) => {
  const { search, hash } = addressOf(withChanges(new URLSearchParams({ project: 'a/b & <c>?' }), changes));
  return paramsOf(search, hash);
};
const runs = ['d', 'c', 'b', 'a'].map((id) => ({ id }));

test('an untouched view is its project alone', () => {
  assert.deepEqual(addressOf(withChanges(new URLSearchParams({ project: 'mnist' }), formatView(defaults()))), { search: '?project=mnist', hash: '' });
});

test('every part of a view survives its address', () => {
  const state = {
    ...defaults(), tagFilter: '^train/(loss|acc)$',
    smoothing: 0.6, x: 'relative', logX: true, logY: true, zoom: { 'train/loss:x': [10, 200], ünï: [-1.5e-7, 3e9] }, folded: ['train', ''], card: 'val/loss',
  };
  const params = through(formatView(state));
  assert.deepEqual(parseView(params), state);
  assert.equal(params.get('project'), 'a/b & <c>?');
});

test('a selection survives its address', () => {
  for (const selection of [{ mode: 'only', ids: ['r,1', 'ü%2C'] }, { mode: 'except', ids: ['x'] }, { mode: 'all', ids: [] }, { mode: 'none', ids: [] }, { mode: 'newest', ids: [] }]) {
    assert.deepEqual(parseSelection(through({ runs: formatSelection(selection) }).get('runs')), selection);
  }
  assert.deepEqual(parseSelection('%E0%A4%A'), { mode: 'newest', ids: [] });
});

test('a thousand runs go to the fragment, which no server refuses', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `run-${i}`);
  const { search, hash } = addressOf(new URLSearchParams({ project: 'p', runs: formatSelection({ mode: 'only', ids }) }));
  assert.ok(search.length < MAX_QUERY);
  assert.deepEqual(parseSelection(paramsOf(search, hash).get('runs')).ids, ids);
});

test('nonsense in an address is the default', () => {
  assert.deepEqual(parseView(new URLSearchParams('?smooth=7&x=moon&zoom=5:2:t&zoom=x&logx=yes')), defaults());
});

test('the newest runs are shown where nothing is said', () => {
  assert.deepEqual(shownRuns({ mode: 'newest', ids: [] }, runs, 2), ['d', 'c']);
  assert.deepEqual(shownRuns({ mode: 'except', ids: ['c'] }, runs), ['d', 'b', 'a']);
  assert.deepEqual(shownRuns({ mode: 'only', ids: ['a', 'gone'] }, runs), ['a']);
});

test('hiding one of all keeps runs to come shown', () => {
  assert.deepEqual(selectionOf(['d', 'c', 'b'], runs, { mode: 'all', ids: [] }), { mode: 'except', ids: ['a'] });
  assert.deepEqual(selectionOf(['d'], runs, { mode: 'newest', ids: [] }), { mode: 'only', ids: ['d'] });
  assert.deepEqual(selectionOf([], runs, { mode: 'only', ids: [] }), { mode: 'none', ids: [] });
});
