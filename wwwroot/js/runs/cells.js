// One cell: what a value of a run looks like.

import { h, icon, nameText, setText } from '../dom.js';
import { formatAge, formatDuration, formatNumber, formatStep, formatTime } from '../format.js';
import { t } from '../text.js';
import { numberOf } from './groups.js';
import { parseValue } from './values.js';

const STATUSES = ['running', 'finished', 'failed'];
const WIDTHS = { name: 256, status: 104, group: 130, created: 98, updated: 98, duration: 98, tags: 170, notes: 240 };
const METRIC_WIDTH = 126;
const CONFIG_WIDTH = 108;
const SHORT_NUMBER = 9;

const NARROW_NAME = 208;
const narrow = globalThis.matchMedia?.('(max-width: 720px)');

/** Width of a column that nobody resized, in pixels. */
export const defaultWidth = (value) => (value === 'name' && narrow?.matches ? NARROW_NAME : WIDTHS[value]) ?? (value.startsWith('summary') ? METRIC_WIDTH : CONFIG_WIDTH);

/** `{ text, part }`: what a column is called, and which number of a metric it is; the last one, being the usual, goes without saying. */
export function labelOf(value) {
  const parsed = parseValue(value);
  if (parsed?.kind === 'metric') return { text: parsed.tag, part: parsed.part === 'last' ? '' : t(`runs.part.${parsed.part}`) };
  if (parsed?.kind === 'config') return { text: parsed.keys.join('.'), part: '' };
  return { text: t(`runs.${value}`), part: '' };
}

/** A value's name in one line, for sentences and files. */
export const nameOf = (value) => {
  const { text, part } = labelOf(value);
  return part ? `${text} (${part})` : text;
};

export function statusBadge(status) {
  const known = STATUSES.includes(status) ? status : 'unknown';
  return h('span', { class: 'status', data: { status: known } }, icon(`status-${known}`), t(`status.${known}`));
}

export const tagChip = (tag, ...more) => h('span', { class: 'chip' }, nameText(tag), ...more);

/** A value of a configuration or a metric as text. `decimals` aligns a column's numbers. */
export function valueText(value, { decimals = null, exact = false, step = false } = {}) {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) || typeof value === 'object') return JSON.stringify(value);
  const number = numberOf(value);
  if (typeof value === 'string' && Number.isNaN(number) && value !== 'NaN') return value;
  if (step) return formatStep(number);
  // What a person typed is shown as typed where it is short.
  if (exact && String(value).length <= SHORT_NUMBER) return String(value).replace(/-/g, '−');
  // Less than a digit would be left of a number far smaller than its column's others.
  if (decimals !== null && Number.isFinite(number) && (number === 0 || Math.abs(number) >= 10 ** -decimals)) return number.toFixed(decimals).replace(/-/g, '−');
  return formatNumber(number);
}

const MOST_DECIMALS = 6;
const LARGE = 1e6;

/** `mean ± error`, both to the error's second digit; the mean alone where there is none or all values agree. */
export function withError(mean, error) {
  if (error === null || error === 0) return formatNumber(mean);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(error)));
  if (decimals > MOST_DECIMALS || Math.abs(mean) >= LARGE) return `${formatNumber(mean)} ± ${formatNumber(error)}`;
  return `${mean.toFixed(decimals).replace(/-/g, '−')} ± ${error.toFixed(decimals)}`;
}

/** Fills a cell; answers whether what it shows changed. `format` is the column's `{ decimals }`. */
export function fillCell(cell, value, shown, format) {
  if (cell.shown === shown && cell.filled) return false;
  const parsed = parseValue(value);
  const before = cell.filled ? cell.textContent : null;
  cell.shown = shown;
  cell.filled = true;
  if (value === 'status') cell.replaceChildren(statusBadge(shown));
  else if (value === 'tags') cell.replaceChildren(h('span', { class: 'chips' }, ...(shown ?? []).map((tag) => tagChip(tag))));
  else if (value === 'created' || value === 'updated') cell.replaceChildren(h('time', { text: formatAge(shown), title: formatTime(shown), data: { age: shown } }));
  else if (value === 'duration') setText(cell, formatDuration(shown));
  else if (value === 'notes' || value === 'group') {
    if (shown) cell.replaceChildren(nameText(shown.replace(/\s+/g, ' '), 'ellipsis cell-text'));
    else setText(cell, value === 'group' ? '–' : '');
  } else {
    const text = valueText(shown, { decimals: format?.decimals ?? null, exact: parsed?.kind === 'config', step: parsed?.part === 'step' });
    if (text.length > SHORT_NUMBER * 2) cell.replaceChildren(nameText(text, 'ellipsis cell-text'));
    else setText(cell, text);
    cell.title = shown === null || shown === undefined ? t('runs.no_value') : `${nameOf(value)}: ${typeof shown === 'object' ? JSON.stringify(shown) : shown}`;
  }
  return before !== null && before !== cell.textContent;
}
