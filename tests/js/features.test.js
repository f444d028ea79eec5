import assert from 'node:assert/strict';
import test from 'node:test';
import { buildSpec, formOfSpec, missing, plainDefaults, samplesOf } from '../../wwwroot/js/features/compute/form.js';
import { channelsOf, decades, flagOf, flat, largest, layoutOf, pageOf, part, plane, rangeOf } from '../../wwwroot/js/features/numbers.js';
import { formatState, parseState } from '../../wwwroot/js/features/state.js';

test('a table of any depth is flat, NaN and infinities included', () => {
  assert.deepEqual([...flat([[[1, 'NaN'], ['-Infinity', 4]]])], [1, NaN, -Infinity, 4]);
  assert.deepEqual([...flat(7)], [7]);
});

test('shapes are read as what they most likely are', () => {
  const said = (shape, asked) => {
    const { as, width, height, channels } = layoutOf(shape, asked);
    return [as, width, height, channels];
  };
  assert.deepEqual(said([1, 28, 28]), ['image', 28, 28, 1]);
  assert.deepEqual(said([3, 20, 30]), ['image', 30, 20, 3]);
  assert.deepEqual(said([20, 30, 3]), ['image', 30, 20, 3]);
  assert.deepEqual(said([28, 28]), ['image', 28, 28, 1]);
  assert.deepEqual(said([784]), ['image', 28, 28, 1]);
  assert.deepEqual(said([40, 6]), ['sequence', 40, 6, 1]);
  assert.deepEqual(said([13]), ['table', 13, 1, 1]);
  // A square number of features is not yet an image.
  assert.deepEqual(said([64]), ['table', 64, 1, 1]);
  assert.deepEqual(said([], 'auto'), ['table', 1, 1, 1]);
  assert.deepEqual(said([64], 'image'), ['image', 8, 8, 1]);
  assert.deepEqual(said([40, 6], 'table'), ['table', 240, 1, 1]);
  assert.deepEqual(said([40], 'sequence'), ['sequence', 40, 1, 1]);
});

test('a plane is the largest or the mean of the channels, wherever they are stored', () => {
  const values = Float32Array.of(1, 2, 3, 4, 9, 0, 1, 0);
  assert.deepEqual([...plane(values, layoutOf([2, 2, 2], 'image'))], [9, 2, 3, 4]);
  assert.deepEqual([...plane(values, layoutOf([2, 2, 2], 'image'), 'mean')], [5, 1, 2, 2]);
  const last = layoutOf([5, 1, 2]);
  assert.deepEqual([last.height, last.channels], [5, 2]);
  assert.deepEqual([...plane(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), last)], [2, 4, 6, 8, 10]);
  // What a position has runs down.
  assert.deepEqual([...plane(Float32Array.of(1, 2, 3, 4, 5, 6), layoutOf([3, 2]))], [1, 3, 5, 2, 4, 6]);
});

test('ranges pass over what is no number', () => {
  assert.deepEqual(rangeOf([NaN, 3, Infinity, -1]), [-1, 3]);
  assert.deepEqual(rangeOf([NaN]), [0, 1]);
  assert.deepEqual(rangeOf([2, 2]), [2, 3]);
  assert.deepEqual(largest(Float32Array.of(1, NaN, 5, 2), 3), [2, 3, 0]);
  assert.deepEqual([...part(Float32Array.of(1, 2, 3, 4), 2, 1)], [3, 4]);
});

test('maps of a module come channel by channel, a row of units as one', () => {
  const images = channelsOf({ map_shape: [2, 1, 3], maps: [[[[1, 2, 3]], [[4, 5, 6]]], [[[7, 8, 9]], [[10, 11, 12]]]] }, 2);
  assert.equal(images.count, 2);
  assert.deepEqual([...images.of(1, 1)], [10, 11, 12]);
  assert.deepEqual([images.layout.width, images.layout.height], [3, 1]);
  const row = channelsOf({ map_shape: [3], maps: [[1, 2, 3]] }, 1);
  assert.deepEqual([row.count, [...row.of(0)]], [1, [1, 2, 3]]);
  assert.equal(channelsOf({ map_shape: [4, 2], maps: [[[1, 2], [3, 4], [5, 6], [7, 8]]] }, 1).layout.as, 'sequence');
});

