// What is said of gradients in numbers: which layers are in trouble, how angles are spread, and how they would be if they pointed anywhere.

/** A layer vanishes where the root mean square of its gradient is less than this part of the largest layer's at the same step. */
export const VANISHING_PART = 1e-4;
/** It explodes where its norm is more than so many times the median of the steps before, or beyond any use. */
export const EXPLODING_TIMES = 100;
export const EXPLODING_NORM = 1e6;
/** Steps before that the median is taken over, and how many there must be. */
export const EXPLODING_WINDOW = 50;
const EXPLODING_LEAST = 5;

export const STATES = ['non_finite', 'exploding', 'dead', 'vanishing'];

/**
 * What each layer's gradient was at each of its steps: null or one of STATES, the gravest that holds.
 * @param rows `[{ steps, norms, peaks, bad, size }]` a layer each: peaks are the largest norms of the buckets, bad counts of what is no number
 */
export function statesOf(rows) {
  const largest = new Map();
  for (const row of rows) {
    row.steps.forEach((step, i) => {
      const level = levelOf(row, i);
      if (Number.isFinite(level) && level > (largest.get(step) ?? 0)) largest.set(step, level);
    });
  }
  return rows.map((row) => {
    const before = new Recent();
    return row.norms.map((norm, i) => {
      const peak = row.peaks?.[i] ?? norm;
      const usual = before.median;
      if (Number.isFinite(norm)) before.push(norm);
      if (!Number.isFinite(norm) || (row.bad?.[i] ?? 0) > 0) return 'non_finite';
      if (peak > EXPLODING_NORM || (usual > 0 && peak > EXPLODING_TIMES * usual)) return 'exploding';
      if (norm === 0) return 'dead';
      // A layer alone has nothing to be small beside.
      return rows.length > 1 && levelOf(row, i) < VANISHING_PART * (largest.get(row.steps[i]) ?? 0) ? 'vanishing' : null;
    });
  });
}

const levelOf = (row, i) => row.norms[i] / Math.sqrt(Math.max(1, row.size ?? 1));

/** The latest values, kept sorted: a median at each step of each layer must cost little. */
class Recent {
  #order = [];
  #sorted = [];

  push(value) {
    this.#order.push(value);
    this.#sorted.splice(this.#place(value), 0, value);
    if (this.#order.length > EXPLODING_WINDOW) this.#sorted.splice(this.#place(this.#order.shift()), 1);
  }

  get median() {
    const { length } = this.#sorted;
    const middle = length >> 1;
    if (length < EXPLODING_LEAST) return null;
    return length % 2 ? this.#sorted[middle] : (this.#sorted[middle - 1] + this.#sorted[middle]) / 2;
  }

  /** Index of the first that is not below a value. */
  #place(value) {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Stretches of equal states: `[{ state, from, to }]` with the first and the last index. */
export function stretchesOf(states) {
  const found = [];
  states.forEach((state, i) => {
    if (!state) return;
    if (found.length && found.at(-1).to === i - 1 && found.at(-1).state === state) found.at(-1).to = i;
    else found.push({ state, from: i, to: i });
  });
  return found;
}

/** Shares of angles (from cosines) in `bins` equal bins from 0° to 180°; what is no number is left out. `{ shares, count, mean, sd }` of the cosines. */
export function anglesOf(cosines, bins) {
  const shares = new Float64Array(bins);
  const known = cosines.filter(Number.isFinite).map((one) => Math.max(-1, Math.min(1, one)));
  for (const one of known) shares[Math.min(bins - 1, Math.floor((Math.acos(one) / Math.PI) * bins))] += 1 / known.length;
  const mean = known.length ? known.reduce((sum, one) => sum + one, 0) / known.length : NaN;
  const sd = known.length > 1 ? Math.sqrt(known.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (known.length - 1)) : NaN;
  return { shares, count: known.length, mean, sd };
}

/** The same shares if directions had nothing to do with each other: the cosine is then N(0, 1/n) in n dimensions. */
export function nullAngles(size, bins) {
  const scale = Math.sqrt(size);
  const up = (angle) => normalBelow(scale * Math.cos(angle));
  const shares = Float64Array.from({ length: bins }, (_, i) => up((i * Math.PI) / bins) - up(((i + 1) * Math.PI) / bins));
  // What the normal distribution has beyond ±1 belongs to the ends.
  shares[0] += 1 - up(0);
  shares[bins - 1] += up(Math.PI);
  return shares;
}

/** Standard errors that a mean cosine lies away from zero under the null: null standard deviation 1/√n, over √count steps. */
export const awayFromNull = (mean, count, size) => mean * Math.sqrt(size * count);

/** Share of a standard normal distribution below x: the complementary error function by Chebyshev fitting, good to 1.2e-7. */
export function normalBelow(x) {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + z / 2);
  const series = [0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223];
  const erfc = t * Math.exp(-z * z + series.reduce((sum, one) => sum * t + one, 0));
  return x > 0 ? 1 - erfc / 2 : erfc / 2;
}

/** Root of the sum of squares of a histogram's values, spread evenly within their bins: what a norm was, about. One bin around zero alone holds zeros. */
export function normOfHistogram({ edges, counts }) {
  let sum = 0;
  counts.forEach((count, i) => {
    const [low, high] = [edges[i], edges[i + 1]];
    if (count > 0 && !(low < 0 && high > 0 && counts.length === 1)) sum += (count * (low * low + low * high + high * high)) / 3;
  });
  return Math.sqrt(sum);
}

/** Parts of a list spread over it: at most `most` indices, first and last among them. */
export function spread(count, most) {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}
