// Runs side by side as rows of values. Pure.

import { flatten } from '../flatten.js';
import { isNumeric, keyOf, numberOf } from '../runs/groups.js';

export const PARTS = ['last', 'min', 'max', 'step'];
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byName = (a, b) => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

function row(key, label, values, kind = 'value', part = '') {
  const first = keyOf(values[0]);
  return { key, label, part, kind, values, same: values.every((value) => keyOf(value) === first), numeric: isNumeric(values) };
}

/** Leaves of each run's object, as rows in natural order of their paths. */
function leaves(section, objects) {
  const maps = objects.map((object) => new Map(flatten(object ?? {}).map(({ keys, value }) => [JSON.stringify(keys), value])));
  const paths = [...new Set(maps.flatMap((map) => [...map.keys()]))].map((path) => JSON.parse(path));
  return paths.map((keys) => ({ keys, label: keys.join('.') })).sort((a, b) => byName(a.label, b.label))
    .map(({ keys, label }) => row(`${section}:${JSON.stringify(keys)}`, label, maps.map((map) => map.get(JSON.stringify(keys)))));
}

/**
 * Sections of rows: `[{ key: 'run' | 'config' | 'environment' | 'metrics', rows: [{ key, label, part, kind, values: one a run, same, numeric }] }]`.
 * `kind` is `status`, `time`, `duration`, `tags`, `notes`, `step` or `value`. `parts`: which numbers of each metric.
 */
export function compareRows(runs, parts) {
  const now = Date.now() / 1000;
  const own = [
    row('status', 'status', runs.map((run) => run.status), 'status'),
    row('group', 'group', runs.map((run) => run.group)),
    row('tags', 'tags', runs.map((run) => run.tags ?? []), 'tags'),
    row('notes', 'notes', runs.map((run) => run.notes || null), 'notes'),
    row('created', 'created', runs.map((run) => run.created), 'time'),
    row('duration', 'duration', runs.map((run) => Math.max(0, (run.status === 'running' ? now : run.updated) - run.created)), 'duration'),
  ];
  const plain = runs.map((run) => Object.fromEntries(Object.entries(run.config ?? {}).filter(([key]) => key !== 'environment')));
  const tags = [...new Set(runs.flatMap((run) => Object.keys(run.summary ?? {})))].sort(byName);
  const metrics = tags.flatMap((tag) => parts.map((part) => row(`metric:${part}:${tag}`, tag, runs.map((run) => run.summary?.[tag]?.[part]), part === 'step' ? 'step' : 'value', part)));
  return [
    { key: 'run', rows: own },
    { key: 'metrics', rows: metrics },
    { key: 'config', rows: leaves('config', plain) },
    { key: 'environment', rows: leaves('environment', runs.map((run) => run.config?.environment)) },
  ];
}

/** A number against the baseline's: `{ difference, ratio }`, ratio null where the baseline is 0; null where either is no finite number or both are equal. */
export function against(value, base) {
  const [a, b] = [numberOf(value), numberOf(base)];
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === b) return null;
  return { difference: a - b, ratio: b === 0 ? null : (a - b) / Math.abs(b) };
}

/** A value as a plain text for files: whole, never rounded. */
export function plainText(value) {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A Markdown table: first column names, then one column a run. `rows`: `[{ name, values: [text] }]`. */
export function markdownTable(header, rows) {
  const cell = (text) => text.replace(/\\/g, '\\\\').replace(/\|/g, '\\|').replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;')).replace(/\s*\n\s*/g, ' ');
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), `|${header.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(({ name, values }) => line([name, ...values]))].join('\n');
}
