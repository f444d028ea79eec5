// The query box: colours what is typed, completes it, points at what is wrong.

import { byId, h, setText } from '../dom.js';
import { t } from '../text.js';
import { contextAt, optionsFor, searchText } from './completion.js';
import { highlight } from './tokens.js';

const QUIET_MS = 220;
const LISTED = 12;
const HISTORY = 25;

export class QueryBox {
  #input = byId('query');
  #mirror = byId('query-mirror');
  #list = byId('query-options');
  #fields;
  #onQuery;
  #historyKey;
  #timer = 0;
  #options = [];
  #at = -1;
  #context = null;
  #fault = null;
  #asked = 0;
  #recalled = -1;
  #stale = false;

  /**
   * @param {string} project
   * @param {import('./fields.js').Fields} fields
   * @param {(query: string) => void} onQuery hears of the query when typing rests
   */
  constructor(project, fields, onQuery) {
    this.#fields = fields;
    this.#onQuery = onQuery;
    this.#historyKey = `lossboard.queries.${project}`;
    const input = this.#input;
    input.addEventListener('input', () => {
      this.#recalled = -1;
      this.#stale = true;
      this.#fault = null;
      this.#paint();
      this.#wait();
      this.#complete();
    });
    input.addEventListener('keydown', (event) => this.#keys(event));
    input.addEventListener('scroll', () => { this.#mirror.scrollLeft = input.scrollLeft; });
    input.addEventListener('blur', () => {
      this.#close();
      this.#remember();
    });
    input.addEventListener('focus', () => this.#paint());
    input.addEventListener('click', () => this.#options.length || this.#complete());
    this.#list.addEventListener('pointerdown', (event) => {
      const at = [...this.#list.children].indexOf(event.target.closest('[role="option"]'));
      event.preventDefault();
      if (at >= 0) this.#choose(at);
    });
    byId('query-clear').addEventListener('click', () => {
      this.set('');
      input.focus();
      onQuery('');
    });
  }

  get text() {
    return this.#input.value;
  }

  /** Shows another query without asking for it. */
  set(text) {
    if (this.#input.value === text) return;
    this.#input.value = text;
    this.#fault = null;
    this.#paint();
  }

  /** Runs another query at once, as a choice from a list does. */
  run(text) {
    this.set(text);
    this.#go();
    this.#input.focus();
    this.#remember();
  }

  /** Marks what the server refused; null takes the mark away. */
  fault(problem) {
    this.#fault = problem;
    this.#paint();
  }

  #paint() {
    const text = this.#input.value;
    // What is being typed and can still be completed is not yet wrong.
    const unfinished = this.#fault && this.#options.length > 0 && this.#fault.position + this.#fault.length >= text.trimEnd().length;
    const fault = unfinished ? null : this.#fault;
    this.#mirror.replaceChildren(...highlight(text, fault).map(({ text: part, kind, error }) => h('span', { class: `q-${kind || 'plain'}${error ? ' q-error' : ''}`, text: part })));
    this.#mirror.scrollLeft = this.#input.scrollLeft;
    byId('query-clear').hidden = text === '';
    byId('query-box').classList.toggle('invalid', fault !== null);
    this.#input.setAttribute('aria-invalid', String(fault !== null));
    setText(byId('query-error'), fault?.message ?? '');
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#go(), QUIET_MS);
  }

  #go() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#onQuery(this.#input.value.trim());
  }

  #keys(event) {
    const open = this.#options.length > 0;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      if (open) this.#mark((this.#at + step + this.#options.length + (this.#at < 0 && step < 0 ? 1 : 0)) % this.#options.length);
      else if (key === 'ArrowUp' || this.#recalled >= 0) this.#recall(-step);
      else this.#complete();
    } else if (key === 'Tab' && open && this.#stale && !event.shiftKey) {
      // The list is still that of the text before; what it says now is on its way.
      event.preventDefault();
      this.#complete().then(() => this.#options.length > 0 && this.#choose(0));
    } else if (open && !this.#stale && (key === 'Tab' || key === 'Enter') && this.#at >= 0) {
      event.preventDefault();
      this.#choose(this.#at);
    } else if (key === 'Tab' && open && !event.shiftKey && this.#context.typed) {
      event.preventDefault();
      this.#choose(0);
    } else if (key === 'Enter') {
      this.#close();
      this.#go();
      this.#remember();
    } else if (key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (key === ' ' && event.ctrlKey) {
      event.preventDefault();
      this.#complete();
    } else if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) this.#close();
  }

  async #complete() {
    const asked = ++this.#asked;
    const context = contextAt(this.#input.value, this.#input.selectionStart ?? this.#input.value.length);
    const known = { config: [], metrics: [], values: null };
    try {
      if (context.want === 'term') Object.assign(known, await this.#fields.find(searchText(context)));
      else if (context.want === 'operator') known.config = (await this.#fields.find(context.value.replace(/^config\./, ''))).config;
      else if (context.want === 'literal' && context.value && /^(config|group|tags)/.test(context.value)) known.values = await this.#fields.values(context.value);
    } catch {
      // Without the server's names the language's own words still complete.
    }
    if (asked !== this.#asked || document.activeElement !== this.#input) return;
    this.#context = context;
    this.#stale = false;
    const options = optionsFor(context, known).slice(0, LISTED);
    // A word that is typed out needs no list of itself.
    this.#options = options.length === 1 && options[0].insert.trim() === context.typed ? [] : options;
    this.#show();
  }

  #show() {
    this.#at = -1;
    if (this.#fault) this.#paint();
    this.#list.hidden = this.#options.length === 0;
    this.#input.setAttribute('aria-expanded', String(!this.#list.hidden));
    this.#input.removeAttribute('aria-activedescendant');
    this.#list.replaceChildren(...this.#options.map((option, i) => h('li', { role: 'option', id: `query-option-${i}`, 'aria-selected': 'false' },
      h('bdi', { class: 'ellipsis', text: option.label }),
      h('span', { class: 'muted', text: option.runs === undefined ? t(`runs.completion.${option.detail}`) : t('runs.completion.of_runs', { kind: t(`runs.completion.${option.detail}`), count: option.runs.toLocaleString('en') }) }))));
  }

  #mark(at) {
    this.#list.children[this.#at]?.setAttribute('aria-selected', 'false');
    this.#at = at;
    const chosen = this.#list.children[at];
    chosen.setAttribute('aria-selected', 'true');
    chosen.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', chosen.id);
  }

  #choose(at) {
    const { from, to } = this.#context;
    const { insert } = this.#options[at];
    const text = this.#input.value;
    const rest = text.slice(to);
    this.#input.setRangeText(insert.endsWith(' ') && rest.startsWith(' ') ? insert.trimEnd() : insert, from, to, 'end');
    this.#fault = null;
    this.#paint();
    this.#wait();
    this.#complete();
  }

  #close() {
    this.#asked++;
    this.#options = [];
    this.#show();
  }

  /** The queries run before in this browser, the last first. */
  get history() {
    try {
      const list = JSON.parse(localStorage.getItem(this.#historyKey) ?? '[]');
      return Array.isArray(list) ? list.filter((query) => typeof query === 'string') : [];
    } catch {
      return [];
    }
  }

  #remember() {
    const query = this.#input.value.trim();
    if (!query || this.#fault) return;
    try {
      localStorage.setItem(this.#historyKey, JSON.stringify([query, ...this.history.filter((other) => other !== query)].slice(0, HISTORY)));
    } catch {
      // Not remembered where storage is forbidden.
    }
  }

  #recall(step) {
    const list = this.history;
    const next = this.#recalled + step;
    if (next < -1 || next >= list.length) return;
    this.#recalled = next;
    this.set(next < 0 ? '' : list[next]);
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
    this.#wait();
  }
}
