// What the Timeline page says in words.

import { formatDuration, formatNumber, formatStep } from '../format.js';
import { t } from '../text.js';

const percent = (share) => t('timeline.percent', { value: formatNumber(Math.round(share * 1000) / 10) });

export { percent };

/** Steps a second, or seconds a step where it takes that long. */
export function rateWords(rate) {
  if (!Number.isFinite(rate) || rate <= 0) return '—';
  return rate >= 1 ? t('timeline.per_second', { rate: formatNumber(Number(rate.toPrecision(3))) }) : t('timeline.a_step', { seconds: formatNumber(Number((1 / rate).toPrecision(3))) });
}

/** What is left of a run: a duration that counts down from what was heard last, or why it is not known. */
export function leftWords(progress, now) {
  if (progress.why) return t(`timeline.why.${progress.why}`);
  const left = progress.ends_at - now;
  return left > 0 ? t('timeline.left', { left: formatDuration(left) }) : t('timeline.overdue', { late: formatDuration(-left) });
}

/** Steps in logged steps, with the setting that told the total. */
export function stepWords({ step, total, share }) {
  if (step === null) return '—';
  if (total === null) return share === null ? formatStep(step) : `${formatStep(step)} (${percent(share)})`;
  const of = t('timeline.step_of', { step: formatStep(step), total: formatStep(total) });
  return share === null ? of : `${of} (${percent(share)})`;
}

const value = (number) => formatNumber(Number(number.toPrecision(4)));

/** A course as a formula, with its numbers. */
export function courseWords(course) {
  const { kind, parameters: p } = course;
  const every = p.every > 1 && kind !== 'exponential' ? ` ${t('timeline.course.every', { every: formatStep(Math.round(p.every)) })}` : '';
  const until = [p.from_step !== undefined && kind !== 'inverse_root' ? t('timeline.course.from', { step: formatStep(Math.round(p.from_step)) }) : '', p.until_step !== undefined ? t('timeline.course.until', { step: formatStep(Math.round(p.until_step)) }) : ''].filter(Boolean).join(' ');
  const fill = {
    rate: p.rate === undefined ? '' : value(p.rate), min: p.min === undefined ? '' : value(p.min), to: p.to === undefined ? '' : value(p.to),
    factor: p.factor === undefined ? '' : formatNumber(Number(p.factor.toPrecision(6))), period: p.period === undefined ? '' : formatStep(Math.round(p.period)),
    steps: p.steps === undefined ? '' : formatStep(Math.round(p.steps)), power: p.power === undefined ? '' : value(p.power), multiplier: p.multiplier === undefined ? '' : value(p.multiplier),
    every: formatStep(Math.round(p.every ?? 1)), drops: course.drops.map((step) => formatStep(Math.round(step))).join(', '), from: p.from_step === undefined ? '' : formatStep(Math.round(p.from_step)),
  };
  const key = kind === 'exponential' && p.every > 1 ? 'exponential_every' : kind;
  const rise = course.warm_up;
  const warm = rise && kind !== 'warm_up' ? `${t(`timeline.warm.${rise.shape}`, { from: value(rise.from), steps: formatStep(Math.round(rise.steps)) })} ` : '';
  return `${warm}${t(`timeline.course.${key}`, fill)}${every}${until ? ` ${until}` : ''}`;
}

// Below this share a picture shows no difference, and digits of a log explain it.
const EXACT = 1e-4;

/** How far a course is from the rates that were logged. */
export const errorWords = (error) => (error < EXACT ? t('timeline.schedule.exact') : t('timeline.schedule.error', { error: formatNumber(Number((100 * error).toPrecision(2))) }));

/** Name of a course without numbers. */
export const courseName = (course) => t(`timeline.kind.${course.kind}`);