test('pages stay within what there is', () => {
  assert.deepEqual(pageOf(100, 48, 2), { page: 2, pages: 3, first: 96, last: 100 });
  assert.deepEqual(pageOf(100, 48, 9), { page: 2, pages: 3, first: 96, last: 100 });
  assert.deepEqual(pageOf(0, 48, -1), { page: 0, pages: 1, first: 0, last: 0 });
});

test('gradients are marked where something is wrong with them, the worst first', () => {
  assert.equal(flagOf({ non_finite: 3, zeros: 0.9, norm: 0 }), 'non_finite');
  assert.equal(flagOf({ non_finite: 0, zeros: 1, norm: 0 }), 'zero');
  assert.equal(flagOf({ non_finite: 0, zeros: 0.6, norm: 2 }), 'zeros');
  assert.equal(flagOf({ non_finite: 0, zeros: 0.5, norm: 2 }), null);
});

test('decades are marked on both sides of zero, which is in the middle', () => {
  const side = [1e-3, 10 ** -2.5, 1e-2, 10 ** -1.5, 0.1];
  const edges = [...side.map((edge) => -edge).reverse(), ...side];
  assert.deepEqual(decades(edges), [[0, '−10⁻¹'], [2, '−10⁻²'], [4.5, '0'], [7, '10⁻²'], [9, '10⁻¹']]);
  assert.deepEqual(decades([]), []);
});

test('the state of the page is its address', () => {
  const state = { job: 'j', sample: 2, overlay: 40, as: 'sequence', module: 'a.b', page: 1, parameter: 'w' };
  const params = new URLSearchParams(Object.entries(formatState(state)).filter(([, value]) => value !== null));
  assert.deepEqual(parseState(params), state);
  assert.deepEqual(Object.values(formatState(parseState(new URLSearchParams('sample=x&overlay=900&as=tea')))).filter(Boolean), ['100']);
});

const of = (name) => ({ run_id: 'r', name });
const form = (values) => ({ ...plainDefaults(), model: of('m'), batch: of('b'), loss: 'mse', ...values });

test('samples are numbers and ranges; anything else is left for the server to name', () => {
  assert.deepEqual(samplesOf('0, 3 5-7'), [0, 3, 5, 6, 7]);
  assert.deepEqual(samplesOf('first'), ['first']);
  assert.equal(samplesOf('0-100000000').length, 1001);
});

test('a spec has nothing in it that is as by default, and what belongs to its kind alone', () => {
  assert.deepEqual(buildSpec('saliency', form({})), { model: of('m'), batch: of('b') });
  assert.deepEqual(buildSpec('saliency', form({ samples: '1, 2', target: '0', smooth: '8', noise: '0.1', seed: '3', modules: 'x' })), { model: of('m'), batch: of('b'), samples: [1, 2], target: 0, smooth: 8, noise: 0.1, seed: 3 });
  assert.deepEqual(buildSpec('activations', form({ modules: 'a, b.c', target: '1' })), { model: of('m'), batch: of('b'), modules: ['a', 'b.c'] });
  assert.deepEqual(buildSpec('gradients', form({ samples: '1', batchSize: '32', device: 'cpu', center: of('c') })), { model: of('m'), batch: of('b'), loss: 'mse', center: of('c'), batch_size: 32, device: 'cpu' });
  assert.deepEqual(missing(form({ batch: null })), ['batch']);
});

test('a job is asked for again as it was', () => {
  for (const [kind, values] of [['saliency', { samples: '0, 4', target: '2', smooth: '5', noise: '0.2', seed: '7' }], ['activations', { modules: 'a, b', samples: '3' }], ['gradients', { batchSize: '16', device: 'cuda', center: of('c') }]]) {
    const spec = buildSpec(kind, form(values));
    assert.deepEqual(buildSpec(kind, form({ ...plainDefaults(), ...formOfSpec(spec) })), spec);
  }
});
