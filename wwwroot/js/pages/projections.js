// Projections of a project: the list, the chosen one with its picture, perhaps a second one beside it. All from one state that is the page's address.

import { ApiError } from '../api.js';
import { readParams, writeParams } from '../address.js';
import { showBanner, hideBanner } from '../banner.js';
import { rampColors } from '../charts/points/colors.js';
import { categoryColors, DISTINCT } from '../charts/points/categories.js';
import { isDark, onThemeChange } from '../charts/themewatch.js';
import { WorkerNote } from '../compute/workernote.js';
import { byId, h, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { postJob } from '../jobs/client.js';
import { JobList } from '../jobs/list.js';
import { RunNames } from '../jobs/runnames.js';
import { runOf } from '../jobs/state.js';
import { JobStore } from '../jobs/store.js';
import { Board } from '../projections/board.js';
import { ComparePanel } from '../projections/comparepanel.js';
import { openProjection } from '../projections/compute/open.js';
import { Controls } from '../projections/controls.js';
import { exportMenu } from '../projections/exports.js';
import { FilterBar } from '../projections/filterbar.js';
import { rowsOf } from '../projections/filters.js';
import { Head } from '../projections/head.js';
import { LegendPanel } from '../projections/legendpanel.js';
import { Neighbors } from '../projections/neighbors.js';
import { PointPanel } from '../projections/pointpanel.js';
import { SearchPanel } from '../projections/searchpanel.js';
import { combined } from '../projections/selected.js';
import { SelectionPanel } from '../projections/selectionpanel.js';
import { embeddingSnippet } from '../projections/snippet.js';
import { Source } from '../projections/source.js';
import { seriesKey } from '../projections/spec.js';
import { formatState, isWhole, ofSource, parseState } from '../projections/state.js';
import { Steps } from '../projections/steps.js';
import { TensorFault } from '../projections/tensors.js';
import { categoryWord, columnWord, methodWord, sourceWords } from '../projections/words.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

// An address that is written at every move of a pointer would be refused by the browser.
const SETTLE_MS = 250;

const { project } = byId('projections-page').dataset;
let state = parseState(readParams());
const jobs = new JobStore(project, { kind: 'projection' });
const names = new RunNames(project);
let workerNote = null;
let settle = 0;
// While another step of a series is on its way its predecessor stays in sight.
let between = false;
/** What is shown, by place: `a` the chosen one, `b` the one beside it. `{ source, error }` */
const shown = { a: null, b: null };

const nameOf = (job, id) => job?.name ?? id ?? '';
const about = (job) => [names.of(runOf(job)), sourceWords(job.spec), methodWord(job.spec)].filter(Boolean).join(' · ');

function commit(push) {
  clearTimeout(settle);
  settle = 0;
  writeParams(formatState(state), push);
}

/** Takes changes of what is drawn. `soon`: one of many, the address follows when they end. */
function change(changes, { push = true, soon = false } = {}) {
  Object.assign(state, changes);
  if (soon) settle ||= setTimeout(() => commit(false), SETTLE_MS);
  else commit(push);
  draw();
}

const board = new Board(byId('projection-pictures'), {
  state: () => state, change,
  select: (rows, mode) => {
    const selected = combined(state.selected, rows, mode);
    change({ selected: selected.length ? selected : null });
  },
  drawn: showPanels,
});
const page = {
  state: () => state, model: () => board.model, change,
  hover: (row) => board.pictures[0]?.hover(row),
  thumbnail: (row, side) => board.pictures[0]?.thumbnail(row, side) ?? null,
  zoomTo: (rows) => board.pictures[0]?.points?.zoomTo(rows),
  picture: () => shown.a.source.picture,
  title: () => nameOf(shown.a?.source.job),
  zoomToFound: () => page.zoomTo(rowsOf(board.model.found.mask)),
  selectFound: () => change({ selected: rowsOf(board.model.found.mask) }),
  mode: (mode) => board.setMode(mode),
  // Laid over each other they are looked at from the same place.
  align: (aligned) => change({ aligned, camera: aligned ? state.camera ?? board.pictures[0]?.points?.getCamera() ?? null : state.camera }),
  fit: () => { for (const { points } of board.pictures) points?.fit(); },
  search: () => search.focus(),
};
const neighbors = new Neighbors();
const filters = new FilterBar(page);
const search = new SearchPanel(page);
const legend = new LegendPanel(page);
const point = new PointPanel(page);
const selection = new SelectionPanel(page);
const comparison = new ComparePanel(page);
byId('projection-filters').append(filters.element);
byId('projection-side').append(search.element, point.element, selection.element, legend.element, comparison.element);
const other = h('select', { class: 'select', 'aria-label': t('projections.compare') });
const menu = exportMenu({ title: page.title, pictures: () => board.pictures, legend: exportedLegend, source: () => shown.a?.source ?? null });
const head = new Head(byId('projection-head'), { store: jobs, project, runName: (id) => names.of(id), tools: [h('label', { class: 'field projection-compare' }, h('span', { text: t('projections.compare') }), other), menu], again: (spec) => compute({ spec }) });
const list = new JobList(byId('projection-list'), { names, about, choose: (id) => choose(id), href: (job) => `projections?${new URLSearchParams({ project, job: job.id })}` });
const controls = new Controls(byId('projection-controls'), page);
const steps = new Steps(byId('projection-steps'), {
  choose: (job) => choose(job.id, { keep: true }),
  compute: (asked) => computeSteps(asked),
  isReady: () => Boolean(shown.a?.source.complete),
  changed: showSteps,
});

/** @param keep whether what was chosen of the points still means something: another step of the same series */
function choose(id, { keep = false } = {}) {
  byId('projection-aside').classList.remove('open');
  if (id === state.job) return;
  const series = keep || sameSeries(jobs.get(state.job), jobs.get(id));
  Object.assign(state, series ? {} : { ...ofSource(), camera: null, otherCamera: null, aligned: false, links: false }, { job: id });
  if (state.other === id) state.other = null;
  between = series;
  if (!series) board.clear();
  // Sliding through steps is one way, not many.
  commit(!keep);
  follow();
}

const sameSeries = (a, b) => Boolean(a && b && seriesKey(a.spec) !== null && seriesKey(a.spec) === seriesKey(b.spec));

function compute(initial = {}) {
  openProjection({
    project, initial,
    onPosted: (job) => {
      jobs.upsert(job);
      choose(job.id);
    },
  });
}

async function computeSteps(asked) {
  const { name } = shown.a.source.job;
  try {
    for (const { step, spec } of asked) jobs.upsert(await postJob({ kind: 'projection', project, name: stepName(name, step), spec }));
    toast(t(asked.length > 1 ? 'projections.walk.asked_all' : 'projections.walk.asked'));
  } catch (error) {
    toast(t('jobs.action_failed', { reason: error.message }));
  }
}

/** A job's name with another step in it, where it names one. */
function stepName(name, step) {
  const said = t('projections.step', { step: '\u0001' }).split('\u0001').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`${said[0]}[\\d\\u2009−]+${said[1]}`);
  const words = t('projections.step', { step: step.toLocaleString('en').replace(/,/g, '\u2009') });
  return pattern.test(name) ? name.replace(pattern, words) : t('projections.auto_name_step', { name, step });
}

