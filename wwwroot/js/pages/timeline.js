// How runs went: progress, phases along time and their shares, speed, learning rates with their courses, loss terms, and the machine.

import { readParams, writeParams } from '../address.js';
import { exportMenu } from '../analysis/exports.js';
import { Throttle } from '../analysis/throttle.js';
import { hideBanner, showBanner } from '../banner.js';
import { escapeMarkup } from '../charts/markup.js';
import { Timeline } from '../charts/timeline.js';
import { hideLines, showLines } from '../charts/tip.js';
import { byId, h, setText } from '../dom.js';
import { formatDuration, formatNumber, formatRelative, formatTime } from '../format.js';
import { watchRuns } from '../records/freshness.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';
import { FigureCard } from '../timeline/card.js';
import { lossTraces, measureGroups, measureTraces, measureWords, rateTraces, scheduleTraces, shareTraces } from '../timeline/figures.js';
import { lanesOf } from '../timeline/lanes.js';
import { ProgressTable } from '../timeline/progress.js';
import { readCurves, readPhases, readProcess } from '../timeline/source.js';
import { formatState, parseState } from '../timeline/state.js';
import { courseName, courseWords, errorWords, percent } from '../timeline/words.js';

// As many bars and lines as can be told apart.
const MOST_RUNS = 12;
const MOST_LANES = 40;
const POINTS = 1000;
const REFETCH_MS = 4000;

const { project } = byId('timeline-page').dataset;
const scope = new RunScope(project);
let state = parseState(readParams());
/** Run id → what the server said of it. */
const known = new Map();
let stale = new Set();
let rows = [];
let focus = null;
let phases = [];
let curves = new Map();
let lanes = [];

const whole = () => (focus ? [0, Math.max(1e-3, focus.process.heard - focus.process.started)] : [0, 1]);
const timeline = new Timeline(byId('timeline-lanes'), {
  label: t('timeline.phases.figure'),
  onWindow: (window) => set({ window }),
  onHover: hover,
});
const table = new ProgressTable((id) => set({ run: id, window: null, loss: null }, true));
const title = (key) => () => t(key, { run: focus?.run.name ?? '', project });
const cards = {
  shares: new FigureCard('timeline-shares', { title: title('timeline.shares.title'), csv: sharesCsv }),
  speed: new FigureCard('timeline-speed', { title: title('timeline.speed.title'), csv: () => csvOf(rows.filter((row) => row.process.throughput), ['run', 'wall_time', 'steps_per_second'], ({ run, process }) => process.throughput.wall_times.map((wall, at) => [run.name, wall, Number(process.throughput.rates[at])])) }),
  schedule: new FigureCard('timeline-schedule', { title: title('timeline.schedule.title'), csv: scheduleCsv }),
  losses: new FigureCard('timeline-losses', { title: title('timeline.losses.title'), csv: () => seriesCsv(chosenLoss() ? [chosenLoss().tag, ...chosenLoss().terms] : []) }),
};
const refetch = new Throttle(load, REFETCH_MS);
const machine = new Map();

const csvOf = (list, header, lines) => ({ header, rows: list.flatMap(lines) });
const seriesCsv = (tags) => csvOf(tags.map((tag) => curves.get(focus.run.id)?.get(tag)).filter(Boolean), ['run', 'tag', 'step', 'wall_time', 'value'], (series) => series.steps.map((step, at) => [focus.run.name, series.tag, step, series.wall_times[at], series.values[at]]));

function sharesCsv() {
  return csvOf(rows, ['run', 'phase', 'count', 'seconds', 'own_seconds', 'longest_seconds', 'share'], ({ run, process }) => {
    const seconds = Math.max(process.heard - process.started, 1e-9);
    return [...process.phases.shares.map((one) => [run.name, one.name, one.count, one.seconds, one.own_seconds, one.longest, one.own_seconds / seconds]), [run.name, '', '', process.phases.uncovered, process.phases.uncovered, '', process.phases.uncovered / seconds]];
  });
}

function scheduleCsv() {
  return csvOf(rows, ['run', 'kind', 'tag', 'step', 'rate'], ({ run, process }) => [
    ...process.schedules.flatMap((schedule) => {
      const series = curves.get(run.id)?.get(schedule.tag);
      return [...(series ? series.steps.map((step, at) => [run.name, 'logged', schedule.tag, step, series.values[at]]) : []), ...(schedule.course ? schedule.course.steps.map((step, at) => [run.name, schedule.course.kind, schedule.tag, step, Number(schedule.course.rates[at])]) : [])];
    }),
    ...(process.plan.course ? process.plan.course.steps.map((step, at) => [run.name, 'plan', '', step, Number(process.plan.course.rates[at])]) : []),
  ]);
}

