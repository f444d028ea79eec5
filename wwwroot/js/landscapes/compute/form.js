// The form of a landscape as plain values, and the job that it asks for. Pure.

import { picked, usualPick } from '../../compute/checkpoints.js';
import { reference } from '../../compute/faults.js';

export const KINDS = ['pca', 'random', 'between', 'hessian', 'given'];
export const POINTS = [25, 51, 101];
/** The principal plane takes that many checkpoints to say more than a line would. */
export const LEAST_FOR_PCA = 3;

/** Faults of the server by field of the form, as `sortFaults` wants them. */
export const FIELDS = [
  ['/spec/model', 'model'], ['/spec/batch', 'batch'], ['/spec/validation_batch', 'validation'], ['/spec/loss', 'loss'], ['/spec/directions/kind', 'kind'], ['/spec/directions', 'kind'],
  ['/spec/directions/seed', 'seed'], ['/spec/directions/normalize', 'normalize'], ['/spec/directions/biases', 'biases'], ['/spec/directions/orthogonal', 'orthogonal'],
  ['/spec/directions/checkpoints', 'checkpoints'], ['/spec/directions/to', 'to'], ['/spec/directions/x', 'givenX'], ['/spec/directions/y', 'givenY'], ['/spec/directions/center', 'center'],
  ['/spec/x/points', 'points'], ['/spec/y/points', 'points'], ['/spec/x', 'rangeX'], ['/spec/y', 'rangeY'], ['/spec/l1', 'l1'], ['/spec/l2', 'l2'], ['/spec/batch_size', 'batchSize'],
  ['/spec/device', 'device'], ['/spec/batch_norm', 'batchNorm'], ['/name', 'name'],
];

/** Values that do not depend on what a run has. Numbers that may be left empty are texts, as typed. */
export const plainDefaults = () => ({
  name: '', seed: '0', normalize: 'filter', biases: 'zero', orthogonal: true, dims: 2, points: '51', auto: true, xFrom: '-1', xTo: '1', yFrom: '-1', yTo: '1',
  l1: '', l2: '', batchSize: '', device: 'auto', batchNorm: 'stored', to: null, givenX: null, givenY: null, center: null,
});

/** The kind of directions, and the checkpoints, that suit a run. */
export function runDefaults(run) {
  const enough = (run?.checkpoints.length ?? 0) >= LEAST_FOR_PCA;
  return { kind: enough ? 'pca' : 'random', pick: run?.checkpoints.length ? usualPick(run.checkpoints) : { mode: 'none', every: 2, from: null, to: null } };
}

const number = (text) => (text === '' || text === null || text === undefined ? null : Number(text));

/** A number as typed; what is none goes as it is, so that the server names the fault. */
const typed = (text) => {
  const value = number(text);
  return Number.isNaN(value) ? String(text) : value;
};

/** How many points the form asks for; NaN where it is none. */
export function pointCount({ dims, points }) {
  const count = Number(points);
  return Number.isInteger(count) && count > 0 ? count ** dims : NaN;
}

function directions(form, run) {
  const { kind } = form;
  const names = run ? picked(run.checkpoints, form.pick) : [];
  const spec = { kind };
  if (kind === 'random' || kind === 'hessian' || (kind === 'between' && form.dims === 2)) spec.seed = typed(form.seed === '' ? '0' : form.seed);
  if (kind === 'random') Object.assign(spec, { normalize: form.normalize, biases: form.biases, ...(form.dims === 2 ? { orthogonal: form.orthogonal } : {}) });
  if (kind === 'between') spec.to = reference(form.to);
  if (kind === 'given') {
    spec.x = reference(form.givenX);
    if (form.dims === 2) spec.y = reference(form.givenY);
  }
  if (names.length || kind === 'pca') spec.checkpoints = names;
  // The principal plane goes through the last checkpoint.
  if (form.center && kind !== 'pca') spec.center = reference(form.center);
  return spec;
}

function axis(form, from, to) {
  return { ...(form.auto ? {} : { from: typed(from), to: typed(to) }), points: typed(form.points) };
}

/** The spec of the job, with nothing in it that is as by default. */
export function buildSpec(form, run) {
  const spec = {
    model: reference(form.model),
    batch: reference(form.batch),
    ...(form.validation ? { validation_batch: reference(form.validation) } : {}),
    loss: form.loss,
    directions: directions(form, run),
    x: axis(form, form.xFrom, form.xTo),
    y: form.dims === 2 ? axis(form, form.yFrom, form.yTo) : null,
  };
  if (number(form.l1)) spec.l1 = typed(form.l1);
  if (number(form.l2)) spec.l2 = typed(form.l2);
  if (form.batchSize !== '') spec.batch_size = typed(form.batchSize);
  if (form.device !== 'auto') spec.device = form.device;
  if (form.batchNorm !== 'stored') spec.batch_norm = form.batchNorm;
  return spec;
}

/** What a probe is asked, or null while something is missing. */
export function probeSpec(form) {
  if (!form.model || !form.batch || !form.loss) return null;
  return {
    model: reference(form.model), batch: reference(form.batch), loss: form.loss,
    ...(form.batchSize !== '' ? { batch_size: typed(form.batchSize) } : {}), ...(form.device !== 'auto' ? { device: form.device } : {}),
  };
}

/** What is missing before it can be computed: names of fields. */
export function missing(form, run) {
  const lacks = [];
  if (!form.model) lacks.push('model');
  if (!form.batch) lacks.push('batch');
  if (form.kind === 'pca' && picked(run?.checkpoints ?? [], form.pick).length < (form.dims === 2 ? LEAST_FOR_PCA : 2)) lacks.push('checkpoints');
  if (form.kind === 'between' && !form.to) lacks.push('to');
  if (form.kind === 'given' && !form.givenX) lacks.push('givenX');
  if (form.kind === 'given' && form.dims === 2 && !form.givenY) lacks.push('givenY');
  if (!(pointCount(form) >= 2)) lacks.push('points');
  return lacks;
}

/** The form that would ask for a spec again: of a job that is there already. */
export function formOfSpec(spec) {
  const form = {};
  const text = (value) => (value === null || value === undefined ? '' : String(value));
  const take = (name, value) => { if (value !== null && value !== undefined) form[name] = value; };
  take('model', reference(spec.model));
  take('batch', reference(spec.batch));
  form.validation = reference(spec.validation_batch);
  take('loss', spec.loss);
  const { kind, seed, normalize, biases, orthogonal, checkpoints, to, x, y, center } = spec.directions ?? {};
  take('kind', kind);
  if (seed !== null && seed !== undefined) form.seed = text(seed);
  take('normalize', normalize);
  take('biases', biases);
  take('orthogonal', orthogonal);
  take('to', reference(to));
  take('givenX', reference(x));
  take('givenY', reference(y));
  take('center', reference(center));
  form.pick = checkpoints?.length ? { mode: 'named', names: checkpoints, every: 2, from: null, to: null } : { mode: 'none', every: 2, from: null, to: null };
  form.dims = spec.y ? 2 : 1;
  if (spec.x?.points) form.points = text(spec.x.points);
  if (spec.x && spec.x.from !== null && spec.x.from !== undefined) {
    Object.assign(form, { auto: false, xFrom: text(spec.x.from), xTo: text(spec.x.to), yFrom: text(spec.y?.from ?? -1), yTo: text(spec.y?.to ?? 1) });
  }
  if (spec.l1) form.l1 = text(spec.l1);
  if (spec.l2) form.l2 = text(spec.l2);
  form.batchSize = text(spec.batch_size);
  take('device', spec.device);
  take('batchNorm', spec.batch_norm);
  return form;
}
