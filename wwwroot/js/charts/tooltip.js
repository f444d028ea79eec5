import { h, icon, nameText } from '../dom.js';
import { formatNumber, formatRelative, formatStep, formatTime } from '../format.js';
import { t, tCount } from '../text.js';

// More rows than this hide the charts they explain.
const MAX_ROWS = 24;
// A pinned tooltip scrolls, and ends here.
const MAX_PINNED = 200;
let tip = null;

/**
 * What the charts show at x: `{ run, index, value, raw, step, time, relative, bad, near }` a curve, the largest value first, those of the
 * right axis after those of the left, not-finite ones last.
 */
export function rowsAt(traces, x, reach, options, distance) {
  const rows = [];
  for (const trace of traces) {
    const index = trace.nearest(x, reach);
    if (index < 0) continue;
    const raw = trace.values[index];
    const value = options.smoothing > 0 && Number.isFinite(trace.smooth[index]) ? trace.smooth[index] : raw;
    rows.push({
      run: trace.run, index, value, raw, x: trace.xs[index], step: trace.steps[index], time: trace.times[index], relative: trace.times[index] - trace.origin,
      bad: trace.bad[index], near: false, n: trace.counts?.[index], low: trace.min[index], high: trace.max[index],
    });
  }
  const right = (row) => Number(row.run.axis === 'y2');
  rows.sort((a, b) => right(a) - right(b) || Number.isFinite(b.value) - Number.isFinite(a.value) || b.value - a.value);
  if (distance) {
    let best = null;
    for (const row of rows) {
      row.distance = Number.isFinite(row.value) ? distance(row.value, row.run.axis ?? 'y') : Infinity;
      if (row.distance < Infinity && (!best || row.distance < best.distance)) best = row;
    }
    if (best) best.near = true;
  }
  return rows;
}

/** Shows the rows beside the pointer at (clientX, clientY). One tooltip serves all charts. */
export function showTip(rows, options, clientX, clientY) {
  if (rows.length === 0) {
    hideTip();
    return;
  }
  if (!tip) {
    tip = h('div', { class: 'chart-tip', 'aria-hidden': 'true' });
    document.body.append(tip);
  }
  const near = rows.find((row) => row.near) ?? rows[0];
  const limit = Math.min(MAX_ROWS, Math.max(3, Math.floor((innerHeight - 80) / 20)));
  const first = Math.max(0, Math.min(rows.indexOf(near) - Math.floor(limit / 2), rows.length - limit));
  tip.replaceChildren(h('div', { class: 'chart-tip-head', text: headOf(near, options) }), tableOf(rows.slice(first, first + limit), options, near));
  if (rows.length > limit) tip.append(h('div', { class: 'rest', text: tCount('chart.tooltip.hidden', rows.length - limit) }));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = clientX + 16 + width > innerWidth ? Math.max(8, clientX - 16 - width) : clientX + 16;
  const top = Math.max(8, Math.min(clientY + 14, innerHeight - height - 8));
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

export function hideTip() {
  if (tip) tip.hidden = true;
}

/** A tooltip that stays: all rows, a button to close it. `element` is filled; the caller places it. */
export function fillPinned(element, rows, options, close) {
  const near = rows.find((row) => row.near) ?? rows[0];
  const head = h('div', { class: 'chart-tip-head' }, h('span', { text: near ? headOf(near, options) : t('chart.tooltip.nothing') }),
    h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t('chart.tooltip.unpin'), title: t('chart.tooltip.unpin'), onclick: close }, icon('close')));
  // The button keeps the focus that it may have while values move.
  const focused = element.contains(document.activeElement);
  element.replaceChildren(head, h('div', { class: 'chart-tip-rows', tabindex: '0', role: 'region', 'aria-label': t('chart.tooltip.pinned') }, tableOf(rows.slice(0, MAX_PINNED), options, near)));
  if (rows.length > MAX_PINNED) element.append(h('div', { class: 'rest', text: tCount('chart.tooltip.hidden', rows.length - MAX_PINNED) }));
  if (focused) head.querySelector('button').focus();
}

/** The same rows as a sentence, for those who hear the chart. */
export function describeRows(rows, options) {
  const told = rows.slice(0, 5).map((row) => `${row.run.name} ${formatNumber(row.value)}`);
  if (rows.length > 5) told.push(tCount('chart.tooltip.hidden', rows.length - 5));
  return rows.length ? `${options.x === 'metric' || rows[0].n !== undefined ? headOf(rows[0], options) : `${t('chart.tooltip.step')} ${formatStep(rows[0].step)}`}: ${told.join('; ')}` : '';
}

/** Where the rows are, in the words of the x axis in use. */
function headOf(near, { x, xLabel, windowed }) {
  const step = `${t('chart.tooltip.step')} ${formatStep(near.step)}`;
  if (x === 'metric') return `${xLabel} ${formatNumber(near.x)} · ${step}`;
  if (windowed) return x === 'step' ? t('chart.tooltip.offset', { steps: formatStep(near.x) }) : formatRelative(near.x);
  if (near.n === undefined) return `${step} · ${x === 'relative' ? formatRelative(near.relative) : formatTime(near.time)}`;
  if (x === 'step') return step;
  return x === 'time' ? formatTime(near.x) : formatRelative(near.x);
}

function tableOf(rows, options, near) {
  const sameStep = rows.every((row) => row.step === near.step && row.bad === 0);
  const body = h('tbody');
  for (const row of rows) body.append(rowElement(row, options, sameStep));
  return h('table', {}, body);
}

function rowElement(row, options, sameStep) {
  const swatch = h('span', { class: 'swatch' });
  swatch.style.setProperty('--run-color', row.run.css);
  const cells = [h('td', {}, swatch), h('td', {}, nameText(row.run.name)), h('td', { text: formatNumber(row.value) })];
  if (options.smoothing > 0) cells.push(h('td', { class: 'raw', text: formatNumber(row.raw) }));
  if (row.n !== undefined) {
    cells.push(h('td', { class: 'raw', text: row.high > row.low ? `${formatNumber(row.low)} – ${formatNumber(row.high)}` : '' }));
    cells.push(h('td', { class: 'when', text: `n = ${row.n}` }));
  } else if (!sameStep) cells.push(h('td', { class: 'when', text: row.bad > 0 && Number.isFinite(row.raw) ? t('chart.tooltip.bad', { count: row.bad }) : formatStep(row.step) }));
  return h('tr', { class: row.near ? 'near' : null }, ...cells);
}
