// The form of a Monte Carlo job as plain values, the job that it asks for, and what that will take. Pure.

import { picked, usualPick } from '../../compute/checkpoints.js';
import { reference } from '../../compute/faults.js';

export const SAMPLERS = ['gaussian', 'uniform', 'sgld', 'swag'];
/** Deviations of fewer checkpoints have no spread worth the name. */
export const LEAST_FOR_SWAG = 3;
/** Fewer have no mean ± error to speak of. */
export const LEAST_SAMPLES = 10;

/** Faults of the server by field of the form, as `sortFaults` wants them. */
export const FIELDS = [
  ['/spec/model', 'model'], ['/spec/batch', 'batch'], ['/spec/loss', 'loss'], ['/spec/sampler', 'sampler'], ['/spec/samples', 'samples'], ['/spec/scale', 'scale'], ['/spec/scaling', 'scaling'],
  ['/spec/temperature', 'temperature'], ['/spec/seed', 'seed'], ['/spec/projection', 'projection'], ['/spec/center', 'center'], ['/spec/checkpoints', 'checkpoints'], ['/spec/rank', 'rank'],
  ['/spec/step_size', 'stepSize'], ['/spec/burn_in', 'burnIn'], ['/spec/thinning', 'thinning'], ['/spec/l1', 'l1'], ['/spec/l2', 'l2'], ['/spec/batch_size', 'batchSize'], ['/spec/device', 'device'],
  ['/name', 'name'],
];

// Numbers that may be left to the server: field of the form, name in the spec, samplers that know it (null: all).
const NUMBERS = [
  ['scale', 'scale', ['gaussian', 'uniform', 'swag']], ['temperature', 'temperature', null], ['seed', 'seed', null], ['rank', 'rank', ['swag']], ['stepSize', 'step_size', ['sgld']],
  ['burnIn', 'burn_in', ['sgld']], ['thinning', 'thinning', ['sgld']], ['l1', 'l1', null], ['l2', 'l2', null], ['batchSize', 'batch_size', null],
];
// What the server takes where nothing is said.
export const USUAL = { samples: '1000', temperature: '1', seed: '0', rank: '20', burnIn: '200', thinning: '5', batchSize: '256', l1: '0', l2: '0' };
export const usualScale = (sampler) => (sampler === 'swag' ? '0.5' : '0.1');

export const plainDefaults = () => ({
  name: '', sampler: 'gaussian', samples: '', scaling: 'tensor', projection: 'random', center: null, device: 'auto',
  ...Object.fromEntries(NUMBERS.map(([field]) => [field, ''])), pick: { mode: 'all', every: 2, from: null, to: null, find: '' },
});

export const runDefaults = (run) => ({ center: null, pick: { ...usualPick(run?.checkpoints ?? []), find: '' } });

/** Whether a field belongs to a sampler. */
export function belongs(field, sampler) {
  if (field === 'scaling') return sampler === 'gaussian' || sampler === 'uniform';
  // Their mean is where swag begins.
  if (field === 'center') return sampler !== 'swag';
  if (field === 'checkpoints') return sampler === 'swag';
  return NUMBERS.find(([name]) => name === field)?.[2]?.includes(sampler) ?? true;
}

const typed = (text) => {
  const value = Number(text);
  return text === '' ? null : Number.isNaN(value) ? String(text) : value;
};

/** The spec of the job, with nothing in it that is left to the server. */
export function buildSpec(form, run) {
  const spec = { model: reference(form.model), batch: reference(form.batch), loss: form.loss, sampler: form.sampler, samples: typed(form.samples) ?? Number(USUAL.samples) };
  for (const [field, name] of NUMBERS) if (belongs(field, form.sampler) && form[field] !== '') spec[name] = typed(form[field]);
  if (belongs('scaling', form.sampler) && form.scaling !== 'tensor') spec.scaling = form.scaling;
  if (form.projection !== 'random') spec.projection = form.projection;
  if (form.center && belongs('center', form.sampler)) spec.center = reference(form.center);
  if (form.sampler === 'swag') spec.checkpoints = picked(run?.checkpoints ?? [], form.pick);
  if (form.device !== 'auto') spec.device = form.device;
  return spec;
}

/** What is missing before it can be computed: names of fields. */
export function missing(form, run) {
  const lacks = ['model', 'batch'].filter((key) => !form[key]);
  if (form.sampler === 'swag' && picked(run?.checkpoints ?? [], form.pick).length < LEAST_FOR_SWAG) lacks.push('checkpoints');
  const count = Number(form.samples || USUAL.samples);
  if (!(Number.isInteger(count) && count >= LEAST_SAMPLES)) lacks.push('samples');
  return lacks;
}

// A gradient takes about as long as three passes forward.
const GRADIENT = 3;

/** Seconds that it will take, roughly, or null where that cannot be told. */
export function sampleSeconds(form, probe) {
  const each = probe?.seconds_per_point;
  const count = Number(form.samples || USUAL.samples);
  if (!(each >= 0) || !(count > 0)) return null;
  if (form.sampler !== 'sgld') return each * count;
  return each * GRADIENT * (Number(form.burnIn || USUAL.burnIn) + count * Number(form.thinning || USUAL.thinning));
}

/** The form that would ask for a spec again. */
export function formOfSpec(spec) {
  const form = { model: reference(spec.model), batch: reference(spec.batch), loss: spec.loss, center: reference(spec.center), sampler: spec.sampler ?? 'gaussian', samples: spec.samples ? String(spec.samples) : '' };
  for (const [field, name] of NUMBERS) form[field] = spec[name] === null || spec[name] === undefined ? '' : String(spec[name]);
  form.scaling = spec.scaling ?? 'tensor';
  form.projection = spec.projection ?? 'random';
  form.device = spec.device ?? 'auto';
  form.pick = spec.checkpoints?.length ? { mode: 'named', names: spec.checkpoints, every: 2, from: null, to: null, find: '' } : { mode: 'all', every: 2, from: null, to: null, find: '' };
  return form;
}
