// Two steps over each other, as shares of their mass, so that they compare also where they hold different numbers of values.

import { withAlpha } from '../paint.js';
import { scale, valuesBelow } from './axis.js';

export const margins = { left: 10, right: 10, top: 8, bottom: 22 };
export const zooms = 'values';

export const binsFor = (box) => Math.max(24, Math.min(100, Math.floor(box.width / 5)));

function outline(counts, edges, most, options, box, x) {
  const bottom = box.top + box.height;
  const points = [x.at(edges[0]), bottom];
  for (let bin = 0; bin < counts.length; bin++) {
    const top = bottom - (most > 0 ? (level(counts[bin], options) / most) * (box.height - 4) : 0);
    points.push(x.at(edges[bin]), top, x.at(edges[bin + 1]), top);
  }
  points.push(x.at(edges.at(-1)), bottom);
  return points;
}

// A millionth of the mass and less is drawn as nothing on the log scale.
const level = (part, options) => (options.logCounts ? Math.max(0, Math.log10(part) + 6) : part);

function shares(model, options, box) {
  const { edges, rows } = model.grid(binsFor(box));
  const parts = options.pair.map((index) => rows[index].counts.map((count) => (rows[index].mass > 0 ? count / rows[index].mass : 0)));
  let most = 0;
  for (const part of parts) for (const one of part) most = Math.max(most, level(one, options));
  return { edges, parts, most };
}

export function paint(pen, box, model, options, theme) {
  valuesBelow(pen, box, model, theme);
  const x = scale(...model.range, box.left, box.left + box.width);
  const { edges, parts, most } = shares(model, options, box);
  pen.within(box.left, box.top, box.width, box.height, () => {
    const [first, second] = parts.map((part) => outline(part, edges, most, options, box, x));
    pen.area(second, withAlpha(theme.color, 0.4));
    pen.line(second, { stroke: withAlpha(theme.color, 1), width: 1.6 });
    pen.area(first, withAlpha(theme.textColor, 0.12));
    pen.line(first, { stroke: theme.text2, width: 1.4, dash: [4, 3] });
    if (options.cursor?.bin !== undefined && options.cursor?.bin !== null) {
      const middle = (x.at(edges[options.cursor.bin]) + x.at(edges[options.cursor.bin + 1])) / 2;
      pen.line([middle, box.top, middle, box.top + box.height], { stroke: theme.text });
    }
  });
}

export function probe(box, model, options, px) {
  const { edges } = model.grid(binsFor(box));
  const value = scale(...model.range, box.left, box.left + box.width).value(px);
  let bin = 0;
  while (bin < edges.length - 2 && edges[bin + 1] <= value) bin++;
  return { index: options.pair[1], bin };
}
