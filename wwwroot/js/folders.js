// Rows of tags in their folders. Folders fill in pages, rows wake as they come into sight, so many tags cost what a screen of them does.

import { h, icon, nameText, setText } from './dom.js';
import { t } from './text.js';

// A screenful or two at a time; what follows is made as it comes near.
const PAGE = 12;
const FOLDER_PAGE = 10;
const MARGIN = '500px';

export class Folders {
  #root;
  #hooks;
  #folders = new Map();
  #data = [];
  #limit = FOLDER_PAGE;
  #sentinel = h('div', { class: 'sentinel' });
  #sight;
  #ends;

  /**
   * @param {HTMLElement} root
   * @param hooks { makeRow(tag): { element, activate(), deactivate(), pinned }, onFold(name, folded), count(tags): text }
   */
  constructor(root, hooks) {
    this.#root = root;
    this.#hooks = hooks;
    const options = { root: root.closest('.split-main'), rootMargin: MARGIN };
    this.#sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting || target.row.pinned) target.row.activate();
        else target.row.deactivate();
      }
    }, options);
    this.#ends = new IntersectionObserver((entries) => this.#extend(entries), options);
  }

  rows() {
    return [...this.#folders.values()].flatMap((folder) => [...folder.rows.values()]);
  }

  row(tag) {
    for (const folder of this.#folders.values()) if (folder.rows.has(tag)) return folder.rows.get(tag);
    return null;
  }

  /** Shows `[{ name, tags }]`; `folded`: names of the closed ones. */
  show(data, folded) {
    this.#data = data;
    const names = new Set(data.map((folder) => folder.name));
    for (const [name, folder] of this.#folders) {
      if (names.has(name)) continue;
      for (const row of folder.rows.values()) this.#discard(row);
      this.#ends.unobserve(folder.end);
      folder.element.remove();
      this.#folders.delete(name);
    }
    let before = this.#root.firstElementChild;
    for (const { name, tags } of data.slice(0, this.#limit)) {
      let folder = this.#folders.get(name);
      if (!folder) {
        folder = this.#create(name);
        this.#folders.set(name, folder);
      }
      if (folder.element === before) before = before.nextElementSibling;
      else this.#root.insertBefore(folder.element, before);
      folder.tags = tags;
      this.#fold(folder, folded.includes(name));
      this.#fill(folder);
    }
    this.#root.append(this.#sentinel);
    this.#ends.unobserve(this.#sentinel);
    if (data.length > this.#limit) this.#ends.observe(this.#sentinel);
  }

  /** Makes sure that the row of a tag exists, however far down it is; null where there is no such tag. */
  reveal(tag) {
    const at = this.#data.findIndex((folder) => folder.tags.includes(tag));
    if (at < 0) return null;
    if (at >= this.#limit) {
      this.#limit = at + 1;
      this.show(this.#data, this.#folded());
    }
    const folder = this.#folders.get(this.#data[at].name);
    folder.limit = Math.max(folder.limit, folder.tags.indexOf(tag) + 1);
    this.#fold(folder, false);
    this.#fill(folder);
    return folder.rows.get(tag);
  }

  #folded() {
    return [...this.#folders.values()].filter((folder) => folder.folded).map((folder) => folder.name);
  }

  #create(name) {
    const count = h('span', { class: 'muted' });
    const toggle = h('button', { type: 'button', class: 'folder-toggle', 'aria-expanded': 'true' }, icon('chevron'), nameText(name || t('folders.root')), count);
    const folder = { name, count, toggle, list: h('div', { class: 'folder-rows' }), end: h('div', { class: 'sentinel' }), rows: new Map(), limit: PAGE, tags: [], folded: false };
    folder.element = h('section', { class: 'folder', data: { folder: name } }, h('h2', {}, toggle), folder.list, folder.end);
    folder.end.folder = folder;
    toggle.addEventListener('click', () => {
      this.#fold(folder, !folder.folded);
      this.#fill(folder);
      this.#hooks.onFold(name, folder.folded);
    });
    return folder;
  }

  #discard(row) {
    this.#sight.unobserve(row.element);
    row.deactivate();
    row.element.remove();
  }

  #fold(folder, folded) {
    folder.folded = folded;
    folder.toggle.setAttribute('aria-expanded', String(!folded));
    folder.list.hidden = folded;
  }

  #fill(folder) {
    setText(folder.count, this.#hooks.count(folder.tags.length));
    const wanted = folder.folded ? [] : folder.tags.slice(0, folder.limit);
    const keep = new Set(wanted);
    for (const [tag, row] of folder.rows) {
      if (keep.has(tag)) continue;
      this.#discard(row);
      folder.rows.delete(tag);
    }
    let before = folder.list.firstElementChild;
    for (const tag of wanted) {
      let row = folder.rows.get(tag);
      if (!row) {
        row = this.#hooks.makeRow(tag);
        row.element.row = row;
        folder.rows.set(tag, row);
      }
      if (row.element === before) before = before.nextElementSibling;
      else {
        folder.list.insertBefore(row.element, before);
        this.#sight.observe(row.element);
      }
    }
    this.#ends.unobserve(folder.end);
    if (!folder.folded && folder.tags.length > folder.limit) this.#ends.observe(folder.end);
  }

  #extend(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      if (target.folder) {
        target.folder.limit += PAGE;
        this.#fill(target.folder);
      } else {
        this.#limit += FOLDER_PAGE;
        this.show(this.#data, this.#folded());
      }
    }
  }
}
