// A set of vectors: as a word of the address, and as lines of a table. Pure.

import { csvField } from '../download.js';
import { KEPT } from './columns.js';

// An address that holds more is refused by servers on the way and breaks in mails.
const LONGEST = 1500;

/** Rising rows as runs of `gap+length`, in base 36; null where it becomes too long to stand in an address. */
export function packRows(rows, longest = LONGEST) {
  const words = [];
  let length = 0;
  let next = 0;
  for (let at = 0; at < rows.length;) {
    let end = at + 1;
    while (end < rows.length && rows[end] === rows[end - 1] + 1) end++;
    const word = (rows[at] - next).toString(36) + (end - at > 1 ? `-${(end - at).toString(36)}` : '');
    length += word.length + 1;
    if (length > longest + 1) return null;
    words.push(word);
    next = rows[end - 1] + 1;
    at = end;
  }
  return words.join('.');
}

/** The rows of such a word; null where it is none. */
export function unpackRows(text) {
  if (!text || !/^[0-9a-z]+(-[0-9a-z]+)?(\.[0-9a-z]+(-[0-9a-z]+)?)*$/.test(text)) return null;
  const rows = [];
  let next = 0;
  for (const word of text.split('.')) {
    const [gap, length = '1'] = word.split('-');
    const from = next + Number.parseInt(gap, 36);
    const count = Number.parseInt(length, 36);
    // Beyond what any table here has, an address is made up.
    if (rows.length + count > 2e6 || from + count > 2 ** 31) return null;
    for (let i = 0; i < count; i++) rows.push(from + i);
    next = from + count;
  }
  return Uint32Array.from(rows);
}

/** Rows after some were added, taken away, or put in place of what was there; rising. */
export function combined(before, rows, mode) {
  if (mode === 'add' || mode === 'subtract') {
    const set = new Set(before ?? []);
    for (const row of rows) {
      if (mode === 'add') set.add(row);
      else set.delete(row);
    }
    return Uint32Array.from(set).sort();
  }
  return Uint32Array.from(rows).sort();
}

/** Names of the columns of a table of vectors. */
const tableHeader = (columns, dims) => ['row', ...['x', 'y', 'z'].slice(0, dims), ...columns.map(({ name }) => (name === KEPT ? 'preservation' : name))];

/** Lines of a CSV file of vectors, header first, a piece of text for so many rows: a million lines are not one string until they are a file. */
export function* csvPieces(picture, columns, rows = null, together = 4096) {
  const { coordinates, dims } = picture;
  yield `${tableHeader(columns, dims).map(csvField).join(',')}\n`;
  const count = rows ? rows.length : picture.rows;
  for (let start = 0; start < count; start += together) {
    let piece = '';
    for (let at = start; at < Math.min(count, start + together); at++) {
      const row = rows ? rows[at] : at;
      piece += row;
      for (let d = 0; d < dims; d++) piece += `,${coordinates[row * dims + d]}`;
      for (const column of columns) piece += `,${csvField(column.isNumber ? numberOf(column.values[row]) : column.text(row))}`;
      piece += '\n';
    }
    yield piece;
  }
}

const numberOf = (value) => (Number.isNaN(value) ? '' : value);
