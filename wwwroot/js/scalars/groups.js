// The cards in their folders. Only what is near the window exists: groups fill in pages, cards wake as they come into sight, so a run with
// a hundred thousand tags costs what a screen of them does.

import { h, icon, nameText, setText } from '../dom.js';
import { t, tCount } from '../text.js';

// A screenful or two at a time; what follows is made as it comes near.
const PAGE = 24;
const GROUP_PAGE = 10;
const MARGIN = '400px';

export class Groups {
  #root;
  #makeCard;
  #onFold;
  #groups = new Map();
  #data = [];
  #limit = GROUP_PAGE;
  #sentinel = h('div', { class: 'sentinel' });
  #sight;
  #ends;
  #onSight;

  /**
   * @param {HTMLElement} root
   * @param {{ makeCard(tag), onFold(name, folded), onSight() }} hooks
   */
  constructor(root, { makeCard, onFold, onSight }) {
    this.#root = root;
    this.#makeCard = makeCard;
    this.#onFold = onFold;
    this.#onSight = onSight;
    const options = { root: root.parentElement, rootMargin: MARGIN };
    this.#sight = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        // A card in full screen is out of the scrolled area and yet the only one in sight.
        if (entry.isIntersecting || entry.target.card.pinned) entry.target.card.activate();
        else entry.target.card.deactivate();
      }
      this.#onSight();
    }, options);
    this.#ends = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#extend(entries), options);
  }

  /** Cards that are near the window. */
  active() {
    return this.cards().filter((card) => card.active);
  }

  cards() {
    return [...this.#groups.values()].flatMap((group) => [...group.cards.values()]);
  }

  card(tag) {
    for (const group of this.#groups.values()) if (group.cards.has(tag)) return group.cards.get(tag);
    return null;
  }

  /** Shows `[{ name, label, tags }]`, `label` where the name is not what a person reads; `folded`: names of the closed ones. */
  show(data, folded) {
    this.#data = data;
    const names = new Set(data.map((group) => group.name));
    for (const [name, group] of this.#groups) if (!names.has(name)) this.#drop(name, group);
    let before = this.#root.firstElementChild;
    for (const { name, label, tags } of data.slice(0, this.#limit)) {
      let group = this.#groups.get(name);
      if (!group) {
        group = this.#create(name, label);
        this.#groups.set(name, group);
      }
      if (group.element === before) before = before.nextElementSibling;
      else this.#root.insertBefore(group.element, before);
      group.tags = tags;
      this.#fold(group, folded.includes(name));
      this.#fill(group);
    }
    this.#root.append(this.#sentinel);
    this.#ends.unobserve(this.#sentinel);
    if (data.length > this.#limit) this.#ends.observe(this.#sentinel);
  }

  /** Makes sure that the card of a tag exists, however far down it is; null where there is no such tag. */
  reveal(tag) {
    const at = this.#data.findIndex((group) => group.tags.includes(tag));
    if (at < 0) return null;
    if (at >= this.#limit) {
      this.#limit = at + 1;
      this.show(this.#data, [...this.#groups].filter(([, group]) => group.folded).map(([name]) => name));
    }
    const group = this.#groups.get(this.#data[at].name);
    group.limit = Math.max(group.limit, group.tags.indexOf(tag) + 1);
    this.#fold(group, false);
    this.#fill(group);
    return group.cards.get(tag);
  }

  #create(name, label) {
    const count = h('span', { class: 'muted' });
    const toggle = h('button', { type: 'button', class: 'group-toggle', 'aria-expanded': 'true' }, icon('chevron'), nameText(label ?? (name || t('scalars.group.root'))), count);
    const list = h('div', { class: 'cards' });
    const end = h('div', { class: 'sentinel' });
    const group = { name, count, toggle, list, end, cards: new Map(), limit: PAGE, tags: [], folded: false };
    group.element = h('section', { class: 'group', data: { group: name } }, h('h2', {}, toggle), list, end);
    end.group = group;
    toggle.addEventListener('click', () => {
      this.#fold(group, !group.folded);
      this.#fill(group);
      this.#onFold(name, group.folded);
    });
    return group;
  }

  #drop(name, group) {
    for (const card of group.cards.values()) this.#discard(card);
    this.#ends.unobserve(group.end);
    group.element.remove();
    this.#groups.delete(name);
  }

  #discard(card) {
    this.#sight.unobserve(card.element);
    card.deactivate();
    card.element.remove();
  }

  #fold(group, folded) {
    group.folded = folded;
    group.toggle.setAttribute('aria-expanded', String(!folded));
    group.list.hidden = folded;
  }

  #fill(group) {
    setText(group.count, tCount('scalars.group.count', group.tags.length));
    const wanted = group.folded ? [] : group.tags.slice(0, group.limit);
    const keep = new Set(wanted);
    for (const [tag, card] of group.cards) {
      if (keep.has(tag)) continue;
      this.#discard(card);
      group.cards.delete(tag);
    }
    let before = group.list.firstElementChild;
    for (const tag of wanted) {
      let card = group.cards.get(tag);
      if (!card) {
        card = this.#makeCard(tag);
        card.element.card = card;
        group.cards.set(tag, card);
      }
      if (card.element === before) before = before.nextElementSibling;
      else {
        group.list.insertBefore(card.element, before);
        this.#sight.observe(card.element);
      }
    }
    this.#ends.unobserve(group.end);
    if (!group.folded && group.tags.length > group.limit) this.#ends.observe(group.end);
  }

  #extend(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      if (target.group) {
        target.group.limit += PAGE;
        this.#fill(target.group);
      } else {
        this.#limit += GROUP_PAGE;
        this.show(this.#data, [...this.#groups].filter(([, group]) => group.folded).map(([name]) => name));
      }
    }
  }
}
