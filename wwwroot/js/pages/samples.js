// Labels and samples of one run: how its splits are labelled, and which samples it finds hard, forgets, or likely holds under a wrong label.

import { readParams, writeParams } from '../address.js';
import { Throttle } from '../analysis/throttle.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { watchRuns } from '../records/freshness.js';
import { LabelsView } from '../samples/labelsview.js';
import { LossesView } from '../samples/lossesview.js';
import { Thumbnails } from '../samples/pictures.js';
import { SampleList } from '../samples/samplelist.js';
import { className, loadLabels, loadLosses, RunContents } from '../samples/source.js';
import { formatState, parseState, VIEWS } from '../samples/state.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';

const REFETCH_MS = 5000;
const POINTS = 20000;

const { project } = byId('samples-page').dataset;
const scope = new RunScope(project);
const contents = new RunContents();
let state = parseState(readParams());
/** What is shown: the run, its view and tag, as the address has them or as the page chose. */
let shown = { run: null, view: 'labels', tag: null, has: null };
let samples = null;
// Ids stand for positions in the picture of thumbnails, as far as samples were listed.
let positions = new Map();

const retrying = (error) => showBanner(`${error.message} ${t('error.retrying')}`);
const title = () => [scope.runs.find((run) => run.id === shown.run)?.name, shown.view === 'losses' ? shown.tag : null].filter(Boolean).join(' · ');
const thumbnails = new Thumbnails(() => samples && list.draw());
const page = {
  state: () => state, change, title, run: () => shown.run, tag: () => shown.tag, pictures: () => thumbnails.some, more,
};
const labels = new LabelsView(page);
const losses = new LossesView({ ...page, thumbnail: (id, side) => (positions.has(id) ? thumbnails.of(positions.get(id), side) : null) });
const list = new SampleList({ ...page, thumbnail: (item, side) => (item.last_step === samples?.steps.at(-1) ? thumbnails.of(item.position, side) : null) });
const refetch = new Throttle(load, REFETCH_MS);
const inMemory = ['window', 'pick', 'layout', 'log', 'step', 'as', 'find', 'order', 'split'];

function change(changes, { push = true } = {}) {
  Object.assign(state, changes);
  writeParams(formatState(state), push);
  if (Object.keys(changes).every((name) => inMemory.includes(name))) {
    showToolbar();
    draw();
    return;
  }
  // The toolbar follows what is shown, and that is not yet what was asked for: until it is, a control stays where the reader put it.
  refetch.now();
}

function draw() {
  if (shown.view === 'labels' && !byId('labels-view').hidden) labels.draw();
  if (shown.view === 'losses' && !byId('losses-view').hidden) {
    losses.draw();
    list.draw();
  }
}

/** The run to show: the one asked for, else the newest shown that logged what this page is about. */
async function chooseRun(signal) {
  const asked = scope.runs.find((run) => run.id === state.run);
  if (asked) return { run: asked.id, has: await contents.of(asked.id, signal, retrying) };
  let first = null;
  for (const { id } of scope.runs) {
    const has = await contents.of(id, signal, retrying);
    first ??= { run: id, has };
    const wanted = state.view === 'labels' ? has.labels : state.view === 'losses' ? has.tags.length > 0 : has.labels || has.tags.length > 0;
    if (wanted) return { run: id, has };
  }
  return first;
}

async function load(signal) {
  if (!scope.store.loaded) return;
  const chosen = await chooseRun(signal);
  if (!chosen) {
    shown = { run: null, view: state.view ?? 'labels', tag: null, has: null };
    showToolbar();
    showEmpty(scope.store.runs.length === 0 ? 'no-runs' : 'none-selected');
    return;
  }
  const { run, has } = chosen;
  const view = state.view ?? (has.labels || has.tags.length === 0 ? 'labels' : 'losses');
  const tag = has.tags.includes(state.tag) ? state.tag : has.tags[0] ?? null;
  const same = shown.run === run && shown.tag === tag && shown.view === view;
  shown = { run, view, tag, has };
  if (!same) samples = null;
  showToolbar();
  try {
    if (view === 'labels' ? !has.labels : tag === null) showEmpty(view === 'labels' ? 'no-labels' : 'no-predictions');
    else if (view === 'labels') await loadLabelCounts(signal);
    else await loadLossesAndSamples(signal, same);
    hideBanner();
  } catch (error) {
    if (signal.aborted) throw error;
    showBanner(t('samples.failed', { reason: error.message }), () => refetch.now());
    byId('samples-skeleton')?.remove();
    byId('samples-content').setAttribute('aria-busy', 'false');
  }
}

async function loadLabelCounts(signal) {
  const view = await loadLabels(shown.run, signal);
  showEmpty(null);
  labels.show(view);
}

