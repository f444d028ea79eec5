import assert from 'node:assert/strict';
import test from 'node:test';
import { inOrder, picked, usualPick } from '../../wwwroot/js/compute/checkpoints.js';
import { sortFaults } from '../../wwwroot/js/compute/faults.js';
import { likelyBatch, likelyRun, likelyValidation, lossNamed, lossOfConfig, lossOfTargets } from '../../wwwroot/js/compute/guess.js';
import { parseHeader, samplesOf } from '../../wwwroot/js/compute/header.js';
import { buildSpec as curvatureSpec, curvatureSeconds, formOfSpec as curvatureForm, plainDefaults as curvatureDefaults } from '../../wwwroot/js/curvature/compute/form.js';
import { landscapeSeconds } from '../../wwwroot/js/landscapes/compute/estimate.js';
import { buildSpec, FIELDS, formOfSpec, missing, plainDefaults, pointCount, probeSpec, runDefaults } from '../../wwwroot/js/landscapes/compute/form.js';

const checkpoint = (name, step, created = 0) => ({ name, step, created });
const run = (count) => ({ id: 'r', name: 'run', checkpoints: Array.from({ length: count }, (_, at) => checkpoint(`c${at}`, at * 10)) });
const of = (name) => ({ run_id: 'r', name });
const form = (count, change = {}) => ({ ...plainDefaults(), ...runDefaults(run(count)), model: of('model.pt'), batch: of('train'), validation: null, loss: 'cross_entropy', ...change });

test('checkpoints are in the order of training, those without a step last', () => {
  const sorted = inOrder([checkpoint('b', 20), checkpoint('late', null, 9), checkpoint('early', null, 3), checkpoint('a', 5)]);
  assert.deepEqual(sorted.map((one) => one.name), ['a', 'b', 'early', 'late']);
});

test('every k-th checkpoint counts back from the last', () => {
  const { checkpoints } = run(6);
  assert.deepEqual(picked(checkpoints, { mode: 'every', every: 2 }), ['c1', 'c3', 'c5']);
  assert.deepEqual(picked(checkpoints, { mode: 'every', every: 0 }).length, 6);
  assert.deepEqual(picked(checkpoints, { mode: 'range', from: 10, to: 30 }), ['c1', 'c2', 'c3']);
  assert.deepEqual(picked(checkpoints, { mode: 'range', from: null, to: 10 }), ['c0', 'c1']);
  assert.deepEqual(picked(checkpoints, { mode: 'named', names: ['c4', 'gone'] }), ['c4']);
  assert.deepEqual(picked(checkpoints, { mode: 'none' }), []);
});

test('a long run is thinned to about a hundred checkpoints', () => {
  assert.equal(usualPick(run(200).checkpoints).mode, 'all');
  const pick = usualPick(run(1000).checkpoints);
  assert.deepEqual([pick.mode, picked(run(1000).checkpoints, pick).length], ['every', 100]);
});

test('a loss is known by what people call it', () => {
  assert.equal(lossNamed('nn.CrossEntropyLoss'), 'cross_entropy');
  assert.equal(lossNamed('CrossEntropyLoss'), 'cross_entropy');
  assert.equal(lossNamed('BCE with logits'), 'bce_with_logits');
  assert.equal(lossOfConfig({ lr: 0.1, train: { criterion: 'MSELoss' } }), 'mse');
  assert.equal(lossOfConfig({ loss: { name: 'huber' } }), 'smooth_l1');
  assert.equal(lossOfConfig({ loss: 0.3 }), null);
  assert.equal(lossOfConfig(null), null);
  assert.equal(lossOfTargets({ dtype: 'F32' }), 'mse');
  assert.equal(lossOfTargets({ dtype: 'I64' }), 'cross_entropy');
  assert.equal(lossOfTargets(undefined), null);
});

test('the batch of training goes first, that of validation beside it', () => {
  const batches = [{ name: 'val.safetensors' }, { name: 'batch' }, { name: 'data/train-0' }];
  assert.equal(likelyBatch(batches).name, 'data/train-0');
  assert.equal(likelyBatch(batches.slice(0, 2)).name, 'batch');
  assert.equal(likelyBatch(batches.slice(0, 1)).name, 'val.safetensors');
  assert.equal(likelyValidation(batches, batches[2]).name, 'val.safetensors');
  assert.equal(likelyValidation(batches, batches[0]), null);
  // Words within words are none: "interval", "contest".
  assert.equal(likelyBatch([{ name: 'interval' }, { name: 'other' }]).name, 'interval');
  assert.equal(likelyRun([{ models: [], batches: [1] }, { models: [1], batches: [] }, { models: [1], batches: [1], id: 3 }]).id, 3);
  assert.equal(likelyRun([]), null);
});

