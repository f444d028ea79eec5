// Several runs as one line with a band. Pure numbers: no elements, no texts.

const quantiles = new Map();

/** The 97.5 % quantile of Student's t with `df` degrees of freedom: the half width, in standard errors, of a 95 % interval. */
export function studentQuantile(df) {
  let found = quantiles.get(df);
  if (found === undefined) {
    let low = 0;
    let high = 13;
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (within(middle, df) < 0.95) low = middle;
      else high = middle;
    }
    found = (low + high) / 2;
    quantiles.set(df, found);
  }
  return found;
}

/** P(|T| < t) for whole degrees of freedom: the finite series of Abramowitz and Stegun 26.7.3 and 26.7.4. */
function within(t, df) {
  const angle = Math.atan(t / Math.sqrt(df));
  const [sine, square] = [Math.sin(angle), Math.cos(angle) ** 2];
  const odd = df % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = df === 1 ? 0 : term;
  for (let i = odd ? 3 : 2; i <= df - 2; i += 2) {
    term *= (square * (i - 1)) / i;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}

/**
 * One value for each x: where a run was restarted the later segment counts as far as it reaches, before and after it the earlier one.
 * @param trace `{ starts, count, xs, values, min, max }`
 * @returns `{ xs, values, min, max }`, x rising
 */
export function onePath(trace) {
  if (trace.starts.length <= 1) {
    return { xs: trace.xs.subarray(0, trace.count), values: trace.values.subarray(0, trace.count), min: trace.min.subarray(0, trace.count), max: trace.max.subarray(0, trace.count) };
  }
  let order = [];
  trace.starts.forEach((begin, s) => {
    const end = trace.starts[s + 1] ?? trace.count;
    if (begin >= end) return;
    const [first, last] = [trace.xs[begin], trace.xs[end - 1]];
    const segment = Array.from({ length: end - begin }, (_, i) => begin + i);
    order = [...order.filter((i) => trace.xs[i] < first), ...segment, ...order.filter((i) => trace.xs[i] > last)];
  });
  const pick = (column) => Float64Array.from(order, (i) => column[i]);
  return { xs: pick(trace.xs), values: pick(trace.values), min: pick(trace.min), max: pick(trace.max) };
}

/** Every x of the paths, rising, each once. */
export function unionOf(paths) {
  const all = new Float64Array(paths.reduce((sum, path) => sum + path.xs.length, 0));
  let at = 0;
  for (const path of paths) {
    all.set(path.xs, at);
    at += path.xs.length;
  }
  if (paths.length > 1) all.sort();
  let count = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[count - 1]) all[count++] = all[i];
  return all.subarray(0, count);
}

/**
 * The middle of several runs at every x that any of them logged. A run has a say from its first point to its last: at its own points with
 * what it logged, between them on the straight line. Where it logged something that is not finite it has none.
 * @param traces see onePath
 * @param center `mean` or `median`
 * @param band `std` (of a sample, n − 1), `se`, `ci` (95 %, Student's t), each around the mean; `range` (least and greatest, of the
 *   extremes that merged points hide as well); `none`
 * @returns `{ xs, values, low, high, n }`; low and high equal the value where there is no spread to tell (n = 1)
 */
export function aggregate(traces, { center, band }) {
  const paths = traces.filter((trace) => trace.count > 0).map(onePath);
  const xs = unionOf(paths);
  const [values, low, high] = [new Float64Array(xs.length), new Float64Array(xs.length), new Float64Array(xs.length)];
  const n = new Int32Array(xs.length);
  const at = new Int32Array(paths.length).fill(-1);
  const found = new Float64Array(paths.length);
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i];
    let count = 0;
    let [least, greatest] = [Infinity, -Infinity];
    for (let p = 0; p < paths.length; p++) {
      const path = paths[p];
      while (at[p] + 1 < path.xs.length && path.xs[at[p] + 1] <= x) at[p]++;
      const j = at[p];
      if (j < 0) continue;
      const hit = path.xs[j] === x;
      if (!hit && j + 1 >= path.xs.length) continue;
      const share = hit ? 0 : (x - path.xs[j]) / (path.xs[j + 1] - path.xs[j]);
      const value = between(path.values, j, share);
      if (!Number.isFinite(value)) continue;
      found[count++] = value;
      if (band === 'range') {
        least = Math.min(least, finiteOr(between(path.min, j, share), value));
        greatest = Math.max(greatest, finiteOr(between(path.max, j, share), value));
      }
    }
    n[i] = count;
    const spread = spreadOf(found, count);
    values[i] = count === 0 ? NaN : center === 'median' ? median(found.subarray(0, count)) : spread.mean;
    low[i] = high[i] = values[i];
    if (band === 'range' && count > 0) [low[i], high[i]] = [least, greatest];
    else if (band !== 'none' && count > 1) {
      const half = band === 'std' ? spread.std : (spread.std / Math.sqrt(count)) * (band === 'ci' ? studentQuantile(count - 1) : 1);
      [low[i], high[i]] = [spread.mean - half, spread.mean + half];
    }
  }
  return { xs, values, low, high, n };
}

const between = (column, j, share) => (share === 0 ? column[j] : column[j] + (column[j + 1] - column[j]) * share);
const finiteOr = (value, other) => (Number.isFinite(value) ? value : other);

/** Mean and sample standard deviation in one pass that loses no digits to cancellation (Welford). */
function spreadOf(values, count) {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const gap = values[i] - mean;
    mean += gap / (i + 1);
    squares += gap * (values[i] - mean);
  }
  return { mean, std: count > 1 ? Math.sqrt(squares / (count - 1)) : 0 };
}

/** Sorts what it is given. */
function median(values) {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
