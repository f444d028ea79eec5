// Choosing values of runs out of thousands: a button that opens a list with a search, and beside it which number of a metric is meant.

import { h, nameText, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { findFields } from './fields.js';
import { FACTS, labelOf, metricPath, parsePath, STATISTICS } from './values.js';

const TYPING_MS = 180;
let made = 0;

/** The words for a metric's numbers. */
export const statisticWords = () => Object.fromEntries(STATISTICS.map((one) => [one, t(`field.${one}`)]));

/** What a value is called beside an axis. */
export const nameOf = (path) => (FACTS.includes(path) ? t(`field.${path}`) : labelOf(path, statisticWords()));

export class FieldPicker {
  #options;
  #chosen = [];
  #panel;
  #list;
  #note;
  #find;
  #button;
  #statistic = null;
  #loading = null;
  #timer = null;

  /**
   * @param host element that gets the picker
   * @param options { label, project, config?, metrics?, facts?, tagsOnly?: a metric is chosen by its tag alone, extra?: [{ value, text }], multiple?: most that may be
   *   chosen, onChange(path or paths) }
   */
  constructor(host, options) {
    this.#options = { config: true, metrics: true, facts: true, extra: [], ...options };
    const id = `picker-${++made}`;
    this.#find = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: t('field.find'), 'aria-label': t('field.find'), 'aria-controls': `${id}-list` });
    this.#list = h('ul', { class: 'picker-list', id: `${id}-list` });
    this.#note = h('p', { class: 'picker-note muted', role: 'status' });
    this.#button = h('summary', { class: 'button picker-button' }, h('span', { class: 'picker-value ellipsis' }));
    this.#panel = h('details', { class: 'menu picker-menu', 'data-menu': '' }, this.#button,
      h('div', { class: 'menu-panel' }, h('label', { class: 'search' }, this.#find), this.#list, this.#note));
    host.classList.add('picker');
    host.append(h('span', { class: 'picker-label', text: options.label }), this.#panel);
    if (this.#options.metrics && !this.#options.tagsOnly && !options.multiple) {
      this.#statistic = h('select', { class: 'select', 'aria-label': t('field.statistic', { value: options.label }) }, ...STATISTICS.map((one) => h('option', { value: one, text: t(`field.${one}`) })));
      this.#statistic.addEventListener('change', () => options.onChange(metricPath(parsePath(this.#chosen[0]).tag, this.#statistic.value)));
      host.append(this.#statistic);
    }
    this.#panel.addEventListener('toggle', () => this.#panel.open && this.#opened());
    this.#find.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#load(), TYPING_MS);
    });
    this.#panel.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Shows what is chosen: a path, or a list of them. */
  show(value) {
    this.#chosen = value === null || value === undefined ? [] : [value].flat();
    const shown = this.#options.multiple ? tCount('field.chosen', this.#chosen.length) : this.#words(this.#chosen[0]);
    setText(this.#button.firstElementChild, shown);
    this.#button.title = this.#options.multiple ? this.#chosen.map((path) => this.#words(path)).join(', ') : shown;
    this.#button.setAttribute('aria-label', `${this.#options.label}: ${shown}`);
    if (!this.#statistic) return;
    const parsed = parsePath(this.#chosen[0]);
    this.#statistic.hidden = parsed?.kind !== 'metric';
    if (parsed?.kind === 'metric') this.#statistic.value = parsed.statistic;
  }

  #words(path) {
    if (path === undefined) return t('field.none_chosen');
    const extra = this.#options.extra.find((one) => one.value === path);
    if (extra) return extra.text;
    if (this.#options.tagsOnly) return path;
    const parsed = parsePath(path);
    return parsed?.kind === 'metric' && this.#statistic ? parsed.tag : nameOf(path);
  }

  #opened() {
    this.#find.value = '';
    this.#list.replaceChildren();
    this.#find.focus();
    this.#load();
  }

  async #load() {
    this.#loading?.abort();
    const { signal } = this.#loading = new AbortController();
    const find = this.#find.value.trim();
    setText(this.#note, t('common.loading'));
    try {
      const fields = await findFields(this.#options.project, find, signal);
      this.#fill(fields, find.toLowerCase());
    } catch (error) {
      if (!signal.aborted) setText(this.#note, error.message);
    }
  }

  #fill(fields, find) {
    const { config, metrics, facts, tagsOnly, extra } = this.#options;
    const matching = (items) => items.filter((item) => item.text.toLowerCase().includes(find));
    const sections = [['', matching(extra)]];
    if (config) sections.push([t('field.config'), fields.config.map((field) => ({ value: field.path, text: field.name, note: tCount('field.distinct', field.distinct) }))]);
    if (metrics) sections.push([t('field.metrics'), fields.metrics.map((field) => ({ value: tagsOnly ? field.tag : this.#metric(field.tag), text: field.tag, note: tCount('field.runs', field.runs) }))]);
    if (facts) sections.push([t('field.facts'), matching(FACTS.map((name) => ({ value: name, text: t(`field.${name}`) })))]);
    const rows = sections.filter(([, items]) => items.length).flatMap(([title, items]) => [
      ...(title ? [h('li', { class: 'picker-title', text: title })] : []), ...items.map((item) => h('li', {}, this.#item(item)))]);
    this.#list.replaceChildren(...rows);
    const more = (config ? Math.max(0, fields.config_total - fields.config.length) : 0) + (metrics ? Math.max(0, fields.metrics_total - fields.metrics.length) : 0);
    setText(this.#note, rows.length === 0 ? t('field.no_match') : more > 0 ? tCount('field.more', more) : '');
  }

  #metric(tag) {
    const parsed = parsePath(this.#chosen[0]);
    return metricPath(tag, parsed?.kind === 'metric' ? parsed.statistic : 'last');
  }

  #item({ value, text, note }) {
    const { multiple } = this.#options;
    const chosen = this.#chosen.includes(value);
    if (!multiple) {
      return h('button', { type: 'button', class: 'menu-item', 'aria-current': chosen ? 'true' : null, onclick: () => this.#choose(value) }, nameText(text), note ? h('span', { class: 'muted', text: note }) : null);
    }
    const box = h('input', { type: 'checkbox', checked: chosen, disabled: !chosen && this.#chosen.length >= multiple });
    box.addEventListener('change', () => {
      const next = box.checked ? [...this.#chosen, value] : this.#chosen.filter((one) => one !== value);
      for (const other of this.#list.querySelectorAll('input')) other.disabled = !other.checked && next.length >= multiple;
      this.#options.onChange(next);
    });
    return h('label', { class: 'menu-item' }, box, nameText(text), note ? h('span', { class: 'muted', text: note }) : null);
  }

  #choose(value) {
    this.#panel.open = false;
    this.#button.focus();
    this.#options.onChange(value);
  }

  #key(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [this.#find, ...this.#list.querySelectorAll('button, input:not([disabled])')];
    const at = stops.indexOf(document.activeElement);
    stops[Math.min(stops.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))].focus();
    event.preventDefault();
  }
}