/** Follows what the state names, and only that. */
function follow() {
  for (const [place, id] of [['a', state.job], ['b', state.other]]) {
    if ((shown[place]?.source.id ?? null) === id) continue;
    shown[place]?.source.stop();
    shown[place] = id && open(place, id);
  }
  showList();
  draw();
}

function open(place, id) {
  const one = { source: new Source(id), error: null };
  const { source } = one;
  for (const event of ['picture', 'known']) source.addEventListener(event, () => shown[place] === one && draw());
  source.addEventListener('job', () => {
    one.error = null;
    jobs.upsert(source.job);
    if (shown[place] === one) drawHead();
  });
  source.addEventListener('failed', ({ detail: error }) => {
    one.error = error instanceof ApiError && error.status === 404 ? t('projections.gone') : t('projections.failed', { reason: error.message });
    draw();
    if (!(error instanceof ApiError) && !(error instanceof TensorFault)) throw error;
  });
  source.start();
  return one;
}

function drawHead() {
  const main = shown.a;
  byId('projection-view').hidden = !main;
  const drawn = Boolean(main?.source.picture);
  if (drawn || main?.error) between = false;
  const inSight = drawn || between;
  byId('projection-controls').dataset.idle = String(!inSight);
  if (!main) return;
  head.show(main.source, main.error ?? shown.b?.error ?? null);
  byId('projection-board').hidden = !inSight;
  byId('projection-view').setAttribute('aria-busy', String(!drawn && !main.error && (!main.source.job || main.source.job.status === 'succeeded')));
  menu.hidden = other.parentElement.hidden = !inSight;
  showSteps();
}

function showSteps() {
  steps.show(shown.a?.source.job ?? jobs.get(state.job) ?? null, jobs.jobs);
}

