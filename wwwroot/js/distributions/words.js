// What is said of a distribution: in its tooltip, to those who do not see it, and below its title.

import { formatNumber, formatStep, formatTime } from '../format.js';
import { t, tCount } from '../text.js';
import { distance, meanOf } from './statistics.js';

const percent = (share) => `${formatNumber(Math.round(share * 1000) / 10)} %`;
const range = ([low, high]) => `${formatNumber(low)} … ${formatNumber(high)}`;

/** `{ head, lines }` for the cell that a chart points at. */
export function cellWords(model, mode, pair, cell) {
  if (mode === 'pair') {
    const lines = pair.map((index, at) => [`${t('distributions.step')} ${formatStep(model.steps[index])}`, countWords(cell.counts[at], model.massAt(index))]);
    return { head: range(cell.edges), lines };
  }
  const step = model.steps[cell.index];
  const head = `${t('distributions.step')} ${formatStep(step)} · ${formatTime(model.wallTimes[cell.index])}`;
  const lines = [];
  if (mode === 'bands') {
    const band = model.bands()[cell.index];
    if (!band) lines.push([t('distributions.empty_step'), '']);
    else [[8, 'max'], [7, '93 %'], [6, '84 %'], [5, '69 %'], [4, '50 %'], [3, '31 %'], [2, '16 %'], [1, '7 %'], [0, 'min']].forEach(([at, label]) => lines.push([label, formatNumber(band[at])]));
  } else {
    lines.push([t('distributions.bin'), range(cell.edges)], [t('distributions.count'), countWords(cell.count, model.massAt(cell.index))]);
  }
  const bad = model.nonFinite?.[cell.index] ?? 0;
  if (bad > 0) lines.push([t('distributions.nonfinite_label'), formatNumber(bad)]);
  return { head, lines };
}

/** A count in a bin of the picture; where bins were split to fit it, it is not whole, and said to be about so much. */
function countWords(count, mass) {
  const whole = Math.abs(count - Math.round(count)) < 1e-9 * Math.max(1, count);
  const words = whole ? formatNumber(Math.round(count)) : `≈ ${formatNumber(count)}`;
  return mass > 0 ? `${words} (${percent(count / mass)})` : words;
}

/** Notes of a card: what the picture leaves unsaid. `{ text, warn }`. */
export function notes(model, mode, pair, windowed) {
  const said = [];
  let warn = false;
  if (mode === 'pair' && !model.empty) {
    const found = distance(model.histograms[pair[0]], model.histograms[pair[1]]);
    const steps = { first: formatStep(model.steps[pair[0]]), second: formatStep(model.steps[pair[1]]) };
    if (pair[0] === pair[1]) said.push(t('distributions.same_step', steps));
    else said.push(found ? t('distributions.distance', { ...steps, wasserstein: formatNumber(found.wasserstein), ks: percent(found.ks) }) : t('distributions.no_distance', steps));
  }
  if (model.steps.length < model.total) said.push(t('distributions.thinned', { drawn: formatStep(model.steps.length), total: formatStep(model.total) }));
  if (windowed && !model.empty) {
    const last = model.grid(64).rows.at(-1);
    const outside = last.mass > 0 ? (last.below + last.above) / last.mass : 0;
    if (outside > 0.0005) said.push(t('distributions.outside', { share: percent(outside) }));
  }
  if (model.nonFiniteTotal > 0) {
    said.push(model.empty ? t('distributions.all_nonfinite') : tCount('distributions.nonfinite', model.nonFiniteTotal));
    warn = true;
  }
  if (model.damaged.length) {
    said.push(tCount('distributions.damaged', model.damaged.length));
    warn = true;
  }
  return { text: said.join(' · '), warn };
}

/** One sentence about the newest histogram. */
export function summary(model) {
  if (model.empty) return t('distributions.no_values');
  const last = model.histograms.length - 1;
  const band = model.bands()[last];
  if (!band) return t('distributions.no_values');
  return t('distributions.summary', { count: formatStep(model.steps.length), step: formatStep(model.steps[last]), low: formatNumber(band[0]), high: formatNumber(band[8]), median: formatNumber(band[4]), mean: formatNumber(meanOf(model.histograms[last])) });
}
