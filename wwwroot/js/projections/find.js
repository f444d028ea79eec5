// Search in metadata: a text, or a pattern between slashes. Pure.

/** What was typed is no pattern, or one that takes too long. */
export class SearchFault extends Error {
  constructor(code, reason = '') {
    super(reason || code);
    this.name = 'SearchFault';
    this.code = code;
  }
}

// Longer than a person waits for letters to take effect.
const PATIENCE_MS = 1500;
const LOOK_EVERY = 1024;

/** A test of one text: `word` is found anywhere, without regard to case; `/pattern/flags` is a regular expression. */
function matcher(query) {
  const pattern = /^\/(.*)\/([a-z]*)$/s.exec(query);
  if (!pattern) {
    const wanted = query.toLowerCase();
    return (text) => text.toLowerCase().includes(wanted);
  }
  try {
    // A global expression would remember where it stopped.
    const expression = new RegExp(pattern[1], [...pattern[2]].filter((flag) => flag !== 'g' && flag !== 'y').join(''));
    return (text) => expression.test(text);
  } catch (error) {
    throw new SearchFault('pattern', error.message.replace(/^Invalid regular expression: /, ''));
  }
}

/**
 * A byte a vector, 1 where a column's text matches; null for an empty query.
 * @param within name of the one column to search, or null for all @param now milliseconds, to give up in time
 */
export function search(columns, rows, query, within = null, now = () => performance.now()) {
  if (query === '') return null;
  const test = matcher(query);
  const plain = !/^\/.*\/[a-z]*$/s.test(query);
  const mask = new Uint8Array(rows);
  const started = now();
  const patience = (i) => {
    if (i % LOOK_EVERY === 0 && now() - started > PATIENCE_MS) throw new SearchFault('slow');
  };
  for (const column of columns) {
    if (within !== null && column.name !== within) continue;
    if (column.isNumber) {
      // No number holds such a letter, so there is no need to look at a million of them.
      if (plain && /[^0-9.eE+\-]/.test(query)) continue;
      for (let i = 0; i < rows; i++) {
        patience(i);
        if (mask[i] === 0 && !Number.isNaN(column.values[i]) && test(String(column.values[i]))) mask[i] = 1;
      }
      continue;
    }
    const matching = new Uint8Array(column.categories.length);
    column.categories.forEach((text, code) => {
      patience(code);
      matching[code] = test(text) ? 1 : 0;
    });
    for (let i = 0; i < rows; i++) if (column.codes[i] >= 0) mask[i] |= matching[column.codes[i]];
  }
  return mask;
}
