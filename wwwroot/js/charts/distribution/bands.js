// Percentiles over steps, as bands around the median.

import { withAlpha } from '../paint.js';
import { scale, stepColumns, stepsBelow, valuesLeft } from './axis.js';

export const margins = { left: 48, right: 10, top: 8, bottom: 22 };
export const zooms = 'steps';
export const binsFor = () => 0;

const LAYERS = [0.14, 0.2, 0.26, 0.34];

/** Stretches in which steps rise and there is something to draw: a restart begins another. */
function stretches(model, columns) {
  const parts = [];
  model.bands().forEach((band, i) => {
    const goesOn = i > 0 && parts.length && parts.at(-1).at(-1) === i - 1 && (columns.rising || model.steps[i] > model.steps[i - 1]);
    if (!band) return;
    if (goesOn) parts.at(-1).push(i);
    else parts.push([i]);
  });
  return parts;
}

export function paint(pen, box, model, options, theme) {
  const columns = stepColumns(model.steps, box.left, box.width);
  const bands = model.bands();
  const y = scale(...model.range, box.top + box.height, box.top);
  valuesLeft(pen, box, model, theme);
  pen.within(box.left, box.top, box.width, box.height, () => {
    for (const part of stretches(model, columns)) {
      // One step alone is as wide as its column.
      const places = part.length === 1 ? [[columns.edges[part[0]], part[0]], [columns.edges[part[0] + 1], part[0]]] : part.map((i) => [columns.at(i), i]);
      LAYERS.forEach((alpha, layer) => {
        const lower = places.flatMap(([x, i]) => [x, y.at(bands[i][layer])]);
        const upper = places.toReversed().flatMap(([x, i]) => [x, y.at(bands[i][8 - layer])]);
        pen.area([...lower, ...upper], withAlpha(theme.color, alpha));
      });
      pen.line(places.flatMap(([x, i]) => [x, y.at(bands[i][4])]), { stroke: withAlpha(theme.color, 1), width: 2 });
    }
    const lit = options.cursor?.index ?? options.highlight;
    if (lit !== null && lit !== undefined && lit < model.steps.length) pen.line([columns.at(lit), box.top, columns.at(lit), box.top + box.height], { stroke: theme.text });
  });
  stepsBelow(pen, box, model.steps, columns, theme);
}

export function probe(box, model, options, px) {
  return { index: stepColumns(model.steps, box.left, box.width).index(px), bin: null };
}
