// What the axes must show.

/** `[min, max]` of x over the traces, or null without points. On a log axis only positive x counts. */
export function xExtent(traces, log) {
  let low = Infinity;
  let high = -Infinity;
  for (const trace of traces) {
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
 * Also counts what cannot be drawn as a point: `nonFinite`, and on log axes `nonPositive`.
 */
export function yExtent(traces, from, to, { logX, logY, smoothing }) {
  let low = Infinity;
  let high = -Infinity;
  let nonFinite = 0;
  let nonPositive = 0;
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
    }
  }
  if (low > high) return { range: null, nonFinite, nonPositive };
  return { range: padded(low, high, logY), nonFinite, nonPositive };
}

function padded(low, high, log) {
  if (log) {
    const margin = Math.max(Math.log10(high / low) * 0.05, 0.04);
    return [low / 10 ** margin, high * 10 ** margin];
  }
  const margin = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.05 || 0.5;
  return [low - margin, high + margin];
}
