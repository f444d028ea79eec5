// What a histogram says in numbers. Values are taken as spread evenly within their bin: more is not known of them.

/** Percentiles of the bands, as TensorBoard draws them: those of a normal distribution's whole and half deviations. */
export const BANDS = [0, 7, 16, 31, 50, 69, 84, 93, 100];

/** Quantiles (shares from 0 to 1, rising) of a histogram; null where it holds nothing. */
export function quantiles({ edges, counts }, shares) {
  let mass = 0;
  for (const count of counts) mass += count;
  if (!(mass > 0)) return null;
  const found = [];
  let before = 0;
  let bin = 0;
  for (const one of shares) {
    const wanted = one * mass;
    // Empty bins are passed over: the least value begins where mass begins.
    while (bin < counts.length - 1 && (counts[bin] === 0 || before + counts[bin] < wanted)) before += counts[bin++];
    let last = bin;
    while (last > 0 && counts[last] === 0) last--;
    if (last < bin) found.push(edges[last + 1]);
    else {
      const within = Math.min(1, Math.max(0, (wanted - before) / counts[bin]));
      found.push(edges[bin] * (1 - within) + edges[bin + 1] * within);
    }
  }
  return found;
}

/** Mean of a histogram's values, or null where it holds nothing. */
export function meanOf({ edges, counts }) {
  let mass = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    mass += counts[i];
    sum += counts[i] * (edges[i] / 2 + edges[i + 1] / 2);
  }
  return mass > 0 ? sum / mass : null;
}

/**
 * How far apart two histograms are: `wasserstein`, the mean distance that mass has to travel from one to the other, and `ks`, the largest
 * gap between their cumulative shares (Kolmogorov–Smirnov). Exact for mass spread evenly within bins; null where either is empty.
 */
export function distance(a, b) {
  const [one, other] = [cumulative(a), cumulative(b)];
  if (!one || !other) return null;
  const edges = [...new Set([...a.edges, ...b.edges])].sort((x, y) => x - y);
  let wasserstein = 0;
  let ks = 0;
  let before = 0;
  for (let i = 0; i < edges.length; i++) {
    const gap = one(edges[i]) - other(edges[i]);
    ks = Math.max(ks, Math.abs(gap));
    if (i > 0) wasserstein += (edges[i] - edges[i - 1]) * meanSize(before, gap);
    before = gap;
  }
  return { wasserstein, ks };
}

/** Mean of |y| along the straight line from `from` to `to`. */
function meanSize(from, to) {
  if (from * to >= 0) return (Math.abs(from) + Math.abs(to)) / 2;
  return (from * from + to * to) / (2 * (Math.abs(from) + Math.abs(to)));
}

/** The cumulative share as a function that is asked for rising values. */
function cumulative({ edges, counts }) {
  let mass = 0;
  for (const count of counts) mass += count;
  if (!(mass > 0)) return null;
  let bin = 0;
  let before = 0;
  return (x) => {
    while (bin < counts.length && edges[bin + 1] <= x) before += counts[bin++];
    if (bin === counts.length || x <= edges[bin]) return before / mass;
    return (before + counts[bin] * ((x / 2 - edges[bin] / 2) / (edges[bin + 1] / 2 - edges[bin] / 2))) / mass;
  };
}
