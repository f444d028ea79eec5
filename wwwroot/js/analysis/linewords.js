// A fitted line in words.

import { formatNumber } from '../format.js';
import { t } from '../text.js';

const SURE = 2;

/** `1.99 ± 0.06`; without the error where two points leave none. */
export const slopeText = (fit) => (fit.slopeError === null ? formatNumber(fit.slope) : `${formatNumber(fit.slope)} ± ${formatNumber(fit.slopeError)}`);

/** R² to three digits, or that there is none. */
export const shareText = (r2) => (r2 === null ? t('fit.no_r2') : formatNumber(Math.round(r2 * 1000) / 1000));

/** The line as a sentence. `axes`: `{ x, y, logX, logY }`. */
export function lineWords(fit, { x, y, logX, logY }) {
  const name = (text, log) => (log ? t('fit.log', { name: text }) : text);
  const parts = [t('fit.line', { y: name(y, logY), x: name(x, logX), intercept: formatNumber(fit.intercept), slope: slopeText(fit), r2: shareText(fit.r2), n: fit.n.toLocaleString('en') })];
  if (fit.slopeError !== null && Math.abs(fit.slope) < SURE * fit.slopeError) parts.push(t('fit.unsure'));
  return parts.join(' ');
}

/** A fit of the server, with the names that ours has. */
export const serverFit = (fit) => (fit ? { slope: fit.slope, slopeError: fit.slope_se, intercept: fit.intercept, r2: fit.r2, n: fit.n } : null);

/** The ends of the line between two values of x, as coordinates of the drawn axes. */
export function lineEnds(fit, from, to, { logX, logY }) {
  const at = (x) => {
    const y = fit.intercept + fit.slope * (logX ? Math.log10(x) : x);
    return logY ? 10 ** y : y;
  };
  return { x: [from, to], y: [at(from), at(to)] };
}
