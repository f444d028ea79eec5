// Brushes over the axes of values: ranges as parameters of the address, and which rows they hold. Pure functions.

const collator = new Intl.Collator('en', { numeric: true });
const sameKind = (a, b) => (typeof a === 'number' && typeof b === 'number' && Number.isFinite(a) && Number.isFinite(b) && a <= b) || (typeof a === 'string' && typeof b === 'string');

/** Brushes by path, `[from, to]` in the axis's own values: two numbers, or the names of two categories. What is not one is left out. */
export function parseBrushes(texts) {
  const brushes = new Map();
  for (const text of texts) {
    try {
      const [path, from, to] = JSON.parse(text);
      if (typeof path === 'string' && sameKind(from, to)) brushes.set(path, [from, to]);
    } catch {
      // Not one of ours.
    }
  }
  return brushes;
}

export const formatBrushes = (brushes) => [...brushes].map(([path, [from, to]]) => JSON.stringify([path, from, to]));

/** Whether each row lies in every brush; null where there is none that applies. Rows without a value on a brushed axis lie outside. */
export function brushed(columns, brushes, count) {
  const tests = columns.filter((column) => applies(column, brushes.get(column.path))).map((column) => test(column, brushes.get(column.path)));
  if (tests.length === 0) return null;
  return Array.from({ length: count }, (_, row) => tests.every((holds) => holds(row)));
}

// A brush over numbers means nothing once the column holds texts, and the other way round.
const applies = (column, brush) => brush !== undefined && (typeof brush[0] === 'number') === column.numeric;

function test(column, [from, to]) {
  const { values } = column;
  if (column.numeric) return (row) => values[row] >= from && values[row] <= to;
  const holds = column.categories.map((name) => collator.compare(name, from) >= 0 && collator.compare(name, to) <= 0);
  return (row) => holds[values[row]] === true;
}

/** The brush over a stretch of an axis (two places, 0 to 1); null where it holds no category. */
export function brushOver(column, scale, from, to) {
  if (column.numeric) return [scale.value(from), scale.value(to)];
  const held = column.categories.filter((_, at) => scale.place(at) >= from && scale.place(at) <= to);
  return held.length ? [held[0], held.at(-1)] : null;
}

/** The places of a brush on its axis: `[from, to]`, cut to the axis; null where nothing of it is there. */
export function placesOf(column, scale, brush) {
  if (!applies(column, brush)) return null;
  if (column.numeric) {
    const finite = brush.map((value) => scale.place(value));
    // Zero and less have no place on a log axis: the brush then begins at its end.
    const [from, to] = [finite[0] ?? 0, finite[1] ?? -1];
    return to < 0 || from > 1 ? null : [Math.max(0, from), Math.min(1, to)];
  }
  const held = column.categories.map((name, at) => [name, at]).filter(([name]) => collator.compare(name, brush[0]) >= 0 && collator.compare(name, brush[1]) <= 0);
  return held.length ? [scale.place(held[0][1]), scale.place(held.at(-1)[1])] : null;
}
