import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { picked } from '../../wwwroot/js/compute/checkpoints.js';
import { resultPage, runOf } from '../../wwwroot/js/jobs/state.js';
import * as pathForm from '../../wwwroot/js/weights/compute/pathform.js';
import * as sampleForm from '../../wwwroot/js/weights/compute/sampleform.js';
import { newestOf, pairsOfCheckpoints, trails, valuesAt } from '../../wwwroot/js/weights/norms.js';
import { checkpointRows, clusters, held, movement, orderOf, shares } from '../../wwwroot/js/weights/pathnumbers.js';
import { clusterWords, movementWords, sharesWords } from '../../wwwroot/js/weights/pathwords.js';
import { bins, ellipse, outlines, runningMeans, samplesOf, samplesOfParts, summary } from '../../wwwroot/js/weights/samplenumbers.js';
import { figures, meanWords, saidWith } from '../../wwwroot/js/weights/samplewords.js';
import { defaults, formatState, OF_CHECKPOINTS, parseState } from '../../wwwroot/js/weights/state.js';
import { isWeights, layersOf, likelyNorm, normOf } from '../../wwwroot/js/weights/tags.js';

const there = (state) => parseState(withChanges(new URLSearchParams(), formatState(state)));

test('the state survives the address, the job of the view in sight included', () => {
  for (const state of [
    defaults(), { ...defaults(), x: OF_CHECKPOINTS, y: 'val/loss', logX: true, logY: true, fit: false, color: 'run' },
    { ...defaults(), view: 'path', jobs: { path: 'j1', montecarlo: null }, pathColor: 'loss', tag: 'train/loss', at: 'step 1&2', camera: [0.5, -1.25, 3], equal: false },
    { ...defaults(), view: 'montecarlo', jobs: { path: null, montecarlo: 'j2' }, sampleColor: 'weight', ellipses: false }, { ...defaults(), view: 'layers', layer: 'weights/conv' },
  ]) assert.deepEqual(there(state), state);
});

test('the job of a view out of sight is kept from before', () => {
  const before = { ...defaults(), jobs: { path: 'j1', montecarlo: 'j2' } };
  assert.deepEqual(parseState(new URLSearchParams('view=path&job=j3'), before).jobs, { path: 'j3', montecarlo: 'j2' });
  assert.equal(parseState(new URLSearchParams('view=nonsense&camera=1,x')).view, 'against');
  assert.equal(parseState(new URLSearchParams('camera=1,x,2')).camera, null);
});

test('a job leads to its view, and names its run', () => {
  assert.equal(resultPage({ kind: 'weight_pca', project: 'p', id: 'j' }), 'weights?project=p&view=path&job=j');
  assert.equal(resultPage({ kind: 'monte_carlo', project: 'p', id: 'j' }), 'weights?project=p&view=montecarlo&job=j');
  assert.equal(runOf({ kind: 'weight_pca', spec: { run_id: 'r' } }), 'r');
});

test('tags of weights are told from those of gradients', () => {
  for (const tag of ['weights/conv1', 'weights/layer.0/weight', 'conv1.weight', 'params/dense']) assert.equal(isWeights(tag), true, tag);
  for (const tag of ['gradients/conv1.weight', 'grads/weights', 'train/loss', 'activations/weights', 'weighted/f1']) assert.equal(isWeights(tag), false, tag);
  assert.equal(likelyNorm(['gradients/norm', 'weights/conv/norm', 'weights/norm']), 'weights/norm');
  assert.equal(likelyNorm(['train/weight_norm', 'train/loss']), 'train/weight_norm');
  assert.equal(likelyNorm(['gradients/weights/norm', 'train/loss']), null);
});

test('layers are what has a histogram or a norm', () => {
  const layers = layersOf(['weights/conv', 'gradients/conv'], ['weights/conv/norm', 'weights/fc/norm', 'weights/norm', 'gradients/conv/norm']);
  assert.deepEqual(layers, [{ name: 'weights/conv', histogram: true, norm: 'weights/conv/norm' }, { name: 'weights/fc', histogram: false, norm: 'weights/fc/norm' }]);
  assert.equal(normOf('weights/fc', ['weights/fc/norm']), 'weights/fc/norm');
});

