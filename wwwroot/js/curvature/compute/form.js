// The form of a curvature job as plain values, the job that it asks for, and what that will take. Pure.

import { picked, usualPick } from '../../compute/checkpoints.js';
import { reference } from '../../compute/faults.js';

/** Faults of the server by field of the form, as `sortFaults` wants them. */
export const FIELDS = [
  ['/spec/model', 'model'], ['/spec/batch', 'batch'], ['/spec/loss', 'loss'], ['/spec/top', 'top'], ['/spec/bottom', 'bottom'], ['/spec/seed', 'seed'], ['/spec/center', 'center'],
  ['/spec/checkpoints', 'checkpoints'], ['/spec/l2', 'l2'], ['/spec/batch_size', 'batchSize'], ['/spec/device', 'device'], ['/spec/trace', 'trace'], ['/spec/density', 'density'], ['/name', 'name'],
];

// Hessian-vector products, roughly: a Krylov space for each end, Hutch++'s sketches, Lanczos runs of the density.
const PRODUCTS = { extreme: 24, each: 8, trace: 30, density: 320 };

export const plainDefaults = () => ({ name: '', top: '5', bottom: '1', trace: true, density: false, seed: '0', l2: '', batchSize: '', device: 'auto', center: null, pick: { mode: 'none', every: 2, from: null, to: null } });

/** What suits another run: its model alone; the checkpoints are many times the work and are asked for. */
export const runDefaults = (run) => ({ center: null, pick: { ...usualPick(run?.checkpoints ?? []), mode: 'none' } });

const typed = (text) => {
  const value = Number(text);
  return text === '' ? null : Number.isNaN(value) ? String(text) : value;
};

/** The spec of the job, with nothing in it that is as by default. */
export function buildSpec(form, run) {
  const names = run ? picked(run.checkpoints, form.pick) : [];
  const spec = { model: reference(form.model), batch: reference(form.batch), loss: form.loss, top: typed(form.top) ?? 5, bottom: typed(form.bottom) ?? 1, trace: form.trace, density: form.density };
  if (names.length) spec.checkpoints = names;
  if (form.center) spec.center = reference(form.center);
  if (typed(form.seed)) spec.seed = typed(form.seed);
  if (typed(form.l2)) spec.l2 = typed(form.l2);
  if (form.batchSize !== '') spec.batch_size = typed(form.batchSize);
  if (form.device !== 'auto') spec.device = form.device;
  return spec;
}

/** What is missing before it can be computed: names of fields. */
export const missing = (form) => ['model', 'batch'].filter((key) => !form[key]);

/** Seconds that it will take, roughly, or null where that cannot be told. */
export function curvatureSeconds(form, run, probe) {
  const each = probe?.seconds_per_product;
  if (!(each >= 0) || each === null) return null;
  const ends = [form.top, form.bottom].map(Number).filter((count) => count > 0).reduce((sum, count) => sum + PRODUCTS.extreme + PRODUCTS.each * count, 0);
  const point = ends + (form.trace ? PRODUCTS.trace : 0);
  const points = 1 + picked(run?.checkpoints ?? [], form.pick).length;
  return each * (points * point + (form.density ? PRODUCTS.density : 0));
}

/** The form that would ask for a spec again. */
export function formOfSpec(spec) {
  const form = { model: reference(spec.model), batch: reference(spec.batch), loss: spec.loss, center: reference(spec.center) };
  for (const key of ['top', 'bottom', 'seed']) if (spec[key] !== null && spec[key] !== undefined) form[key] = String(spec[key]);
  for (const key of ['trace', 'density', 'device']) if (spec[key] !== null && spec[key] !== undefined) form[key] = spec[key];
  form.l2 = spec.l2 ? String(spec.l2) : '';
  form.batchSize = spec.batch_size ? String(spec.batch_size) : '';
  form.pick = spec.checkpoints?.length ? { mode: 'named', names: spec.checkpoints, every: 2, from: null, to: null } : { mode: 'none', every: 2, from: null, to: null };
  return form;
}
