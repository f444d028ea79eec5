// Numbers and times as people read them. The server's first rendering follows the same rules (PageFormat.cs).

import { t } from './text.js';

const trimmed = (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** Four significant digits; scientific notation beyond six digits or below a thousandth. */
export function formatNumber(value) {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '∞';
  if (value === -Infinity) return '−∞';
  const size = Math.abs(value);
  let text;
  if (size === 0) text = '0';
  else if (size >= 1e6 || size < 1e-3) text = value.toExponential(3).replace(/\.?0+e/, 'e').replace('e+', 'e');
  else if (Number.isInteger(value)) text = String(value);
  else if (size >= 1000) text = trimmed(value.toFixed(1));
  else if (size >= 100) text = trimmed(value.toFixed(2));
  else if (size >= 1) text = trimmed(value.toFixed(3));
  else text = trimmed(value.toFixed(4));
  return text.replace(/-/g, '−');
}

/** A duration in seconds as its two largest units: `3h 20m`. */
export function formatDuration(seconds) {
  const total = Math.max(0, Math.floor(seconds));
  if (total < 60) return `${total}s`;
  if (total < 3600) return `${Math.floor(total / 60)}m ${total % 60}s`;
  if (total < 86400) return `${Math.floor(total / 3600)}h ${Math.floor((total % 3600) / 60)}m`;
  return `${Math.floor(total / 86400)}d ${Math.floor((total % 86400) / 3600)}h`;
}

/** A time since the start of a run on an axis: `250ms`, `45s`, `1:30`, `2:05:00`, `3d 4h`. */
export function formatRelative(seconds) {
  const sign = seconds < 0 ? '−' : '';
  const size = Math.abs(seconds);
  const two = (value) => String(value).padStart(2, '0');
  if (size === 0) return '0s';
  if (size < 1) return `${sign}${Math.round(size * 1000)}ms`;
  if (size < 60) return `${sign}${trimmed(size.toFixed(1))}s`;
  const whole = Math.round(size);
  if (whole < 3600) return `${sign}${Math.floor(whole / 60)}:${two(whole % 60)}`;
  if (whole < 86400) return `${sign}${Math.floor(whole / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return `${sign}${Math.floor(whole / 86400)}d ${Math.floor((whole % 86400) / 3600)}h`;
}

/** How long ago a wall time was, in words. */
export function formatAge(wallTime, now = Date.now() / 1000) {
  const age = now - wallTime;
  return age < 5 ? t('age.now') : t('age.ago', { age: formatDuration(age).split(' ')[0] });
}

/** A wall time in the reader's time zone, to the second. */
export function formatTime(wallTime) {
  const date = new Date(wallTime * 1000);
  if (Number.isNaN(date.getTime())) return formatNumber(wallTime);
  const two = (value) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A step, with thousands apart. */
export const formatStep = (step) => step.toLocaleString('en').replace(/,/g, '\u2009').replace(/-/g, '−');
