// Which runs the charts of other pages show, as this page's address carries it to them.

import { readParams, writeParams } from '../address.js';
import { formatSelection, parseSelection, selectionOf, shownRuns } from '../selection.js';

/** Fires `change` when other runs are shown. */
export class ShownRuns extends EventTarget {
  #store;
  ids = new Set();

  /** @param {import('../runstore.js').RunStore} store */
  constructor(store) {
    super();
    this.#store = store;
    this.selection = parseSelection(readParams().get('runs'));
    addEventListener('popstate', () => {
      this.selection = parseSelection(readParams().get('runs'));
      this.update();
    });
  }

  has(id) {
    return this.ids.has(id);
  }

  /** Follows runs that came or went. */
  update() {
    this.ids = new Set(shownRuns(this.selection, this.#store.runs));
    this.dispatchEvent(new Event('change'));
  }

  /** Shows what `{ mode, ids }` says; Back undoes it. */
  select(selection) {
    this.selection = selection;
    writeParams({ runs: formatSelection(selection) }, true);
    this.update();
  }

  /** Shows exactly these runs. */
  choose(ids) {
    this.select(selectionOf(ids, this.#store.runs, this.selection));
  }

  /** Shows (or hides) these, the others stay as they are. */
  set(ids, on) {
    const next = new Set(this.ids);
    for (const id of ids) if (on) next.add(id); else next.delete(id);
    this.choose(next);
  }
}
