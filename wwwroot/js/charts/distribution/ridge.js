// One curve a step, the newest in front; or all from one line, to lay them over each other.

import { mix } from '../paint.js';
import { scale, stepsRight, valuesBelow } from './axis.js';

export const margins = { left: 10, right: 46, top: 8, bottom: 22 };
export const zooms = 'values';

export const binsFor = (box) => Math.max(24, Math.min(120, Math.floor(box.width / 4)));

/** Places of the curves: `{ amplitude, base(i), height(i, bin) }`. */
function layout(box, model, options) {
  const { rows, largest } = model.grid(binsFor(box));
  const n = rows.length;
  const flat = options.mode === 'overlay' || n === 1;
  const amplitude = flat ? box.height - 4 : Math.max(Math.min(box.height * 0.42, 90), (box.height / n) * 1.5);
  const most = options.logCounts ? Math.log1p(largest) : largest;
  const height = (i, bin) => {
    const count = rows[i].counts[bin];
    return most > 0 ? (amplitude * (options.logCounts ? Math.log1p(count) : count)) / most : 0;
  };
  const base = (i) => box.top + box.height - (flat ? 0 : ((box.height - amplitude) * (n - 1 - i)) / (n - 1));
  return { base, height, n, flat };
}

/** The curve where it holds something; a flat line beyond would hide the curves behind it. */
function curve(place, i, counts, edges, x) {
  let first = 0;
  let last = counts.length - 1;
  while (first < last && counts[first] === 0) first++;
  while (last > first && counts[last] === 0) last--;
  const base = place.base(i);
  const points = [x.at(edges[first]), base];
  for (let bin = first; bin <= last; bin++) points.push((x.at(edges[bin]) + x.at(edges[bin + 1])) / 2, base - place.height(i, bin));
  points.push(x.at(edges[last + 1]), base);
  return points;
}

export function paint(pen, box, model, options, theme) {
  const { edges, rows } = model.grid(binsFor(box));
  const place = layout(box, model, options);
  const x = scale(...model.range, box.left, box.left + box.width);
  valuesBelow(pen, box, model, theme);
  const lit = options.cursor?.index ?? options.highlight;
  pen.within(box.left, box.top - 6, box.width, box.height + 8, () => {
    for (let i = 0; i < place.n; i++) {
      const age = place.n === 1 ? 1 : i / (place.n - 1);
      const points = curve(place, i, rows[i].counts, edges, x);
      const tone = mix(theme.surfaceColor, theme.color, 0.25 + 0.65 * age);
      if (!place.flat || place.n === 1) pen.area(points, tone);
      pen.line(points, place.flat && place.n > 1 ? { stroke: tone, width: 1.2 } : { stroke: theme.surface, width: 1 });
    }
    if (lit !== null && lit !== undefined && lit < place.n) {
      const points = curve(place, lit, rows[lit].counts, edges, x);
      pen.line(points, { stroke: theme.text, width: 2 });
      if (options.cursor) {
        const bin = options.cursor.bin;
        const [left, right] = [x.at(edges[bin]), x.at(edges[bin + 1])];
        const top = place.base(lit) - place.height(lit, bin);
        pen.area([left, place.base(lit), left, top, right, top, right, place.base(lit)], theme.mark);
      }
    }
  });
  if (!place.flat) stepsRight(pen, box.left + box.width + 6, model.steps.map((step, i) => ({ step, y: place.base(i) })), theme);
}

/** The step and bin at a point: of the foremost curve that covers it, else of the nearest. */
export function probe(box, model, options, px, py) {
  const { edges } = model.grid(binsFor(box));
  const place = layout(box, model, options);
  const value = scale(...model.range, box.left, box.left + box.width).value(px);
  let bin = 0;
  while (bin < edges.length - 2 && edges[bin + 1] <= value) bin++;
  let best = place.n - 1;
  let distance = Infinity;
  for (let i = place.n - 1; i >= 0; i--) {
    const top = place.base(i) - place.height(i, bin);
    if (!place.flat && py >= top && py <= place.base(i)) return { index: i, bin };
    const away = Math.abs(py - top);
    if (away < distance) [best, distance] = [i, away];
  }
  return { index: best, bin };
}
