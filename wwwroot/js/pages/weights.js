// Weights over training: loss against their norm, the path of the checkpoints, the layers' histograms, and losses of weights drawn at random around the model.

import { readParams, writeParams } from '../address.js';
import { byId } from '../dom.js';
import { hideBanner, showBanner } from '../banner.js';
import { RunNames } from '../jobs/runnames.js';
import { JobStore } from '../jobs/store.js';
import { RunScope } from '../scope.js';
import { t } from '../text.js';
import { Against } from '../weights/against.js';
import { openPath, openSamples } from '../weights/compute/open.js';
import { JobsView } from '../weights/jobsview.js';
import { Layers } from '../weights/layers.js';
import { MonteCarlo } from '../weights/montecarlo.js';
import { Path } from '../weights/path.js';
import { formatState, OF_JOBS, parseState, VIEWS } from '../weights/state.js';

const root = byId('weights-page');
const { project } = root.dataset;
const scope = new RunScope(project);
const names = new RunNames(project);
const paths = store('path');
const views = {};
let state = parseState(readParams());

function store(view) {
  const made = new JobStore(project, { kind: OF_JOBS[view] });
  made.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
  made.addEventListener('loaded', hideBanner);
  return made;
}

function set(change, push = false) {
  state = { ...state, ...change };
  writeParams(formatState(state), push);
}

const started = (jobs) => jobs.start().catch((error) => showBanner(t('error.list', { reason: error.message }), () => location.reload()));
const page = { project, scope, names, paths, state: () => state, set };

// A view is made when it is first looked at.
const make = {
  against: () => new Against(page),
  layers: () => new Layers(page),
  path: () => jobsView('path', paths, Path, openPath),
  montecarlo: () => {
    const jobs = store('montecarlo');
    started(jobs);
    return jobsView('montecarlo', jobs, MonteCarlo, openSamples);
  },
};

function jobsView(view, jobs, Picture, open) {
  let made = null;
  const picture = new Picture({ state: () => state, set, refresh: () => made?.refresh() });
  made = new JobsView(view, { project, store: jobs, names, state: () => state, set, open }, picture);
  return made;
}

function show() {
  root.dataset.view = state.view;
  for (const view of VIEWS) {
    const on = view === state.view;
    const tab = byId(`tab-${view}`);
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
    if (on) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    byId(`view-${view}`).hidden = !on;
    const pane = document.querySelector(`[data-pane="${view}"]`);
    if (pane) pane.hidden = !on;
    if (!on) views[view]?.show(false);
  }
  views[state.view] ??= make[state.view]();
  views[state.view].show(true);
}

function open(view, push = true) {
  if (view === state.view) return;
  set({ view }, push);
  show();
}

const tabs = VIEWS.map((view) => byId(`tab-${view}`));
for (const tab of tabs) {
  tab.addEventListener('click', () => open(tab.dataset.view));
  tab.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    next.focus();
    open(next.dataset.view);
  });
}
for (const button of document.querySelectorAll('[data-newest]')) button.addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
addEventListener('popstate', () => {
  state = parseState(readParams(), state);
  show();
});
show();
started(paths);
scope.start().then(() => views[state.view].show(true), () => {});