test('a safetensors header tells samples and types, and nothing where the file is another', () => {
  const json = new TextEncoder().encode('{"inputs":{"dtype":"F32","shape":[100,2],"data_offsets":[0,800]},"targets":{"dtype":"I64","shape":[100],"data_offsets":[800,1600]}}');
  const file = new Uint8Array(8 + json.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  assert.equal(samplesOf(parseHeader(file)), 100);
  assert.equal(parseHeader(file.subarray(0, 20)), null);
  assert.equal(parseHeader(new TextEncoder().encode('PK not a batch at all')), null);
  assert.equal(samplesOf(null), null);
});

test('three checkpoints make the training path the default, fewer do not', () => {
  assert.equal(runDefaults(run(3)).kind, 'pca');
  assert.equal(runDefaults(run(2)).kind, 'random');
  assert.equal(runDefaults(run(0)).pick.mode, 'none');
});

test('a spec has what its directions need and no more', () => {
  const pca = buildSpec(form(3, { center: of('c0') }), run(3));
  assert.deepEqual(pca.directions, { kind: 'pca', checkpoints: ['c0', 'c1', 'c2'] });
  assert.deepEqual(pca.x, { points: 51 });
  assert.ok(!('l1' in pca) && !('device' in pca) && !('batch_size' in pca) && !('validation_batch' in pca));
  const random = buildSpec(form(0, { kind: 'random', seed: '7', dims: 1, auto: false, xFrom: '-0.5', xTo: '2', points: '101', l2: '1e-4', batchSize: '64', device: 'cpu', batchNorm: 'recompute' }), run(0));
  assert.deepEqual(random.directions, { kind: 'random', seed: 7, normalize: 'filter', biases: 'zero' });
  assert.deepEqual([random.x, random.y, random.l2, random.batch_size, random.device, random.batch_norm], [{ from: -0.5, to: 2, points: 101 }, null, 1e-4, 64, 'cpu', 'recompute']);
  const given = buildSpec(form(0, { kind: 'given', givenX: of('dx'), givenY: of('dy') }), run(0));
  assert.deepEqual(given.directions, { kind: 'given', x: of('dx'), y: of('dy') });
  // What is no number goes as it is, so that the server names the fault.
  assert.equal(buildSpec(form(0, { points: 'many' }), run(0)).x.points, 'many');
});

test('a spec becomes the form that asks for it again', () => {
  const asked = form(5, { kind: 'random', seed: '9', normalize: 'layer', biases: 'scale', orthogonal: false, pick: { mode: 'every', every: 2 }, validation: of('val'), l1: '0.001', auto: false, xFrom: '-2', xTo: '2', yFrom: '0', yTo: '1', points: '25', batchSize: '32', device: 'cuda', center: of('c1') });
  const spec = buildSpec(asked, run(5));
  assert.deepEqual(buildSpec({ ...plainDefaults(), ...formOfSpec(spec) }, run(5)), spec);
  const line = buildSpec(form(0, { kind: 'between', to: of('other'), dims: 1 }), run(0));
  assert.deepEqual(buildSpec({ ...plainDefaults(), ...formOfSpec(line) }, run(0)), line);
});

test('what is missing is named by its field', () => {
  assert.deepEqual(missing(form(3), run(3)), []);
  assert.deepEqual(missing(form(2, { kind: 'pca', pick: { mode: 'all' } }), run(2)), ['checkpoints']);
  assert.deepEqual(missing(form(2, { kind: 'pca', pick: { mode: 'all' }, dims: 1 }), run(2)), []);
  assert.deepEqual(missing(form(0, { kind: 'given', batch: null, points: '1' }), run(0)), ['batch', 'givenX', 'givenY', 'points']);
});

test('faults find the field of the longest pointer that fits', () => {
  const { byField, rest } = sortFaults([{ pointer: '/spec/x/points', message: 'a' }, { pointer: '/spec/directions/checkpoints/3', message: 'b' }, { pointer: '/spec/xyz', message: 'c' }, { pointer: '/spec/y/from', message: 'd' }], FIELDS);
  assert.deepEqual([...byField], [['points', ['a']], ['checkpoints', ['b']], ['rangeY', ['d']]]);
  assert.deepEqual(rest, ['c']);
});

test('an estimate counts points, path, second batch and the search for eigenvectors', () => {
  const probe = { samples: 100, seconds_per_point: 0.01, seconds_per_product: 0.5 };
  assert.equal(pointCount({ dims: 2, points: '10' }), 100);
  assert.ok(Number.isNaN(pointCount({ dims: 2, points: '1.5' })));
  // 100 points and 4 checkpoints, half as many samples again in the second batch.
  assert.ok(Math.abs(landscapeSeconds(form(4, { points: '10', validation: of('val') }), run(4), probe, { batch: 100, validation: 50 }) - 104 * 0.015) < 1e-12);
  assert.ok(landscapeSeconds(form(0, { kind: 'hessian', points: '10' }), run(0), probe) > 30);
  assert.equal(landscapeSeconds(form(0, { points: 'x' }), run(0), probe), null);
  assert.equal(landscapeSeconds(form(0), run(0), null), null);
  const curvature = { ...curvatureDefaults(), pick: { mode: 'none' } };
  const alone = curvatureSeconds(curvature, run(4), probe);
  assert.ok(Math.abs(curvatureSeconds({ ...curvature, pick: { mode: 'all' } }, run(4), probe) / alone - 5) < 1e-12);
  assert.equal(curvatureSeconds(curvature, run(4), { seconds_per_product: null }), null);
});

test('a probe is asked once model, batch and loss are chosen', () => {
  assert.equal(probeSpec(form(0, { batch: null })), null);
  assert.deepEqual(probeSpec(form(0, { batchSize: '16' })), { model: of('model.pt'), batch: of('train'), loss: 'cross_entropy', batch_size: 16 });
});

test('a curvature job is asked for again as it was', () => {
  const asked = { ...curvatureDefaults(), model: of('m'), batch: of('b'), loss: 'mse', top: '3', bottom: '0', density: true, seed: '4', l2: '0.1', batchSize: '8', pick: { mode: 'all' } };
  const spec = curvatureSpec(asked, run(2));
  assert.deepEqual(spec, { model: of('m'), batch: of('b'), loss: 'mse', top: 3, bottom: 0, trace: true, density: true, checkpoints: ['c0', 'c1'], seed: 4, l2: 0.1, batch_size: 8 });
  assert.deepEqual(curvatureSpec({ ...curvatureDefaults(), ...curvatureForm(spec) }, run(2)), spec);
});
