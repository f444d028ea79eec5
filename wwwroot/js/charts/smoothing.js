// Three ways to smooth a line. All pass over values that are not finite: these neither enter a mean nor get one (NaN).

/** Kinds and what their amount means: a weight below 1, a window in points, a standard deviation in points. */
export const KINDS = {
  exponential: { min: 0, max: 0.999, step: 0.001 },
  mean: { min: 0, max: 201, step: 1 },
  gaussian: { min: 0, max: 50, step: 0.5 },
};

// Beyond four standard deviations a weight is below 0.0004 of the centre's.
const CUT = 4;
// A weight that has fallen to a thousandth no longer shows in a line.
const FADED = 1e-3;

export const freshState = () => ({ mean: 0, bias: 0 });

/** The amount as it is used: within the kind's range, and a window odd, so that it has a middle. */
export function tidyAmount(kind, amount) {
  const { max } = KINDS[kind];
  const value = Math.min(max, Math.max(0, Number(amount) || 0));
  if (kind !== 'mean') return value;
  return value < 2 ? 0 : 2 * Math.floor(value / 2) + 1;
}

/** How many points before and after one have a say in its smoothed value. */
export function reachOf({ smoother = 'exponential', smoothing }) {
  if (!(smoothing > 0)) return { before: 0, after: 0 };
  if (smoother === 'exponential') return { before: Math.ceil(Math.log(FADED) / Math.log(smoothing)), after: 0 };
  const half = smoother === 'mean' ? smoothing >> 1 : Math.ceil(CUT * smoothing);
  return { before: half, after: half };
}

/**
 * Smooths the segment [begin, end) of `values` into `out`, given that all before `from` is done already. `state` carries the
 * exponential from call to call; the other two look at the values themselves.
 */
export function smoothSegment(options, values, out, begin, from, end, state) {
  const { smoother = 'exponential', smoothing } = options;
  if (smoother === 'exponential' || !(smoothing > 0)) {
    smoothInto(values, out, smoothing, from, end, state);
    return;
  }
  const { before } = reachOf(options);
  const weights = kernel(smoother, smoothing, before);
  const first = Math.max(begin, from - before);
  if (allFinite(values, Math.max(begin, first - before), end)) weighPlain(weights, values, out, begin, first, end);
  else weighFinite(weights, values, out, begin, first, end);
}

function allFinite(values, from, to) {
  for (let i = from; i < to; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** The common case, in which the sum of the weights is known beforehand: several times quicker. */
function weighPlain(weights, values, out, begin, first, end) {
  const reach = weights.length - 1;
  const sums = new Float64Array(weights.length);
  weights.reduce((sum, weight, i) => (sums[i] = sum + weight), 0);
  for (let i = first; i < end; i++) {
    const from = Math.max(begin, i - reach);
    const to = Math.min(end - 1, i + reach);
    let sum = weights[0] * values[i];
    for (let j = from; j < i; j++) sum += weights[i - j] * values[j];
    for (let j = i + 1; j <= to; j++) sum += weights[j - i] * values[j];
    out[i] = sum / (sums[i - from] + sums[to - i] - weights[0]);
  }
}

function weighFinite(weights, values, out, begin, first, end) {
  const reach = weights.length - 1;
  for (let i = first; i < end; i++) {
    if (!Number.isFinite(values[i])) {
      out[i] = NaN;
      continue;
    }
    let sum = 0;
    let weight = 0;
    const last = Math.min(end - 1, i + reach);
    for (let j = Math.max(begin, i - reach); j <= last; j++) {
      if (!Number.isFinite(values[j])) continue;
      const share = weights[j > i ? j - i : i - j];
      sum += share * values[j];
      weight += share;
    }
    out[i] = sum / weight;
  }
}

/** Weights by distance from the centre. */
function kernel(smoother, amount, reach) {
  return Float64Array.from({ length: reach + 1 }, (_, d) => (smoother === 'mean' ? 1 : Math.exp(-(d * d) / (2 * amount * amount))));
}

/**
 * Debiased exponential smoothing, as TensorBoard draws it: with weight w, s = w·s + (1 − w)·y and the result is s / (1 − wⁿ), so the first
 * values are not pulled to zero. `from` and `state` continue an earlier pass, so a live point costs one step.
 * @param {Float64Array} values
 * @param {Float64Array} out receives the smoothed values at the same indices
 * @param {{ mean: number, bias: number }} state carried from point to point; a new segment begins with a fresh one
 */
export function smoothInto(values, out, weight, from, to, state) {
  let { mean, bias } = state;
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      out[i] = NaN;
      continue;
    }
    mean = weight * mean + (1 - weight) * value;
    bias = weight * bias + (1 - weight);
    out[i] = mean / bias;
  }
  state.mean = mean;
  state.bias = bias;
}
