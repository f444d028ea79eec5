import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { layersOf } from '../../wwwroot/js/gradients/layers.js';
import { anglesOf, awayFromNull, normalBelow, normOfHistogram, nullAngles, spread, statesOf, stretchesOf } from '../../wwwroot/js/gradients/numbers.js';
import { append, seriesOf } from '../../wwwroot/js/gradients/series.js';
import { isSignedLog, onSignedLog, placeOf, signedTicks, valueAt } from '../../wwwroot/js/gradients/signedlog.js';
import { defaults, formatState, parseState } from '../../wwwroot/js/gradients/state.js';

const scalar = (tag, last = 1) => ({ tag, type: 'scalar', last });
const histogram = (tag) => ({ tag, type: 'histogram', last: null });

test('layers come in the order of the model, with what was logged of each', () => {
  const { layers, whole, dead } = layersOf([
    scalar('activations/relu/dead_share', 0.25), scalar('gradients/a.weight/norm'), scalar('gradients/a.weight/position', 1), scalar('gradients/a.weight/size', 12), scalar('gradients/norm', 2),
    scalar('gradients/size', 36), scalar('gradients/z/b/cosine'), scalar('gradients/z/b/position', 0), scalar('weights/a.weight/norm', 3), scalar('weights/norm', 4), histogram('gradients/a.weight'), histogram('weights/a.weight'),
    scalar('train/loss'), histogram('activations/relu'),
  ]);
  assert.deepEqual(layers.map((layer) => layer.name), ['z/b', 'a.weight']);
  assert.deepEqual(layers[1], { name: 'a.weight', tags: { norm: 'gradients/a.weight/norm', weight: 'weights/a.weight/norm' }, last: { norm: 1, weight: 3 }, size: 12, position: 1, gradients: 'gradients/a.weight', weights: 'weights/a.weight' });
  assert.deepEqual([whole.tags, whole.size], [{ norm: 'gradients/norm', weight: 'weights/norm' }, 36]);
  assert.deepEqual(dead, [{ module: 'relu', tag: 'activations/relu/dead_share', last: 0.25 }]);
});

test('what people log by hand is read, too', () => {
  const { layers, whole } = layersOf([scalar('train/grad_norm', 7), histogram('grads/layer10'), histogram('grads/layer2'), histogram('weights/alone'), scalar('train/grads/head'), scalar('val/gradient_boost')]);
  assert.deepEqual(layers.map((layer) => [layer.name, layer.gradients, layer.tags.norm ?? null]), [['head', null, 'train/grads/head'], ['layer2', 'grads/layer2', null], ['layer10', 'grads/layer10', null]]);
  assert.equal(whole.tags.norm, 'train/grad_norm');
});

test('states: what is no number comes before an explosion, and small is what is small beside the largest', () => {
  const steps = Array.from({ length: 12 }, (_, i) => i);
  const row = (norms, more = {}) => ({ steps, norms, peaks: norms, bad: norms.map(() => 0), size: 4, ...more });
  const even = steps.map(() => 1);
  const states = statesOf([
    row(even), row(even.map((one, i) => (i === 9 ? 101 : one))), row(even.map((one, i) => (i > 5 ? 0.9e-4 : one))), row(even.map((one, i) => (i === 3 ? 0 : one))),
    row(even.map((one, i) => (i === 4 ? NaN : one))), row(even, { bad: even.map((_, i) => (i === 2 ? 1 : 0)) }), row(even.map((one, i) => (i === 0 ? 2e6 : one))),
  ]);
  const where = (at) => stretchesOf(states[at]);
  assert.deepEqual(where(0), [{ state: 'vanishing', from: 0, to: 0 }]); // beside the last layer, whose norm is 2e6 there
  assert.deepEqual(where(1).slice(1), [{ state: 'exploding', from: 9, to: 9 }]);
  assert.deepEqual(where(2).slice(1), [{ state: 'vanishing', from: 6, to: 11 }]);
  assert.deepEqual(where(3).slice(1), [{ state: 'dead', from: 3, to: 3 }]);
  assert.deepEqual(where(4).slice(1), [{ state: 'non_finite', from: 4, to: 4 }]);
  assert.deepEqual(where(5).slice(1), [{ state: 'non_finite', from: 2, to: 2 }]);
  assert.deepEqual(where(6), [{ state: 'exploding', from: 0, to: 0 }]);
  assert.deepEqual(statesOf([row([1e-12, 1e-12, 1e-12])])[0], [null, null, null]);
});

test('an explosion is one beside the steps before it: a level that stays becomes usual', () => {
  const norms = [...Array(60).fill(1), ...Array(60).fill(150)];
  const [states] = statesOf([{ steps: norms.map((_, i) => i), norms, peaks: norms, bad: null, size: 1 }]);
  // The median of 50 is between both levels after 25 of them and the new one after 26: 75.5 and 150 are less than 100 times below.
  assert.deepEqual(stretchesOf(states), [{ state: 'exploding', from: 60, to: 84 }]);
});

