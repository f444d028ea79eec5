// The gradients of a run, or of two side by side, from one state that is the page's address.

import { readParams, writeParams } from '../address.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { Pane } from '../gradients/pane.js';
import { formatState, parseState } from '../gradients/state.js';
import { watchRuns } from '../records/freshness.js';
import { RunScope } from '../scope.js';
import { tagMatcher } from '../tags.js';
import { t } from '../text.js';

// Of so many of the newest runs one is looked for that has gradients, where the reader chose none.
const TRIED = 8;

const project = byId('gradients-page').dataset.project;
let state = parseState(readParams());
const scope = new RunScope(project);
const { store } = scope;
const host = byId('gradient-panes');
let panes = [];
// Runs that turned out to have no gradients, while the page chooses.
const passed = new Set();

const page = {
  project,
  state: () => state,
  change,
  matches: () => matcher(),
  loaded: (pane) => {
    layers();
    if (!passOver(pane)) empty();
  },
};

/** Where the page chooses and this run has no gradients, another is looked at; answers whether there is one. */
function passOver(pane) {
  if (state.run !== null || pane !== panes[0] || !pane.source.empty || pane.source.error || passed.has(pane.run.id) || passed.size >= TRIED) return false;
  passed.add(pane.run.id);
  if (wanted()[0]?.id === pane.run.id) return false;
  show();
  return true;
}

function change(changes, push) {
  state = { ...state, ...changes };
  writeParams(formatState(state), push);
  show();
}

function matcher() {
  const error = byId('layer-filter-error');
  try {
    const matches = tagMatcher(state.filter);
    setText(error, '');
    return matches;
  } catch (wrong) {
    setText(error, t('toolbar.bad_regex', { reason: wrong.message }));
    return () => true;
  }
}

/** The run in detail: as chosen, else the newest shown that has gradients, else the newest. */
function wanted() {
  const known = (id) => scope.runs.find((run) => run.id === id) ?? null;
  const first = known(state.run) ?? scope.runs.find((run) => !passed.has(run.id)) ?? scope.runs[0] ?? null;
  const second = known(state.beside);
  return [first, second && second !== first ? second : null].filter(Boolean);
}

function show() {
  if (!store.loaded) return;
  const runs = wanted();
  const before = panes;
  panes = runs.map((run) => before.find((pane) => pane.run.id === run.id) ?? new Pane(run, page));
  for (const pane of before) if (!panes.includes(pane)) pane.dispose();
  panes.forEach((pane, i) => {
    if (host.children[i] !== pane.element) host.insertBefore(pane.element, host.children[i] ?? null);
    pane.runChanged(runs[i]);
    pane.update();
  });
  host.dataset.panes = String(panes.length);
  toolbar();
  empty();
}

function toolbar() {
  const [first, second] = panes.map((pane) => pane.run.id);
  options(byId('run-first'), scope.runs, first ?? '');
  options(byId('run-second'), scope.runs.filter((run) => run.id !== first), second ?? '', t('gradients.beside.none'));
  if (byId('layer-filter').value !== state.filter) byId('layer-filter').value = state.filter;
  byId('gradients-reset').hidden = state.steps === null;
  layers();
}

function options(select, runs, value, none = null) {
  const items = [...(none === null ? [] : [{ id: '', name: none }]), ...runs];
  reconcile(select, items, (run) => `run:${run.id}`, (run) => h('option', { value: run.id }), (option, run) => setText(option, run.name));
  select.value = value;
}

function layers() {
  const select = byId('layer');
  const names = [...new Set(panes.flatMap((pane) => pane.source.found.layers.map((layer) => layer.name)))];
  if (state.layer !== null && !names.includes(state.layer)) names.push(state.layer);
  reconcile(select, ['', ...names], (name) => `layer:${name}`, (name) => h('option', { value: name, text: name || t('gradients.whole') }));
  select.value = state.layer ?? '';
}

function empty() {
  const on = (id, shown) => { byId(id).hidden = !shown; };
  const nothing = panes.length > 0 && panes.every((pane) => pane.source.loaded && pane.source.empty && !pane.source.error);
  on('gradients-no-runs', store.loaded && store.runs.length === 0);
  on('gradients-none-selected', store.runs.length > 0 && scope.ids.length === 0);
  on('gradients-no-data', nothing);
  host.hidden = nothing || panes.length === 0;
  host.setAttribute('aria-busy', String(!store.loaded || panes.some((pane) => !pane.source.loaded)));
}

byId('run-first').addEventListener('change', ({ target }) => change({ run: target.value || null, beside: state.beside === target.value ? null : state.beside }, true));
byId('run-second').addEventListener('change', ({ target }) => change({ beside: target.value || null, run: panes[0]?.run.id ?? state.run }, true));
byId('layer').addEventListener('change', ({ target }) => change({ layer: target.value || null }, true));
byId('layer-filter').addEventListener('input', ({ target }) => change({ filter: target.value }, false));
byId('gradients-reset').addEventListener('click', () => change({ steps: null }, true));
byId('empty-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  show();
});
scope.addEventListener('shown', show);
watchRuns(scope, (ids) => {
  for (const id of ids) passed.delete(id);
  panes.forEach((pane) => ids.has(pane.run.id) && pane.update({ records: true }));
});
scope.start().catch(() => host.replaceChildren());
