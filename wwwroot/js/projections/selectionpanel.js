// The selected points: how many, of which classes, which ones; and what can be done with them.

import { copyText } from '../clipboard.js';
import { fileName, saveBlob } from '../download.js';
import { h, icon, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { VirtualList } from '../virtuallist.js';
import { rangeOf, sharesOf } from './legend.js';
import { csvPieces } from './selected.js';
import { categoryWord, columnWord, valueWords } from './words.js';

const ROW = 26;
const ROWS = 8;
const MOST_SHARES = 8;

const percent = (share) => `${formatNumber(Number((100 * share).toPrecision(3)))} %`;

export class SelectionPanel {
  #page;
  #title = h('h3', {});
  #whole = h('p', { class: 'muted', hidden: true, text: t('projections.selection.long') });
  #shares = h('ul', { class: 'shares' });
  #range = h('p', { class: 'muted' });
  #list = h('ul', { class: 'selection-list', 'aria-label': t('projections.selection.list') });
  #virtual;
  #model = null;
  #rows = new Uint32Array(0);
  #shown = [];
  #isolate;

  /** @param page { change(changes), hover(row | null), picture(): coordinates, title(), zoomTo(rows) } */
  constructor(page) {
    this.#page = page;
    this.#virtual = new VirtualList(this.#list, { rowHeight: () => ROW, key: (row) => String(row), create: (row) => this.#create(row), update: (element, row) => this.#update(element, row) });
    const button = (key, work) => h('button', { type: 'button', class: 'button small', text: t(`projections.selection.${key}`), onclick: work });
    this.#isolate = button('isolate', () => this.#page.change({ isolated: this.#rows, selected: null }));
    this.element = h('section', { class: 'card side-card', 'aria-label': t('projections.selection'), hidden: true },
      h('div', { class: 'side-head' }, this.#title, h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t('projections.selection.clear'), title: t('projections.selection.clear'), onclick: () => page.change({ selected: null }) }, icon('close'))),
      h('div', { class: 'side-tools' }, this.#isolate, button('zoom', () => page.zoomTo(this.#rows)), button('copy', () => this.#copy()), button('csv', () => this.#save())), this.#whole, this.#shares, this.#range, this.#list);
  }

  show(model, isWhole) {
    const { selected } = model.state;
    this.element.hidden = !selected?.length;
    this.#model = model;
    if (this.element.hidden) return;
    this.#whole.hidden = isWhole;
    const other = this.#shown[0] !== selected || this.#shown[1] !== model.color || this.#shown[2] !== model.label || this.#shown[3] !== model.rows;
    if (!other) return;
    this.#shown = [selected, model.color, model.label, model.rows];
    // An address may name rows of a larger table.
    this.#rows = selected.filter((row) => row < model.rows);
    setText(this.#title, tCount('projections.selection.count', this.#rows.length));
    this.#showShares(model.color);
    this.#list.style.height = `${Math.min(ROWS, this.#rows.length) * ROW}px`;
    this.#virtual.show(this.#rows);
  }

  #showShares(color) {
    const all = color && !color.isNumber ? sharesOf(color, this.#rows) : [];
    const range = color?.isNumber ? rangeOf(color, this.#rows) : null;
    setText(this.#range, range ? t('projections.selection.range', { name: columnWord(color.name), low: formatNumber(range.low), mean: formatNumber(range.mean), high: formatNumber(range.high) })
      : all.length > MOST_SHARES ? tCount('projections.selection.more', all.length - MOST_SHARES) : '');
    this.#range.hidden = this.#range.textContent === '';
    reconcile(this.#shares, all.slice(0, MOST_SHARES), ({ code }) => String(code), () => h('li', { class: 'share' }, h('bdi', { class: 'ellipsis', dir: 'auto' }), h('span', { class: 'share-number' }), h('span', { class: 'share-bar', 'aria-hidden': 'true' })), (item, { text, count, share, of }) => {
      const [name, number, bar] = item.children;
      setText(name, categoryWord(text));
      setText(number, `${count.toLocaleString('en')} · ${percent(share)}`);
      item.title = t('projections.selection.share', { count: count.toLocaleString('en'), share: percent(share), name: categoryWord(text), of: percent(of) });
      bar.style.width = `${100 * share}%`;
    });
  }

  #create(row) {
    const hover = (on) => () => this.#page.hover(on ? row : null);
    return h('li', {}, h('button', { type: 'button', class: 'selection-row', onclick: () => this.#page.change({ pick: row }), onpointerenter: hover(true), onpointerleave: hover(false), onfocus: hover(true), onblur: hover(false) },
      h('span', { class: 'muted', text: row.toLocaleString('en') }), h('bdi', { class: 'ellipsis', dir: 'auto' })));
  }

  #update(element, row) {
    const { label } = this.#model;
    setText(element.firstElementChild.lastElementChild, label ? valueWords(label, row) : '');
  }

  async #copy() {
    const { label } = this.#model;
    const ids = [...this.#rows].map((row) => (label ? label.text(row) : String(row)));
    toast(t(await copyText(ids.join('\n')) ? 'projections.selection.copied' : 'shell.copy_failed'));
  }

  #save() {
    saveBlob(new Blob([...csvPieces(this.#page.picture(), this.#model.columns, this.#rows)], { type: 'text/csv' }), `${fileName(this.#page.title())}-selection.csv`);
  }
}
