// Points of one value of each run against another.

import { nameOf } from '../analysis/fieldpicker.js';
import { fitLine, logs } from '../analysis/fit.js';
import { lineEnds } from '../analysis/linewords.js';
import { formatOf } from '../charts/scale.js';
import { BY_RUN, thinned } from './state.js';
import { MOST_DRAWN, shown } from './plot.js';

const LEGEND_ENTRIES = 9;

const drawable = (value, log) => (log ? value > 0 && Number.isFinite(value) : Number.isFinite(value));

/** A value of a column as a reader sees it; null where there is none. */
export function textOf(column, row) {
  const value = column.values[row];
  if (!column.numeric) return Number.isNaN(value) ? null : column.categories[value];
  return column.given[row] ? formatOf(column.path)(value) : null;
}

/**
 * What to draw of a table: `{ x, y, color, rows, left, drawn, fit, picture }`. `rows` are those with both values, `left` how many have not.
 * @param colors id → `var(--run-n)`
 */
export function pointsOfRuns(table, state, colors) {
  const x = table.columns.get(state.x);
  const y = table.columns.get(state.y);
  const color = state.color === BY_RUN ? null : table.columns.get(state.color);
  const logX = state.logX && x.numeric;
  const logY = state.logY && y.numeric;
  const rows = table.runs.map((_, at) => at).filter((at) => drawable(x.values[at], logX) && drawable(y.values[at], logY));
  const drawn = thinned(rows.length, MOST_DRAWN).map((at) => rows[at]);
  const picture = { x: { title: nameOf(state.x), key: state.x, column: x, log: logX }, y: { title: nameOf(state.y), key: state.y, column: y, log: logY }, points: null, lines: [] };
  let fit = null;
  if (state.fit && x.numeric && y.numeric) {
    const take = (column, log) => (log ? logs(rows.map((at) => column.values[at])) : rows.map((at) => column.values[at]));
    fit = fitLine(take(x, logX), take(y, logY));
    if (fit) {
      const [from, to] = rows.reduce(([low, high], at) => [Math.min(low, x.values[at]), Math.max(high, x.values[at])], [Infinity, -Infinity]);
      picture.lines.push({ ...lineEnds(fit, from, to, { logX, logY }), color: 'var(--text)' });
    }
  }
  const place = (column, at) => (column.numeric ? column.values[at] : shown(column.categories[column.values[at]]));
  picture.points = {
    ids: drawn.map((at) => table.runs[at].id),
    x: drawn.map((at) => place(x, at)),
    y: drawn.map((at) => place(y, at)),
    text: drawn.map((at) => words(table, at, [x, y, color])),
    size: drawn.length > 1000 ? 5 : drawn.length > 200 ? 7 : 9,
    opacity: drawn.length > 1000 ? 0.6 : 0.9,
    ...tints(color, drawn, table, colors),
  };
  return { x, y, color, rows, left: table.runs.length - rows.length, drawn: drawn.length, fit, picture, logX, logY };
}

function words(table, at, columns) {
  const lines = columns.filter(Boolean).map((column) => `${shown(nameOf(column.path))}: ${shown(textOf(column, at) ?? '–')}`);
  return [`<b>${shown(table.runs[at].name)}</b>`, ...lines].join('<br>');
}

function tints(color, drawn, table, colors) {
  if (!color) return { colors: drawn.map((at) => colors(table.runs[at])) };
  if (color.numeric) return { numbers: drawn.map((at) => (Number.isFinite(color.values[at]) ? color.values[at] : null)), colorTitle: nameOf(color.path) };
  const byName = new Map();
  drawn.forEach((at, point) => {
    const name = textOf(color, at) ?? '–';
    if (!byName.has(name)) byName.set(name, []);
    byName.get(name).push(point);
  });
  const sorted = [...byName].sort((a, b) => b[1].length - a[1].length);
  const categories = sorted.slice(0, LEGEND_ENTRIES).map(([name, rows]) => ({ name, rows }));
  const rest = sorted.slice(LEGEND_ENTRIES);
  // Beyond nine, colours would be told apart by nobody.
  if (rest.length) categories.push({ name: `+${rest.length}`, rows: rest.flatMap(([, rows]) => rows) });
  return { categories };
}
