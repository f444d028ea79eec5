// Monte Carlo samples in plain words.

import { formatNumber } from '../format.js';
import { num } from '../numbers.js';
import { t, tCount } from '../text.js';
import { percent } from './pathwords.js';
import { summary } from './samplenumbers.js';

export const said = (value) => (value === null || value === undefined ? '–' : formatNumber(value));
/** A number with its standard error, to as many digits as the error has. */
export const saidWith = (value, error) => (error === null || !Number.isFinite(error) ? said(value) : `${said(value)} ± ${formatNumber(Number(error.toPrecision(2)))}`);

const whole = (value) => (value === null ? '–' : formatNumber(Math.round(value * 10) / 10));

/** The mean loss around the centre against the loss at it, in a sentence. */
export function meanWords(result) {
  const [mean, error, center] = [num(result.mean), num(result.standard_error), num(result.center_loss)];
  if (mean === null || !Number.isFinite(mean)) return t('weights.mean.none');
  const values = { mean: saidWith(mean, error), center: said(center), samples: (result.losses?.length ?? 0).toLocaleString('en') };
  const clear = error !== null && center !== null && Math.abs(mean - center) > 2 * error;
  if (result.sampler === 'sgld') return t('weights.mean.chain', values);
  return t(!clear ? 'weights.mean.like' : mean > center ? 'weights.mean.above' : 'weights.mean.below', values);
}

/** What the effective sample size is, and what this one says. */
export function sizeWords(result) {
  const size = num(result.effective_sample_size);
  const of = result.losses?.length ?? 0;
  if (size === null) return '';
  return t(result.sampler === 'sgld' ? 'weights.ess.chain' : 'weights.ess.weighted', { size: whole(size), of: of.toLocaleString('en'), share: percent(of ? size / of : 0) });
}

/** Figures under the sentences: `[[key under weights.figure, text]]`. */
export function figures(result) {
  const deviation = num(result.standard_deviation);
  const accuracies = result.accuracies ? summary(result.accuracies.map(num)) : null;
  return [
    ['mean', saidWith(num(result.mean), num(result.standard_error))],
    ['deviation', deviation === null ? null : said(deviation)],
    ['center', num(result.center_loss) === null ? null : said(num(result.center_loss))],
    ['weighted', num(result.weighted_mean) === null ? null : said(num(result.weighted_mean))],
    ['ess', t('weights.of', { some: whole(num(result.effective_sample_size)), all: (result.losses?.length ?? 0).toLocaleString('en') })],
    ['temperature', num(result.temperature) === null ? null : said(num(result.temperature))],
    ['autocorrelation', num(result.autocorrelation_time) === null ? null : said(num(result.autocorrelation_time))],
    ['step_size', num(result.step_size) === null ? null : said(num(result.step_size))],
    ['accuracy', accuracies?.mean === null || !accuracies ? null : t('weights.accuracy_said', { mean: percent(accuracies.mean), center: num(result.center_accuracy) === null ? '–' : percent(num(result.center_accuracy)) })],
    ['non_finite', num(result.non_finite) ? num(result.non_finite).toLocaleString('en') : null],
  ].filter(([, text]) => text !== null);
}

/** What was fitted, in a sentence. */
export function fitWords({ fit }) {
  if (!fit) return '';
  const parts = fit.mixture?.length ?? 1;
  return parts > 1 ? t('weights.fit.mixture', { parts }) : t('weights.fit.gaussian');
}

/** How far a job that runs has come. */
export function liveWords(losses) {
  const { n, finite, mean, error } = summary(losses);
  return finite ? tCount('weights.live', n, { mean: saidWith(mean, error) }) : t('weights.live_none');
}

/** Titles of the two directions. */
export function axesOf(result) {
  const share = (at) => num(result.explained_variance?.[at]);
  return [0, 1].map((at) => (result.projection === 'pca' ? t('weights.direction_share', { number: at + 1, share: share(at) === null ? '–' : percent(share(at)) }) : t('weights.direction_random', { number: at + 1 })));
}