test('a checkpoint gets the loss nearest to its step, and none from far beyond the ends', () => {
  const series = { steps: [0, 10, 20, 20, 30], values: [4, 3, 9, 2, 'NaN'] };
  const found = valuesAt([0, 14, 15, 20, 30, 39, 55, null], series);
  assert.deepEqual(found.map((one) => one && one.step), [0, 10, 10, 20, 30, 30, null, null]);
  // The last of two values of a step counts; what is logged as NaN is NaN, not missing.
  assert.equal(found[3].value, 2);
  assert.ok(Number.isNaN(found[4].value));
  assert.deepEqual(valuesAt([1], { steps: [], values: [] }), [null]);
});

test('norms of checkpoints are paired with losses and fitted', () => {
  const pairs = pairsOfCheckpoints('r', { steps: [1, 2, 3, 4, 5], norms: [1, 2, 3, 4, 5] }, { steps: [1, 2, 3, 4, 5], values: [2.1, 3.9, 6.2, 7.8, 10.1], wall_times: [10, 20, 30, 40, 50] }, { fit: true, logX: false, logY: false });
  // The known case of the definitions; the sums have sixteen digits.
  assert.ok(Math.abs(pairs.fit.slope - 1.99) < 1e-12 && Math.abs(pairs.fit.intercept - 0.05) < 1e-12);
  assert.deepEqual([pairs.total, pairs.wall_times[4], pairs.fit.n], [5, 50, 5]);
  assert.equal(pairsOfCheckpoints('r', { steps: [1], norms: [1] }, { steps: [1], values: [2] }, { fit: true }).fit, null);
});

test('the newest finished job of a run has its norms', () => {
  const job = (id, run, created, status = 'succeeded') => ({ id, created, status, spec: { run_id: run } });
  const newest = newestOf([job('a', 'r', 1), job('b', 'r', 3), job('c', 'r', 5, 'failed'), job('d', 's', 2)]);
  assert.deepEqual([...newest].map(([run, { id }]) => [run, id]), [['r', 'b'], ['s', 'd']]);
});

test('trails follow the steps, run by run', () => {
  const lines = trails({ ids: ['a', 'b', 'a'], x: [3, 9, 1], y: [30, 90, 10], steps: [2, 1, 1], colors: ['red', 'blue', 'red'] });
  assert.deepEqual(lines.map(({ x, y, color }) => [x, y, color]), [[[1, 3], [10, 30], 'red'], [[9], [90], 'blue']]);
});

const path = {
  names: ['a', 'b', 'c', 'd'], steps: [0, 10, 20, null], coordinates: [[0, 0], [1, 0], [1, 1], [0, 1]], explained_variance: [0.5, 0.5], norms: [1, 2, 3, 4], step_norms: [1, 1, 1], total_movement: 3, displacement: 1,
  clusters: [0, 0, 1, 1], silhouette: 0.6, clusters_chosen_by: 'silhouette', residuals: [0, 0, 0, 0],
};

test('shares stand beside those of a random walk', () => {
  const rows = shares(path);
  // 6/(π²k²): .608 and .152, as the definitions have them.
  assert.deepEqual(rows.map(({ walk }) => Number(walk.toFixed(3))), [0.608, 0.152]);
  assert.ok(Math.abs(held(path).path - 1) < 1e-12);
  assert.equal(shares({ ...path, random_walk: [0.7, 0.1] })[0].walk, 0.7);
  assert.match(sharesWords(path), /weights\.shares\.more/);
  assert.match(sharesWords({ ...path, explained_variance: [0.6, 0.18] }), /weights\.shares\.like/);
  assert.match(sharesWords({ ...path, explained_variance: [] }), /weights\.shares\.none/);
});

test('movement tells how straight the path is', () => {
  assert.equal(movement(path).straightness, 1 / 3);
  assert.equal(movement({ ...path, total_movement: 0, displacement: 0 }).straightness, null);
  assert.match(movementWords({ ...path, total_movement: 0 }), /movement\.none/);
});

test('clusters have the steps that they hold', () => {
  assert.deepEqual(clusters(path), [{ code: 0, count: 2, from: 0, to: 10 }, { code: 1, count: 2, from: 20, to: 20 }]);
  // Whatever number k-means gave them, the first on the path is the first.
  assert.deepEqual(clusters({ ...path, clusters: [7, 7, 2, 2] }), clusters(path));
  assert.equal(clusterWords({ ...path, clusters: null, why_no_clusters: 'Four are too few.' }), 'Four are too few.');
  assert.match(clusterWords(path), /silhouette\.clear/);
});

