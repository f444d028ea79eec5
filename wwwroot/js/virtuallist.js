// A long list of rows of one height, of which only those in sight exist. Scrolling makes and removes rows at the edges; the list's height is
// that of all rows, so the scroll bar tells the truth.

// Rows beyond the window on either side, so that a fast scroll meets no blank.
const AHEAD = 12;

export class VirtualList {
  #list;
  #scroller;
  #options;
  #items = [];
  #rows = new Map();
  #height = 0;

  /**
   * @param {HTMLElement} list holds the rows; its role and name are the page's business. A `tbody` works as well: it gets two empty rows as spacers.
   * @param options { scroller (default: the list), rowHeight(): px, key(item), create(item): element, update(element, item, index) }
   */
  constructor(list, options) {
    this.#list = list;
    this.#scroller = options.scroller ?? list;
    this.#options = options;
    const table = list.tagName === 'TBODY';
    this.#before = document.createElement(table ? 'tr' : 'li');
    this.#after = document.createElement(table ? 'tr' : 'li');
    for (const spacer of [this.#before, this.#after]) spacer.setAttribute('aria-hidden', 'true');
    list.replaceChildren(this.#before, this.#after);
    this.#scroller.addEventListener('scroll', () => this.#fill(false), { passive: true });
    new ResizeObserver(() => this.#fill(true)).observe(this.#scroller);
  }

  #before;
  #after;

  /** Shows `items` in order; rows of the same key are kept, and all in sight are updated. */
  show(items) {
    this.#items = items;
    this.#fill(true);
  }

  /** Updates the rows in sight without another order. */
  refresh() {
    this.#fill(true);
  }

  /** Elements in sight, by key. */
  get rows() {
    return this.#rows;
  }

  /** Scrolls a row into sight and answers its element, or null where there is no such item. */
  reveal(index) {
    if (index < 0 || index >= this.#items.length) return null;
    const height = this.#options.rowHeight();
    const top = index * height + this.#offset();
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop + this.#head()) this.#scroller.scrollTop = top - this.#head();
    else if (top + height > scrollTop + clientHeight) this.#scroller.scrollTop = top + height - clientHeight;
    this.#fill(false);
    return this.#rows.get(this.#options.key(this.#items[index])) ?? null;
  }

  // Height of what stands above the first row within the scrolled area.
  #offset() {
    return this.#list === this.#scroller ? 0 : this.#list.offsetTop;
  }

  // What sticks to the top of the scrolled area covers rows.
  #head() {
    return this.#list.tagName === 'TBODY' ? this.#offset() : 0;
  }

  #fill(all) {
    const { rowHeight, key, create, update } = this.#options;
    const height = rowHeight();
    const count = this.#items.length;
    const top = Math.max(0, this.#scroller.scrollTop - this.#offset());
    const first = Math.max(0, Math.min(Math.floor(top / height), count) - AHEAD);
    const last = Math.min(count, Math.ceil((top + this.#scroller.clientHeight) / height) + AHEAD);
    const before = new Map(this.#rows);
    this.#rows.clear();
    let place = this.#before.nextElementSibling;
    for (let i = first; i < last; i++) {
      const item = this.#items[i];
      const id = key(item);
      let row = before.get(id);
      const fresh = !row;
      if (fresh) row = create(item);
      else before.delete(id);
      this.#rows.set(id, row);
      if (row === place) place = place.nextElementSibling;
      else this.#list.insertBefore(row, place);
      if (fresh || all || row.virtualIndex !== i) update(row, item, i);
      row.virtualIndex = i;
    }
    // A row that has the keyboard stays until it loses it, or the reader would be thrown to the top of the page.
    for (const [id, row] of before) {
      if (row.contains(document.activeElement)) {
        const at = this.#items.findIndex((item) => key(item) === id);
        if (at >= 0) {
          this.#rows.set(id, row);
          if (at < first) this.#before.after(row);
          else this.#after.before(row);
          continue;
        }
      }
      row.remove();
    }
    const kept = this.#rows.size - Math.max(0, last - first);
    this.#space(this.#before, first * height);
    this.#space(this.#after, Math.max(0, (count - last) - kept) * height);
  }

  #space(spacer, height) {
    spacer.style.height = `${height}px`;
    spacer.hidden = height === 0;
  }
}
