import { formatNumber, formatRelative } from '../format.js';

const RELATIVE_STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 864000, 1728000, 4320000, 8640000];
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Labels of a linear axis: as many decimals as tell its ticks apart, and no more. */
export function linearLabels(splits) {
  const known = splits.filter((value) => value !== null);
  if (known.length === 0) return splits.map(() => '');
  const largest = Math.max(...known.map(Math.abs));
  const gap = known.length > 1 ? Math.abs(known[1] - known[0]) : largest || 1;
  if (largest >= 1e6 || (largest > 0 && largest < 1e-3)) return splits.map((value) => (value === null ? '' : compact(value, gap)));
  const decimals = decimalsOf(gap);
  return splits.map((value) => (value === null ? '' : (Object.is(value, -0) ? 0 : value).toFixed(decimals).replace('-', '−')));
}

/** Decimals that tell multiples of `gap` apart: one for 0.5, two for 0.25. */
function decimalsOf(gap) {
  const least = Math.max(0, Math.min(8, -Math.floor(Math.log10(gap) + 1e-9)));
  const scaled = gap * 10 ** least;
  return Math.abs(scaled - Math.round(scaled)) > 1e-6 ? least + 1 : least;
}

function compact(value, gap) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  for (const [scale, unit] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
    if (size >= scale && size < scale * 1e4) {
      return `${(value / scale).toFixed(decimalsOf(gap / scale)).replace('-', '−')}${unit}`;
    }
  }
  return formatNumber(value);
}

/** Ticks of a log axis: powers of ten, with 2 and 5 between them where only a few powers are in sight. */
export function logSplits(min, max) {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const between = last - first <= 3 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((last - first) / 9));
  const splits = [];
  for (let power = first; power <= last; power += every) {
    for (const factor of between) {
      const value = factor * 10 ** power;
      if (value >= min && value <= max) splits.push(value);
    }
  }
  return splits.length ? splits : [min, max];
}

/** Labels of a log axis: plain near one, powers far from it. */
export function logLabels(splits) {
  return splits.map((value) => {
    if (value === null) return '';
    if (value >= 0.001 && value < 1e5) return formatNumber(value);
    const power = Math.round(Math.log10(value));
    if (Math.abs(value / 10 ** power - 1) > 1e-9) return formatNumber(value);
    return `10${String(power).replace(/\d/g, (digit) => SUPERSCRIPT[digit]).replace('-', '⁻')}`;
  });
}

/** How an axis is divided and labelled, for the x axis in use and for y. */
export function axisRules(kind, log) {
  if (log) return { splits: (_, __, min, max) => logSplits(min, max), filter: (_, splits) => splits, values: (_, splits) => (kind === 'relative' ? splits.map(formatRelative) : logLabels(splits)) };
  if (kind === 'relative') return { incrs: RELATIVE_STEPS, values: (_, splits) => splits.map(formatRelative) };
  if (kind === 'time') return { size: 38, values: (_, splits, __, ___, gap) => timeLabels(splits, gap) };
  if (kind === 'step') return { incrs: wholeSteps(), values: (_, splits) => linearLabels(splits) };
  return { values: (_, splits) => linearLabels(splits) };
}

/** Times of day in the reader's zone, with the date below the first and wherever it changes. */
export function timeLabels(splits, gap) {
  const two = (value) => String(value).padStart(2, '0');
  let day = '';
  return splits.map((value) => {
    if (value === null) return '';
    const time = new Date(value * 1000);
    const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
    if (gap >= 86400) return date;
    const clock = `${two(time.getHours())}:${two(time.getMinutes())}${gap < 60 ? `:${two(time.getSeconds())}` : ''}${gap < 1 ? (time.getMilliseconds() / 1000).toFixed(3).slice(1) : ''}`;
    const text = date === day ? clock : `${clock}\n${date}`;
    day = date;
    return text;
  });
}

function wholeSteps() {
  const steps = [];
  for (let power = 0; power <= 18; power++) for (const factor of [1, 2, 2.5, 5]) if (Number.isInteger(factor * 10 ** power)) steps.push(factor * 10 ** power);
  return steps;
}
