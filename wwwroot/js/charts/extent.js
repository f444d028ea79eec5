// What the axes must show.

// Percentiles that count as ordinary, and how far beyond them, in shares of their distance, still does.
const ORDINARY = [0.05, 0.95];
const LEEWAY = 0.2;

/** `[min, max]` of x over the traces, or null without points. On a log axis only positive x counts. */
export function xExtent(traces, log) {
  let low = Infinity;
  let high = -Infinity;
  for (const trace of traces) {
    if (!trace.rising) {
      for (let i = 0; i < trace.count; i++) {
        const x = trace.xs[i];
        if (!Number.isFinite(x) || (log && x <= 0)) continue;
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
      continue;
    }
    for (let s = 0; s < trace.starts.length; s++) {
      const begin = trace.starts[s];
      const end = (trace.starts[s + 1] ?? trace.count) - 1;
      if (end < begin) continue;
      let first = trace.xs[begin];
      if (log) for (let i = begin; i <= end && !(first > 0); i++) first = trace.xs[i];
      if (!log || first > 0) low = Math.min(low, first);
      if (!log || trace.xs[end] > 0) high = Math.max(high, trace.xs[end]);
    }
  }
  return low <= high ? [low, high] : null;
}

/** One point must still have an axis around it. */
export function widened([low, high], log) {
  if (high > low) return [low, high];
  if (log) return [low / 2, low * 2];
  const half = Math.abs(low) > 1 ? Math.max(0.5, Math.abs(low) * 1e-6) : 0.5;
  return [low - half, high + half];
}

/**
 * Range of y within [from, to] of x: values, their buckets' extremes and the smoothed line, with a margin; `null` where nothing can be drawn.
 * With `ignoreOutliers` the range of what is ordinary among the values of the lines. Also counts what cannot be seen as a point: `nonFinite`,
 * on log axes `nonPositive`, and `outside` of the range.
 */
export function yExtent(traces, from, to, { logX, logY, smoothing, ignoreOutliers }) {
  let low = Infinity;
  let high = -Infinity;
  let nonFinite = 0;
  let nonPositive = 0;
  const lines = ignoreOutliers ? [] : null;
  // The band of a group is drawn to be seen, so its borders have a say in what is ordinary.
  const borders = [];
  const see = (value) => {
    if (!Number.isFinite(value) || (logY && value <= 0)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const trace of traces) {
    for (let i = 0; i < trace.count; i++) {
      const x = trace.xs[i];
      if (logX && x <= 0) {
        nonPositive++;
        continue;
      }
      if (x < from || x > to) continue;
      nonFinite += trace.bad[i];
      const value = trace.values[i];
      if (logY && Number.isFinite(value) && value <= 0) nonPositive++;
      see(value);
      if (trace.banded) {
        see(trace.min[i]);
        see(trace.max[i]);
      }
      if (smoothing > 0) see(trace.smooth[i]);
      if (lines) {
        const drawn = smoothing > 0 ? trace.smooth[i] : value;
        if (!Number.isFinite(drawn) || (logY && drawn <= 0)) continue;
        lines.push(drawn);
        if (trace.counts) for (const border of [trace.min[i], trace.max[i]]) if (!logY || border > 0) borders.push(border);
      }
    }
  }
  if (low > high) return { range: null, nonFinite, nonPositive, outside: 0 };
  if (!lines?.length) return { range: padded(low, high, logY), nonFinite, nonPositive, outside: 0 };
  const ordinary = ordinaryRange(Float64Array.from([...lines, ...borders]).sort(), logY);
  const range = padded(Math.max(low, ordinary[0]), Math.min(high, ordinary[1]), logY);
  let outside = 0;
  for (const value of lines) if (value < range[0] || value > range[1]) outside++;
  return { range, nonFinite, nonPositive, outside };
}

/** The ordinary percentiles of sorted values and the leeway around them, which on a log axis is a factor. */
export function ordinaryRange(sorted, log) {
  const [low, high] = ORDINARY.map((share) => quantile(sorted, share));
  if (log) {
    const factor = (high / low) ** LEEWAY;
    return [low / factor, high * factor];
  }
  return [low - (high - low) * LEEWAY, high + (high - low) * LEEWAY];
}

/** Quantile of sorted values, linear between the two nearest. */
function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(sorted.length - 1, below + 1)] - sorted[below]) * (at - below);
}

function padded(low, high, log) {
  if (log) {
    const margin = Math.max(Math.log10(high / low) * 0.05, 0.04);
    return [low / 10 ** margin, high * 10 ** margin];
  }
  const margin = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.05 || 0.5;
  return [low - margin, high + margin];
}
