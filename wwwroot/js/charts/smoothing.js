/**
 * Debiased exponential smoothing, as TensorBoard draws it: with weight w, s = w·s + (1 − w)·y and the result is s / (1 − wⁿ), so the first
 * values are not pulled to zero. Values that are not finite are passed over: they neither enter the mean nor get one (NaN).
 * `from` and `state` continue an earlier pass, so a live point costs one step.
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

export const freshState = () => ({ mean: 0, bias: 0 });
