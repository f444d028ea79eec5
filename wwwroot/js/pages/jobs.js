// The jobs of a project: what waits, what runs, what came of it, and who computes.

import { readParams, writeParams } from '../address.js';
import { hideBanner, showBanner } from '../banner.js';
import { openCurvature } from '../curvature/compute/open.js';
import { byId, reconcile, setText } from '../dom.js';
import { formatAge } from '../format.js';
import { filtered, formatState, parseState } from '../jobs/pagestate.js';
import { JobRow } from '../jobs/row.js';
import { RunNames } from '../jobs/runnames.js';
import { JobStore } from '../jobs/store.js';
import { WorkersPanel } from '../jobs/workerspanel.js';
import { openCompute } from '../landscapes/compute/open.js';
import { openProjection } from '../projections/compute/open.js';
import { t, tCount } from '../text.js';

// Rows made at a time; what is older comes with a press.
const PAGE = 200;
const TICK_MS = 1000;

const { project } = byId('jobs-page').dataset;
const store = new JobStore(project);
const DIALOGS = { landscape: openCompute, hessian: openCurvature, projection: openProjection };
const names = new RunNames(project);
const rows = new Map();
const list = byId('jobs-list');
let state = parseState(readParams());
let most = PAGE;

const page = { store, project, names, expand: (id) => set({ job: id }) };
new WorkersPanel(byId('jobs-workers-body'), store, (id) => {
  set({ job: id, status: null, kind: null });
  rows.get(id)?.element.scrollIntoView({ block: 'nearest' });
});

function set(change) {
  state = { ...state, ...change };
  writeParams(formatState(state), true);
  show();
}

function show() {
  if (!store.loaded) return;
  for (const input of document.querySelectorAll('[name="status"]')) input.checked = input.value === (state.status ?? '');
  for (const input of document.querySelectorAll('[name="kind"]')) input.checked = input.value === (state.kind ?? '');
  const all = store.jobs;
  const found = filtered(all, state);
  // A link to an old job finds it however long the list is.
  const at = state.job ? found.findIndex((job) => job.id === state.job) : -1;
  const shown = found.slice(0, Math.max(most, at + 1));
  reconcile(list, shown, (job) => job.id, create, (_, job) => {
    const row = rows.get(job.id);
    row.show(job);
    row.expand(job.id === state.job);
  });
  for (const id of rows.keys()) if (!shown.some((job) => job.id === id)) rows.delete(id);
  list.setAttribute('aria-busy', 'false');
  list.hidden = shown.length === 0;
  byId('jobs-more').hidden = found.length <= shown.length;
  byId('jobs-empty').hidden = all.length > 0;
  byId('jobs-no-match').hidden = all.length === 0 || found.length > 0;
  byId('jobs-filters').hidden = all.length === 0;
  const counted = found.length === all.length ? tCount('jobs.count', all.length) : t('jobs.count_of', { count: found.length.toLocaleString('en'), total: all.length.toLocaleString('en') });
  setText(byId('jobs-count'), all.length ? counted : '');
  byId('jobs-gone').hidden = !state.job || Boolean(store.get(state.job));
}

function create(job) {
  const row = new JobRow(job, page);
  rows.set(job.id, row);
  return row.element;
}

function posted(job) {
  store.upsert(job);
  set({ job: job.id, status: null, kind: null });
}

for (const name of ['status', 'kind']) {
  for (const input of document.querySelectorAll(`[name="${name}"]`)) input.addEventListener('change', () => set({ [name]: input.value || null }));
}
byId('jobs-clear').addEventListener('click', () => set({ status: null, kind: null }));
byId('jobs-more').addEventListener('click', () => {
  most += PAGE;
  show();
});
for (const button of document.querySelectorAll('[data-new]')) {
  button.addEventListener('click', () => DIALOGS[button.dataset.new]({ project, onPosted: posted }));
}
addEventListener('popstate', () => {
  state = parseState(readParams());
  show();
});
store.addEventListener('change', show);
store.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
store.addEventListener('loaded', hideBanner);
names.addEventListener('change', show);
setInterval(() => {
  if (document.hidden) return;
  for (const row of rows.values()) row.tick();
  for (const time of list.querySelectorAll('.job-age')) setText(time, formatAge(Number(time.dataset.age)));
}, TICK_MS);
try {
  await store.start();
  rows.get(state.job)?.element.scrollIntoView({ block: 'nearest' });
} catch (error) {
  showBanner(t('error.list', { reason: error.message }), () => location.reload());
}
