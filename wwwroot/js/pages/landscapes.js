// Landscapes of a project: the list, the chosen one with its pictures, perhaps a second one beside it. All from one state that is the page's address.

import { ApiError } from '../api.js';
import { readParams, writeParams } from '../address.js';
import { showBanner, hideBanner } from '../banner.js';
import { START } from '../charts/landscape/camera.js';
import { WorkerNote } from '../compute/workernote.js';
import { modelSnippet } from '../compute/snippet.js';
import { byId, h, setText } from '../dom.js';
import { JobStore } from '../jobs/store.js';
import { runOf } from '../jobs/state.js';
import { Board } from '../landscapes/board.js';
import { Controls } from '../landscapes/controls.js';
import { openCompute } from '../landscapes/compute/open.js';
import { exportMenu } from '../landscapes/exports.js';
import { LandscapeFault } from '../landscapes/field.js';
import { Head } from '../landscapes/head.js';
import { LandscapeList } from '../landscapes/list.js';
import { listArtifacts, Source } from '../landscapes/source.js';
import { formatState, parseRef, parseState, refText } from '../landscapes/state.js';
import { sentences } from '../landscapes/words.js';
import { Walk } from '../landscapes/walk.js';
import { watchRuns } from '../landscapes/watch.js';
import { RunStore } from '../runstore.js';
import { t } from '../text.js';

// An address that is written at every move of a pointer would be refused by the browser.
const SETTLE_MS = 250;

const { project } = byId('landscapes-page').dataset;
let state = parseState(readParams());
const jobs = new JobStore(project, { kind: 'landscape' });
const runs = new RunStore(project);
let artifacts = null;
let workerNote = null;
let settle = 0;
/** What is shown, by place: `a` the chosen one, `b` the one beside it. `{ source, error }` */
const shown = { a: null, b: null };

const runName = (id) => (id === null ? '' : runs.get(id)?.name ?? id);
const nameOf = (ref) => (ref.kind === 'job' ? jobs.get(ref.id)?.name ?? ref.id : ref.name);

function commit(push) {
  clearTimeout(settle);
  settle = 0;
  writeParams(formatState(state), push);
}

function commitSoon() {
  settle ||= setTimeout(() => commit(false), SETTLE_MS);
}

/** Takes changes of what is drawn. `soon`: one of many, the address follows when they end. */
function change(changes, { push = true, soon = false } = {}) {
  Object.assign(state, changes);
  if (soon) commitSoon();
  else commit(push);
  draw();
}

const board = new Board(byId('landscape-pictures'), {
  state: () => state,
  camera: (camera, done) => change({ camera: camera ?? { ...START } }, { push: false, soon: !done }),
  step: chooseStep,
  say: (text) => setText(byId('landscape-spoken'), text),
  drawn: (percent) => controls.drawn(percent),
});
const walk = new Walk(byId('landscape-walk'), {
  state: () => state, step: chooseStep,
  tag: (tag) => {
    state.tag = tag;
    commit(true);
    walk.tagChanged();
  },
});
const other = h('select', { class: 'select', 'aria-label': t('landscapes.compare') });
const menu = exportMenu({ title: () => (shown.a ? nameOf(shown.a.source.ref) : ''), pictures: () => board.pictures, landscape: () => shown.a?.source.landscape ?? null });
const head = new Head(byId('landscape-head'), { store: jobs, runName, tools: [h('label', { class: 'field landscape-compare' }, h('span', { text: t('landscapes.compare') }), other), menu], again: (spec) => compute({ spec }) });
const list = new LandscapeList(byId('landscape-list'), { runName, choose });
const controls = new Controls(byId('landscape-controls'), { state: () => state, change });

function chooseStep(step) {
  if (state.step === step) return;
  state.step = step;
  commitSoon();
  board.over();
  walk.over();
}

function choose(ref) {
  byId('landscape-aside').classList.remove('open');
  if (refText(ref) === refText(state.chosen)) return;
  state.chosen = ref;
  state.step = null;
  if (refText(state.other) === refText(ref)) state.other = null;
  commit(true);
  follow();
}

function compute(initial = {}) {
  openCompute({
    project, initial,
    onPosted: (job) => {
      jobs.upsert(job);
      choose({ kind: 'job', id: job.id });
    },
  });
}

/** Follows what the state names, and only that. */
function follow() {
  for (const [place, ref] of [['a', state.chosen], ['b', state.other]]) {
    if (refText(shown[place]?.source.ref ?? null) === refText(ref)) continue;
    shown[place]?.source.stop();
    shown[place] = ref && open(place, ref);
  }
  showList();
  draw();
}

function open(place, ref) {
  const one = { source: new Source(ref), error: null };
  one.source.addEventListener('change', () => {
    one.error = null;
    draw();
  });
  one.source.addEventListener('job', () => {
    one.error = null;
    jobs.upsert(one.source.job);
    drawHead();
  });
  one.source.addEventListener('failed', ({ detail: error }) => {
    one.error = error instanceof LandscapeFault ? t(`landscapes.fault.${error.code}`) : error instanceof ApiError && error.status === 404 ? t('landscapes.gone') : t('landscapes.failed', { reason: error.message });
    draw();
    if (!(error instanceof ApiError) && !(error instanceof LandscapeFault) && !(error instanceof SyntaxError)) throw error;
  });
  one.source.start();
  return one;
}

function entry(id, { source }) {
  const spec = source.job?.spec ?? source.landscape.facts.spec ?? null;
  return { id, name: nameOf(source.ref), landscape: source.landscape, spec };
}

