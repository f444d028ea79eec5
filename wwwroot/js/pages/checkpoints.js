// What runs saved: which is best, which is the last, how two differ, how to get one back, and which stay.

import { readParams, writeParams } from '../address.js';
import { FieldPicker } from '../analysis/fieldpicker.js';
import { Throttle } from '../analysis/throttle.js';
import { hideBanner, showBanner } from '../banner.js';
import { escapeMarkup } from '../charts/markup.js';
import { cells, differenceTraces, differenceWords, MOST_BARS, ranked } from '../checkpoints/difference.js';
import { restoreParts } from '../checkpoints/restore.js';
import { Retention } from '../checkpoints/retention.js';
import { keep, readCheckpoints, readDifference, remove } from '../checkpoints/source.js';
import { formatState, localText, parseState, wallOf } from '../checkpoints/state.js';
import { CheckpointTable, guardWords } from '../checkpoints/table.js';
import { byId, h, nameText, setText } from '../dom.js';
import { formatNumber, formatStep, formatTime } from '../format.js';
import { watchRuns } from '../records/freshness.js';
import { confirmDialog } from '../runs/dialog.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';
import { FigureCard } from '../timeline/card.js';
import { bytesWords } from '../timeline/figures.js';
import { toast } from '../toast.js';

const REFETCH_MS = 3000;
const BAR_PIXELS = 22;
const AS_SAVED = '';

const { project } = byId('checkpoints-page').dataset;
const scope = new RunScope(project);
let state = parseState(readParams());
let run = null;
let answer = null;
let difference = null;

const table = new CheckpointTable({ choose: (chosen) => set({ chosen }, true), compare: (side, id) => set({ [side]: id }, true), keep: changeKept, remove: removeOne });
const metric = new FieldPicker(byId('pick-metric'), { label: t('checkpoints.best_by'), project, config: false, facts: false, tagsOnly: true, extra: [{ value: AS_SAVED, text: t('checkpoints.as_saved') }], onChange: (value) => set({ metric: value || null, goal: null }, true) });
const retention = new Retention(project, () => refetch.soon());
const title = (key) => () => t(key, { run: run?.name ?? '' });
const cards = {
  values: new FigureCard('checkpoints-values', { title: title('checkpoints.values.title'), csv: () => ({ header: ['run', 'name', 'step', 'created', 'reason', 'metric', 'value', 'size', 'sha256'], rows: answer.items.map(({ artifact, value }) => [run.name, artifact.name, artifact.step, artifact.created, artifact.reason, answer.metric, value === null ? '' : Number(value), artifact.size, artifact.sha256]) }) }),
  difference: new FigureCard('checkpoints-difference', { title: title('checkpoints.diff.title'), csv: () => ({ header: ['tensor', 'type', 'shape', 'norm', 'distance', 'relative', 'cosine', 'largest', 'non_finite'], rows: difference.tensors.map((one) => [one.name, one.type, one.shape.join('x'), ...['norm', 'distance', 'relative', 'cosine', 'largest'].map((name) => Number(one[name])), one.non_finite]) }) }),
};
const refetch = new Throttle(load, REFETCH_MS);

function set(change, push = false) {
  Object.assign(state, change);
  writeParams(formatState(state), push);
  if (Object.keys(change).every((name) => ['chosen', 'bars'].includes(name))) show();
  else refetch.now();
}

const find = (id) => answer?.items.find((item) => item.artifact.id === id) ?? null;

async function load(signal) {
  try {
    run = scope.runs.find((one) => one.id === state.run) ?? await firstRun(signal);
    if (!run) {
      answer = null;
      show();
      return;
    }
    answer = await readCheckpoints(run.id, state, signal);
    // Without a choice: the newest against the oldest there is, the whole way of the training.
    const [a, b] = sides();
    difference = a && b ? await readDifference(run.id, a.artifact.id, b.artifact.id, signal).catch((error) => {
      if (signal.aborted) throw error;
      return { failed: error.message };
    }) : null;
    hideBanner();
    show();
  } catch (error) {
    if (!signal.aborted) showBanner(t('checkpoints.failed', { reason: error.message }), () => refetch.now());
    throw error;
  } finally {
    if (!signal.aborted) byId('checkpoints-cards').setAttribute('aria-busy', 'false');
  }
}

function sides() {
  const { items } = answer;
  if (items.length < 2) return [null, null];
  return [find(state.a) ?? items.at(-1), find(state.b) ?? items[0]];
}

