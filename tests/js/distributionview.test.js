import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { defaults, formatView, parseView } from '../../wwwroot/js/distributions/view.js';

test('an untouched view has no parameters, and none give an untouched view', () => {
  assert.equal(String(withChanges(new URLSearchParams(), formatView(defaults()))), '');
  assert.deepEqual(parseView(new URLSearchParams()), defaults());
});

test('what was shared is what is opened', () => {
  const state = {
    mode: 'pair', tagFilter: '^w', points: 100, logCounts: true, sameRange: true, first: 0, step: -5, values: { 'a:b/c': [-1.5, 2e-7] }, steps: { w: [3, 3] }, folded: ['x', ''], card: 'id:tag',
  };
  assert.deepEqual(parseView(withChanges(new URLSearchParams(), formatView(state))), state);
});

test('nonsense in an address is left at the default', () => {
  assert.deepEqual(parseView(new URLSearchParams('mode=pie&points=7&step=1e9&first=x&values=2:1:w&values=a:b:w&steps=1:NaN:w')), defaults());
});
