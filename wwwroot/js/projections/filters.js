// Which vectors are shown: a mask with a byte a vector. Pure.
//
// A filter is one of { column, only: [texts] }, { column, not: [texts] } (the empty text stands for vectors without one) and { column, from, to } (numbers, both ends included).

/** A byte a vector, 1 where it passes a filter, or null where the column is not there: a filter of another source hides nothing. */
function passes(filter, column) {
  if (!column) return null;
  const mask = new Uint8Array(column.rows);
  if (column.isNumber) {
    if (filter.from === undefined) return null;
    const { values } = column;
    const { from, to } = filter;
    for (let i = 0; i < mask.length; i++) mask[i] = values[i] >= from && values[i] <= to ? 1 : 0;
    return mask;
  }
  const texts = filter.only ?? filter.not;
  if (!texts) return null;
  const chosen = new Set(texts);
  const inverted = Boolean(filter.not);
  // Decided once a category, not once a vector; the last place is that of vectors without one.
  const decided = new Uint8Array(column.categories.length + 1);
  column.categories.forEach((text, code) => { decided[code] = chosen.has(text) !== inverted ? 1 : 0; });
  decided[column.categories.length] = chosen.has('') !== inverted ? 1 : 0;
  const { codes } = column;
  for (let i = 0; i < mask.length; i++) mask[i] = decided[codes[i] < 0 ? column.categories.length : codes[i]];
  return mask;
}

/**
 * What passes everything: `{ mask, shown }`; the mask is null where all do.
 * @param filters see above @param also masks (or null) that must be set as well @param except a column whose own filter does not count
 */
export function shownBy(rows, columns, filters, { also = [], except = null } = {}) {
  const masks = filters.filter(({ column }) => column !== except).map((filter) => passes(filter, columns.find(({ name }) => name === filter.column)));
  const all = [...masks, ...also].filter((mask) => mask !== null && mask !== undefined && mask.length === rows);
  if (all.length === 0) return { mask: null, shown: rows };
  const mask = Uint8Array.from(all[0]);
  for (const other of all.slice(1)) for (let i = 0; i < rows; i++) mask[i] &= other[i];
  return { mask, shown: countOf(mask) };
}

/** How many are set. */
export function countOf(mask) {
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i];
  return count;
}

/** A mask with these rows set. */
export function maskOf(rows, chosen) {
  const mask = new Uint8Array(rows);
  for (const row of chosen) if (row < rows) mask[row] = 1;
  return mask;
}

/** The rows that are set. */
export function rowsOf(mask) {
  const rows = new Uint32Array(countOf(mask));
  for (let i = 0, at = 0; i < mask.length; i++) if (mask[i]) rows[at++] = i;
  return rows;
}

/** Rows without those that a mask hides. */
export const visible = (rows, mask) => (mask === null ? rows : rows.filter((row) => mask[row] === 1));

/** The mask as bits, the lowest of a byte first, as the server wants it in base64. */
export function packMask(mask) {
  const bytes = new Uint8Array(Math.ceil(mask.length / 8));
  for (let i = 0; i < mask.length; i++) if (mask[i]) bytes[i >> 3] |= 1 << (i & 7);
  let text = '';
  // In pieces: so many arguments at once a call cannot take.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

const same = (filter, name) => filter.column === name;
/** The filters without a column's. */
export const without = (filters, name) => filters.filter((one) => !same(one, name));

/** Whether a filter leaves a category of a column in sight. */
export function isOn(filters, name, text) {
  const filter = filters.find((one) => same(one, name));
  if (!filter) return true;
  return filter.only ? filter.only.includes(text) : !(filter.not ?? []).includes(text);
}

/** The filters after a category was turned on or off. Nothing hidden is no filter; nothing shown stays as it was asked for. */
export function toggled(filters, name, text, categories) {
  const filter = filters.find((one) => same(one, name));
  const flip = (list) => (list.includes(text) ? list.filter((one) => one !== text) : [...list, text]);
  if (filter?.only) {
    const only = flip(filter.only);
    return only.length >= categories ? without(filters, name) : replaced(filters, { column: name, only });
  }
  const not = flip(filter?.not ?? []);
  return not.length === 0 ? without(filters, name) : replaced(filters, { column: name, not });
}

/** The filters after a category was isolated, or shown with the others again where it stood alone. */
export function isolated(filters, name, text) {
  const filter = filters.find((one) => same(one, name));
  if (filter?.only?.length === 1 && filter.only[0] === text) return without(filters, name);
  return replaced(filters, { column: name, only: [text] });
}

/** The filters with another range of a column; null for all of it. */
export const ranged = (filters, name, range) => (range === null ? without(filters, name) : replaced(filters, { column: name, from: range[0], to: range[1] }));

/** The filters with one in place of another of the same column, which keeps its place. */
export function replaced(filters, filter) {
  return filters.some((one) => same(one, filter.column)) ? filters.map((one) => (same(one, filter.column) ? filter : one)) : [...filters, filter];
}