test('rows of checkpoints join everything that is known of them', () => {
  const rows = checkpointRows(path, { steps: [0, 10, 20], values: [3, 2, 1] });
  assert.deepEqual(rows.map(({ moved, loss, cluster }) => [moved, loss, cluster]), [[null, 3, 0], [1, 2, 0], [1, 1, 1], [1, null, 1]]);
  // One without a step: the order stands in for all.
  assert.deepEqual(orderOf(rows), [1, 2, 3, 4]);
  assert.deepEqual(orderOf(rows.slice(0, 3)), [0, 10, 20]);
});

test('a summary leaves out what is not finite', () => {
  const of = summary([1, 2, 3, NaN, Infinity]);
  // s = 1 of 1, 2, 3, so the error is 1/√3.
  assert.deepEqual([of.n, of.finite, of.mean, of.deviation], [5, 3, 2, 1]);
  assert.ok(Math.abs(of.error - 1 / Math.sqrt(3)) < 1e-15);
  assert.deepEqual(summary([NaN]), { n: 1, finite: 0, mean: null, deviation: null, error: null });
  // Large and much alike: digits are not lost to the size.
  assert.ok(Math.abs(summary([1e9, 1e9 + 1, 1e9 + 2]).deviation - 1) < 1e-9);
});

test('bins hold every value but those far out', () => {
  const values = Array.from({ length: 1000 }, (_, at) => at / 1000);
  const { counts, beyond } = bins([...values, 1e9]);
  assert.equal(counts.reduce((sum, count) => sum + count, 0), 1000);
  assert.equal(beyond, 1);
  assert.deepEqual(bins([2, 2, 2]).counts, [3]);
  assert.equal(bins([NaN, Infinity]), null);
});

test('an ellipse has its points at one distance from the mean, in units of the spread', () => {
  const covariance = [[2, 0.6], [0.6, 1]];
  const { x, y } = ellipse({ mean: [3, -1], covariance }, 2);
  const det = 2 * 1 - 0.36;
  for (let at = 0; at < x.length; at++) {
    const [dx, dy] = [x[at] - 3, y[at] + 1];
    // Mahalanobis' distance squared is 4 for two standard deviations; the arithmetic has sixteen digits.
    assert.ok(Math.abs((1 * dx * dx - 2 * 0.6 * dx * dy + 2 * dy * dy) / det - 4) < 1e-12);
  }
  assert.equal(ellipse({ mean: [0, 0], covariance: [[1, 2], [2, 1]] }, 1), null);
});

test('outlines are those of the mixture where it has parts', () => {
  const one = { weight: 1, mean: [0, 0], covariance: [[1, 0], [0, 1]] };
  assert.equal(outlines(null).length, 0);
  assert.equal(outlines({ gaussian: one, mixture: [one] }).length, 2);
  assert.deepEqual(outlines({ gaussian: one, mixture: [one, one] }).map(({ component, radius }) => [component, radius]), [[0, 1], [0, 2], [1, 1], [1, 2]]);
});

test('samples of parts come in the order in which they were drawn', () => {
  const part = (first, loss, also = {}) => ({ stage: 'samples', index: first / 2, data: { first, loss, distance: loss, accuracy: null, ...also } });
  const found = samplesOfParts([part(2, [3, 'NaN']), part(0, [1, 2])]);
  assert.deepEqual(found.losses, [1, 2, 3, NaN]);
  assert.equal(found.accuracies, null);
  assert.equal(found.x, null);
  assert.deepEqual(samplesOfParts([part(0, [1], { coordinates: [[5, 6]] })]).y, [6]);
  assert.deepEqual(runningMeans(found.losses), [1, 1.5, 2, 2]);
});

test('the mean is compared with the centre by its error', () => {
  const result = (mean, center) => ({ mean, standard_error: 0.1, center_loss: center, losses: [1, 2] });
  assert.match(meanWords(result(1, 0.5)), /mean\.above/);
  assert.match(meanWords(result(1, 1.5)), /mean\.below/);
  assert.match(meanWords(result(1, 0.9)), /mean\.like/);
  assert.match(meanWords({ ...result('NaN', 1) }), /mean\.none/);
  // A chain wanders from where it began: that says nothing of the ground around it.
  assert.match(meanWords({ ...result(1, 0.5), sampler: 'sgld' }), /mean\.chain/);
  assert.equal(saidWith(0.37041, 0.00468), '0.3704 ± 0.0047');
});

