import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { metricPath } from '../../wwwroot/js/analysis/values.js';
import { defaults, formatState, MOST_FIELDS, parseState } from '../../wwwroot/js/hyper/state.js';

const roundTrip = (state) => parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString()));

test('a whole state survives the address', () => {
  const state = {
    metric: metricPath('val/"loss"', 'min'), fields: ['config.lr', 'config["odd & key"]'], cards: ['matrix', 'table'], brushes: new Map([['config.lr', [1e-5, 0.1]], ['config.opt', ['adam', 'sgd']]]),
    flips: ['config.lr'], contourX: 'config.lr', contourY: 'config.width', only: true, query: 'config.lr < 1',
  };
  assert.deepEqual(roundTrip(state), state);
});

test('an untouched page has no parameters, and no cards at all can be told from that', () => {
  assert.equal(withChanges(new URLSearchParams(), formatState(defaults())).size, 0);
  assert.deepEqual(roundTrip({ ...defaults(), cards: [] }).cards, []);
});

test('what is not ours, or too much, is left out', () => {
  assert.deepEqual(parseState(new URLSearchParams('metric=x&field=constructor&brush=[&flip=1&cx=&only=all')), defaults());
  const many = new URLSearchParams(Array.from({ length: 40 }, (_, at) => ['field', `config.f${at}`]));
  assert.equal(parseState(many).fields.length, MOST_FIELDS);
});
