// From a column's values to places along an axis, 0 at its start and 1 at its end. Pure functions.

import { formatDuration, formatNumber, formatTime } from '../format.js';

// Positive numbers that span this factor are told apart on a log axis only: learning rates, say.
const LOG_FROM = 100;
const MOST_TICKS = 6;

/** Words for the values of a path that are not plain numbers. */
export function formatOf(path) {
  if (path === 'created') return formatTime;
  return path === 'duration' ? formatDuration : formatNumber;
}

/** Whether a column's numbers ask for a log axis. */
export function asksForLog(column) {
  if (!column.numeric || column.path === 'created') return false;
  const finite = column.values.filter(Number.isFinite);
  let [min, max] = [Infinity, -Infinity];
  for (const value of finite) [min, max] = [Math.min(min, value), Math.max(max, value)];
  return min > 0 && max / min >= LOG_FROM;
}

/**
 * The scale of a column: `{ log, place(value) → 0…1 or null, value(place), ticks: [{ at, text }], text(value) }`. A value without a place is none, not finite,
 * or not positive on a log axis. A column with one value has it in the middle.
 */
export function scaleOf(column, log = asksForLog(column)) {
  return column.numeric ? numberScale(column, log) : categoryScale(column);
}

function numberScale(column, log) {
  const format = formatOf(column.path);
  const to = log ? Math.log10 : (value) => value;
  const from = log ? (value) => 10 ** value : (value) => value;
  let [min, max] = [Infinity, -Infinity];
  for (const value of column.values) {
    const at = to(value);
    if (!Number.isFinite(at)) continue;
    min = Math.min(min, at);
    max = Math.max(max, at);
  }
  const span = max - min;
  const place = (value) => {
    const at = to(value);
    if (!Number.isFinite(at)) return null;
    return span > 0 ? (at - min) / span : 0.5;
  };
  let ticks = [];
  if (span > 0) ticks = (log ? logTicks(min, max) : linearTicks(min, max)).map((value) => ({ at: place(value), text: format(value) }));
  else if (Number.isFinite(min)) ticks = [{ at: 0.5, text: format(from(min)) }];
  return { log, place, value: (at) => (span > 0 ? from(min + at * span) : from(min)), ticks, text: format };
}

function categoryScale(column) {
  const count = column.categories.length;
  const place = (index) => (Number.isNaN(index) ? null : count === 1 ? 0.5 : index / (count - 1));
  // Every name where they fit, else as many as do, the first and the last among them.
  const step = Math.max(1, Math.ceil((count - 1) / 12));
  const named = column.categories.map((_, at) => at).filter((at) => at % step === 0);
  return {
    log: false,
    place,
    value: (at) => Math.round(at * Math.max(0, count - 1)),
    ticks: named.map((at) => ({ at: place(at), text: column.categories[at] })),
    text: (index) => column.categories[Math.round(index)] ?? '',
  };
}

/** Round numbers from `min` to `max`. */
export function linearTicks(min, max, most = MOST_TICKS) {
  const rough = (max - min) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) * power;
  const ticks = [];
  for (let at = Math.ceil(min / step - 1e-9); at * step <= max + step * 1e-9 && ticks.length < 50; at++) ticks.push(Number((at * step).toPrecision(12)));
  return ticks;
}

/** Powers of ten between two exponents; where those are fewer than two, also 2 and 5 times them. */
export function logTicks(min, max, most = MOST_TICKS) {
  const factors = max - min < 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((max - min) / most));
  const ticks = [];
  for (let power = Math.floor(min); power <= Math.ceil(max); power++) {
    if (power % every !== 0) continue;
    for (const factor of factors) {
      const at = power + Math.log10(factor);
      if (at >= min - 1e-9 && at <= max + 1e-9) ticks.push(Number((factor * 10 ** power).toPrecision(12)));
    }
  }
  return ticks.length ? ticks : [10 ** min, 10 ** max];
}
