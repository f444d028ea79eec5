// What is said about a landscape: on its axes, beside its checkpoints, and in whole sentences below the pictures.

import { formatNumber, formatStep } from '../format.js';
import { t, tCount } from '../text.js';

const NAMED = ['pca', 'hessian', 'between', 'given', 'random'];

/** The kind of directions that a landscape was computed along; null where nobody said (a pushed file). */
export const directionsOf = (spec) => (NAMED.includes(spec?.directions?.kind) ? spec.directions.kind : null);

export const axisTitles = {
  x: (spec) => t(`landscapes.axis.x.${directionsOf(spec) ?? 'plain'}`),
  y: (spec) => t(`landscapes.axis.y.${directionsOf(spec) ?? 'plain'}`),
};

export const curveWords = {
  get train() { return t('landscapes.batch.train'); },
  get validation() { return t('landscapes.batch.validation'); },
  accuracy: (name) => [name, t('landscapes.value.accuracy')].filter(Boolean).join(' · '),
  x: axisTitles.x,
};

export const checkpointWords = {
  head: (path, at) => [t('landscapes.checkpoint', { number: at + 1, count: path.count }), path.steps ? t('landscapes.step', { step: formatStep(path.steps[at]) }) : null].filter(Boolean).join(' · '),
  /** `[[label, value]]`; `field`: losses of the plane below. */
  lines: (path, at, field) => [
    [t('landscapes.checkpoint_name'), path.names[at] ?? ''], [t('landscapes.true_loss'), formatNumber(path.loss[at])],
    ...(path.validationLoss ? [[t('landscapes.true_validation'), formatNumber(path.validationLoss[at])]] : []),
    [t('landscapes.plane_loss'), formatNumber(field.at(path.x[at], path.y[at]))], ...(path.residual ? [[t('landscapes.residual'), formatNumber(path.residual[at])]] : []),
  ].filter(([, value]) => value !== ''),
  sentence: (path, at, field) => [checkpointWords.head(path, at), ...checkpointWords.lines(path, at, field).map(([label, value]) => `${label} ${value}`)].join(' · '),
};

const percent = (share) => `${formatNumber(Number((100 * share).toPrecision(3)))} %`;

// Beside the sharpest direction a curvature below this part of it is as good as none.
const FLAT = 0.01;

function eigenvalueWords([x, y]) {
  const values = [x, y].filter((value) => typeof value === 'number');
  const said = values.map(formatNumber).join(', ');
  const largest = Math.max(...values.map(Math.abs));
  const flat = values.length > 1 && Math.min(...values.map(Math.abs)) < FLAT * largest;
  const shape = largest === 0 ? 'flat' : flat ? 'valley' : values.some((value) => value < 0) && values.some((value) => value > 0) ? 'saddle' : values.every((value) => value > 0) ? 'bowl' : 'hill';
  return `${t('landscapes.say.eigenvalues', { values: said })} ${t(`landscapes.say.shape.${shape}`)}`;
}

function barrierWords(barrier, landscape, centre) {
  const { loss } = landscape.train;
  let [low, high] = [Infinity, -Infinity];
  for (const value of loss) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const ends = typeof centre === 'number' ? t('landscapes.say.barrier_ends', { value: formatNumber(centre) }) : '';
  return `${t(barrier > 0 ? 'landscapes.say.barrier' : 'landscapes.say.no_barrier', { value: formatNumber(barrier), span: formatNumber(high - low) })} ${ends}`.trim();
}

/** Sentences about one landscape, the most telling first. */
export function sentences(landscape, spec) {
  const kind = directionsOf(spec);
  const { facts, path } = landscape;
  const said = [];
  if (landscape.isPreview) said.push(landscape.previewSamples ? t('landscapes.say.preview', { samples: landscape.previewSamples.toLocaleString('en') }) : t('landscapes.say.preview_some'));
  if (kind) said.push(t(`landscapes.say.${kind}`));
  if (kind === 'random') said.push(t(`landscapes.say.normalize.${spec.directions.normalize ?? 'filter'}`));
  const shares = facts.explained_variance;
  if (Array.isArray(shares) && shares.length > 0) said.push(t(shares.length > 1 ? 'landscapes.say.variance' : 'landscapes.say.variance_one', { first: percent(shares[0]), second: percent(shares[1] ?? 0) }));
  if (Array.isArray(facts.eigenvalues) && facts.eigenvalues.length > 0) said.push(eigenvalueWords(facts.eigenvalues));
  if (typeof facts.barrier === 'number') said.push(barrierWords(facts.barrier, landscape, landscape.train.centerLoss));
  if (typeof facts.convex_share === 'number') said.push(t('landscapes.say.convex', { share: percent(facts.convex_share) }));
  if (path) said.push(t(path.residual ? 'landscapes.say.path' : 'landscapes.say.path_plain'));
  if (spec?.batch_norm === 'recompute') said.push(t('landscapes.say.batch_norm'));
  if (kind === 'random' || (kind === null && !landscape.line)) said.push(t('landscapes.say.slice'));
  for (const note of facts.notes ?? []) said.push(String(note));
  return said;
}

/** `[[label, text]]` of how it was computed, for the line under the title. */
export function measures(landscape) {
  const { facts } = landscape;
  const grid = landscape.line ? tCount('landscapes.points', landscape.width) : t('landscapes.grid', { x: landscape.width, y: landscape.height });
  return [
    grid, typeof facts.samples === 'number' ? tCount('landscapes.samples', facts.samples) : null, typeof facts.parameters === 'number' ? tCount('landscapes.parameters', facts.parameters) : null,
    typeof landscape.train.centerLoss === 'number' ? t('landscapes.center', { value: formatNumber(landscape.train.centerLoss) }) : null,
    typeof facts.seconds === 'number' ? t('landscapes.took', { seconds: formatNumber(Number(facts.seconds.toPrecision(3))) }) : null, facts.device ?? null, facts.engine ?? null,
  ].filter(Boolean);
}