async function loadLossesAndSamples(signal, keep) {
  const request = { run: shown.run, tag: shown.tag, sort: state.sort, label: state.label, keep };
  // The second answer comes from what the first one had to read.
  const found = await list.load(request, signal);
  const spread = await loadLosses(shown.run, { tag: shown.tag, label: state.label, points: POINTS }, signal);
  samples = found;
  noteSamples(found);
  showEmpty(null);
  showToolbar();
  losses.show(spread, notesOf(found));
  list.show(found);
}

async function more() {
  try {
    const found = await list.loadMore({ run: shown.run, tag: shown.tag, sort: state.sort, label: state.label });
    noteSamples(found);
    list.show(found, true);
  } catch (error) {
    showBanner(t('samples.failed', { reason: error.message }), more);
  }
}

function noteSamples(found) {
  thumbnails.show(found.sprite);
  for (const item of found.items) if (item.last_step === found.steps.at(-1)) positions.set(item.id, item.position);
}

function notesOf(found) {
  const notes = [];
  if (found.read_steps < found.total_steps) notes.push(t('samples.steps.thinned', { read: found.read_steps.toLocaleString('en'), total: found.total_steps.toLocaleString('en') }));
  if (found.damaged_steps) notes.push(tCount('samples.damaged', found.damaged_steps.length));
  if (found.matched_by === 'position') notes.push(t('samples.matched.position'));
  if (found.relabelled) notes.push(t('samples.relabelled', { count: found.relabelled.toLocaleString('en') }));
  if (found.repeated) notes.push(t('samples.repeated', { count: found.repeated.toLocaleString('en') }));
  return notes;
}

function showEmpty(which) {
  byId('samples-skeleton')?.remove();
  byId('samples-content').setAttribute('aria-busy', 'false');
  for (const one of ['no-runs', 'none-selected', 'no-labels', 'no-predictions']) byId(`samples-${one}`).hidden = one !== which;
  for (const view of VIEWS) byId(`${view}-view`).hidden = which !== null || view !== shown.view;
}

function options(select, items, value) {
  reconcile(select, items, (item) => item.value, (item) => h('option', { value: item.value }), (option, item) => setText(option, item.text));
  select.value = value ?? '';
  select.disabled = items.length === 0;
}

function showToolbar() {
  for (const radio of document.querySelectorAll('[name="view"]')) radio.checked = radio.value === shown.view;
  for (const part of document.querySelectorAll('.split-toolbar [data-view]')) part.hidden = part.dataset.view !== shown.view;
  options(byId('samples-run'), scope.runs.map((run) => ({ value: run.id, text: run.name })), shown.run);
  options(byId('samples-tag'), (shown.has?.tags ?? []).map((tag) => ({ value: tag, text: tag })), shown.tag);
  const classes = (samples?.labels ?? []).map(({ label, count }) => ({ value: String(label), text: `${className(label, samples.classes)} (${count.toLocaleString('en')})` }));
  // A label that was asked for and has no samples is still what is asked for.
  if (state.label !== null && !classes.some(({ value }) => value === String(state.label))) classes.push({ value: String(state.label), text: className(state.label, samples?.classes) });
  options(byId('samples-label'), [{ value: '', text: t('samples.label.all') }, ...classes], state.label === null ? '' : String(state.label));
  if (byId('samples-find').value !== state.find) byId('samples-find').value = state.find;
}

for (const radio of document.querySelectorAll('[name="view"]')) radio.addEventListener('change', () => change({ view: radio.value }));
byId('samples-run').addEventListener('change', ({ target }) => {
  positions = new Map();
  change({ run: target.value, label: null, pick: null, window: null, step: null });
});
byId('samples-tag').addEventListener('change', ({ target }) => {
  positions = new Map();
  change({ tag: target.value, label: null, pick: null, window: null, step: null });
});
byId('samples-label').addEventListener('change', ({ target }) => change({ label: target.value === '' ? null : Number(target.value) }));
byId('samples-find').addEventListener('input', ({ target }) => change({ find: target.value }, { push: false }));
byId('samples-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  refetch.now();
});
scope.addEventListener('shown', () => refetch.now());
// A project without runs shows none, so nothing changes about which are shown.
let listed = -1;
scope.addEventListener('change', () => {
  if (listed === scope.store.runs.length) return;
  listed = scope.store.runs.length;
  if (listed === 0) refetch.now();
});
watchRuns(scope, (ids) => {
  for (const id of ids) contents.forget(id);
  if (shown.run === null || ids.has(shown.run) || !(shown.has?.labels || shown.has?.tags.length)) refetch.soon();
});
scope.start().catch(() => byId('samples-skeleton')?.remove());
