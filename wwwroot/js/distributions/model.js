// The histograms of one run and tag as the pictures need them; what they share is computed once.

import { equalEdges, extentOf, massOf, rebin } from './rebin.js';
import { BANDS, quantiles } from './statistics.js';

const SHARES = BANDS.map((percent) => percent / 100);
// A range without width has this much room around it, as a part of the value.
const ROOM = 1e-6;

export class DistributionModel {
  #grids = new Map();
  #bands = null;
  #window = null;

  /** @param series the server's answer for one run and tag */
  constructor(series) {
    this.steps = series.steps;
    this.wallTimes = series.wall_times;
    this.total = series.total;
    this.histograms = series.edges.map((edges, i) => ({ edges, counts: series.counts[i] }));
    this.nonFinite = series.non_finite ?? null;
    this.damaged = series.damaged_steps ?? [];
    this.extent = extentOf(this.histograms);
  }

  /** True where no histogram holds a finite value. */
  get empty() {
    return this.extent === null;
  }

  /** The values in sight: a window, else all that hold mass. */
  get range() {
    const [low, high] = this.#window ?? this.extent ?? [0, 1];
    if (high > low) return [low, high];
    const room = Math.max(Math.abs(low) * ROOM, 1e-9);
    return [low - room, high + room];
  }

  /** Shows another window of values; null for all. */
  set window(window) {
    if (String(window) === String(this.#window)) return;
    this.#window = window;
    this.#grids.clear();
  }

  /** Every histogram over the same `bins` bins of the range: `{ edges, rows: [{ counts, below, above, mass }], largest }`. */
  grid(bins) {
    if (!this.#grids.has(bins)) {
      const edges = equalEdges(...this.range, bins);
      const rows = this.histograms.map((one) => ({ ...rebin(one, edges), mass: massOf(one) }));
      let largest = 0;
      for (const { counts } of rows) for (const count of counts) if (count > largest) largest = count;
      this.#grids.set(bins, { edges, rows, largest });
    }
    return this.#grids.get(bins);
  }

  /** The nine percentiles of every step; null for a step that holds nothing. */
  bands() {
    this.#bands ??= this.histograms.map((one) => quantiles(one, SHARES));
    return this.#bands;
  }

  /** Finite mass of one step's histogram. */
  massAt(index) {
    return massOf(this.histograms[index]);
  }

  /** Index of the step nearest to one asked for; the last for null. */
  nearest(step) {
    if (step === null || this.steps.length === 0) return this.steps.length - 1;
    let best = 0;
    for (let i = 1; i < this.steps.length; i++) if (Math.abs(this.steps[i] - step) <= Math.abs(this.steps[best] - step)) best = i;
    return best;
  }

  get nonFiniteTotal() {
    return this.nonFinite?.reduce((sum, count) => sum + count, 0) ?? 0;
  }
}
