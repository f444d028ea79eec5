// What a job asks for, in words.

import { formatNumber } from '../format.js';
import { sourceOf } from '../projections/spec.js';
import { methodWord, settingWords, sourceWords } from '../projections/words.js';
import { t, tCount } from '../text.js';

/** `[[key of its label under jobs.fact, text]]`. `runName(id)` names a run, or answers null. */
export function specFacts(job, runName) {
  const { spec } = job;
  if (job.kind === 'projection') return projectionFacts(spec, runName);
  const artifact = (one) => (one ? t('jobs.said.artifact', { name: one.name, run: runName(one.run_id) ?? one.run_id }) : null);
  const facts = [['model', artifact(spec.model)], ['batch', artifact(spec.batch)], ['validation_batch', artifact(spec.validation_batch)], ['loss', spec.loss ? t(`compute.loss.${spec.loss}`) : null]];
  if (job.kind === 'landscape') facts.push(...landscapeFacts(spec, artifact));
  if (job.kind === 'hessian') facts.push(...curvatureFacts(spec));
  facts.push(...modelFacts(job.kind, spec));
  facts.push(
    ['center', artifact(spec.directions?.center ?? spec.center)], ['terms', termWords(spec)], ['batch_size', spec.batch_size ? spec.batch_size.toLocaleString('en') : null],
    ['batch_norm', spec.batch_norm === 'recompute' ? t('jobs.said.recompute') : null], ['device', spec.device ? t(`compute.device.${spec.device}`) : null],
  );
  return facts.filter(([, text]) => text);
}

function projectionFacts(spec, runName) {
  const source = sourceOf(spec);
  const vectors = source && t('jobs.said.artifact', { name: sourceWords(spec), run: runName(source.runId) ?? source.runId });
  const facts = [['vectors', vectors], ['method', [methodWord(spec), t('projections.dims', { dims: spec.dims ?? 2 })].join(', ')], ['settings', settingWords(spec).join(', ')],
    ['device', spec.device ? t(`compute.device.${spec.device}`) : null]];
  return facts.filter(([, text]) => text);
}

function landscapeFacts(spec, artifact) {
  const { directions = {}, x, y } = spec;
  return [['directions', directionWords(directions, artifact)], ['grid', gridWords(x, y)], ['range', rangeWords(x, y)], ['checkpoints', checkpointWords(directions?.checkpoints)]];
}

function directionWords({ kind, seed = 0, normalize = 'filter', biases, orthogonal, to, x, y }, artifact) {
  if (kind === 'random') {
    return [t('jobs.said.random', { seed, normalize: t(`jobs.said.normalize.${normalize ?? 'filter'}`) }), biases === 'scale' ? t('jobs.said.scale_biases') : null, orthogonal ? t('jobs.said.orthogonal') : null].filter(Boolean).join(', ');
  }
  if (kind === 'between') return t('jobs.said.between', { to: artifact(to) ?? '' });
  if (kind === 'given') return y ? t('jobs.said.given_two', { x: artifact(x) ?? '', y: artifact(y) }) : t('jobs.said.given', { x: artifact(x) ?? '' });
  return kind ? t(`jobs.said.${kind}`, { seed: seed ?? 0 }) : null;
}

const POINTS = 51;

/** `51 × 51 points`. */
export function gridWords(x, y) {
  const count = x?.points ?? POINTS;
  return y ? t('jobs.said.grid', { x: count, y: y.points ?? POINTS }) : tCount('jobs.said.line', count);
}

function rangeWords(x, y) {
  const said = [x, y].filter(Boolean).map(({ from, to }) => (from === null || from === undefined ? null : t('jobs.said.range', { from: formatNumber(from), to: formatNumber(to) })));
  return said.some(Boolean) ? said.map((one) => one ?? t('jobs.said.auto_range')).join('; ') : t('jobs.said.auto_range');
}

function checkpointWords(names) {
  return names?.length ? tCount('jobs.said.checkpoints', names.length, { first: names[0], last: names.at(-1) }) : null;
}

function curvatureFacts(spec) {
  const also = [spec.trace === false ? null : t('jobs.said.trace'), spec.density ? t('jobs.said.density') : null].filter(Boolean);
  return [['eigenvalues', t('jobs.said.eigenvalues', { top: spec.top ?? 5, bottom: spec.bottom ?? 1 })], ['also', also.join(', ')], ['checkpoints', checkpointWords(spec.checkpoints)]];
}

// Names of settings as the interface has them: they are what a script writes.
const SETTINGS = {
  weight_pca: ['dims', 'clusters', 'seed'],
  monte_carlo: ['sampler', 'samples', 'scale', 'scaling', 'temperature', 'projection', 'step_size', 'burn_in', 'thinning', 'rank', 'seed'],
  saliency: ['target', 'smooth', 'noise', 'seed'],
};

function modelFacts(kind, spec) {
  const settings = (SETTINGS[kind] ?? []).filter((name) => spec[name] !== undefined && spec[name] !== null).map((name) => `${name} ${spec[name]}`).join(', ');
  const facts = [['settings', settings]];
  if (kind === 'weight_pca' || kind === 'monte_carlo') facts.push(['checkpoints', checkpointWords(spec.checkpoints)]);
  if ((kind === 'saliency' || kind === 'activations') && spec.samples) facts.push(['samples', spec.samples.join(', ')]);
  if (kind === 'activations') facts.push(['modules', spec.modules?.join(', ')]);
  return facts;
}

function termWords({ l1, l2 }) {
  return [l1 ? `${formatNumber(l1)} · Σ|θ|` : null, l2 ? `${formatNumber(l2)} · Σθ²` : null].filter(Boolean).join(' + ');
}
