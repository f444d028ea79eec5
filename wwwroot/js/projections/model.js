// What a picture shows under a state: colours, filters, search. Each part is computed again only when something that it depends on is another. Pure.

import { KEPT, likelyColor, likelyLabel } from './columns.js';
import { countOf, maskOf, shownBy } from './filters.js';
import { search, SearchFault } from './find.js';
import { legendEntries } from './legend.js';

// Up to so many categories are listed by name; beyond, the largest come first.
const MOST_BY_NAME = 40;

function memo(make) {
  let [known, value] = [null, undefined];
  return (...inputs) => {
    if (!known || known.length !== inputs.length || known.some((one, i) => !Object.is(one, inputs[i]))) {
      value = make(...inputs);
      known = inputs;
    }
    return value;
  };
}

export class Model {
  #found = memo((columns, rows, query, within) => {
    try {
      return { mask: search(columns.filter(({ name }) => name !== KEPT), rows, query, within), fault: null };
    } catch (error) {
      if (!(error instanceof SearchFault)) throw error;
      return { mask: null, fault: error };
    }
  });
  #isolated = memo((rows, chosen) => (chosen === null ? null : maskOf(rows, chosen)));
  #shown = memo((rows, columns, filters, ...also) => shownBy(rows, columns, filters, { also }));
  #others = memo((rows, columns, filters, except, ...also) => shownBy(rows, columns, filters, { also, except }).mask);
  #legend = memo((column, mask) => legendEntries(column, mask, MOST_BY_NAME));
  #slots = memo((column, leading) => slotsOf(column, leading));
  #count = memo((mask) => (mask === null ? 0 : countOf(mask)));
  rows = 0;
  columns = [];
  state = null;
  chosen = null;

  /** Takes what there is, and a state. `isolated`: rows of this picture, where they are not the state's own. */
  set({ rows, columns }, state, isolated = state.isolated) {
    [this.rows, this.columns, this.state, this.chosen] = [rows, columns, state, isolated];
    return this;
  }

  column(name) {
    return this.columns.find((one) => one.name === name) ?? null;
  }

  /** The column that colours the picture, or null. */
  get color() {
    const { color } = this.state;
    if (color === '') return null;
    return this.column(color) ?? this.column(likelyColor(this.columns));
  }

  /** The column that names a vector, or null. */
  get label() {
    return this.column(this.state.label) ?? this.column(likelyLabel(this.columns, this.color?.name));
  }

  /** `{ mask, fault }` of the search; the mask is null where nothing is sought. */
  get found() {
    return this.#found(this.columns, this.rows, this.state.query, this.state.within);
  }

  get foundCount() {
    return this.#count(this.found.mask);
  }

  get #also() {
    return [this.state.onlyFound ? this.found.mask : null, this.#isolated(this.rows, this.chosen)];
  }

  /** `{ mask, shown }`; the mask is null where everything is shown. */
  get shown() {
    return this.#shown(this.rows, this.columns, this.state.filters, ...this.#also);
  }

  /** What a column's own filter leaves to be chosen: everything that the other filters show. */
  besides(name) {
    return this.#others(this.rows, this.columns, this.state.filters, name, ...this.#also);
  }

  /** Entries of a column of categories, counted over what its own filter leaves to be chosen. */
  entries(column) {
    return legendEntries(column, this.besides(column.name), MOST_BY_NAME);
  }

  /** Entries of the colour's legend, `[{ code, text, count }]`; null where the colour is a number, or there is none. */
  get legend() {
    const { color } = this;
    return color && !color.isNumber ? this.#legend(color, this.besides(color.name)) : null;
  }

  /** The place in the palette of each category of the colour. `leading`: a column whose categories have the first places, so that one text has one colour in two pictures. */
  slots(leading = null) {
    return this.#slots(this.color, leading);
  }
}

/** Places in a palette by category: in the order of names where they are few, else the largest first. */
export function slotsOf(column, leading = null) {
  const order = (one) => legendEntries(one, null, MOST_BY_NAME).filter(({ code }) => code >= 0).map(({ text }) => text);
  const place = new Map();
  for (const text of [...(leading && !leading.isNumber ? order(leading) : []), ...order(column)]) if (!place.has(text)) place.set(text, place.size);
  return Int32Array.from(column.categories, (text) => place.get(text));
}
