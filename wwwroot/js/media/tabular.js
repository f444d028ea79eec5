// Tables from text: CSV, TSV, a JSON list of records, or a record a line. Sorting and filtering of their rows.

// Cells beyond this stay in the file: a browser holds a few million texts, not more.
export const MAX_CELLS = 2_000_000;
export const MAX_COLUMNS = 1000;

/** Fields of delimited text, quotes and line ends within quotes as RFC 4180 has them; at most `limit` cells. */
export function parseDelimited(text, separator, limit = MAX_CELLS) {
  const rows = [];
  let row = [];
  let cells = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const ends = new RegExp(`[${separator === '\t' ? '\\t' : separator}\\r\\n]`, 'g');
  while (at <= text.length) {
    if (at === text.length && row.length === 0) break;
    let field;
    if (text[at] === '"') {
      const parts = [];
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0) {
          parts.push(text.slice(from));
          at = text.length;
          break;
        }
        parts.push(text.slice(from, quote));
        at = quote + 1;
        if (text[at] !== '"') break;
        parts.push('"');
        from = at + 1;
      }
      field = parts.join('');
      // What follows a closing quote belongs to no format; it is kept rather than lost.
      ends.lastIndex = at;
      const end = ends.exec(text)?.index ?? text.length;
      field += text.slice(at, end);
      at = end;
    } else {
      ends.lastIndex = at;
      const end = ends.exec(text)?.index ?? text.length;
      field = text.slice(at, end);
      at = end;
    }
    row.push(field);
    cells++;
    if (at < text.length && text[at] === separator) {
      at++;
      if (at === text.length) row.push('');
      else continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    at++;
    // A line with nothing on it is no row.
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (cells > limit) return { rows, cut: at < text.length };
  }
  return { rows, cut: false };
}

/** A table of records: columns in the order they first appear. */
export function tableOfRecords(records) {
  const names = new Map();
  for (const record of records) {
    for (const name of Object.keys(record)) if (!names.has(name) && names.size < MAX_COLUMNS) names.set(name, names.size);
  }
  const kept = Math.max(1, Math.floor(MAX_CELLS / Math.max(1, names.size)));
  const rows = records.slice(0, kept).map((record) => {
    const row = new Array(names.size).fill('');
    for (const [name, at] of names) if (record[name] !== undefined) row[at] = cellText(record[name]);
    return row;
  });
  return finished([...names.keys()], rows, records.length > kept);
}

const cellText = (value) => (value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/**
 * The table that a file holds, by its extension: `{ columns: [{ name, numeric }], rows: [[text]], cut }`. Throws Error with a reason, in
 * English, where it holds none.
 */
export function parseTable(extension, text) {
  if (extension === 'csv' || extension === 'tsv') {
    const { rows, cut } = parseDelimited(text, extension === 'tsv' ? '\t' : ',');
    if (rows.length === 0) throw new TableError('empty');
    const [head, ...body] = rows;
    const width = Math.min(MAX_COLUMNS, Math.max(head.length, ...body.slice(0, 1000).map((row) => row.length)));
    return finished(Array.from({ length: width }, (_, i) => head[i] ?? ''), body, cut);
  }
  let records;
  try {
    records = extension === 'json' ? JSON.parse(text) : text.split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line));
  } catch {
    throw new TableError('json');
  }
  if (!Array.isArray(records) || !records.every((record) => record !== null && typeof record === 'object' && !Array.isArray(record))) throw new TableError('records');
  if (records.length === 0) throw new TableError('empty');
  return tableOfRecords(records);
}

/** A file that holds no table; `reason` is `empty`, `json` or `records`. */
export class TableError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

function finished(names, rows, cut) {
  const columns = names.map((name, i) => ({ name, numeric: rows.some((row) => numberOf(row[i]) !== null) && rows.every((row) => !row[i] || numberOf(row[i]) !== null) }));
  return { columns, rows, cut };
}

const SPECIAL = { __proto__: null, nan: NaN, infinity: Infinity, '-infinity': -Infinity, inf: Infinity, '-inf': -Infinity };

/** A cell's number; null where it is none. NaN is one. */
export function numberOf(cell) {
  if (cell === undefined || cell === '') return null;
  const special = SPECIAL[cell.toLowerCase()];
  if (special !== undefined) return special;
  const value = Number(cell);
  return Number.isNaN(value) || cell.trim() === '' ? null : value;
}

/** Rows in another order: numbers by size, NaN and empty cells last either way; texts in natural order. */
export function sortRows(rows, at, numeric, descending) {
  const collator = new Intl.Collator('en', { numeric: true });
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: numeric ? numberOf(row[at]) : row[at] ?? '' }));
  const missing = (key) => key === null || key === '' || Number.isNaN(key);
  keyed.sort((a, b) => {
    if (missing(a.key) || missing(b.key)) return missing(a.key) - missing(b.key);
    return sign * (numeric ? (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) : collator.compare(a.key, b.key));
  });
  return keyed.map(({ row }) => row);
}

/** Rows in which every word occurs, in any column, case ignored. */
export function filterRows(rows, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const whole = row.join('\u0001').toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
