// What is said about a projection: of what it is, how it was made, how good it is.

import { formatNumber, formatStep } from '../format.js';
import { t, tCount } from '../text.js';
import { KEPT } from './columns.js';
import { sourceOf } from './spec.js';

const METHODS = ['pca', 'tsne', 'umap', 'given'];

export const methodWord = (spec) => (METHODS.includes(spec?.method) ? t(`projections.method.${spec.method}`) : spec?.method ?? '');

/** How a column is called where a person reads it. */
export const columnWord = (name) => (name === KEPT ? t('projections.kept') : name);

/** A value of a category where a vector has none. */
export const categoryWord = (text) => (text === '' ? t('projections.no_value') : text);

/** A value of a vector as a person reads it; the text of a number has all its digits. */
export function valueWords(column, row) {
  const text = column.text(row);
  return column.isNumber && text !== '' ? formatNumber(Number(column.values[row].toPrecision(6))) : categoryWord(text);
}

/** The vectors in a few words: `penultimate · step 400`. */
export function sourceWords(spec) {
  const source = sourceOf(spec);
  if (!source) return '';
  const { name, part, step } = source;
  return [name, part, step === null ? null : t('projections.step', { step: formatStep(step) })].filter(Boolean).join(' · ');
}

/** The settings that a person chose, in the method's order. */
export function settingWords(spec) {
  const said = [];
  if (spec.method === 'tsne' && spec.perplexity) said.push(t('projections.said.perplexity', { value: formatNumber(spec.perplexity) }));
  if (spec.method === 'umap' && spec.neighbors) said.push(t('projections.said.neighbors', { value: spec.neighbors }));
  if (spec.method === 'umap' && typeof spec.min_dist === 'number') said.push(t('projections.said.min_dist', { value: formatNumber(spec.min_dist) }));
  if (spec.metric === 'cosine') said.push(t('projections.said.cosine'));
  if (spec.standardize) said.push(t('projections.said.standardize'));
  if (spec.pca_first) said.push(t('projections.said.pca_first', { value: spec.pca_first }));
  if (typeof spec.seed === 'number' && spec.seed !== 0) said.push(t('projections.said.seed', { value: spec.seed }));
  return said;
}

/** The line under a projection's title. @param picture `{ rows, dims }` or null @param facts of the result, or null */
export function measures(spec, picture, facts) {
  const [rows, columns] = [facts?.rows ?? picture?.rows, facts?.columns];
  const count = facts?.iterations;
  return [
    rows && columns ? t('projections.shape', { rows: rows.toLocaleString('en'), columns: columns.toLocaleString('en') }) : rows ? tCount('projections.points', rows) : null,
    methodWord(spec), t('projections.dims', { dims: picture?.dims ?? spec?.dims ?? 2 }), ...settingWords(spec ?? {}), count ? tCount('projections.said.iterations', count) : null,
    typeof facts?.seconds === 'number' ? t('projections.took', { seconds: formatNumber(Number(facts.seconds.toPrecision(3))) }) : null, facts?.device ?? null, facts?.engine ?? null,
  ].filter(Boolean);
}

const percent = (share) => `${formatNumber(Number((100 * share).toPrecision(3)))} %`;

const grade = (value, [good, fair]) => (value >= good ? 'good' : value >= fair ? 'fair' : 'poor');
// Where a picture of data that is far from flat ends to be one that can be read: of published comparisons, trustworthiness below 0.9 is what random projections have.
const TRUST = [0.95, 0.85];
const KEEP = [0.5, 0.25];

/** How far the picture can be trusted: `[{ key, value, text, title }]`; nothing where it was not measured. */
export function quality(facts) {
  const said = [];
  if (typeof facts?.trustworthiness === 'number') {
    const rank = grade(facts.trustworthiness, TRUST);
    said.push({ key: 'trustworthiness', rank, value: facts.trustworthiness.toFixed(3), text: t(`projections.trust.${rank}`), title: t('projections.trust.title') });
  }
  if (typeof facts?.preservation === 'number') {
    const rank = grade(facts.preservation, KEEP);
    said.push({ key: 'preservation', rank, value: percent(facts.preservation), text: t(`projections.keep.${rank}`), title: t('projections.keep.title') });
  }
  if (said.length && facts.quality_points && facts.quality_points < facts.rows) for (const one of said) one.title += ` ${tCount('projections.quality_sample', facts.quality_points)}`;
  return said;
}

/** Sentences about the result, beside what the worker noted. */
export function sentences(facts) {
  const said = [];
  const shares = facts?.explained_variance;
  if (Array.isArray(shares) && shares.length) said.push(t('projections.say.variance', { shares: shares.map(percent).join(' + '), sum: percent(shares.reduce((sum, one) => sum + one, 0)) }));
  if (typeof facts?.kl_divergence === 'number') said.push(t('projections.say.kl', { value: formatNumber(Number(facts.kl_divergence.toPrecision(4))) }));
  if (facts?.neighbors_exact === false) said.push(t('projections.say.approximate'));
  for (const note of facts?.notes ?? []) said.push(String(note));
  return said;
}