/** Of the shown runs the newest that saved something. */
async function firstRun(signal) {
  for (const one of scope.runs.slice(0, 12)) {
    const found = await readCheckpoints(one.id, state, signal).catch((error) => {
      if (error.status === 404) return null;
      throw error;
    });
    if (found?.items.length) return one;
  }
  return scope.runs[0] ?? null;
}

function show() {
  const loaded = scope.store.loaded;
  byId('checkpoints-no-runs').hidden = !loaded || scope.store.runs.length > 0;
  byId('checkpoints-none-shown').hidden = !loaded || scope.store.runs.length === 0 || scope.ids.length > 0;
  const none = answer !== null && answer.items.length === 0;
  byId('checkpoints-none').hidden = !none || state.asOf !== null;
  byId('checkpoints-none-then').hidden = !none || state.asOf === null;
  byId('checkpoints-cards').hidden = answer === null || none;
  showControls();
  if (answer === null || none) return;
  showHead();
  const [a, b] = sides();
  table.show(answer, { ...state, a: a?.artifact.id, b: b?.artifact.id }, run.id);
  setText(byId('checkpoints-note'), `${tCount('checkpoints.count', answer.items.length, { size: bytesWords(answer.size) })} ${answer.metric ? t(`checkpoints.goal_from.${answer.goal_from}`, { metric: answer.metric, goal: t(`checkpoints.goal.${answer.goal}`) }) : t('checkpoints.no_metric')}`);
  showValues();
  showRestore();
  showDifference(a, b);
}

function showControls() {
  const select = byId('checkpoints-run');
  const key = scope.runs.map((one) => `${one.id}\u0000${one.name}`).join('\u0001');
  if (select.dataset.key !== key) {
    select.replaceChildren(...scope.runs.map((one) => h('option', { value: one.id, text: one.name })));
    select.dataset.key = key;
  }
  select.value = run?.id ?? '';
  metric.show(state.metric ?? AS_SAVED);
  byId('checkpoints-goal').value = state.goal ?? '';
  const box = byId('checkpoints-as-of');
  if (document.activeElement !== box) box.value = state.asOf === null ? '' : localText(state.asOf);
  byId('checkpoints-now').hidden = state.asOf === null;
}

/** The best and the last, each with its download. */
function showHead() {
  const best = answer.items.find((item) => item.best) ?? null;
  const last = answer.items[0];
  const part = (key, item) => h('div', { class: 'checkpoint-head' }, h('span', { class: 'checkpoint-flag', 'data-flag': key, text: t(`checkpoints.flag.${key}`) }),
    item ? h('button', { type: 'button', class: 'row-name', onclick: () => set({ chosen: item.artifact.id }, true) }, nameText(item.artifact.name)) : h('span', { class: 'muted', text: t('checkpoints.no_best') }),
    item ? h('span', { class: 'muted', text: [item.artifact.step === null ? '' : t('checkpoints.at_step', { step: formatStep(item.artifact.step) }), item.value === null ? '' : `${answer.metric} ${formatNumber(Number(item.value))}`, formatTime(item.artifact.created)].filter(Boolean).join(' · ') }) : null);
  byId('checkpoints-head').replaceChildren(part('best', best), part('last', last));
}

function showValues() {
  const some = answer.items.filter((item) => item.artifact.step !== null && Number.isFinite(item.value === null ? NaN : Number(item.value))).reverse();
  const look = (item) => (item.best ? 'star' : item.artifact.kept ? 'square' : 'circle');
  cards.values.show({
    traces: [{
      type: 'scatter', mode: 'lines+markers', x: some.map((item) => item.artifact.step), y: some.map((item) => Number(item.value)), line: { color: 'var(--border-strong)', width: 1 },
      marker: { opacity: 1, symbol: some.map(look), size: some.map((item) => (item.best ? 15 : 9)), color: some.map((item) => (item.best ? 'var(--run-1)' : `var(--run-${run.color})`)) },
      text: some.map((item) => `${escapeMarkup(item.artifact.name)}<br>${escapeMarkup(answer.metric ?? '')} ${formatNumber(Number(item.value))}${item.artifact.reason ? `<br>${t(`checkpoints.reason.${item.artifact.reason}`)}` : ''}`), hovertemplate: '%{text}<extra></extra>',
    }],
    layout: { xaxis: { title: { text: t('checkpoints.step') } }, yaxis: { title: { text: escapeMarkup(answer.metric ?? '') } }, margin: { t: 16, r: 16, b: 44, l: 64 }, showlegend: false, uirevision: `${run.id} ${answer.metric}` },
    empty: some.length ? null : t('checkpoints.values.empty'),
  });
}

