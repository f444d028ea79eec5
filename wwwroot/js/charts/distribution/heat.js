// Steps across, values up, the count of a cell as its colour, on a log scale: thin tails stay in sight.

import { mix } from '../paint.js';
import { scale, stepColumns, stepsBelow, valuesLeft } from './axis.js';

export const margins = { left: 48, right: 10, top: 8, bottom: 22 };
export const zooms = 'steps';

const TONES = 64;
// Past this part of the way the run's colour goes on towards the text's, so that the most crowded cells still differ.
const PURE = 0.75;

export const binsFor = (box) => Math.max(24, Math.min(56, Math.floor(box.height / 3.5)));

function ramp(theme) {
  return Array.from({ length: TONES }, (_, i) => {
    const part = (i + 1) / TONES;
    return part <= PURE ? mix(theme.surfaceColor, theme.color, 0.08 + (0.92 * part) / PURE) : mix(theme.color, theme.textColor, ((part - PURE) / (1 - PURE)) * 0.75);
  });
}

export function paint(pen, box, model, options, theme) {
  const { edges, rows, largest } = model.grid(binsFor(box));
  const columns = stepColumns(model.steps, box.left, box.width);
  const y = scale(...model.range, box.top + box.height, box.top);
  const tones = ramp(theme);
  const most = Math.log1p(largest);
  valuesLeft(pen, box, model, theme, false);
  const places = Array.from(edges, y.at);
  pen.within(box.left, box.top, box.width, box.height, () => {
    rows.forEach(({ counts }, i) => {
      // Cells overlap by a hair, or the paper shines through between them.
      const [left, right] = [columns.edges[i], columns.edges[i + 1] + 0.4];
      for (let bin = 0; bin < counts.length; bin++) {
        if (counts[bin] <= 0) continue;
        const tone = Math.min(TONES - 1, Math.max(0, Math.ceil((Math.log1p(counts[bin]) / most) * TONES) - 1));
        pen.rect(left, places[bin + 1], right - left, places[bin] - places[bin + 1] + 0.4, tones[tone]);
      }
    });
    const lit = options.cursor?.index ?? options.highlight;
    if (lit !== null && lit !== undefined && lit < rows.length) {
      const [left, right] = [columns.edges[lit], columns.edges[lit + 1]];
      pen.line([left, box.top, left, box.top + box.height], { stroke: theme.text });
      pen.line([right, box.top, right, box.top + box.height], { stroke: theme.text });
      if (options.cursor) {
        const { bin } = options.cursor;
        pen.line([left, places[bin], right, places[bin], right, places[bin + 1], left, places[bin + 1], left, places[bin]], { stroke: theme.text, width: 1.5 });
      }
    }
  });
  stepsBelow(pen, box, model.steps, columns, theme);
}

export function probe(box, model, options, px, py) {
  const { edges } = model.grid(binsFor(box));
  const value = scale(...model.range, box.top + box.height, box.top).value(py);
  let bin = 0;
  while (bin < edges.length - 2 && edges[bin + 1] <= value) bin++;
  return { index: stepColumns(model.steps, box.left, box.width).index(px), bin };
}
