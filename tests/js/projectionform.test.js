import assert from 'node:assert/strict';
import test from 'node:test';
import { sortFaults } from '../../wwwroot/js/compute/faults.js';
import { runOf } from '../../wwwroot/js/jobs/state.js';
import { ALL_STEPS, buildSpec, FIELDS, formOfSpec, likelySource, missing, pcaFirstOf, plainDefaults, vectorsOf } from '../../wwwroot/js/projections/compute/form.js';
import { rowsOf } from '../../wwwroot/js/projections/compute/sourcepicker.js';

const source = (kind, name = 'x', runId = 'r') => ({ kind, runId, run: `run ${runId}`, name });
const form = (changes = {}) => ({ ...plainDefaults(), source: source('embedding', 'penultimate'), ...changes });

test('the spec has nothing in it that is as by default', () => {
  assert.deepEqual(buildSpec(form(), 10), { embedding: { run_id: 'r', tag: 'penultimate' }, method: 'umap', dims: 2, seed: 0 });
  assert.deepEqual(buildSpec(form({ method: 'pca' }), 100), { embedding: { run_id: 'r', tag: 'penultimate' }, method: 'pca', dims: 2 });
  assert.deepEqual(buildSpec(form({ method: 'tsne', dims: 3, perplexity: '12.5', iterations: '500', seed: '7', standardize: true, metric: 'cosine', step: '400' }), 100),
    { embedding: { run_id: 'r', tag: 'penultimate', step: 400 }, method: 'tsne', dims: 3, perplexity: 12.5, iterations: 500, seed: 7, standardize: true, pca_first: 50, metric: 'cosine' });
});

test('what is typed and no number goes as it is, so that the server names it', () => {
  assert.equal(buildSpec(form({ method: 'tsne', perplexity: 'many' }), 10).perplexity, 'many');
});

test('many columns are reduced first unless a person says otherwise', () => {
  assert.equal(pcaFirstOf(form(), 51), 50);
  assert.equal(pcaFirstOf(form(), 50), null);
  assert.equal(pcaFirstOf(form(), null), null);
  assert.equal(pcaFirstOf(form({ pcaFirst: '' }), 500), null);
  assert.equal(pcaFirstOf(form({ pcaFirst: '20' }), 10), 20);
  assert.equal(pcaFirstOf(form({ method: 'pca' }), 500), null);
});

test('each kind of source is named in its own way', () => {
  assert.deepEqual(vectorsOf(form({ source: source('tensors', 'a.npy'), tensor: 'w' })), { artifact: { run_id: 'r', name: 'a.npy', tensor: 'w' } });
  assert.deepEqual(vectorsOf(form({ source: source('model', 'm.pt'), batch: { run_id: 'r', name: 'b' }, module: 'fc' })), { features: { model: { run_id: 'r', name: 'm.pt' }, batch: { run_id: 'r', name: 'b' }, module: 'fc' } });
  assert.deepEqual(buildSpec(form({ source: source('projection', 'xy'), given: { run_id: 'r', tag: 'e', step: 3 } }), 2), { embedding: { run_id: 'r', tag: 'e', step: 3 }, coordinates: { run_id: 'r', name: 'xy' }, method: 'given' });
  assert.deepEqual(vectorsOf(form({ step: ALL_STEPS })), { embedding: { run_id: 'r', tag: 'penultimate' } });
  assert.deepEqual(buildSpec(form({ step: ALL_STEPS }), 2, '40').embedding.step, 40);
  assert.equal(vectorsOf(form({ source: null })), null);
});

test('a form asks for the spec again that it was read from', () => {
  for (const spec of [
    { embedding: { run_id: 'r', tag: 'e', step: 3 }, method: 'tsne', dims: 3, perplexity: 5, iterations: 250, seed: 4, standardize: true, pca_first: 20, metric: 'cosine' },
    { features: { model: { run_id: 'r', name: 'm' }, batch: { run_id: 'r', name: 'b' }, module: 'fc' }, method: 'pca', dims: 2 },
    { artifact: { run_id: 'r', name: 'a.npy' }, metadata: { run_id: 'r', name: 'm.tsv' }, method: 'umap', dims: 2, neighbors: 5, min_dist: 0, seed: 0 },
  ]) assert.deepEqual(buildSpec({ ...plainDefaults(), ...formOfSpec(spec) }, 1000), spec);
});

test('what is missing is named', () => {
  assert.deepEqual(missing(form({ source: null }), null), ['source']);
  assert.deepEqual(missing(form({ source: source('model') }), null), ['batch']);
  assert.deepEqual(missing(form({ source: source('tensors') }), { tensors: [{ name: 'a', shape: [2, 2] }, { name: 'b', shape: [2, 2] }], tensor: null }), ['tensor']);
  assert.deepEqual(missing(form(), {}), []);
});

test('faults of the server stand at their fields', () => {
  const { byField, rest } = sortFaults([{ pointer: '/spec/perplexity', message: 'p' }, { pointer: '/spec/embedding/tag', message: 'e' }, { pointer: '/spec/min_dist', message: 'm' }], FIELDS);
  assert.deepEqual([...byField.keys(), rest.length], ['perplexity', 'source', 'minDist', 0]);
});

test('an embedding is likelier than a file, and a source is found by words of its name, run or kind', () => {
  const all = [source('tensors', 'w.npy', 'new'), source('model', 'm.pt', 'new'), source('embedding', 'penultimate', 'old')];
  assert.equal(likelySource(all).name, 'penultimate');
  assert.equal(likelySource([]), null);
  assert.deepEqual(rowsOf(all, '').map((row) => row.header ?? row.source.name), ['run new', 'w.npy', 'm.pt', 'run old', 'penultimate']);
  assert.deepEqual(rowsOf(all, 'old pen').map((row) => row.header ?? row.source.name), ['run old', 'penultimate']);
  assert.deepEqual(rowsOf(all, 'nothing'), []);
});

test('a projection is about the run of its vectors', () => {
  assert.equal(runOf({ kind: 'projection', spec: { artifact: { run_id: 'r', name: 'a' } } }), 'r');
  assert.equal(runOf({ kind: 'projection', spec: {} }), null);
});
