// What the four pictures share: places of steps and values, ticks, labels.

import { linearLabels } from '../axes.js';
import { niceTicks } from '../paint.js';
import { formatStep } from '../../format.js';

const TICK_PX = 70;
const LABEL_PX = 15;

/** A linear scale. Halves, so that the widest range of doubles does not overflow. */
export function scale(low, high, from, to) {
  const half = high / 2 - low / 2;
  return {
    at: (value) => (half === 0 ? (from + to) / 2 : from + ((value / 2 - low / 2) / half) * (to - from)),
    value: (place) => low + 2 * half * ((place - from) / (to - from)),
  };
}

/** Ticks of the values: the model's own where its values are not what is on the axis. */
function ticksFor(model, most) {
  const { range } = model;
  if (model.ticks) return model.ticks(range, most);
  const ticks = niceTicks(...range, most);
  const labels = linearLabels(ticks);
  return ticks.map((at, i) => ({ at, text: labels[i] }));
}

/** Values along the bottom. */
export function valuesBelow(pen, box, model, theme) {
  const x = scale(...model.range, box.left, box.left + box.width);
  for (const { at, text } of ticksFor(model, Math.floor(box.width / TICK_PX))) {
    pen.rect(Math.round(x.at(at)), box.top, 1, box.height, theme.grid);
    pen.text(keepWithin(x.at(at), box), box.top + box.height + 11, text, { fill: theme.axis, align: 'center' });
  }
}

/** Values along the left. */
export function valuesLeft(pen, box, model, theme, lines = true) {
  const y = scale(...model.range, box.top + box.height, box.top);
  for (const { at, text } of ticksFor(model, Math.max(2, Math.floor(box.height / 36)))) {
    if (lines) pen.rect(box.left, Math.round(y.at(at)), box.width, 1, theme.grid);
    pen.text(box.left - 6, y.at(at), text, { fill: theme.axis, align: 'right' });
  }
}

/**
 * Columns of steps: where steps rise they lie at their number, else one after the other, as logged.
 * `edges`: n + 1 places; `at(i)`: the middle; `index(x)`: the column there; `step(x)`: the step there, or null where steps do not rise.
 */
export function stepColumns(steps, left, width) {
  const n = steps.length;
  const rising = n > 1 && steps.every((step, i) => i === 0 || step > steps[i - 1]);
  let edges;
  let place = null;
  if (rising) {
    const middles = steps.slice(1).map((step, i) => (steps[i] + step) / 2);
    const bounds = [steps[0] - (middles[0] - steps[0]), ...middles, steps[n - 1] + (steps[n - 1] - middles[n - 2])];
    place = scale(bounds[0], bounds[n], left, left + width);
    edges = bounds.map(place.at);
  } else edges = Array.from({ length: n + 1 }, (_, i) => left + (width * i) / Math.max(1, n));
  const index = (x) => {
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x < edges[middle + 1]) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const at = rising ? (i) => place.at(steps[i]) : (i) => (edges[i] + edges[i + 1]) / 2;
  return { edges, at, index, rising, step: (x) => (place ? place.value(x) : null) };
}

/** Labels of steps along the bottom. */
export function stepsBelow(pen, box, steps, columns, theme) {
  const y = box.top + box.height + 11;
  if (columns.rising) {
    const ticks = niceTicks(steps[0], steps.at(-1), Math.floor(box.width / TICK_PX)).filter(Number.isInteger);
    const x = scale(steps[0], steps.at(-1), columns.at(0), columns.at(steps.length - 1));
    for (const tick of ticks) pen.text(keepWithin(x.at(tick), box), y, shortStep(tick), { fill: theme.axis, align: 'center' });
    return;
  }
  const every = Math.max(1, Math.ceil(steps.length / Math.max(1, Math.floor(box.width / TICK_PX))));
  for (let i = 0; i < steps.length; i += every) pen.text(keepWithin(columns.at(i), box), y, shortStep(steps[i]), { fill: theme.axis, align: 'center' });
}

/** Labels of rows of steps along the right; as many as do not touch. */
export function stepsRight(pen, x, rows, theme) {
  let last = Infinity;
  for (let i = rows.length - 1; i >= 0; i--) {
    if (last - rows[i].y < LABEL_PX) continue;
    last = rows[i].y;
    pen.text(x, rows[i].y - 4, shortStep(rows[i].step), { fill: theme.axis });
  }
}

/** A step in few characters. */
export function shortStep(step) {
  const size = Math.abs(step);
  for (const [one, unit] of [[1e9, 'G'], [1e6, 'M'], [1e4, 'k']]) {
    const unitSize = unit === 'k' ? 1e3 : one;
    if (size >= one) return `${String(Math.round((step / unitSize) * 100) / 100).replace('-', '−')}${unit}`;
  }
  return formatStep(step);
}

const keepWithin = (x, box) => Math.min(box.left + box.width - 8, Math.max(box.left + 8, x));
