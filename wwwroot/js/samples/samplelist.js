// Samples worth a look, of one sort at a time, as a table or as their pictures.

import { exportMenu } from '../analysis/exports.js';
import { isDark, onThemeChange } from '../charts/themewatch.js';
import { byId, h, nameText, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { num } from '../numbers.js';
import { t, tCount } from '../text.js';
import { classColors, className, loadSamples } from './source.js';
import { sparkline } from './spark.js';
import { OF_CLASSES } from './state.js';

const PAGE = 48;
const CSV_PAGE = 1000;
const CSV_MOST = 10000;
const COUNTED = { forgotten: 'forgotten', never_learned: 'never_learned', mislabelled: 'mislabelled' };

export class SampleList {
  #page;
  #answer = null;
  #items = [];
  #tabs = [...document.querySelectorAll('[data-sort]')];

  /** @param page { state(), change(changes), title(), run(), tag(), thumbnail(item, side) → canvas | null, pictures(): whether there are any, more() } */
  constructor(page) {
    this.#page = page;
    for (const tab of this.#tabs) {
      tab.addEventListener('click', () => page.change({ sort: tab.dataset.sort }));
      tab.addEventListener('keydown', (event) => {
        const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!way) return;
        const shown = this.#tabs.filter((one) => !one.hidden);
        const next = shown[(shown.indexOf(tab) + way + shown.length) % shown.length];
        next.focus();
        page.change({ sort: next.dataset.sort });
        event.preventDefault();
      });
    }
    for (const radio of document.querySelectorAll('[name="layout"]')) radio.addEventListener('change', () => page.change({ layout: radio.value }));
    byId('list-more').addEventListener('click', () => page.more());
    byId('list-tools').append(exportMenu(t('common.export'), { title: () => `${page.title()}: ${t(`samples.sort.${page.state().sort}`)}`, csv: () => this.#csv() }));
    onThemeChange(() => this.#answer && this.draw());
  }

  /** How many samples are shown, so that as many are asked for when they may have changed. */
  get length() {
    return this.#items.length;
  }

  /** Asks for the first samples, at least as many as are shown already. */
  load(request, signal) {
    return loadSamples(request.run, { ...request, limit: Math.min(CSV_PAGE, Math.max(PAGE, request.keep ? this.#items.length : 0)) }, signal);
  }

  /** Asks for those after the ones shown. */
  loadMore(request, signal) {
    return loadSamples(request.run, { ...request, limit: PAGE, cursor: this.#answer.next_cursor }, signal);
  }

  /** An answer to the present question; `more`: to be put after what is shown. */
  show(answer, more = false) {
    this.#answer = answer;
    this.#items = more ? [...this.#items, ...answer.items] : answer.items;
    this.draw();
  }

  /** The sample of an id among those shown, or null. */
  find(id) {
    return this.#items.find((item) => item.id === id) ?? null;
  }

  draw() {
    const state = this.#page.state();
    const { counts, total, kind } = this.#answer;
    for (const tab of this.#tabs) {
      const { sort } = tab.dataset;
      const on = sort === state.sort;
      tab.hidden = kind === 'regression' && OF_CLASSES.includes(sort);
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      setText(tab.querySelector('.count'), COUNTED[sort] ? counts[COUNTED[sort]].toLocaleString('en') : '');
    }
    byId('list-body').setAttribute('aria-labelledby', `sort-${state.sort}`);
    setText(byId('list-words'), this.#words(state.sort, total));
    byId('list-layout').hidden = !this.#page.pictures();
    for (const radio of document.querySelectorAll('[name="layout"]')) radio.checked = radio.value === state.layout;
    this.#drawItems(state);
    const left = total - this.#items.length;
    byId('list-more').hidden = left <= 0;
    if (left > 0) setText(byId('list-more'), tCount('samples.list.more', Math.min(PAGE, left)));
  }

  #words(sort, total) {
    const { why_no_mislabelled: why, kind } = this.#answer;
    if (kind === 'regression' && OF_CLASSES.includes(sort)) return t('samples.why.targets_are_numbers');
    if (sort === 'mislabelled' && why) return t(`samples.why.${why}`);
    if (total === 0) return t(`samples.list.none.${COUNTED[sort] ? sort : 'other'}`);
    return `${tCount('samples.list.total', total)}. ${t(`samples.sort.${sort}.words`)}`;
  }

  #drawItems(state) {
    const host = byId('list-body');
    const pictures = state.layout === 'pictures' && this.#page.pictures();
    // The keyboard stays where it is although everything is made anew.
    const held = host.contains(document.activeElement) ? document.activeElement.dataset.sample : undefined;
    const { scrollLeft } = host.querySelector('.sample-scroll') ?? { scrollLeft: 0 };
    host.dataset.shown = this.#items.length;
    if (this.#items.length === 0) host.replaceChildren();
    else host.replaceChildren(pictures ? this.#pictures(state) : this.#table(state));
    if (scrollLeft && host.firstChild) host.firstChild.scrollLeft = scrollLeft;
    if (held !== undefined) [...host.querySelectorAll('[data-sample]')].find((one) => one.dataset.sample === held)?.focus();
  }

  #pick(item) {
    this.#page.change({ pick: this.#page.state().pick === item.id ? null : item.id });
  }

  #class(label, color, wrong = false) {
    if (label === null) return t('common.none');
    const swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.setProperty('--run-color', color(label));
    return h('span', { class: `sample-class${wrong ? ' sample-wrong' : ''}` }, swatch, nameText(className(label, this.#answer.classes)));
  }

  #columns(state) {
    const number = (key, value) => ({ key, numeric: true, show: (item) => (value(item) === null ? t('common.none') : formatNumber(num(value(item)))) });
    const classes = this.#answer.kind === 'classification';
    const own = {
      forgotten: [number('forgotten', (item) => item.forgotten)],
      mislabelled: [{ key: 'suggested', class: (item) => item.suggested }, number('confidence', (item) => item.confidence)],
      margin: [number('margin', (item) => item.margin)],
    }[state.sort] ?? [];
    return [
      ...(classes ? [{ key: 'true', class: (item) => item.label }, { key: 'predicted', class: (item) => item.predicted, wrong: true }] : []), ...own,
      number('loss', (item) => item.loss), number('mean', (item) => item.mean_loss), ...(classes ? [{ key: 'correct', numeric: true, show: (item) => t('samples.list.right', { correct: item.correct, seen: item.seen }) }] : []),
    ];
  }

  #table(state) {
    const columns = this.#columns(state);
    const color = classColors(isDark());
    const side = 36;
    const rows = this.#items.map((item) => h('tr', { 'aria-selected': String(item.id === state.pick) },
      h('th', { scope: 'row' }, h('button', { type: 'button', class: 'sample-name', 'data-sample': item.id, 'aria-pressed': String(item.id === state.pick), onclick: () => this.#pick(item) }, this.#page.thumbnail(item, side), nameText(item.id))),
      ...columns.map((column) => h('td', { class: column.numeric ? 'num' : '' }, column.class ? this.#class(column.class(item), color, column.wrong && item.predicted !== item.label) : column.show(item))),
      h('td', {}, sparkline(item.losses.map(num)))));
    return h('div', { class: 'table-scroll sample-scroll', tabindex: '0', role: 'region', 'aria-label': t('samples.list.title') }, h('table', { class: 'table sample-table' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: t('samples.list.id') }), ...columns.map((column) => h('th', { scope: 'col', class: column.numeric ? 'num' : '', text: t(`samples.list.${column.key}`) })), h('th', { scope: 'col', text: t('samples.list.over') }))),
      h('tbody', {}, ...rows)));
  }

  #pictures(state) {
    const color = classColors(isDark());
    return h('div', { class: 'sample-pictures' }, ...this.#items.map((item) => h('button', { type: 'button', class: 'sample-picture', 'data-sample': item.id, 'aria-pressed': String(item.id === state.pick), onclick: () => this.#pick(item) },
      this.#page.thumbnail(item, 96), nameText(item.id), this.#class(item.label, color),
      state.sort === 'mislabelled' ? this.#class(item.suggested, color, true) : item.predicted !== item.label ? this.#class(item.predicted, color, true) : null,
      h('span', { class: 'muted', text: `${t('samples.list.loss')} ${item.loss === null ? t('common.none') : formatNumber(num(item.loss))}` }), sparkline(item.losses.map(num)))));
  }

  async #csv() {
    const { sort, label } = this.#page.state();
    const [run, tag] = [this.#page.run(), this.#page.tag()];
    const rows = [];
    let cursor = null;
    let answer;
    do {
      answer = await loadSamples(run, { tag, sort, label, limit: CSV_PAGE, cursor });
      rows.push(...answer.items);
      cursor = answer.next_cursor;
    } while (cursor !== null && rows.length < CSV_MOST);
    const name = (one) => className(one, answer.classes) ?? '';
    const fields = ['loss', 'mean_loss', 'non_finite', 'seen', 'correct', 'forgotten', 'learned_at', 'margin', 'confidence', 'last_step'];
    return {
      header: ['sample', 'label', 'predicted', 'suggested', ...fields, ...answer.steps.map((step) => `loss_${step}`)],
      rows: rows.map((item) => [item.id, name(item.label), name(item.predicted), name(item.suggested), ...fields.map((field) => item[field] ?? ''), ...item.losses.map((loss) => loss ?? '')]),
      note: cursor === null ? null : t('samples.list.csv_cut', { count: rows.length.toLocaleString('en') }),
    };
  }
}
