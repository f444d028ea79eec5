// Words and colours that the views of this page share.

import { formatNumber } from '../format.js';
import { num } from '../numbers.js';
import { t } from '../text.js';

/** Colours of a sheet, as the theme has them. */
export function paper() {
  const style = getComputedStyle(document.documentElement);
  return { background: style.getPropertyValue('--surface').trim(), text: style.getPropertyValue('--text').trim() };
}

/** A share in percent, with a digit where it is small. */
export function percent(share) {
  const value = num(share);
  if (value === null || !Number.isFinite(value)) return '–';
  return `${(100 * value).toLocaleString('en', { maximumFractionDigits: value > 0 && value < 0.1 ? 2 : 1 })} %`;
}

/** `8 × 24 × 24`, or a word for a single number. */
export const shapeWords = (shape) => (shape?.length ? shape.join(' × ') : t('features.scalar'));

export const said = (value) => (num(value) === null ? '–' : formatNumber(num(value)));