test('figures leave out what a sampler does not have', () => {
  const base = { mean: 1, standard_error: 0.1, standard_deviation: 0.5, center_loss: 1, weighted_mean: 1, effective_sample_size: 12.34, temperature: 1, non_finite: 0, losses: [1, 2] };
  assert.deepEqual(figures(base).map(([key]) => key), ['mean', 'deviation', 'center', 'weighted', 'ess', 'temperature']);
  assert.deepEqual(figures({ ...base, sampler: 'sgld', autocorrelation_time: 3, step_size: 1e-4, non_finite: 2, accuracies: [0.5], center_accuracy: 0.6 }).map(([key]) => key).slice(6), ['autocorrelation', 'step_size', 'accuracy', 'non_finite']);
  assert.equal(samplesOf({ losses: ['NaN', 1] }).losses.length, 2);
});

const checkpoints = ['step-0.pt', 'step-100.pt', 'Best.pt'].map((name, at) => ({ name, step: at * 100 }));
const run = { id: 'r', checkpoints };

test('checkpoints are picked by a part of their name', () => {
  assert.deepEqual(picked(checkpoints, { mode: 'find', find: 'STEP' }), ['step-0.pt', 'step-100.pt']);
  assert.deepEqual(picked(checkpoints, { mode: 'find', find: '' }).length, 3);
});

test('a path is asked for with nothing that is as by default, and asked for again as it was', () => {
  const form = { ...pathForm.plainDefaults(), runId: 'r' };
  assert.deepEqual(pathForm.buildSpec(form, run), { run_id: 'r', dims: 2 });
  const asked = pathForm.buildSpec({ ...form, dims: 3, clusters: '4', seed: '7', pick: { mode: 'range', from: 0, to: 100 } }, run);
  assert.deepEqual(asked, { run_id: 'r', dims: 3, checkpoints: ['step-0.pt', 'step-100.pt'], clusters: 4, seed: 7 });
  assert.deepEqual(pathForm.buildSpec({ ...form, ...pathForm.formOfSpec(asked) }, run), asked);
  assert.deepEqual(pathForm.buildSpec({ ...form, clusters: '0' }, run).clusters, 0);
  assert.deepEqual(pathForm.missing({ ...form, pick: { mode: 'find', find: 'best' } }, run), ['checkpoints']);
});

test('samples are asked for with the settings that their sampler knows', () => {
  const form = { ...sampleForm.plainDefaults(), model: { run_id: 'r', name: 'm' }, batch: { run_id: 'r', name: 'b' }, loss: 'mse', scale: '0.2', stepSize: '1e-3', rank: '5', temperature: '2' };
  assert.deepEqual(sampleForm.buildSpec(form, run), { model: form.model, batch: form.batch, loss: 'mse', sampler: 'gaussian', samples: 1000, scale: 0.2, temperature: 2 });
  const chain = sampleForm.buildSpec({ ...form, sampler: 'sgld', samples: '50' }, run);
  assert.deepEqual([chain.scale, chain.step_size, chain.samples, chain.rank], [undefined, 0.001, 50, undefined]);
  const swag = sampleForm.buildSpec({ ...form, sampler: 'swag' }, run);
  assert.deepEqual([swag.checkpoints.length, swag.rank, swag.scale], [3, 5, 0.2]);
  for (const spec of [chain, swag]) assert.deepEqual(sampleForm.buildSpec({ ...sampleForm.plainDefaults(), ...sampleForm.formOfSpec(spec) }, run), spec);
});

test('what is missing is named', () => {
  const form = { ...sampleForm.plainDefaults(), model: {}, batch: {}, loss: 'mse' };
  assert.deepEqual(sampleForm.missing(form, run), []);
  assert.deepEqual(sampleForm.missing({ ...form, samples: '5', batch: null }, run), ['batch', 'samples']);
  assert.deepEqual(sampleForm.missing({ ...form, sampler: 'swag', pick: { mode: 'find', find: 'step' } }, run), ['checkpoints']);
});

test('a chain takes its burn-in and thinning, and a gradient each', () => {
  const probe = { seconds_per_point: 0.01 };
  assert.equal(sampleForm.sampleSeconds({ sampler: 'gaussian', samples: '' }, probe), 10);
  assert.equal(sampleForm.sampleSeconds({ sampler: 'sgld', samples: '100', burnIn: '', thinning: '2' }, probe), 0.01 * 3 * 400);
  assert.equal(sampleForm.sampleSeconds({ sampler: 'gaussian', samples: 'x' }, probe), null);
});
