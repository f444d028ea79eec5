// A path of training in plain words.

import { categoryColors } from '../charts/points/categories.js';
import { formatNumber, formatStep } from '../format.js';
import { num } from '../numbers.js';
import { t, tCount } from '../text.js';
import { clusters, dimsOf, held, movement, shares } from './pathnumbers.js';

const said = (value) => (value === null || value === undefined ? '–' : formatNumber(value));
/** A share of one in percent, to a tenth, with its sign on the same line. */
export const percent = (share) => `${formatNumber(Math.round(share * 1000) / 10)}\u00a0%`;

/** Clusters are counted from 1 for people. */
export const clusterWord = (code) => t('weights.cluster', { number: code + 1 });
export const clusterColor = (code, dark) => categoryColors(code + 1, dark).colors[code];

/** What stands along an axis: the direction and its share of the variance. */
export function directionTitle(result, direction) {
  const share = num(result.explained_variance?.[direction]);
  return share === null ? t('weights.direction_plain', { number: direction + 1 }) : t('weights.direction_share', { number: direction + 1, share: percent(share) });
}

/** What a checkpoint says when it is pointed at: a head, then `[label, value]`. */
export function checkpointLines(row) {
  const lines = [];
  if (row.step !== null) lines.push([t('weights.step'), formatStep(row.step)]);
  if (row.loss !== null) lines.push([t('weights.loss'), row.lossStep === row.step ? said(row.loss) : t('weights.loss_at', { loss: said(row.loss), step: formatStep(row.lossStep) })]);
  if (row.norm !== null) lines.push([t('weights.norm'), said(row.norm)]);
  if (row.moved !== null) lines.push([t('weights.moved'), said(row.moved)]);
  if (row.residual !== null) lines.push([t('weights.residual'), said(row.residual)]);
  if (row.cluster !== null) lines.push([t('weights.cluster_label'), clusterWord(row.cluster)]);
  return [row.name, ...lines];
}

/** What the picture holds, and that a walk without aim holds nearly as much. */
export function sharesWords(result) {
  const [first] = shares(result, 1);
  if (!first) return t('weights.shares.none');
  const both = held(result);
  const values = { path: percent(both.path), walk: percent(both.walk), dims: dimsOf(result), first: percent(first.share), first_walk: percent(first.walk) };
  return t(both.path > both.walk + 0.05 ? 'weights.shares.more' : 'weights.shares.like', values);
}

/** How far the weights went. */
export function movementWords(result) {
  const { total, displacement, straightness } = movement(result);
  return straightness === null ? t('weights.movement.none') : t('weights.movement.words', { total: said(total), displacement: said(displacement), straight: percent(straightness) });
}

/** Clusters in a sentence, or why there are none. */
export function clusterWords(result) {
  const found = clusters(result);
  if (found.length === 0) return result.why_no_clusters ?? t('weights.clusters.none');
  const silhouette = num(result.silhouette);
  const parts = [tCount('weights.clusters.count', found.length)];
  if (result.clusters_chosen_by) parts.push(t(`weights.clusters.by.${result.clusters_chosen_by === 'silhouette' ? 'silhouette' : 'asked'}`));
  if (silhouette !== null) parts.push(t(silhouette < 0.25 ? 'weights.silhouette.weak' : silhouette < 0.5 ? 'weights.silhouette.fair' : 'weights.silhouette.clear', { value: formatNumber(Math.round(silhouette * 1000) / 1000) }));
  return parts.join(' ');
}
