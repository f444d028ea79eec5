// The form of principal directions of checkpoints as plain values, and the job that it asks for. Pure.

import { picked, usualPick } from '../../compute/checkpoints.js';

/** Two points lie on a line whatever they are; three have a plane. */
export const LEAST = 2;
export const CLUSTERS = ['auto', '0', '2', '3', '4', '5', '6', '7', '8'];

/** Faults of the server by field of the form, as `sortFaults` wants them. */
export const FIELDS = [['/spec/run_id', 'run'], ['/spec/checkpoints', 'checkpoints'], ['/spec/dims', 'dims'], ['/spec/clusters', 'clusters'], ['/spec/seed', 'seed'], ['/name', 'name']];

export const plainDefaults = () => ({ name: '', runId: null, dims: 2, clusters: 'auto', seed: '0', device: 'auto', pick: { mode: 'all', every: 2, from: null, to: null, find: '' } });

export const runDefaults = (run) => ({ pick: { ...usualPick(run.checkpoints), find: '' } });

const typed = (text) => {
  const value = Number(text);
  return text === '' ? null : Number.isNaN(value) ? String(text) : value;
};

/** The spec of the job, with nothing in it that is as by default. */
export function buildSpec(form, run) {
  const spec = { run_id: run.id, dims: form.dims };
  if (form.pick.mode !== 'all') spec.checkpoints = picked(run.checkpoints, form.pick);
  if (form.clusters !== 'auto') spec.clusters = Number(form.clusters);
  if (typed(form.seed)) spec.seed = typed(form.seed);
  return spec;
}

/** What is missing before it can be computed: names of fields. */
export const missing = (form, run) => (picked(run.checkpoints, form.pick).length < LEAST ? ['checkpoints'] : []);

/** The form that would ask for a spec again. */
export function formOfSpec(spec) {
  return {
    runId: spec.run_id, dims: spec.dims ?? 2, clusters: Number.isInteger(spec.clusters) ? String(spec.clusters) : 'auto', seed: String(spec.seed ?? 0),
    pick: spec.checkpoints?.length ? { mode: 'named', names: spec.checkpoints, every: 2, from: null, to: null, find: '' } : { mode: 'all', every: 2, from: null, to: null, find: '' },
  };
}
