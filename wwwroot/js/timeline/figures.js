// Traces of the Timeline page's figures, in the words of the chart door. Pure but for texts.

import { escapeMarkup } from '../charts/markup.js';
import { formatDuration, formatNumber } from '../format.js';
import { t } from '../text.js';
import { percent } from './words.js';

const HUES = 9;
const hue = (at) => `var(--run-${at % HUES})`;
const DASHES = ['solid', 'dash', 'dot'];

/** Dates for an axis of wall time. */
const date = (wall) => new Date(wall * 1000);

/** Shares of runs as stacked bars: own times, and what no phase covers. `names` fixes the colours to the lanes'. */
export function shareTraces(rows, names) {
  const runs = rows.map(({ run }) => escapeMarkup(run.name));
  const traces = names.map((name, at) => {
    const shares = rows.map(({ process }) => process.phases.shares.find((one) => one.name === name) ?? null);
    const whole = rows.map(({ process }) => Math.max(process.heard - process.started, 1e-9));
    return {
      type: 'bar', orientation: 'h', name: escapeMarkup(name), y: runs, x: shares.map((share, row) => (share ? share.own_seconds / whole[row] : 0)), marker: { color: hue(at) },
      customdata: shares.map((share, row) => (share ? t('timeline.share.tip', { name: escapeMarkup(name), share: percent(share.own_seconds / whole[row]), own: formatDuration(share.own_seconds), all: formatDuration(share.seconds), count: share.count.toLocaleString('en') }) : '')),
      hovertemplate: '%{customdata}<extra></extra>',
    };
  });
  traces.push({
    type: 'bar', orientation: 'h', name: t('timeline.uncovered'), y: runs, x: rows.map(({ process }) => process.phases.uncovered / Math.max(process.heard - process.started, 1e-9)),
    marker: { color: 'var(--surface-3)', line: { color: 'var(--border-strong)', width: 1 } },
    customdata: rows.map(({ process }) => t('timeline.uncovered.tip', { time: formatDuration(process.phases.uncovered) })), hovertemplate: '%{customdata}<extra></extra>',
  });
  return traces;
}

export function rateTraces(rows) {
  return rows.filter(({ process }) => process.throughput?.rates.length).map(({ run, process }) => ({
    type: 'scatter', mode: 'lines', name: escapeMarkup(run.name), x: process.throughput.wall_times.map((wall) => (wall - process.started) / 60), y: process.throughput.rates.map(Number),
    line: { color: hue(run.color), width: 1.6, dash: DASHES[run.dash % DASHES.length], shape: 'hv' }, hovertemplate: `${escapeMarkup(run.name)}<br>%{x:.4~g} min: %{y:.4~g}<extra></extra>`,
  }));
}

/** Learning rates as logged, and of the run in focus the course that each follows and the plan. */
export function scheduleTraces(rows, curves, focus) {
  const traces = [];
  for (const { run, process } of rows) {
    const name = escapeMarkup(run.name);
    for (const [at, schedule] of process.schedules.entries()) {
      const series = curves.get(run.id)?.get(schedule.tag);
      const label = process.schedules.length > 1 ? `${name} · ${escapeMarkup(schedule.tag)}` : name;
      if (series) traces.push({ type: 'scatter', mode: 'lines', name: label, x: series.steps, y: series.values, line: { color: hue(run.color + at), width: 2, shape: 'hv' }, hovertemplate: `${label}<br>%{x}: %{y:.5~g}<extra></extra>` });
      if (schedule.course && run.id === focus) traces.push({ type: 'scatter', mode: 'lines', name: t('timeline.schedule.fit', { run: label }), x: schedule.course.steps, y: schedule.course.rates.map(Number), line: { color: 'var(--text)', width: 1.2, dash: 'dot' }, opacity: 0.8, hovertemplate: `${t('timeline.schedule.fit', { run: label })}<br>%{x}: %{y:.5~g}<extra></extra>` });
    }
    if (process.plan.course && run.id === focus) traces.push({ type: 'scatter', mode: 'lines', name: t('timeline.schedule.plan', { run: name }), x: process.plan.course.steps, y: process.plan.course.rates.map(Number), line: { color: hue(run.color), width: 1.6, dash: 'dash' }, hovertemplate: `${t('timeline.schedule.plan', { run: name })}<br>%{x}: %{y:.5~g}<extra></extra>` });
  }
  return traces;
}

