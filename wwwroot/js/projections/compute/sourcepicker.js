// Everything of a project that can be projected, to search through and choose from.

import { h, icon, nameText } from '../../dom.js';
import { t, tCount } from '../../text.js';
import { VirtualList } from '../../virtuallist.js';
import { formatBytes } from '../../media/bytes.js';
import { sameSource } from './form.js';

const ROW = 30;
let made = 0;

/** `[{ header: run } | { source }]` of what is found: runs in their order, all of a kind together. Pure. */
export function rowsOf(sources, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = [];
  let last = null;
  for (const source of sources) {
    const said = `${source.name} ${source.run} ${source.kind}`.toLowerCase();
    if (!words.every((word) => said.includes(word))) continue;
    if (source.runId !== last) rows.push({ header: source.run, runId: source.runId });
    last = source.runId;
    rows.push({ source });
  }
  return rows;
}

export class SourcePicker {
  #id = `sources-${++made}`;
  #sources = [];
  #rows = [];
  #at = -1;
  #chosen = null;
  #choose;
  #input;
  #list;
  #virtual;
  #none = h('p', { class: 'muted', text: t('projections.sources.none_found'), hidden: true });
  #change;
  #summary;
  #panel;

  /** @param choose(source) */
  constructor(choose) {
    this.#choose = choose;
    this.#input = h('input', { type: 'search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', placeholder: t('projections.sources.find'), 'aria-label': t('projections.sources.find'), 'aria-expanded': 'true', 'aria-autocomplete': 'list',
      'aria-controls': this.#id, oninput: () => this.#find(), onkeydown: (event) => this.#key(event) });
    this.#list = h('ul', { class: 'source-list', id: this.#id, role: 'listbox', 'aria-label': t('projections.sources') });
    this.#virtual = new VirtualList(this.#list, { rowHeight: () => ROW, key: (row) => (row.source ? `${row.source.runId}\t${row.source.kind}\t${row.source.name}` : `run\t${row.runId}`), create: (row) => this.#row(row), update: (item, row) => this.#update(item, row) });
    this.#change = h('button', { type: 'button', class: 'button small', text: t('projections.sources.change'), onclick: () => this.open() });
    this.#summary = h('span', { class: 'source-chosen' });
    this.#panel = h('div', { class: 'source-panel' }, h('label', { class: 'search' }, icon('search'), this.#input), this.#list, this.#none);
    this.element = h('div', { class: 'source-picker' }, h('div', { class: 'source-line', hidden: true }, this.#summary, this.#change), this.#panel);
    // What a label points at takes the keyboard on to what can be used.
    this.element.focus = () => (this.#panel.hidden ? this.#change : this.#input).focus();
  }

  setSources(sources) {
    this.#sources = sources;
    this.#find();
  }

  /** Shows which one is chosen; null opens the list. */
  show(source) {
    const other = !sameSource(source, this.#chosen);
    this.#chosen = source;
    if (!source) {
      this.#fold(false);
      return;
    }
    if (other) {
      this.#summary.replaceChildren(kindMark(source.kind), nameText(source.name, 'ellipsis source-name'), nameText(source.run ?? '', 'ellipsis muted'));
      this.#fold(true);
    }
  }

  open() {
    this.#fold(false);
    this.#input.select();
    this.#input.focus();
    const at = this.#rows.findIndex((row) => row.source && sameSource(row.source, this.#chosen));
    if (at >= 0) this.#point(at);
  }

  #fold(on) {
    this.#panel.hidden = on;
    this.element.firstElementChild.hidden = !on;
    if (!on) this.#virtual.refresh();
  }

  #find() {
    this.#rows = rowsOf(this.#sources, this.#input.value);
    this.#at = -1;
    this.#input.removeAttribute('aria-activedescendant');
    this.#none.hidden = this.#rows.length > 0;
    this.#list.hidden = this.#rows.length === 0;
    this.#virtual.show(this.#rows);
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      let at = this.#at + step;
      while (this.#rows[at] && !this.#rows[at].source) at += step;
      if (this.#rows[at]) this.#point(at);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const row = this.#rows[this.#at] ?? this.#rows.find(({ source }) => source);
      if (row?.source) this.#take(row.source);
    } else if (event.key === 'Escape' && this.#chosen) {
      event.preventDefault();
      event.stopPropagation();
      this.#fold(true);
      this.#change.focus();
    }
  }

  #point(at) {
    this.#at = at;
    const element = this.#virtual.reveal(at);
    this.#virtual.refresh();
    if (element) this.#input.setAttribute('aria-activedescendant', element.id);
  }

  #take(source) {
    this.#choose(source);
    this.show(source);
    this.#change.focus();
  }

  #row(row) {
    if (!row.source) return h('li', { class: 'source-run', role: 'presentation' }, nameText(row.header));
    const { kind, name, steps, size } = row.source;
    const more = typeof steps === 'number' ? tCount('projections.steps', steps) : typeof size === 'number' ? formatBytes(size) : '';
    const id = `${this.#id}-${++made}`;
    return h('li', { class: 'source-row', role: 'option', id, onclick: () => this.#take(row.source) }, kindMark(kind), nameText(name, 'ellipsis source-name'), h('span', { class: 'muted source-more', text: more }));
  }

  #update(item, row) {
    if (!row.source) return;
    item.setAttribute('aria-selected', String(sameSource(row.source, this.#chosen)));
    item.classList.toggle('at', this.#rows[this.#at] === row);
  }
}

const kindMark = (kind) => h('span', { class: 'source-kind', 'data-kind': kind, text: t(`projections.kind.${kind}`) });