function set(change, push = false) {
  Object.assign(state, change);
  writeParams(formatState(state), push);
  if ('run' in change) refetch.now();
  else show();
}

async function load(signal) {
  const runs = scope.runs.slice(0, MOST_RUNS);
  try {
    const wanted = runs.filter((run) => !known.has(run.id) || stale.has(run.id));
    const asked = stale;
    stale = new Set();
    try {
      const answers = await Promise.all(wanted.map((run) => readProcess(run.id, signal).catch((error) => {
        // Deleted since it was listed: the list will say so in a moment.
        if (error.status === 404) return null;
        throw error;
      })));
      wanted.forEach((run, at) => (answers[at] ? known.set(run.id, answers[at]) : known.delete(run.id)));
    } catch (error) {
      for (const id of asked) stale.add(id);
      throw error;
    }
    rows = runs.filter((run) => known.has(run.id)).map((run) => ({ run, process: known.get(run.id) }));
    focus = rows.find(({ run }) => run.id === state.run) ?? rows.find(({ process }) => process.phases.shares.length || process.throughput) ?? rows[0] ?? null;
    phases = focus ? await readPhases(focus.run.id, signal) : [];
    const rates = [...new Set(rows.flatMap(({ process }) => process.schedules.map((schedule) => schedule.tag)))];
    const own = focus ? [...focus.process.losses.flatMap((loss) => [loss.tag, ...loss.terms]), ...focus.process.system.map((measure) => measure.tag)] : [];
    const [first, second] = await Promise.all([readCurves(rows.map(({ run }) => run.id), rates, POINTS, signal), readCurves(focus ? [focus.run.id] : [], [...new Set(own)], POINTS, signal)]);
    for (const [id, found] of second) for (const [tag, series] of found) first.get(id).set(tag, series);
    curves = first;
    hideBanner();
    show();
  } catch (error) {
    if (!signal.aborted) showBanner(t('timeline.failed', { reason: error.message }), () => refetch.now());
    throw error;
  } finally {
    if (!signal.aborted) byId('timeline-cards').setAttribute('aria-busy', 'false');
  }
}