/** A loss's terms over steps: stacked, as lines with the total, or as shares of their sum. */
export function lossTraces(loss, curves, mode) {
  const terms = loss.terms.map((tag) => curves.get(tag)).filter(Boolean);
  const total = curves.get(loss.tag);
  const name = (series) => escapeMarkup(series.tag.slice(loss.tag.length + 1));
  const stacked = mode !== 'lines';
  const traces = terms.map((series, at) => ({
    type: 'scatter', mode: 'lines', name: name(series), x: series.steps, y: series.values, line: { color: hue(at), width: stacked ? 0.8 : 1.8 },
    ...(stacked ? { stackgroup: 'terms', groupnorm: mode === 'share' ? 'fraction' : '', fillcolor: hue(at) } : {}), hovertemplate: `${name(series)}<br>%{x}: %{y:.5~g}<extra></extra>`,
  }));
  if (total && mode !== 'share') traces.push({ type: 'scatter', mode: 'lines', name: escapeMarkup(loss.tag), x: total.steps, y: total.values, line: { color: 'var(--text)', width: 1.6, dash: stacked ? 'dot' : 'solid' }, hovertemplate: `${escapeMarkup(loss.tag)}<br>%{x}: %{y:.5~g}<extra></extra>` });
  return traces;
}

/** Measures of a machine in groups that share a unit: `[{ key, unit: 'percent' | 'bytes' | 'rate' | 'degrees' | 'watts' | 'other', tags }]`. */
export function measureGroups(tags) {
  const unit = (tag) => (/percent$/.test(tag) ? 'percent' : /per_second$/.test(tag) ? 'rate' : /bytes$/.test(tag) ? 'bytes' : /temperature$/.test(tag) ? 'degrees' : /watts$/.test(tag) ? 'watts' : 'other');
  return ['percent', 'bytes', 'rate', 'degrees', 'watts', 'other'].map((key) => ({ key, tags: tags.filter((tag) => unit(tag) === key) })).filter((group) => group.tags.length);
}

const SHORT = /^system\//;

export function measureTraces(tags, curves) {
  return tags.map((tag, at) => {
    const series = curves.get(tag);
    const name = escapeMarkup(tag.replace(SHORT, ''));
    return series && { type: 'scatter', mode: 'lines', name, x: series.wall_times.map(date), y: series.values, line: { color: hue(at), width: 1.6, dash: DASHES[Math.floor(at / HUES) % DASHES.length] }, hovertemplate: `${name}<br>%{x|%H:%M:%S}: %{customdata}<extra></extra>`, customdata: series.values.map((value) => measureWords(tag, value)) };
  }).filter(Boolean);
}

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes as people read them. */
export function bytesWords(bytes) {
  if (!Number.isFinite(bytes)) return formatNumber(bytes);
  let [size, at] = [bytes, 0];
  for (; Math.abs(size) >= 1024 && at < BINARY.length - 1; at++) size /= 1024;
  return `${formatNumber(Number(size.toPrecision(3)))} ${BINARY[at]}`;
}

export function measureWords(tag, value) {
  if (!Number.isFinite(value)) return formatNumber(value);
  if (/percent$/.test(tag)) return t('timeline.percent', { value: formatNumber(Math.round(value * 10) / 10) });
  if (/per_second$/.test(tag)) return `${bytesWords(value)}/s`;
  if (/bytes$/.test(tag)) return bytesWords(value);
  if (/temperature$/.test(tag)) return `${formatNumber(Math.round(value))} °C`;
  if (/watts$/.test(tag)) return `${formatNumber(Math.round(value))} W`;
  return formatNumber(value);
}
