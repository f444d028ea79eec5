// What a curvature result says. Pure. Numbers come as JSON has them: NaN and infinities as their names.

import { num } from '../numbers.js';

const finite = (value) => value !== null && Number.isFinite(value);

/** Points along training; none where the model alone was looked at. */
export const checkpointsOf = (view) => view.checkpoints ?? [];

/** The point of a checkpoint by name, else the model's own. */
export const pointAt = (view, name) => checkpointsOf(view).find((one) => one.name === name) ?? view;

/** Eigenvalues in falling order, `[{ label, value, residual, end: 'top' | 'bottom' }]`; one that both ends found is told once. */
export function eigenvalues(point, parameters = null) {
  const top = (point.top ?? []).map((one, at) => ({ label: `λ${subscript(at + 1)}`, value: num(one.value), residual: num(one.residual), end: 'top' }));
  const count = num(parameters);
  const bottom = (point.bottom ?? []).map((one, at) => ({ label: at === 0 ? 'λₙ' : `λₙ₋${subscript(at)}`, value: num(one.value), residual: num(one.residual), end: 'bottom' })).reverse();
  // With few parameters the two ends meet.
  const room = count === null ? Infinity : Math.max(0, count - top.length);
  return [...top, ...bottom.slice(Math.max(0, bottom.length - room))];
}

const subscript = (number) => String(number).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[digit]);

/** Sign of an eigenvalue, 0 where its residual leaves it open. */
export function sign({ value, residual }) {
  const size = num(value);
  return Math.abs(size) <= (num(residual) ?? 0) ? 0 : Math.sign(size);
}

/**
 * How it bends, from the extreme eigenvalues: `up` (every direction), `down`, `both`, `flat` (no sign that can be told), or `unknown` where an end was not computed.
 */
export function bending(point) {
  const [top] = point.top ?? [];
  const [bottom] = point.bottom ?? [];
  if (!top || !bottom) return 'unknown';
  const [most, least] = [sign(top), sign(bottom)];
  if (least > 0) return 'up';
  if (most < 0) return 'down';
  if (most > 0 && least < 0) return 'both';
  if (most === 0 && least === 0) return 'flat';
  return most > 0 ? 'up_or_flat' : 'down_or_flat';
}

/** Values of one measure along the checkpoints: `{ x, names, byStep, series: [{ key, values, errors? }] }`. Points without a step are counted instead. */
export function alongTraining(view) {
  const points = checkpointsOf(view);
  const byStep = points.every((point) => num(point.step) !== null);
  const of = (read) => points.map(read);
  const series = [
    { key: 'top', values: of((point) => num(point.top?.[0]?.value)), errors: of((point) => num(point.top?.[0]?.residual)) },
    { key: 'bottom', values: of((point) => num(point.bottom?.[0]?.value)), errors: of((point) => num(point.bottom?.[0]?.residual)) },
    { key: 'trace', values: of((point) => num(point.trace?.value)), errors: of((point) => num(point.trace?.standard_error)) },
    { key: 'sharpness', values: of((point) => num(point.sharpness)) },
    { key: 'loss', values: of((point) => num(point.loss)) },
  ].filter(({ values }) => values.some(finite));
  return { byStep, x: points.map((point, at) => (byStep ? num(point.step) : at + 1)), names: points.map((point) => point.name), series };
}

// What is that much below the highest is no density any more but the tail of the smoothing.
const DECADES = 7;

/** The density where it can be drawn on a log axis: `{ x, y, floor }`, y null in what is below the floor; null where there is none. */
export function densityCurve(density) {
  if (!density?.x?.length) return null;
  const y = density.y.map(num);
  const most = Math.max(...y.filter(finite), 0);
  if (!(most > 0)) return null;
  const floor = most / 10 ** DECADES;
  return { x: density.x.map(num), y: y.map((value) => (finite(value) && value >= floor ? value : null)), floor };
}

/** The density at a place, between its points linearly in the logarithm; the floor where there is none. */
export function densityAt({ x, y, floor }, value) {
  let low = 0;
  let high = x.length - 1;
  if (!(value >= x[0] && value <= x[high])) return floor;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= value) low = middle;
    else high = middle;
  }
  const [a, b] = [y[low] ?? floor, y[high] ?? floor];
  const part = x[high] > x[low] ? (value - x[low]) / (x[high] - x[low]) : 0;
  return Math.exp(Math.log(a) + part * (Math.log(b) - Math.log(a)));
}

/** Rows of a table: the eigenvalues of the model and of every checkpoint. */
export function eigenvalueRows(view) {
  const rows = (name, step, point) => eigenvalues(point, view.parameters).map((one) => [name, step, one.label, one.value, one.residual]);
  return [...rows('model', null, view), ...checkpointsOf(view).flatMap((point) => rows(point.name, num(point.step), point))];
}