function show() {
  const loaded = scope.store.loaded;
  byId('timeline-no-runs').hidden = !loaded || scope.store.runs.length > 0;
  byId('timeline-none-shown').hidden = !loaded || scope.store.runs.length === 0 || scope.ids.length > 0;
  byId('timeline-cards').hidden = rows.length === 0;
  if (rows.length === 0) return;
  table.show(rows, focus.run.id);
  setText(byId('timeline-runs-note'), scope.ids.length > MOST_RUNS ? t('timeline.most_runs', { most: MOST_RUNS }) : '');
  for (const place of document.querySelectorAll('[data-focus-name]')) setText(place, focus.run.name);
  showPhases();
  showShares();
  cards.speed.show({
    traces: rateTraces(rows), layout: { xaxis: { title: { text: t('timeline.minutes') } }, yaxis: { title: { text: t('timeline.speed.axis') }, rangemode: 'tozero' }, showlegend: rows.length > 1, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom' }, margin: { t: 30, r: 16, b: 44, l: 60 }, uirevision: 'speed' },
    note: focus.process.throughput ? t('timeline.speed.note', { tag: focus.process.throughput.tag }) : '', empty: rows.some(({ process }) => process.throughput?.rates.length) ? null : t('timeline.speed.empty'),
  });
  showSchedule();
  showLosses();
  showSystem();
}

function showPhases() {
  const { process } = focus;
  lanes = lanesOf(phases, process.started);
  const drawn = lanes.slice(0, MOST_LANES);
  const none = lanes.length === 0;
  const host = byId('timeline-lanes');
  host.hidden = none;
  byId('timeline-phases-empty').hidden = !none;
  byId('timeline-phases-tools').hidden = none;
  for (const button of document.querySelectorAll('[data-zoom]')) button.disabled = none || (button.dataset.zoom === 'all' && !state.window);
  const notes = [];
  if (!none) {
    notes.push(tCount('timeline.phases.count', phases.length));
    const [gap] = process.phases.gaps;
    // Of a short run these are parts of a second.
    const span = (seconds) => (seconds < 60 ? formatRelative(seconds) : formatDuration(seconds));
    if (gap && process.phases.uncovered > 0) notes.push(t('timeline.phases.gap', { time: span(process.phases.uncovered), longest: span(gap.ended - gap.started), at: formatRelative(gap.started - process.started) }));
    if (lanes.length > MOST_LANES) notes.push(t('timeline.phases.most_lanes', { most: MOST_LANES, all: lanes.length }));
    host.style.height = `${Timeline.height(drawn.length)}px`;
    timeline.show(drawn, whole(), state.window);
  }
  setText(byId('timeline-phases-note'), notes.join(' '));
}

function hover(lane, block, event) {
  if (!block) {
    hideLines();
    return;
  }
  const lines = block.count === 1
    ? [[t('timeline.tip.from'), `${formatRelative(block.started)} · ${formatTime(focus.process.started + block.started)}`], [t('timeline.tip.took'), took(block.seconds)]]
    : [[t('timeline.tip.many'), block.count.toLocaleString('en')], [t('timeline.tip.mean'), took(block.seconds / block.count)], [t('timeline.tip.cover'), percent(Math.min(1, block.seconds / Math.max(block.ended - block.started, 1e-9)))]];
  showLines(lane.name, lines, event.clientX, event.clientY);
}

const took = (seconds) => (seconds < 60 ? `${formatNumber(Number(seconds.toPrecision(3)))} s` : formatDuration(seconds));

function showShares() {
  // The lanes' colours for the names that the timeline shows, and others after them.
  const names = [...new Set([...lanes.map((lane) => lane.name), ...rows.flatMap(({ process }) => process.phases.shares.map((one) => one.name))])].slice(0, MOST_LANES);
  const some = rows.some(({ process }) => process.phases.shares.length);
  byId('timeline-shares-figure').style.height = `${110 + 34 * rows.length}px`;
  cards.shares.show({
    traces: some ? shareTraces(rows, names) : [],
    layout: { barmode: 'stack', bargap: 0.3, xaxis: { tickformat: '.0%', range: [0, 1] }, yaxis: { autorange: 'reversed', ticksuffix: ' ' }, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', traceorder: 'normal' }, margin: { t: 34, r: 16, b: 34, l: 60 } },
    note: t('timeline.shares.note'), empty: some ? null : t('timeline.phases.empty_text'),
  });
}

function showSchedule() {
  const { process } = focus;
  const lines = process.schedules.map((schedule) => (schedule.course
    ? h('li', {}, h('bdi', { class: 'schedule-tag', text: schedule.tag }), h('span', { class: 'schedule-kind', text: courseName(schedule.course) }), h('span', { text: courseWords(schedule.course) }), h('span', { class: 'muted', text: errorWords(schedule.max_relative_error) }))
    : h('li', {}, h('bdi', { class: 'schedule-tag', text: schedule.tag }), h('span', { class: 'muted', text: schedule.points < 3 ? t('timeline.schedule.few') : t('timeline.schedule.unknown') }))));
  if (process.plan.course) lines.push(h('li', {}, h('span', { class: 'schedule-tag', text: t('timeline.schedule.planned') }), h('span', { class: 'schedule-kind', text: courseName(process.plan.course) }), h('span', { text: courseWords(process.plan.course) }), h('bdi', { class: 'muted', text: t('timeline.schedule.named', { name: process.plan.named }) })));
  else lines.push(h('li', { class: 'muted', text: t(`timeline.plan.${process.plan.why}`, { name: process.plan.named ?? '' }) }));
  byId('timeline-courses').replaceChildren(...lines);
  const traces = scheduleTraces(rows, curves, focus.run.id);
  byId('timeline-courses').hidden = traces.length === 0;
  cards.schedule.show({
    traces, layout: { xaxis: { title: { text: t('timeline.step') } }, yaxis: { title: { text: t('timeline.schedule.axis') }, rangemode: 'tozero', exponentformat: 'power' }, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom' }, margin: { t: 34, r: 16, b: 44, l: 64 }, uirevision: 'schedule' },
    empty: traces.length ? null : t('timeline.schedule.empty'),
  });
}

const chosenLoss = () => focus?.process.losses.find((loss) => loss.tag === state.loss) ?? focus?.process.losses[0] ?? null;

function showLosses() {
  const loss = chosenLoss();
  const select = byId('timeline-loss');
  const tags = focus.process.losses.map((one) => one.tag);
  if (select.dataset.tags !== tags.join('\u0000')) {
    select.replaceChildren(...tags.map((tag) => h('option', { value: tag, text: tag })));
    select.dataset.tags = tags.join('\u0000');
  }
  select.value = loss?.tag ?? '';
  select.closest('label').hidden = tags.length < 2;
  byId('timeline-losses-modes').hidden = !loss;
  for (const radio of document.querySelectorAll('[name="losses"]')) radio.checked = radio.value === state.losses;
  const found = curves.get(focus.run.id) ?? new Map();
  const terms = loss ? loss.terms.map((tag) => found.get(tag)).filter(Boolean) : [];
  const last = terms.map((series) => series.values.at(-1));
  const sum = last.reduce((a, b) => a + b, 0);
  const net = loss && ['l1', 'l2'].every((name) => loss.terms.includes(`${loss.tag}/${name}`));
  const words = terms.map((series, at) => t('timeline.losses.term', { name: series.tag.slice(loss.tag.length + 1), value: formatNumber(last[at]), share: sum > 0 ? percent(last[at] / sum) : '—' }));
  const negative = terms.some((series) => series.values.some((value) => value < 0));
  cards.losses.show({
    traces: loss ? lossTraces(loss, found, negative ? 'lines' : state.losses) : [],
    layout: { xaxis: { title: { text: t('timeline.step') } }, yaxis: { title: { text: state.losses === 'share' && !negative ? t('timeline.losses.share_axis') : escapeMarkup(loss?.tag ?? '') }, ...(state.losses === 'share' && !negative ? { tickformat: '.0%', range: [0, 1] } : { rangemode: negative ? 'normal' : 'tozero' }) }, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', traceorder: 'normal' }, margin: { t: 34, r: 16, b: 44, l: 60 }, uirevision: `${loss?.tag} ${state.losses}` },
    note: [words.join(' · '), net ? t('timeline.losses.elastic') : '', negative ? t('timeline.losses.negative') : ''].filter(Boolean).join(' '), empty: loss ? null : t('timeline.losses.empty'),
  });
}

function showSystem() {
  const { system } = focus.process;
  const groups = measureGroups(system.map((measure) => measure.tag));
  byId('timeline-system-empty').hidden = system.length > 0;
  const found = curves.get(focus.run.id) ?? new Map();
  for (const [key, part] of machine) if (!groups.some((group) => group.key === key)) { part.element.remove(); machine.delete(key); }
  for (const group of groups) {
    const part = machine.get(group.key) ?? machinePart(group.key);
    part.tags = group.tags;
    const traces = measureTraces(group.tags, found);
    const percents = group.key === 'percent';
    part.card.show({ traces, layout: { xaxis: { type: 'date' }, yaxis: { rangemode: 'tozero', ...(percents ? { range: [0, 100], ticksuffix: ' %' } : {}), exponentformat: group.key === 'bytes' || group.key === 'rate' ? 'SI' : 'power' }, showlegend: true, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom' }, margin: { t: 34, r: 16, b: 30, l: 56 }, uirevision: `${focus.run.id} ${group.key}` } });
  }
  byId('timeline-measures').replaceChildren(...system.map((measure) => h('tr', {}, h('th', { scope: 'row' }, h('bdi', { text: measure.tag.replace(/^system\//, '') })), ...['mean', 'min', 'max', 'last'].map((name) => h('td', { class: 'num', text: measureWords(measure.tag, Number(measure[name])) })))));
  byId('timeline-measures').closest('.table-scroll').hidden = system.length === 0;
}

function machinePart(key) {
  const id = `timeline-system-${key}`;
  const element = h('section', { class: 'machine-part', id, 'aria-labelledby': `${id}-title` },
    h('div', { class: 'analysis-head' }, h('h3', { id: `${id}-title`, text: t(`timeline.system.${key}`) }), h('span', { class: 'card-tools-always', id: `${id}-tools` })),
    h('p', { class: 'analysis-notes muted', id: `${id}-note` }), h('div', { class: 'timeline-figure small', id: `${id}-figure` }), h('div', { id: `${id}-empty`, hidden: true }, h('p')));
  byId('timeline-system-parts').append(element);
  const part = { element, tags: [] };
  part.card = new FigureCard(id, { title: () => `${t(`timeline.system.${key}`)}, ${focus.run.name}`, csv: () => seriesCsv(part.tags) });
  machine.set(key, part);
  return part;
}

byId('timeline-phases-tools').append(exportMenu(t('common.export'), {
  title: title('timeline.phases.title'), image: (format, name) => timeline.toImage(format, name),
  csv: () => csvOf(phases, ['run', 'phase', 'started', 'ended', 'seconds'], (one) => [[focus.run.name, one.name, one.started, one.ended, one.ended - one.started]]),
}));
for (const button of document.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => byId('timeline-lanes').querySelector('canvas').dispatchEvent(new KeyboardEvent('keydown', { key: { in: '+', out: '-', all: '0' }[button.dataset.zoom] })));
}
for (const radio of document.querySelectorAll('[name="losses"]')) radio.addEventListener('change', () => set({ losses: radio.value }, true));
byId('timeline-loss').addEventListener('change', ({ target }) => set({ loss: target.value }, true));
byId('timeline-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  refetch.now();
});
scope.addEventListener('shown', () => refetch.now());
watchRuns(scope, (ids) => {
  for (const id of ids) stale.add(id);
  refetch.soon();
});
scope.start().then(show).catch(() => {});
