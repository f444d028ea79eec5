// Saving what a page made as a file.

const MAX_NAME = 80;
const KEPT_MS = 10000;

/** A file name for a title in any script: letters, digits, dots and dashes stay. */
export const fileName = (title) => title.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, MAX_NAME) || 'lossboard';

/** Hands a blob to the reader as a file. */
export function saveBlob(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** A value as a CSV field. A text that a spreadsheet would run as a formula is kept from it by a leading apostrophe. */
export function csvField(value) {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Saves rows of values as a CSV file with a header. */
export function saveCsv(header, rows, name) {
  const lines = [header, ...rows].map((row) => row.map(csvField).join(','));
  saveBlob(new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' }), `${fileName(name)}.csv`);
}
