import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { metricPath } from '../../wwwroot/js/analysis/values.js';
import { defaults, formatState, parseState, thinned } from '../../wwwroot/js/scatter/state.js';

test('a whole state survives the address', () => {
  const state = {
    mode: 'steps', x: 'config["odd & key"]', y: metricPath('val/"loss"', 'min'), color: 'config.lr', xTag: 'w=1&2', yTag: '损失', logX: true, logY: false, fit: false, only: true,
    query: 'config.lr < 1 and name ~ "a&b"',
  };
  assert.deepEqual(parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString())), state);
});

test('an untouched page has no parameters', () => {
  assert.equal(withChanges(new URLSearchParams(), formatState(defaults())).size, 0);
});

test('what is no path is left for the page to choose', () => {
  assert.deepEqual(parseState(new URLSearchParams('x=__proto__&y=summary(&color=nothing&mode=3d&fit=maybe')), defaults());
});

test('thinning is even, exact in its number, and begins with the first', () => {
  assert.deepEqual(thinned(3, 5), [0, 1, 2]);
  const some = thinned(10_000, 4000);
  assert.equal(new Set(some).size, 4000);
  assert.equal(some[0], 0);
  assert.ok(some.at(-1) < 10_000 && some.at(-1) > 9990);
});
