/** Which rows are ticked. Shift extends from the last ticked row over the rows in their present order. Fires `change`. */
export class Selection extends EventTarget {
  #chosen = new Set();
  #anchor = null;
  #order;

  /** @param {() => string[]} order the ids as shown, from top to bottom */
  constructor(order) {
    super();
    this.#order = order;
  }

  has(id) {
    return this.#chosen.has(id);
  }

  get size() {
    return this.#chosen.size;
  }

  ids() {
    return [...this.#chosen];
  }

  toggle(id, on, extend) {
    const order = this.#order();
    const [a, b] = [order.indexOf(this.#anchor), order.indexOf(id)];
    const range = extend && a >= 0 ? order.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
    for (const one of range) {
      if (on) this.#chosen.add(one);
      else this.#chosen.delete(one);
    }
    this.#anchor = id;
    this.dispatchEvent(new Event('change'));
  }

  setAll(on) {
    this.setMany(this.#order(), on);
  }

  setMany(ids, on) {
    for (const id of ids) {
      if (on) this.#chosen.add(id);
      else this.#chosen.delete(id);
    }
    this.dispatchEvent(new Event('change'));
  }

  clear() {
    this.#chosen.clear();
    this.dispatchEvent(new Event('change'));
  }

  /** Forgets runs that are gone. */
  keep(existing) {
    for (const id of this.#chosen) if (!existing.has(id)) this.#chosen.delete(id);
  }
}
