// Norms of weights at checkpoints, and values of a series at the steps of checkpoints. Pure.

import { fitLine, logs } from '../analysis/fit.js';

const number = (value) => (value === null || value === undefined ? NaN : Number(value));

/**
 * For each step the value that a series has nearest to it, the earlier one of two as near: `[{ value, step }]`; null where the step is unknown, or further from
 * every point than the series is long between two of them (a run that was logged before or after alone says nothing of it).
 * @param series `{ steps, values }` in the order logged; of a step that was logged again the last value counts
 */
export function valuesAt(steps, series) {
  const known = new Map();
  series.steps.forEach((step, at) => known.set(Number(step), number(series.values[at])));
  const sorted = [...known.keys()].sort((a, b) => a - b);
  const reach = sorted.length > 1 ? (sorted.at(-1) - sorted[0]) / (sorted.length - 1) : 0;
  return steps.map((step) => {
    if (step === null || step === undefined || sorted.length === 0) return null;
    const wanted = Number(step);
    let [low, high] = [0, sorted.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    const near = [sorted[low - 1], sorted[low]].filter((one) => one !== undefined);
    const best = near.reduce((a, b) => (Math.abs(b - wanted) < Math.abs(a - wanted) ? b : a));
    // Between two points something is known; beyond the ends only as far as points lie apart.
    const between = wanted >= sorted[0] && wanted <= sorted.at(-1);
    return between || Math.abs(best - wanted) <= reach ? { value: known.get(best), step: best } : null;
  });
}

/** The newest finished job of each run: run id → job. */
export function newestOf(jobs) {
  const found = new Map();
  for (const job of jobs) {
    const run = job.spec?.run_id;
    const before = run && found.get(run);
    if (run && job.status === 'succeeded' && (!before || job.created > before.created)) found.set(run, job);
  }
  return found;
}

/**
 * Pairs of a checkpoint's norm and a series' value, as the server's answer for two tags has them: `{ run_id, total, steps, x, y, wall_times, fit }`.
 * @param result that of a weight_pca job @param series `{ steps, values, wall_times }`
 */
export function pairsOfCheckpoints(runId, result, series, { fit, logX, logY }) {
  const values = valuesAt(result.steps ?? [], series);
  const pairs = { run_id: runId, steps: [], wall_times: [], x: [], y: [] };
  const time = new Map(series.steps.map((step, at) => [Number(step), series.wall_times?.[at] ?? null]));
  (result.norms ?? []).forEach((norm, at) => {
    if (!values[at]) return;
    pairs.steps.push(result.steps[at]);
    pairs.wall_times.push(time.get(values[at].step) ?? null);
    pairs.x.push(number(norm));
    pairs.y.push(values[at].value);
  });
  const line = fit ? fitLine(logX ? logs(pairs.x) : pairs.x, logY ? logs(pairs.y) : pairs.y) : null;
  return { ...pairs, total: pairs.x.length, fit: line && { slope: line.slope, slope_se: line.slopeError, intercept: line.intercept, r2: line.r2, n: line.n } };
}

/** The points of each run in the order of their steps, as thin lines: what came after what. `points`: of scatter/stepspoints.js. */
export function trails(points) {
  const byRun = new Map();
  points.ids.forEach((id, at) => byRun.set(id, [...(byRun.get(id) ?? []), at]));
  return [...byRun.values()].map((rows) => {
    const order = rows.sort((a, b) => points.steps[a] - points.steps[b] || a - b);
    return { x: order.map((at) => points.x[at]), y: order.map((at) => points.y[at]), color: points.colors[order[0]], width: 0.8 };
  });
}
