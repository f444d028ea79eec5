// What samples of a Monte Carlo job say. Pure. Numbers come as JSON has them: NaN and infinities as their names.

import { num } from '../numbers.js';

const BINS = [8, 80];
const CORNERS = 72;
/** Radii of the drawn ellipses in standard deviations: they hold 39 % and 86 % of a normal distribution in a plane. */
export const RADII = [1, 2];

/** `{ n, finite, mean, deviation, error }` of losses: error is s/√n, null of fewer than two. */
export function summary(losses) {
  const finite = losses.filter((value) => Number.isFinite(value));
  const n = finite.length;
  if (n === 0) return { n: losses.length, finite: 0, mean: null, deviation: null, error: null };
  // Around the first, so that large losses that are much alike keep their digits.
  const [first] = finite;
  const mean = first + finite.reduce((sum, value) => sum + (value - first), 0) / n;
  const deviation = n > 1 ? Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)) : null;
  return { n: losses.length, finite: n, mean, deviation, error: deviation === null ? null : deviation / Math.sqrt(n) };
}

/** The samples of a result, as columns: `{ losses, accuracies, distances, weights, x, y }`; null where there is no such column. */
export function samplesOf(result) {
  const column = (values) => (values ? values.map(num) : null);
  const coordinates = result.coordinates?.length ? result.coordinates : null;
  return {
    losses: (result.losses ?? []).map(num), accuracies: column(result.accuracies), distances: column(result.distances), weights: column(result.weights),
    x: coordinates && coordinates.map((place) => num(place[0])), y: coordinates && coordinates.map((place) => num(place[1])),
  };
}

/** The samples of the parts that are there, in the order in which they were drawn, as `samplesOf` has them. */
export function samplesOfParts(parts) {
  const sorted = parts.filter(({ stage }) => stage === 'samples').map(({ data }) => data).sort((a, b) => a.first - b.first);
  const all = (name) => (sorted.length && sorted.every((data) => data[name]) ? sorted.flatMap((data) => data[name]) : null);
  return samplesOf({ losses: all('loss') ?? [], accuracies: all('accuracy'), distances: all('distance'), coordinates: all('coordinates') });
}

const quantile = (sorted, share) => {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
};

/**
 * Finite values in equal bins, as wide as Freedman and Diaconis would have them: `{ from, width, counts, beyond }`. A few values far out would leave one bin for the rest, so the picture ends at
 * the 1 % and 99 % quantiles plus as much again, and `beyond` counts what lies outside. Null where there is none.
 */
export function bins(values) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const [low, high] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  const reach = high - low;
  const [from, to] = [Math.max(sorted[0], low - reach), Math.min(sorted.at(-1), high + reach)];
  if (!(to > from)) {
    const width = Math.max(1e-9, Math.abs(from) * 1e-3);
    return { from: from - width / 2, width, counts: [sorted.length], beyond: 0 };
  }
  const wide = (2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25))) / Math.cbrt(sorted.length);
  const count = Math.min(BINS[1], Math.max(BINS[0], wide > 0 ? Math.ceil((to - from) / wide) : BINS[0]));
  const counts = new Array(count).fill(0);
  let beyond = 0;
  for (const value of sorted) {
    if (value < from || value > to) beyond++;
    else counts[Math.min(count - 1, Math.floor(((value - from) / (to - from)) * count))]++;
  }
  return { from, width: (to - from) / count, counts, beyond };
}

/** The outline of a normal distribution at so many standard deviations, closed: `{ x, y }`; null where its covariance is none. */
export function ellipse({ mean, covariance }, radius) {
  const [mx, my] = mean.map(num);
  const [[a, b], [, d]] = covariance.map((row) => row.map(num));
  // The covariance is L·Lᵀ, and the ellipse is L times a circle.
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const rest = d - l21 * l21;
  if (!(a > 0) || !(rest >= 0)) return null;
  const l22 = Math.sqrt(rest);
  const angles = Array.from({ length: CORNERS + 1 }, (_, at) => (2 * Math.PI * at) / CORNERS);
  return {
    x: angles.map((angle) => mx + radius * l11 * Math.cos(angle)),
    y: angles.map((angle) => my + radius * (l21 * Math.cos(angle) + l22 * Math.sin(angle))),
  };
}

/** Outlines of what was fitted: `[{ x, y, component, weight, radius }]`, the mixture where it has several parts, else the one normal distribution. */
export function outlines(fit) {
  if (!fit) return [];
  const parts = fit.mixture?.length > 1 ? fit.mixture : [fit.gaussian];
  return parts.flatMap((part, component) => RADII.map((radius) => {
    const line = ellipse(part, radius);
    return line && { ...line, component, weight: num(part.weight) ?? 1, radius };
  })).filter(Boolean);
}

/** Means of the first 1, 2, … finite losses: where the estimate goes. NaN before the first. */
export function runningMeans(losses) {
  let [sum, count] = [0, 0];
  return losses.map((value) => {
    if (Number.isFinite(value)) {
      sum += value;
      count++;
    }
    return count ? sum / count : NaN;
  });
}