test('a layer that falls as the others fall does not vanish', () => {
  const rows = [1, 30].map((scale) => ({ steps: [0, 1, 2], norms: [1, 1e-4, 1e-9].map((one) => one * scale), peaks: null, bad: null, size: 10 }));
  assert.deepEqual(statesOf(rows), [[null, null, null], [null, null, null]]);
});

test('angles of known cosines lie in their bins', () => {
  const { shares, count, mean, sd } = anglesOf([1, 0.001, -1, NaN], 36);
  assert.equal(count, 3);
  assert.deepEqual([shares[0], shares[17], shares[35]].map((one) => Math.round(one * 3)), [1, 1, 1]);
  assert.ok(Math.abs(mean - 0.001 / 3) < 1e-15);
  assert.ok(Math.abs(sd - 1) < 1e-6);
});

test('the null is the normal distribution of the cosine, all of it', () => {
  for (const size of [3, 10, 1000, 1e8]) assert.ok(Math.abs(nullAngles(size, 36).reduce((sum, one) => sum + one, 0) - 1) < 1e-12);
  // Within 5° of 90° lie cosines within sin 5° = 0.0872: for n = 100 that is 0.8716 deviations, 61.66 % of a normal distribution.
  const shares = nullAngles(100, 36);
  assert.ok(Math.abs(shares[17] + shares[18] - 0.6166) < 1e-4);
  assert.ok(Math.abs(normalBelow(1.959964) - 0.975) < 1e-6);
  assert.ok(Math.abs(normalBelow(-1) - 0.158655) < 1e-6);
  assert.equal(awayFromNull(0.1, 25, 400), 10);
});

test('a norm from a histogram is near the values that made it', () => {
  // Bins of one value each, of width 0.001: the squares' means differ from the squares by less than a part in a thousand.
  const edges = [2.9995, 3.0005, 3.9995, 4.0005];
  assert.ok(Math.abs(normOfHistogram({ edges, counts: [1, 0, 1] }) - 5) < 1e-3);
  assert.equal(normOfHistogram({ edges: [-1e-10, 1e-10], counts: [9] }), 0);
});

test('spread takes both ends and no more than asked', () => {
  assert.deepEqual(spread(3, 8), [0, 1, 2]);
  assert.deepEqual(spread(100, 3), [0, 50, 99]);
});

test('signed logarithmic places rise with their values, and back', () => {
  const values = [-1e6, -1, -1e-10, -5e-11, 0, 5e-11, 1e-10, 1e-3, 1, 1e6];
  const places = values.map(placeOf);
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
  values.forEach((value, i) => assert.ok(Math.abs(valueAt(places[i]) - value) <= 1e-12 * Math.abs(value)));
  assert.equal(placeOf(1) - placeOf(0.1), 1);
  const ticks = signedTicks([placeOf(-1e-2), placeOf(1e-2)], 100);
  assert.deepEqual([ticks[0].text, ticks.find((tick) => tick.at === 0).text, ticks.at(-1).text], ['−10⁻²', '0', '10⁻²']);
  assert.ok(signedTicks([-17, 17], 6).length <= 9);
});

test('only histograms of that scale are drawn on it', () => {
  const grid = (low, n) => Array.from({ length: n }, (_, i) => 10 ** (low + i / 4));
  const ours = { edges: [grid(-4, 5), [-1e-10, 1e-10], [1e6, Number.MAX_VALUE]], counts: [[1, 2, 3, 4], [5], [1]], steps: [0, 1, 2] };
  assert.equal(isSignedLog(ours), true);
  const moved = onSignedLog(ours);
  assert.deepEqual(moved.edges[1], [-0.5, 0.5]);
  assert.ok(moved.edges.every((edges) => edges.every((edge, i) => i === 0 || edge > edges[i - 1])));
  assert.equal(isSignedLog({ edges: [[-1, -0.5, 0, 0.5, 1]], counts: [[1, 1, 1, 1]] }), false);
});

test('live points go on where the answer ended, and a second value for the last step replaces it', () => {
  const series = seriesOf({ steps: [0, 2], values: [1, 'NaN'], min: [1, null], max: [1.5, null], non_finite: [0, 1], wall_times: [10, 11] });
  assert.deepEqual([series.peaks, series.bad], [[1.5, NaN], [0, 1]]);
  assert.equal(append(series, { steps: [2, 4], values: [3, 'Infinity'], wall_times: [12, 13] }), true);
  assert.deepEqual([series.steps, series.values, series.bad], [[0, 2, 4], [1, 3, Infinity], [0, 0, 1]]);
  assert.equal(append(series, { steps: [4], values: ['Infinity'], wall_times: [13] }), false);
});

test('a whole state survives the address, and an untouched page has no parameters', () => {
  const state = { run: 'a', beside: 'b', layer: 'z/b & c', filter: 'conv.*', steps: [-5, 100], window: 0, until: 40, histograms: 'weights', mode: 'ridge' };
  assert.deepEqual(parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString())), state);
  assert.equal(withChanges(new URLSearchParams(), formatState(defaults())).size, 0);
  assert.deepEqual(parseState(new URLSearchParams('steps=9:3&angles=7&until=x&values=all&mode=3d&run=r&beside=r')), { ...defaults(), run: 'r' });
});
