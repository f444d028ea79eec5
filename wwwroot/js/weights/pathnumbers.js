// What a result of principal directions says. Pure. Numbers come as JSON has them: NaN and infinities as their names.

import { num } from '../numbers.js';
import { valuesAt } from './norms.js';

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Directions whose shares are shown: beyond these they are slivers. */
export const MOST_SHARES = 10;

/** Shares of the leading directions beside a random walk's: `[{ direction, share, walk }]`. */
export function shares(result, most = MOST_SHARES) {
  const explained = (result.explained_variance ?? []).map(num);
  // Of a long walk in many dimensions; the result has the same numbers where it is of this server.
  const walk = (at) => num(result.random_walk?.[at]) ?? 6 / (Math.PI * (at + 1)) ** 2;
  return explained.slice(0, most).map((share, at) => ({ direction: at + 1, share, walk: walk(at) }));
}

/** Share of the variance that the drawn directions hold, of the path and of a random walk: `{ path, walk }`. */
export function held(result) {
  const dims = dimsOf(result);
  const drawn = shares(result, dims);
  return { path: sum(drawn.map(({ share }) => share)), walk: sum(drawn.map(({ walk }) => walk)) };
}

export const dimsOf = (result) => result.coordinates?.[0]?.length ?? 0;

/**
 * How the path moves: `steps` between checkpoints, how far it went in all and from end to end, and how straight that is (1: a line).
 */
export function movement(result) {
  const moved = (result.step_norms ?? []).map(num);
  const total = num(result.total_movement) ?? sum(moved);
  const displacement = num(result.displacement);
  return { moved, total, displacement, straightness: displacement === null || !(total > 0) ? null : displacement / total };
}

/** Clusters numbered in the order in which the path comes to them: what number k-means gave them says nothing. Null for none. */
export function clusterCodes(result) {
  if (!result.clusters) return null;
  const order = [...new Set(result.clusters)];
  return result.clusters.map((code) => order.indexOf(code));
}

/** Clusters as the legend has them: `[{ code, count, from, to }]` with the first and last step of each; empty where there are none. */
export function clusters(result) {
  const found = new Map();
  (clusterCodes(result) ?? []).forEach((code, at) => {
    const one = found.get(code) ?? { code, count: 0, from: null, to: null };
    const step = num(result.steps?.[at]);
    one.count++;
    if (step !== null) [one.from, one.to] = [one.from === null ? step : Math.min(one.from, step), one.to === null ? step : Math.max(one.to, step)];
    found.set(code, one);
  });
  return [...found.values()].sort((a, b) => a.code - b.code);
}

/** Checkpoints as rows: `[{ name, step, place: [x, y(, z)], norm, moved, residual, cluster, loss, lossStep }]`; `moved`: from the one before. */
export function checkpointRows(result, series = null) {
  const steps = (result.steps ?? result.names.map(() => null)).map(num);
  const losses = series ? valuesAt(steps, series) : [];
  const codes = clusterCodes(result);
  return result.names.map((name, at) => ({
    name, at, step: steps[at], place: (result.coordinates?.[at] ?? []).map(num), norm: num(result.norms?.[at]), moved: at > 0 ? num(result.step_norms?.[at - 1]) : null,
    residual: num(result.residuals?.[at]), cluster: codes?.[at] ?? null, loss: losses[at]?.value ?? null, lossStep: losses[at]?.step ?? null,
  }));
}

/** By what the points are coloured: steps where all have one, else their order. */
export const orderOf = (rows) => (rows.every(({ step }) => step !== null) ? rows.map(({ step }) => step) : rows.map((_, at) => at + 1));