function draw() {
  drawHead();
  const { a, b } = shown;
  if (!a?.source.picture) return;
  const of = (one) => one?.source ?? null;
  board.show({ a: of(a), b: of(b) }, { a: nameOf(a.source.job), b: nameOf(b?.source.job, state.other) }, neighbors.now.marks);
}

/** What stands beside the pictures; they are drawn already. */
function showPanels() {
  const { model } = board;
  const { source } = shown.a ?? {};
  if (!source?.picture) return;
  byId('projection-view').lossboardSource = source;
  filters.show(model);
  search.show(model);
  legend.show(model);
  neighbors.want(source, model);
  point.show(model, neighbors.now);
  selection.show(model, isWhole(state));
  comparison.show(model, board, { a: source, b: shown.b?.source });
  controls.show(model, Boolean(source.points?.sprite));
  const first = board.pictures[0];
  first.element.dataset.shown = String(model.shown.shown);
}

/** The legend below an exported picture. */
function exportedLegend() {
  const { model } = board;
  const { color } = model;
  if (!color) return null;
  if (color.isNumber) return { colors: rampColors('viridis', isDark(), 64), low: formatNumber(color.span.low), high: formatNumber(color.span.high), name: columnWord(color.name) };
  const colors = categoryColors(DISTINCT, isDark()).colors;
  const slots = model.slots();
  return model.legend.filter(({ code, count }) => code >= 0 && count > 0).map(({ code, text }) => ({ name: categoryWord(text), color: colors[slots[code] % colors.length] }));
}

function showList() {
  if (!jobs.loaded) return;
  hideBanner();
  if (!state.job) {
    // The newest that has something to show stands open, as a person would choose it.
    const job = jobs.jobs.find(({ status }) => status === 'running' || status === 'succeeded');
    if (job) {
      state.job = job.id;
      commit(false);
      follow();
      return;
    }
  }
  list.show(jobs.jobs, state.job);
  const empty = jobs.jobs.length === 0;
  byId('projections-empty').hidden = !empty || Boolean(state.job);
  byId('projection-none').hidden = empty || Boolean(state.job);
  setText(byId('projection-count'), String(jobs.jobs.length));
  if (empty && !workerNote) {
    workerNote = new WorkerNote(project, 'projection', () => {});
    byId('projections-way').replaceChildren(embeddingSnippet(project), workerNote.element);
  } else if (!empty && workerNote) {
    workerNote.close();
    workerNote = null;
  }
  showOthers();
}

/** The projections that may stand beside the chosen one. */
function showOthers() {
  const able = jobs.jobs.filter(({ id, status }) => id !== state.job && (status === 'succeeded' || status === 'running' || id === state.other));
  const key = JSON.stringify([able.map(({ id, name }) => [id, name]), state.other]);
  if (other.dataset.listed === key) return;
  other.dataset.listed = key;
  const unlisted = state.other && !able.some(({ id }) => id === state.other) ? [h('option', { value: state.other, text: state.other })] : [];
  other.replaceChildren(h('option', { value: '', text: t('common.none') }), ...able.map((job) => h('option', { value: job.id, text: job.name, title: about(job) })), ...unlisted);
  other.value = state.other ?? '';
}

other.addEventListener('change', () => {
  Object.assign(state, { other: other.value || null, otherCamera: null, aligned: state.aligned && Boolean(other.value), links: state.links && Boolean(other.value) });
  board.clear('b');
  commit(true);
  follow();
});
neighbors.addEventListener('change', draw);
for (const button of document.querySelectorAll('[data-new]')) button.addEventListener('click', () => compute());
byId('projection-list-open').addEventListener('click', () => {
  byId('projection-aside').classList.add('open');
  byId('projection-list-close').focus();
});
byId('projection-list-close').addEventListener('click', () => {
  byId('projection-aside').classList.remove('open');
  byId('projection-list-open').focus();
});
addEventListener('popstate', () => {
  clearTimeout(settle);
  settle = 0;
  const before = state.job;
  state = parseState(readParams());
  steps.stop();
  if (state.job !== before) board.clear();
  follow();
});
jobs.addEventListener('job', ({ detail: { job, removed } }) => {
  for (const one of Object.values(shown)) {
    if (!one || one.source.id !== job.id) continue;
    if (removed) {
      one.error = t('projections.gone');
      drawHead();
    } else if (one.source.job !== job) one.source.heard(job);
  }
});
jobs.addEventListener('change', () => {
  showList();
  showSteps();
});
names.addEventListener('change', () => {
  showList();
  drawHead();
});
jobs.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
onThemeChange(() => shown.a?.source.picture && draw());
jobs.start().catch((error) => showBanner(t('error.list', { reason: error.message }), () => location.reload()));
if (state.job) follow();
