// The table of runs side by side: a row a value, a column a run.

import { byId, h, icon, nameText, setText } from '../dom.js';
import { formatDuration, formatNumber, formatStep, formatTime } from '../format.js';
import { statusBadge, tagChip, valueText } from '../runs/cells.js';
import { t, tCount } from '../text.js';
import { against } from './rows.js';

const PERCENT_DIGITS = 3;
// More rows than a person reads; the box above finds the others.
const ROWS_LISTED = 600;
const LONG = 60;

/** What a row is called. */
export const rowName = (section, row) => (section === 'run' ? t(`runs.${row.key}`) : row.part ? `${row.label} (${t(`runs.part.${row.part}`)})` : row.label);

/** A cell's text as a person reads it. */
export function cellText(row, value) {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0 && row.kind === 'tags')) return '–';
  if (row.kind === 'status') return t(`status.${['running', 'finished', 'failed'].includes(value) ? value : 'unknown'}`);
  if (row.kind === 'time') return formatTime(value);
  if (row.kind === 'duration') return formatDuration(value);
  if (row.kind === 'tags') return value.join(', ');
  if (row.kind === 'notes') return value;
  if (row.kind === 'step') return formatStep(value);
  return valueText(value, { exact: row.part === '' });
}

/** The difference to the baseline as a text: relative where that has a meaning. */
export function differenceText(row, value, base) {
  if (row.kind === 'time' || cellText(row, value) === cellText(row, base)) return '';
  const found = against(value, base);
  if (!found) return '';
  const sign = found.difference > 0 ? '+' : '−';
  const size = Math.abs(found.ratio === null ? found.difference : found.ratio * 100);
  if (row.kind === 'duration' && found.ratio === null) return `${sign}${formatDuration(size)}`;
  return found.ratio === null ? `${sign}${formatNumber(size)}` : `${sign}${Number(size.toPrecision(PERCENT_DIGITS)).toLocaleString('en')} %`;
}

export class CompareTable {
  #options;
  #expanded = new Set();
  #folded = new Set();

  /** @param options `{ store, open(id), baseline(id), remove(id) }` */
  constructor(options) {
    this.#options = options;
  }

  /** `sections` as compareRows gives them, already narrowed; `base`: index of the baseline. */
  render(runs, sections, base) {
    const table = byId('compare-table');
    const focused = document.activeElement?.dataset?.focus;
    let listed = 0;
    const bodies = sections.filter((section) => section.rows.length > 0).map((section) => {
      const folded = this.#folded.has(section.key);
      const room = Math.max(0, ROWS_LISTED - listed);
      const rows = folded ? [] : section.rows.slice(0, room);
      listed += rows.length;
      const fold = h('button', { type: 'button', class: 'fold', 'aria-expanded': String(!folded), data: { focus: `section-${section.key}` } }, icon('chevron'), h('span', { text: t(`compare.section.${section.key}`) }), h('span', { class: 'count', text: section.rows.length.toLocaleString('en') }));
      fold.addEventListener('click', () => {
        if (folded) this.#folded.delete(section.key);
        else this.#folded.add(section.key);
        this.render(runs, sections, base);
      });
      const more = !folded && rows.length < section.rows.length ? [h('tr', {}, h('td', { class: 'muted', colspan: String(runs.length + 1), text: t('runs.columns.capped', { count: rows.length.toLocaleString('en'), total: section.rows.length.toLocaleString('en') }) }))] : [];
      return h('tbody', {}, h('tr', { class: 'section-line' }, h('th', { scope: 'rowgroup' }, fold), h('td', { colspan: String(runs.length) })), ...rows.map((row) => this.#row(section.key, row, base)), ...more);
    });
    table.replaceChildren(h('thead', {}, h('tr', {}, h('td', { class: 'corner' }), ...runs.map((run, i) => this.#head(run, i === base)))), ...bodies);
    if (focused) table.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
    setText(byId('compare-count'), tCount('compare.count', runs.length));
  }

  #head(run, isBase) {
    const { store, open, baseline, remove } = this.#options;
    const dot = h('span', { class: 'run-dot' });
    dot.style.setProperty('--run-color', `var(--run-${store.colors.get(run.id) ?? run.color ?? 0})`);
    const state = run.trashed ? t('runs.state.trash') : run.archived ? t('runs.state.archived') : null;
    return h('th', { scope: 'col', class: isBase ? 'baseline' : null },
      h('div', { class: 'compare-name' }, dot, h('a', { href: open(run.id), title: run.name, class: 'ellipsis' }, h('bdi', { dir: 'auto', text: run.name })),
        h('button', { type: 'button', class: 'button quiet icon-only small', 'aria-label': t('compare.remove', { run: run.name }), onclick: () => remove(run.id) }, icon('close'))),
      h('div', { class: 'compare-under' },
        h('button', { type: 'button', class: 'baseline-button', 'aria-pressed': String(isBase), 'aria-label': t('compare.make_baseline', { run: run.name }), data: { focus: `base-${run.id}` }, onclick: () => baseline(run.id) }, t('compare.baseline')),
        state ? h('span', { class: 'chip', text: state }) : null));
  }

  #row(section, row, base) {
    const label = h('th', { scope: 'row' }, nameText(row.label && section !== 'run' ? row.label : t(`runs.${row.key}`)), row.part ? h('span', { class: 'part', text: t(`runs.part.${row.part}`) }) : null);
    return h('tr', { class: row.same ? 'same' : null }, label, ...row.values.map((value, i) => this.#cell(row, value, i === base ? undefined : row.values[base], i)));
  }

  #cell(row, value, base, index) {
    const cell = h('td', { class: row.numeric ? 'num' : null });
    const text = cellText(row, value);
    if (row.kind === 'status') cell.append(statusBadge(value));
    else if (row.kind === 'tags' && value?.length) cell.append(h('span', { class: 'chips wrap' }, ...value.map((tag) => tagChip(tag))));
    else if (text.length > LONG || text.includes('\n')) cell.append(this.#long(`${row.key}\u0001${index}`, text));
    else cell.append(h('span', { class: text === '–' ? 'muted' : null, dir: 'auto', text, title: typeof value === 'number' ? String(value) : null }));
    const difference = base === undefined ? '' : differenceText(row, value, base);
    if (difference) cell.append(h('span', { class: 'difference', text: difference, title: t('compare.against') }));
    return cell;
  }

  #long(key, text) {
    const open = this.#expanded.has(key);
    const button = h('button', { type: 'button', class: 'long-value', 'aria-expanded': String(open), dir: 'auto', text });
    button.addEventListener('click', () => {
      const now = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(now));
      if (now) this.#expanded.add(key);
      else this.#expanded.delete(key);
    });
    return button;
  }
}
