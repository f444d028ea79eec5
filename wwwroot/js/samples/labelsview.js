// The label counts of a run: how balanced each split is, the classes side by side, how far splits lie apart, and what makes up for it.

import { exportMenu } from '../analysis/exports.js';
import { createFigure, escapeMarkup } from '../charts/figure.js';
import { isDark, onThemeChange } from '../charts/themewatch.js';
import { categoryColors } from '../charts/points/categories.js';
import { codeSnippet } from '../compute/snippet.js';
import { byId, h, nameText, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';
import { arrangedRows, labelRows } from './labelrows.js';
import { LabelTable, MOST_SPLITS } from './labeltable.js';
import { balanceSentence, chanceText, shiftSentence, weightCode } from './labelwords.js';

// Bars of more classes are thinner than what one can point at.
const MOST_DRAWN = 60;
const MEASURES = [['tv', 'total_variation'], ['kl', 'kl'], ['js', 'js'], ['psi', 'psi'], ['chi2', 'chi2'], ['p', 'p']];
const measureText = (key, value) => (value === null ? t('common.none') : key === 'p' ? chanceText(Number(value)).replace('p = ', '').replace('p ', '') : formatNumber(Number(value)));

export class LabelsView {
  #page;
  #table;
  #figure = null;
  #model = null;
  #view = null;

  /** @param page { state(), change(changes), title() } */
  constructor(page) {
    this.#page = page;
    this.#table = new LabelTable(byId('labels-table'), (order) => page.change({ order }));
    byId('labels-tools').append(exportMenu(t('common.export'), { title: () => `${page.title()}: ${t('samples.counts.title')}`, image: (format, name) => this.#figure.toImage(format, name), csv: () => this.#csv() }));
    byId('shift-tools').append(exportMenu(t('common.export'), { title: () => `${page.title()}: ${t('samples.shift.title')}`, csv: () => this.#shiftCsv() }));
    byId('labels-as').addEventListener('change', ({ target }) => page.change({ as: target.value }));
    byId('weights-split').addEventListener('change', ({ target }) => page.change({ split: target.value }));
    onThemeChange(() => this.#view && !byId('labels-view').hidden && this.draw());
  }

  /** New counts, as the server tells them. */
  show(view) {
    this.#view = view;
    this.#model = labelRows(view);
    this.draw();
  }

  /** What the state asks for, of the counts at hand. */
  draw() {
    const { splits, rows: all } = this.#model;
    const state = this.#page.state();
    const rows = arrangedRows(this.#model, state);
    const { colors } = categoryColors(splits.length, isDark());
    const asked = splits.indexOf(state.split);
    const weighed = asked < 0 ? 0 : asked;
    byId('labels-as').value = state.as;
    const notes = [tCount('samples.counts.classes', all.length)];
    if (rows.length === 0) notes.push(t('samples.no_class'));
    else if (rows.length > MOST_DRAWN) notes.push(t('samples.counts.drawn', { drawn: MOST_DRAWN, total: rows.length.toLocaleString('en') }));
    setText(byId('labels-notes'), notes.join(' '));
    this.#showFindings(byId('labels-balance'), this.#view.imbalance, (one) => one.split, balanceSentence);
    this.#drawBars(rows.slice(0, MOST_DRAWN), state.as, colors);
    this.#table.show({ splits, rows, as: state.as, order: state.order, colors, weighed });
    this.#showShift();
    this.#showWeights(splits, weighed);
  }

  #showFindings(list, items, key, words) {
    reconcile(list, items, key, () => h('li', { class: 'finding' }, h('span', { class: 'severity' }), h('span', {})), (element, one) => {
      const severity = one.severity ?? 'none';
      const [mark, text] = element.children;
      mark.dataset.severity = severity;
      setText(mark, t(`samples.severity.${severity}`));
      setText(text, words(one));
    });
  }

  #drawBars(rows, as, colors) {
    const { splits } = this.#model;
    const short = (name) => escapeMarkup([...name].length > 24 ? `${[...name].slice(0, 24).join('')}…` : name);
    const traces = splits.slice(0, MOST_SPLITS).map((split, at) => ({
      type: 'bar', name: short(split), x: rows.map((_, place) => place), y: rows.map((row) => (as === 'shares' ? row.shares[at] : row.counts[at])), marker: { color: colors[at] },
      text: rows.map((row) => `${escapeMarkup(row.name)}: ${row.counts[at].toLocaleString('en')}${row.shares[at] === null ? '' : ` (${formatNumber(Number((row.shares[at] * 100).toPrecision(3)))} %)`}`), hovertemplate: '%{text}<extra>%{fullData.name}</extra>', textposition: 'none',
    }));
    const layout = {
      barmode: 'group', bargap: 0.25, showlegend: true, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 0 }, margin: { t: 36, r: 12, b: 48, l: 56 },
      // Names may stand twice once they are cut, so places are numbers and names only their labels.
      xaxis: { tickmode: 'array', tickvals: rows.map((_, place) => place), ticktext: rows.map((row) => short(row.name)), range: [-0.6, rows.length - 0.4], fixedrange: true },
      yaxis: { title: { text: t(as === 'shares' ? 'samples.counts.share' : 'samples.counts.samples'), standoff: 8 }, rangemode: 'tozero', tickformat: as === 'shares' ? '.0%' : undefined, fixedrange: true },
    };
    if (this.#figure) this.#figure.update({ traces, layout }).catch(() => {});
    else {
      this.#figure = createFigure(byId('labels-figure'), { label: t('samples.counts.figure'), traces, layout });
      this.#figure.ready.catch(() => {});
    }
    byId('labels-figure').dataset.drawn = rows.length;
  }

  #showShift() {
    const { comparisons } = this.#view;
    const list = byId('shift-findings');
    if (comparisons.length === 0) list.replaceChildren(h('li', { class: 'finding muted', text: t('samples.shift.one_split') }));
    else this.#showFindings(list, comparisons, (one) => `${one.a}\u0000${one.b}`, (one) => `${one.a} · ${one.b}: ${shiftSentence(one)}`);
    byId('shift-table').hidden = comparisons.length === 0;
    byId('shift-table').replaceChildren(h('table', { class: 'table shift-table' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: t('samples.shift.pair') }), ...MEASURES.map(([key]) => h('th', { scope: 'col', class: 'num', text: t(`samples.shift.${key}`) })))),
      h('tbody', {}, ...comparisons.map((one) => h('tr', {}, h('th', { scope: 'row' }, nameText(`${one.a} · ${one.b}`)), ...MEASURES.map(([key, field]) => h('td', { class: 'num', text: measureText(key, one[field]) })))))));
    const dof = comparisons.find((one) => one.dof !== null)?.dof ?? t('common.none');
    byId('shift-words').hidden = comparisons.length === 0;
    byId('shift-words').replaceChildren(...MEASURES.map(([key]) => h('div', {}, h('dt', { text: t(`samples.shift.${key}`) }), h('dd', { text: t(`samples.shift.${key}.words`, { dof }) }))));
  }

  #showWeights(splits, weighed) {
    const select = byId('weights-split');
    reconcile(select, splits, (split) => split, (split) => h('option', { value: split, text: split }));
    select.value = splits[weighed];
    const weights = this.#view.weights[splits[weighed]] ?? {};
    const code = Object.keys(weights).length ? weightCode(weights) : null;
    const key = code?.join('\u0000') ?? '';
    const host = byId('weights-code');
    // What is being read or selected stays while counts that are the same arrive.
    if (host.dataset.code === key && host.firstChild) return;
    host.dataset.code = key;
    host.replaceChildren(code ? codeSnippet(code) : h('p', { class: 'muted', text: t('samples.weights.nothing') }));
  }

  #csv() {
    const { splits } = this.#model;
    const rows = arrangedRows(this.#model, this.#page.state());
    return {
      header: ['class', ...splits.flatMap((split) => [`${split}_count`, `${split}_share`, `${split}_weight`, `${split}_oversampling`])],
      rows: rows.map((row) => [row.name, ...splits.flatMap((_, at) => [row.counts[at], row.shares[at], row.weights[at], row.factors[at]])]),
    };
  }

  #shiftCsv() {
    const fields = ['a', 'b', 'total_variation', 'kl', 'kl_reverse', 'js', 'psi', 'kl_smoothed', 'psi_smoothed', 'chi2', 'dof', 'p', 'severity'];
    return { header: fields, rows: this.#view.comparisons.map((one) => fields.map((field) => one[field])) };
  }
}
