// The form of a job that looks into a model as plain values, and the job that it asks for. Pure.

import { reference } from '../../compute/faults.js';

/** Faults of the server by field of the form, as `sortFaults` wants them. */
export const FIELDS = [
  ['/spec/model', 'model'], ['/spec/batch', 'batch'], ['/spec/loss', 'loss'], ['/spec/samples', 'samples'], ['/spec/target', 'target'], ['/spec/smooth', 'smooth'], ['/spec/noise', 'noise'], ['/spec/seed', 'seed'],
  ['/spec/modules', 'modules'], ['/spec/center', 'center'], ['/spec/batch_size', 'batchSize'], ['/spec/device', 'device'], ['/name', 'name'],
];

export const plainDefaults = () => ({ name: '', samples: '', target: '', smooth: '', noise: '', seed: '0', modules: '', batchSize: '', device: 'auto', center: null });

const typed = (text) => {
  const value = Number(text);
  return Number.isNaN(value) ? String(text) : value;
};

// Beyond this a range is a slip of the finger; the server says how many a job takes.
const LONGEST_RANGE = 1000;

/** `0, 3, 5-8` as numbers; what is none of that stays text, for the server to name. */
export function samplesOf(text) {
  return text.split(/[\s,]+/).filter(Boolean).flatMap((word) => {
    const range = /^(\d+)-(\d+)$/.exec(word);
    if (!range) return [typed(word)];
    const [from, to] = [Number(range[1]), Math.min(Number(range[2]), Number(range[1]) + LONGEST_RANGE)];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  });
}

/** The spec of the job, with nothing in it that is as by default. */
export function buildSpec(kind, form) {
  const spec = { model: reference(form.model), batch: reference(form.batch) };
  const number = (key, name = key) => {
    if (form[key] !== '') spec[name] = typed(form[key]);
  };
  if (kind === 'gradients') spec.loss = form.loss;
  else if (form.samples !== '') spec.samples = samplesOf(form.samples);
  if (kind === 'saliency') {
    number('target');
    number('smooth');
    number('noise');
    if (Number(form.seed) !== 0) number('seed');
  }
  if (kind === 'activations' && form.modules !== '') spec.modules = form.modules.split(/[\s,]+/).filter(Boolean);
  if (form.center) spec.center = reference(form.center);
  number('batchSize', 'batch_size');
  if (form.device !== 'auto') spec.device = form.device;
  return spec;
}

/** What is missing before it can be computed: names of fields. */
export const missing = (form) => ['model', 'batch'].filter((key) => !form[key]);

/** The form that would ask for a spec again. */
export function formOfSpec(spec) {
  const form = { model: reference(spec.model), batch: reference(spec.batch), center: spec.center ? reference(spec.center) : null };
  if (spec.loss) form.loss = spec.loss;
  for (const key of ['target', 'smooth', 'noise', 'seed']) if (spec[key] !== null && spec[key] !== undefined) form[key] = String(spec[key]);
  if (spec.samples) form.samples = spec.samples.join(', ');
  if (spec.modules) form.modules = spec.modules.join(', ');
  if (spec.batch_size) form.batchSize = String(spec.batch_size);
  if (spec.device) form.device = spec.device;
  return form;
}
