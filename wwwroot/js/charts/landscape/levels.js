// From losses to heights and colours: where the picture is cut, on which scale, and at which levels lines are drawn. Pure functions.

import { niceTicks } from '../paint.js';

// Losses at the edge of a plane can be a million times those at its centre. The usual cut lies so many times as far above the lowest value as the median does:
// a bowl x² + y² over a square, whose rim is 3 times as high, and one of fourth power, at 6 times, are drawn whole; a cliff is cut. Where half of the points
// are as low as the lowest, the median says nothing, and this quantile stands in for it.
const BEYOND = 6;
// What reaches only a little beyond that is no reason to cut.
const TOLERATED = 1.5;
const FALLBACK = 95;
// Where losses are not all positive, a log scale measures from the lowest value, less this part of the range: the lowest point stays finite.
const SHIFT = 1e-3;
const DIGITS = 4;

/** All values that can be drawn, rising. */
export function sortedValues(fields) {
  if (fields.length === 1) return fields[0].sorted;
  const all = new Float64Array(fields.reduce((sum, { sorted }) => sum + sorted.length, 0));
  let at = 0;
  for (const { sorted } of fields) {
    all.set(sorted, at);
    at += sorted.length;
  }
  return all.sort();
}

/** The value below which `percent` of the sorted values lie, between neighbours linearly. */
export function quantile(sorted, percent) {
  const at = (Math.min(100, Math.max(0, percent)) / 100) * (sorted.length - 1);
  const low = Math.floor(at);
  return low + 1 < sorted.length ? sorted[low] + (sorted[low + 1] - sorted[low]) * (at - low) : sorted[low];
}

/** `{ low, high, clipped }` of sorted values; `percent` null for the usual rule, `clipped` how many lie above. */
export function range(sorted, percent = null) {
  if (sorted.length === 0) return { low: 0, high: 1, clipped: 0 };
  const low = sorted[0];
  const top = sorted[sorted.length - 1];
  const median = quantile(sorted, 50);
  const bound = median > low ? low + BEYOND * (median - low) : quantile(sorted, FALLBACK);
  const usual = top - low > TOLERATED * (bound - low) && bound > low ? bound : top;
  let high = percent === null ? usual : quantile(sorted, percent);
  if (!(high > low)) high = low;
  let clipped = 0;
  for (let i = sorted.length - 1; i >= 0 && sorted[i] > high; i--) clipped++;
  return { low, high, clipped };
}

/** A scale from values to 0 … 1: `to(value)` (beyond 1 above the cut), `from(place)`, `log`, `shift` (what is taken from values before the logarithm). */
export function scaleOf({ low, high }, log = false) {
  if (!(high > low)) return { low, high, log: false, shift: 0, to: (value) => (Number.isFinite(value) ? (value > high ? 1 : 0.5) : NaN), from: () => low };
  if (!log) return { low, high, log, shift: 0, to: (value) => (value - low) / (high - low), from: (place) => low + place * (high - low) };
  const shift = low > 0 ? 0 : low - SHIFT * (high - low);
  const [from, to] = [Math.log10(low - shift), Math.log10(high - shift)];
  return {
    low, high, log, shift,
    // Below the lowest drawn value there may still be a checkpoint's true loss.
    to: (value) => (value - shift > 0 ? (Math.log10(value - shift) - from) / (to - from) : Number.isNaN(value) ? NaN : -1),
    from: (place) => 10 ** (from + place * (to - from)) + shift,
  };
}

/** As few digits as keep the levels apart. */
function rounded(levels) {
  for (let digits = 2; digits < DIGITS; digits++) {
    const all = [...new Set(levels.map((level) => Number(level.toPrecision(digits))))];
    if (all.length === levels.length) return all;
  }
  return [...new Set(levels.map((level) => Number(level.toPrecision(DIGITS))))];
}

/** About `count` levels between the ends, rising: round numbers on a linear scale, evenly spaced heights on a log one. */
export function levelsOf(scale, count) {
  if (!(scale.high > scale.low)) return [];
  const all = scale.log ? rounded(Array.from({ length: count }, (_, i) => scale.from((i + 1) / (count + 1)))) : niceTicks(scale.low, scale.high, count);
  return all.filter((level) => level > scale.low && level < scale.high);
}

/** Round numbers for the axis of heights. */
export function heightTicks(scale, count = 5) {
  if (!(scale.high > scale.low)) return [scale.low];
  if (!scale.log) return niceTicks(scale.low, scale.high, count);
  return [...new Set(Array.from({ length: count + 1 }, (_, i) => Number(scale.from(i / count).toPrecision(2))))].filter((tick) => scale.to(tick) >= -1e-9 && scale.to(tick) <= 1 + 1e-9);
}
