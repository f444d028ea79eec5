// The form of a projection as plain values, and the job that it asks for. Pure.

import { reference } from '../../compute/faults.js';

export const METHODS = ['pca', 'tsne', 'umap'];
/** The choice of every step that a tag was logged at. */
export const ALL_STEPS = 'all';
/** Neighbours among very many columns are sought in so many principal components, unless asked otherwise. */
export const USUAL_PCA = 50;

/** Faults of the server by field of the form, as `sortFaults` wants them. */
export const FIELDS = [
  ['/spec', 'source'], ['/spec/embedding', 'source'], ['/spec/embedding/step', 'step'], ['/spec/predictions', 'source'], ['/spec/predictions/step', 'step'], ['/spec/artifact', 'source'], ['/spec/artifact/tensor', 'tensor'],
  ['/spec/features', 'source'], ['/spec/features/batch', 'batch'], ['/spec/features/module', 'module'], ['/spec/features/checkpoint', 'checkpoint'], ['/spec/coordinates', 'source'], ['/spec/metadata', 'metadata'],
  ['/spec/method', 'method'], ['/spec/dims', 'dims'], ['/spec/perplexity', 'perplexity'], ['/spec/neighbors', 'neighbors'], ['/spec/min_dist', 'minDist'], ['/spec/iterations', 'iterations'], ['/spec/seed', 'seed'],
  ['/spec/standardize', 'standardize'], ['/spec/pca_first', 'pcaFirst'], ['/spec/metric', 'metric'], ['/spec/device', 'device'], ['/name', 'name'],
];

/** Values by default. Numbers that may be left empty are texts, as typed; `pcaFirst` null is what suits the number of columns. */
export const plainDefaults = () => ({
  name: '', source: null, step: '', tensor: null, module: '', batch: null, checkpoint: null, metadata: null, given: null,
  method: 'umap', dims: 2, perplexity: '', neighbors: '', minDist: '', iterations: '', seed: '0', standardize: false, pcaFirst: null, metric: 'euclidean', device: 'auto',
});

const filled = (text) => text !== '' && text !== null && text !== undefined;

/** A number as typed; what is none goes as it is, so that the server names the fault. */
const typed = (text) => {
  const value = Number(text);
  return Number.isNaN(value) ? String(text) : value;
};

export const sameSource = (a, b) => a?.kind === b?.kind && a?.runId === b?.runId && a?.name === b?.name;

/** Whether a source is a series with steps. */
export const hasSteps = (source) => source?.kind === 'embedding' || source?.kind === 'predictions';

/** Whether a source is a file with coordinates that were computed elsewhere. */
export const isGiven = (source) => source?.kind === 'projection';

/** The vectors of the form, as a spec names them; null while none are chosen. `step` instead of the form's. */
export function vectorsOf(form, step = form.step) {
  const { source } = form;
  if (!source) return null;
  const { kind, runId: run_id, name } = source;
  const more = form.metadata ? { metadata: reference(form.metadata) } : {};
  if (hasSteps(source)) return { [kind]: { run_id, tag: name, ...(filled(step) && step !== ALL_STEPS ? { step: Number(step) } : {}) }, ...more };
  if (isGiven(source)) return { ...(form.given ? { embedding: form.given } : {}), coordinates: { run_id, name }, ...more };
  if (kind === 'model') {
    return { features: { model: { run_id, name }, batch: reference(form.batch), ...(form.module ? { module: form.module } : {}), ...(form.checkpoint ? { checkpoint: reference(form.checkpoint) } : {}) }, ...more };
  }
  return { artifact: { run_id, name, ...(form.tensor ? { tensor: form.tensor } : {}) }, ...more };
}

/** How many principal components come first: as chosen, else what suits the columns (null: not known); null for none. */
export function pcaFirstOf(form, columns) {
  if (form.method === 'pca') return null;
  if (form.pcaFirst !== null) return filled(form.pcaFirst) && form.pcaFirst !== '0' ? typed(form.pcaFirst) : null;
  return columns > USUAL_PCA ? USUAL_PCA : null;
}

/** The spec of the job, with nothing in it that is as by default. @param columns of the vectors, or null */
export function buildSpec(form, columns, step = form.step) {
  const vectors = vectorsOf(form, step) ?? {};
  if (isGiven(form.source)) return { ...vectors, method: 'given' };
  const { method } = form;
  const spec = { ...vectors, method, dims: form.dims };
  if (method === 'tsne' && filled(form.perplexity)) spec.perplexity = typed(form.perplexity);
  if (method === 'umap' && filled(form.neighbors)) spec.neighbors = typed(form.neighbors);
  if (method === 'umap' && filled(form.minDist)) spec.min_dist = typed(form.minDist);
  if (method !== 'pca' && filled(form.iterations)) spec.iterations = typed(form.iterations);
  if (method !== 'pca') spec.seed = typed(filled(form.seed) ? form.seed : '0');
  if (form.standardize) spec.standardize = true;
  const first = pcaFirstOf(form, columns);
  if (first !== null) spec.pca_first = first;
  if (form.metric === 'cosine') spec.metric = 'cosine';
  if (form.source?.kind === 'model' && form.device !== 'auto') spec.device = form.device;
  return spec;
}

/** What is missing before it can be computed: names of fields. */
export function missing(form, description) {
  if (!form.source) return ['source'];
  if (form.source.kind === 'model' && !form.batch) return ['batch'];
  if (description?.tensors?.length && !form.tensor && !description.tensor) return ['tensor'];
  return [];
}

/** The form that would ask for a spec again. The kind of an artifact is looked up among the sources. */
export function formOfSpec(spec) {
  const form = {};
  const text = (value) => (value === null || value === undefined ? '' : String(value));
  const { embedding, predictions, artifact, features, coordinates } = spec;
  if (spec.method === 'given') form.source = { kind: 'projection', runId: coordinates?.run_id, name: coordinates?.name };
  else if (embedding ?? predictions) form.source = { kind: embedding ? 'embedding' : 'predictions', runId: (embedding ?? predictions).run_id, name: (embedding ?? predictions).tag };
  else if (artifact) form.source = { kind: 'artifact', runId: artifact.run_id, name: artifact.name };
  else if (features) form.source = { kind: 'model', runId: features.model?.run_id, name: features.model?.name };
  if (spec.method !== 'given') form.step = text((embedding ?? predictions)?.step);
  if (artifact?.tensor) form.tensor = artifact.tensor;
  if (features) Object.assign(form, { module: text(features.module), batch: reference(features.batch), checkpoint: reference(features.checkpoint) });
  if (spec.metadata) form.metadata = reference(spec.metadata);
  if (METHODS.includes(spec.method)) form.method = spec.method;
  if (spec.dims) form.dims = spec.dims;
  Object.assign(form, { perplexity: text(spec.perplexity), neighbors: text(spec.neighbors), minDist: text(spec.min_dist), iterations: text(spec.iterations), seed: text(spec.seed ?? 0), pcaFirst: text(spec.pca_first) });
  form.standardize = Boolean(spec.standardize);
  form.metric = spec.metric ?? 'euclidean';
  form.device = spec.device ?? 'auto';
  return form;
}

/** What a person most likely wants to see: an embedding, else predictions, else whatever there is; the newest run's first. */
export function likelySource(sources) {
  for (const kind of ['embedding', 'predictions', 'projection', 'projector', 'tensors', 'table']) {
    const found = sources.find((one) => one.kind === kind);
    if (found) return found;
  }
  return sources[0] ?? null;
}