/** What changes while a job goes on: the pictures only do where there is more to draw. */
function drawHead() {
  const main = shown.a;
  byId('landscape-view').hidden = !main;
  byId('landscape-controls').dataset.idle = String(!main?.source.landscape);
  if (!main) return;
  head.show(main.source, main.error ?? shown.b?.error ?? null);
  const drawn = Boolean(main.source.landscape);
  byId('landscape-board').hidden = !drawn;
  byId('landscape-view').setAttribute('aria-busy', String(!drawn && !main.error && !main.source.job));
  menu.hidden = other.parentElement.hidden = !drawn;
}

function draw() {
  drawHead();
  const main = shown.a;
  if (!main?.source.landscape) return;
  const entries = Object.entries(shown).filter(([, one]) => one?.source.landscape).map(([id, one]) => entry(id, one));
  byId('landscape-view').lossboardSource = main.source;
  board.show(entries);
  controls.show(entries.map(({ landscape }) => landscape));
  const { landscape, spec } = entries.find(({ id }) => id === 'a');
  showWalk();
  showSentences([...sentences(landscape, spec), ...(entries.length > 1 ? [t('landscapes.say.compare')] : [])]);
}

function showWalk() {
  const { ref, job, landscape } = shown.a.source;
  const runId = ref.kind === 'artifact' ? ref.runId : runOf(job);
  walk.show(state.path ? landscape : null, runs.get(runId) ? { id: runId, name: runName(runId), color: runs.colors.get(runId) ?? 0 } : null);
}

function showSentences(all) {
  const text = all.join('\n');
  const words = byId('landscape-words');
  if (words.dataset.said === text) return;
  words.dataset.said = text;
  words.replaceChildren(...all.map((sentence) => h('li', { dir: 'auto', text: sentence })));
}

function showList() {
  if (!jobs.loaded || artifacts === null) return;
  hideBanner();
  if (!state.chosen) {
    const job = jobs.jobs.find(({ status }) => status === 'running' || status === 'succeeded') ?? null;
    const [artifact] = artifacts;
    // The newest that has something to show stands open, as a person would choose it.
    if (job && !(artifact?.created > job.created)) state.chosen = { kind: 'job', id: job.id };
    else if (artifact) state.chosen = { kind: 'artifact', runId: artifact.runId, name: artifact.name };
    if (state.chosen) {
      commit(false);
      follow();
      return;
    }
  }
  setText(byId('landscape-list-note'), list.show(jobs.jobs, artifacts, state.chosen));
  const empty = jobs.jobs.length === 0 && artifacts.length === 0;
  byId('landscapes-empty').hidden = !empty || Boolean(state.chosen);
  byId('landscape-none').hidden = empty || Boolean(state.chosen);
  setText(byId('landscape-count'), String(jobs.jobs.length + artifacts.length));
  if (empty && !workerNote) {
    workerNote = new WorkerNote(project, 'landscape', () => {});
    byId('landscapes-way').replaceChildren(modelSnippet(project), workerNote.element);
  } else if (!empty && workerNote) {
    workerNote.close();
    workerNote = null;
  }
  showOthers();
}

/** The landscapes that may stand beside the chosen one. */
function showOthers() {
  const refs = list.refs.filter((ref) => refText(ref) !== refText(state.chosen));
  const named = refs.some((ref) => refText(ref) === refText(state.other)) || !state.other ? refs : [...refs, state.other];
  const key = JSON.stringify([named.map((ref) => [refText(ref), nameOf(ref)]), refText(state.other)]);
  if (other.dataset.listed === key) return;
  other.dataset.listed = key;
  other.replaceChildren(h('option', { value: '', text: t('common.none') }), ...named.map((ref) => h('option', { value: refText(ref), text: ref.kind === 'artifact' ? `${nameOf(ref)} · ${runName(ref.runId)}` : nameOf(ref) })));
  other.value = refText(state.other) ?? '';
}

async function readArtifacts() {
  try {
    artifacts = await listArtifacts(runs.runs.map(({ id }) => id));
    showList();
  } catch (error) {
    artifacts ??= [];
    showBanner(t('error.list', { reason: error.message }), () => location.reload());
  }
}

other.addEventListener('change', () => {
  state.other = parseRef(other.value);
  commit(true);
  follow();
});
for (const button of document.querySelectorAll('[data-new-landscape]')) button.addEventListener('click', () => compute());
byId('landscape-list-open').addEventListener('click', () => {
  byId('landscape-aside').classList.add('open');
  byId('landscape-list-close').focus();
});
byId('landscape-list-close').addEventListener('click', () => {
  byId('landscape-aside').classList.remove('open');
  byId('landscape-list-open').focus();
});
addEventListener('popstate', () => {
  clearTimeout(settle);
  settle = 0;
  state = parseState(readParams());
  controls.reset();
  follow();
  walk.tagChanged();
});
jobs.addEventListener('job', ({ detail: { job, removed } }) => {
  for (const one of Object.values(shown)) {
    if (!one || one.source.ref.id !== job.id) continue;
    if (removed) {
      one.error = t('landscapes.gone');
      drawHead();
    } else if (one.source.job !== job) one.source.heard(job);
  }
});
jobs.addEventListener('change', showList);
jobs.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
runs.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
runs.addEventListener('change', () => {
  showList();
  drawHead();
  if (shown.a?.source.landscape) showWalk();
});
watchRuns(runs, readArtifacts);
const unlisted = (error) => showBanner(t('error.list', { reason: error.message }), () => location.reload());
jobs.start().catch(unlisted);
runs.start().then(readArtifacts, unlisted);
if (state.chosen) follow();
