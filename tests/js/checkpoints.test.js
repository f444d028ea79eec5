import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { angleOf, differenceTraces, ranked } from '../../wwwroot/js/checkpoints/difference.js';
import { addressOf } from '../../wwwroot/js/checkpoints/source.js';
import { formatState, localText, parseState, wallOf } from '../../wwwroot/js/checkpoints/state.js';

const tensor = (name, change) => ({ name, shape: [2, 2], norm: 1, distance: 1, relative: 1, cosine: 1, largest: 1, non_finite: 0, ...change });

test('a whole state survives the address', () => {
  const state = { run: 'r', metric: 'val/loss & more', goal: 'max', asOf: 1790000000.999, a: 'x', b: 'y', bars: 'angle', chosen: 'z' };
  assert.deepEqual(parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString())), state);
  assert.equal(withChanges(new URLSearchParams(), formatState(parseState(new URLSearchParams('goal=low&bars=pie&as_of=x')))).size, 0);
});

test('a date holds its whole second', () => {
  const wall = wallOf('2026-11-25T20:15:30');
  assert.equal(localText(wall), '2026-11-25T20:15:30');
  assert.ok(wall % 1 > 0.99);
  assert.equal(wallOf(''), null);
});

test('tensors are ranked by what the bars show, what is no number last', () => {
  const all = [tensor('still', { distance: 0, relative: 0 }), tensor('none', { distance: 0, relative: 'NaN' }), tensor('far', { distance: 5, relative: 0.5 })];
  assert.deepEqual(ranked(all, 'relative').map((one) => one.name), ['far', 'still', 'none']);
  assert.deepEqual(differenceTraces(all, 'relative')[0].x, [0.5, 0]);
});

test('an angle is told in degrees, and rounding does not break it', () => {
  assert.equal(angleOf(tensor('a', { cosine: 0 })), 90);
  assert.equal(angleOf(tensor('a', { cosine: 1.0000000001 })), 0);
});

test('an address of a version keeps slashes and escapes the rest', () => {
  assert.equal(addressOf('r', { name: 'a b/c?.safetensors', id: 'i&d' }), 'api/v1/runs/r/artifacts/a%20b/c%3F.safetensors?id=i%26d');
});
