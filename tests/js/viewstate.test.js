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
    smoother: 'gaussian', smoothing: 2.5, x: 'relative', ignoreOutliers: true, sync: true, window: [1, 2.5], groupBy: 'config["odd key"]', center: 'median', band: 'ci',
    pins: ['a:b', 'c,d'], extras: { 'train/loss': [{ tag: 'lr', axis: 'y2' }, { tag: 'ünï:1', axis: 'y' }] }, windows: { loss: { percent: 12.5 }, 'x:y': { early: [-5, 5], late: [90, 100] } },
    tables: ['loss'], tip: { tag: 'a:b', x: -1.5e-7 }, logX: true, logY: true, zoom: { 'train/loss:x': [10, 200], ünï: [-1.5e-7, 3e9] }, folded: ['train', ''], card: 'val/loss',
  };
  const params = through(formatView(state));
  assert.deepEqual(parseView(params), state);
  assert.equal(params.get('project'), 'a/b & <c>?');
});

test('another metric as x, and a window in points, survive the address', () => {
  const state = { ...defaults(), x: 'metric', xTag: 'tokens seen', smoother: 'mean', smoothing: 21 };
  assert.deepEqual(parseView(through(formatView(state))), state);
});

test('a card takes no more tags than line styles tell apart, none twice, not its own', () => {
  const params = new URLSearchParams();
  for (const tag of ['loss', 'a', 'a', 'b', 'c', 'd', 'e', 'f']) params.append('add', `loss\t${tag}`);
  assert.deepEqual(parseView(params).extras.loss.map((one) => one.tag), ['a', 'b', 'c', 'd', 'e']);
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
  assert.deepEqual(parseView(new URLSearchParams('?smooth=7&x=moon&zoom=5:2:t&zoom=x&logx=yes&window=1:2&center=mode&band=x&add=a&early=99%25%09a&early=10%25&tip=x:a&smooth=cubic:3')), defaults());
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