function showRestore() {
  const item = find(state.chosen) ?? answer.items.find((one) => one.best) ?? answer.items[0];
  setText(byId('checkpoints-restore-name'), item.artifact.name);
  const key = `${item.artifact.id}`;
  const host = byId('checkpoints-restore');
  if (host.dataset.key === key) return;
  host.dataset.key = key;
  host.replaceChildren(...restoreParts(run.id, item.artifact));
}

function showDifference(a, b) {
  const words = byId('checkpoints-difference-words');
  byId('checkpoints-bars').hidden = !difference || Boolean(difference.failed) || difference.tensors.length === 0;
  for (const radio of document.querySelectorAll('[name="bars"]')) radio.checked = radio.value === state.bars;
  const body = byId('checkpoints-tensors');
  const readable = difference && !difference.failed && difference.tensors.length > 0;
  body.closest('.table-scroll').hidden = !readable;
  setText(byId('checkpoints-difference-names'), a && b ? t('checkpoints.diff.names', { a: label(a), b: label(b) }) : '');
  setText(words, difference && !difference.failed ? differenceWords(difference) : '');
  if (!readable) {
    cards.difference.show({ traces: [], layout: {}, empty: difference?.failed ?? t(difference ? 'checkpoints.diff.none' : 'checkpoints.diff.one') });
    body.replaceChildren();
    return;
  }
  const shown = Math.min(MOST_BARS, difference.tensors.length);
  byId('checkpoints-difference-figure').style.height = `${70 + BAR_PIXELS * shown}px`;
  cards.difference.show({
    traces: differenceTraces(difference.tensors, state.bars),
    layout: { xaxis: { title: { text: t(`checkpoints.bars.${state.bars}.axis`) }, rangemode: 'tozero' }, yaxis: { autorange: 'reversed', ticksuffix: ' ' }, bargap: 0.25, margin: { t: 8, r: 16, b: 44, l: 60 }, showlegend: false },
    note: difference.tensors.length > MOST_BARS ? t('checkpoints.diff.most', { most: MOST_BARS, all: difference.tensors.length.toLocaleString('en') }) : '',
  });
  body.replaceChildren(...ranked(difference.tensors, state.bars).map((tensor) => h('tr', {}, h('th', { scope: 'row' }, nameText(tensor.name)), ...cells(tensor).map((text) => h('td', { class: 'num', text })))));
}

const label = (item) => (item.artifact.step === null ? item.artifact.name : t('checkpoints.diff.name', { name: item.artifact.name, step: formatStep(item.artifact.step) }));

async function changeKept(id) {
  try {
    await keep(run.id, id, !find(id).artifact.kept);
    refetch.now();
    retention.preview();
  } catch (error) {
    toast(t('checkpoints.action_failed', { reason: error.message }));
  }
}

async function removeOne(id) {
  const item = find(id);
  const why = guardWords(item.guards);
  if (why) {
    toast(why);
    return;
  }
  if (!await confirmDialog({ title: t('checkpoints.remove.title'), body: [t('checkpoints.remove.text', { name: item.artifact.name, size: bytesWords(item.artifact.size) })], action: t('checkpoints.remove.go'), danger: true })) return;
  try {
    await remove(run.id, id);
    toast(t('checkpoints.removed', { name: item.artifact.name }));
    refetch.now();
    retention.preview();
  } catch (error) {
    toast(t('checkpoints.action_failed', { reason: error.message }));
  }
}

byId('checkpoints-run').addEventListener('change', ({ target }) => set({ run: target.value, a: null, b: null, chosen: null }, true));
byId('checkpoints-goal').addEventListener('change', ({ target }) => set({ goal: target.value || null }, true));
byId('checkpoints-as-of').addEventListener('change', ({ target }) => set({ asOf: wallOf(target.value) }, true));
for (const id of ['checkpoints-now', 'checkpoints-now-too']) byId(id).addEventListener('click', () => set({ asOf: null }, true));
for (const radio of document.querySelectorAll('[name="bars"]')) radio.addEventListener('change', () => set({ bars: radio.value }, true));
byId('checkpoints-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  refetch.now();
});
scope.addEventListener('shown', () => refetch.now());
watchRuns(scope, (ids) => {
  if (!run || ids.has(run.id)) refetch.soon();
});
scope.start().then(show).catch(() => {});
