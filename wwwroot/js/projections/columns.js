// What is known of each vector, by column, in typed arrays: a million rows are no objects. Pure.

/** Name under which the share of kept neighbours stands among the columns; no column that was logged can have it, since names have no control characters. */
export const KEPT = '\u0001kept';

/** The place of a text's code where a vector has none. */
export const MISSING = -1;

export class Column {
  #low = null;
  #high = null;
  #missing = null;

  /** @param {{ name: string, type: 'number' | 'category', values?: Float64Array | Float32Array, categories?: string[], codes?: Int32Array }} column */
  constructor({ name, type, values = null, categories = null, codes = null }) {
    Object.assign(this, { name, type, values, categories, codes });
  }

  /** A column as the server writes it: numbers that JSON has no word for come as texts. */
  static of({ name, type, values, categories, codes }) {
    if (type === 'number') return new Column({ name, type, values: Float64Array.from(values, Number) });
    return new Column({ name, type: 'category', categories, codes: Int32Array.from(codes) });
  }

  get rows() {
    return (this.values ?? this.codes).length;
  }

  get isNumber() {
    return this.type === 'number';
  }

  /** Smallest finite number; NaN where there is none. */
  get low() {
    this.#measure();
    return this.#low;
  }

  get high() {
    this.#measure();
    return this.#high;
  }

  /** `{ low, high }` that a scale of colours spans: of shares it is all that a share can be. */
  get span() {
    return this.name === KEPT ? { low: 0, high: 1 } : { low: this.low, high: this.high };
  }

  /** Vectors that have no value, or none that is a number. */
  get missing() {
    this.#measure();
    return this.#missing;
  }

  /** The value of a vector as a text; empty where there is none. */
  text(row) {
    if (!this.isNumber) return this.codes[row] === MISSING ? '' : this.categories[this.codes[row]] ?? '';
    const value = this.values[row];
    return Number.isNaN(value) ? '' : String(value);
  }

  #measure() {
    if (this.#missing !== null) return;
    [this.#low, this.#high, this.#missing] = [NaN, NaN, 0];
    if (!this.isNumber) {
      for (let i = 0; i < this.codes.length; i++) if (this.codes[i] === MISSING) this.#missing++;
      return;
    }
    let [low, high] = [Infinity, -Infinity];
    for (const value of this.values) {
      if (!Number.isFinite(value)) this.#missing++;
      else {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    if (low <= high) [this.#low, this.#high] = [low, high];
  }
}

const CLASSES = 30;
// A column with more than this is a name for each vector, and no colour.
const MOST_CLASSES = 300;
const LIKELY = [/^(label|class|target|category|digit|y)s?$/i, /(label|class|target|categor|predict)/i];

/** Classes that were logged as numbers become categories: whole numbers of which there are few, or many in a column that is named like one. */
function classesOf(column) {
  if (!column.isNumber) return column;
  const most = LIKELY.some((pattern) => pattern.test(column.name)) ? MOST_CLASSES : CLASSES;
  const found = new Set();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return column;
    if (!found.has(value) && found.add(value).size > most) return column;
  }
  const sorted = [...found].sort((a, b) => a - b);
  const places = new Map(sorted.map((value, code) => [value, code]));
  return new Column({ name: column.name, type: 'category', categories: sorted.map(String), codes: Int32Array.from(column.values, (value) => places.get(value) ?? MISSING) });
}

/** The columns of an answer of `/points`; `kept` (a share for each vector, or null) joins them under a name of its own. */
export function columnsOf(points, kept) {
  const columns = (points?.columns ?? []).map((column) => classesOf(Column.of(column)));
  if (kept) columns.push(new Column({ name: KEPT, type: 'number', values: kept }));
  return columns;
}

/** The column that a person most likely wants colours by: one named like a label, else the first with few texts; null for none. */
export function likelyColor(columns) {
  const able = columns.filter((one) => one.name !== KEPT && (one.isNumber || one.categories.length <= MOST_CLASSES));
  for (const pattern of LIKELY) {
    const found = able.find(({ name }) => pattern.test(name));
    if (found) return found.name;
  }
  return (able.find((one) => !one.isNumber && one.categories.length > 1) ?? able[0])?.name ?? null;
}

/** The column that most likely names a vector, for labels: one with many texts, else the coloured one. */
export function likelyLabel(columns, color) {
  const texts = columns.filter((one) => !one.isNumber);
  return (texts.find(({ name }) => /^(name|word|title|id|text|token)$/i.test(name)) ?? texts.find(({ name }) => name === color) ?? texts[0] ?? columns.find(({ name }) => name !== KEPT))?.name ?? null;
}
