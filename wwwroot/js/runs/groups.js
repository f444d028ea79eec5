// Rows gathered under their common values, with what the numbers of a group come to. Pure.

const SEPARATOR = '\u0001';

/** Text of a group's value as a key: numbers, texts and what is absent never fall together. */
export const keyOf = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : `${typeof value}:${value}`);

/**
 * Rows (`[{ id, index }]`, `index` into the columns) as the items a list shows: `{ kind: 'group', key, level, path, value, rows, folded }` and
 * `{ kind: 'run', key, level, row }`. A group stands where its first row stands, so the order of the rows decides that of the groups.
 */
export function groupRows(rows, paths, columns, folded) {
  if (paths.length === 0) return rows.map((row) => ({ kind: 'run', key: row.id, level: 1, row }));
  const items = [];
  const descend = (members, depth, prefix) => {
    if (depth === paths.length) {
      for (const row of members) items.push({ kind: 'run', key: row.id, level: depth + 1, row });
      return;
    }
    const groups = new Map();
    for (const row of members) {
      const value = columns.get(paths[depth])?.[row.index] ?? null;
      const key = keyOf(value);
      const group = groups.get(key);
      if (group) group.rows.push(row);
      else groups.set(key, { value, rows: [row] });
    }
    for (const [part, { value, rows: inside }] of groups) {
      const key = prefix === null ? part : prefix + SEPARATOR + part;
      const closed = folded.has(key);
      items.push({ kind: 'group', key: `group${SEPARATOR}${key}`, id: key, level: depth + 1, path: paths[depth], value, rows: inside, folded: closed });
      if (!closed) descend(inside, depth + 1, key);
    }
  };
  descend(rows, 0, null);
  return items;
}

/** Number of a cell: NaN where it is none. JSON has the three numbers it lacks as texts. */
export const numberOf = (value) => (typeof value === 'number' ? value : value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : NaN);

/** True where a column holds numbers and nothing else but gaps. */
export function isNumeric(column) {
  let any = false;
  for (const value of column ?? []) {
    if (value === null || value === undefined) continue;
    if (typeof value !== 'number' && value !== 'NaN' && value !== 'Infinity' && value !== '-Infinity') return false;
    any = true;
  }
  return any;
}

/**
 * What a column's values come to over rows. Numbers: `{ kind: 'mean', mean, se, count, missing }`, `se` the standard error of the mean (null for one value), over the
 * finite ones; `missing` counts rows without a finite value. Others: `{ kind: 'same', value }` where all agree, `{ kind: 'several', count }` otherwise
 * (having none is a value, too), null where none has any.
 */
export function aggregate(column, rows, numeric) {
  if (numeric) {
    let count = 0;
    let mean = 0;
    let squares = 0;
    for (const { index } of rows) {
      const value = numberOf(column[index]);
      if (!Number.isFinite(value)) continue;
      count++;
      const delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    }
    if (count === 0) return null;
    return { kind: 'mean', mean, se: count > 1 ? Math.sqrt(squares / (count - 1) / count) : null, count, missing: rows.length - count };
  }
  const seen = new Map();
  for (const { index } of rows) seen.set(keyOf(column[index]), column[index]);
  if (seen.size > 1) return { kind: 'several', count: seen.size };
  const [value] = seen.values();
  return value === null || value === undefined || value.length === 0 ? null : { kind: 'same', value };
}

/** True where all rows have the same value in a column; with fewer than two rows nothing differs and nothing is hidden. */
export function isSame(column, rows) {
  if (rows.length < 2) return false;
  const first = keyOf(column?.[rows[0].index]);
  return rows.every(({ index }) => keyOf(column?.[index]) === first);
}

const MAX_DECIMALS = 6;
const DIGITS_OF_LARGEST = 4;
const DIGITS_OF_SMALLEST = 2;
// Numbers smaller than this share of the largest do not decide; they are written in scientific notation.
const TINY_SHARE = 1e-3;

/** Decimals that let a column's numbers stand point below point: four digits of the largest, two of the smallest; null where scientific notation is due. */
export function decimalsOf(column) {
  const sizes = column.map((cell) => Math.abs(numberOf(cell))).filter(Number.isFinite);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  if (largest >= 1e6) return null;
  if (sizes.every(Number.isInteger)) return 0;
  if (largest < 1e-3) return null;
  const smallest = sizes.reduce((a, b) => (b >= largest * TINY_SHARE ? Math.min(a, b) : a), largest);
  const needed = (digits, size) => digits - 1 - Math.floor(Math.log10(size));
  return Math.min(MAX_DECIMALS, Math.max(1, needed(DIGITS_OF_LARGEST, largest), needed(DIGITS_OF_SMALLEST, smallest)));
}
