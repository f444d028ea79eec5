// What the shown runs say: findings with their evidence, the rules behind them, and whom they are told to.

import { readParams, writeParams } from '../address.js';
import { exportMenu } from '../analysis/exports.js';
import { hideBanner, showBanner } from '../banner.js';
import { AlertsTab } from '../diagnosis/alerts.js';
import { FindingCard } from '../diagnosis/card.js';
import { codesOf, filtered, HEADER, listOf, rowsOf } from '../diagnosis/findings.js';
import { Diagnoses } from '../diagnosis/loader.js';
import { RulesTab } from '../diagnosis/rules.js';
import { showRuns } from '../diagnosis/saidruns.js';
import { formatState, parseState, TABS } from '../diagnosis/state.js';
import { titleOf } from '../diagnosis/words.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { watchRuns } from '../records/freshness.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';

// Some screens full; the rest on request.
const CARDS = 30;
const MARGIN = '400px';

const { project } = byId('diagnosis-page').dataset;
const scope = new RunScope(project);
const { store } = scope;
const root = byId('findings');
let state = parseState(readParams());
let limit = CARDS;
let list = [];

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) target.card.activate();
    else target.card.deactivate();
  }
}, { root: root.closest('.split-main'), rootMargin: MARGIN });

const context = {
  project,
  log: (key) => state.logs.get(key) ?? null,
  setLog(key, on) {
    state.logs.set(key, on);
    commit();
  },
  watch: (card) => sight.observe(card.element),
  unwatch: (card) => sight.unobserve(card.element),
};
const diagnoses = new Diagnoses({
  onChange(ids) {
    hideBanner();
    show(new Set(ids));
  },
  onRetry: (error) => showBanner(`${error.message} ${t('error.retrying')}`),
  onFailed: (error) => showBanner(t('diagnosis.failed', { reason: error.message }), () => diagnoses.ask(scope.ids)),
});
const rules = new RulesTab(byId('panel-rules'), { project, runs: () => scope.runs, onSaved: () => diagnoses.forget() });
const alerts = new AlertsTab(byId('panel-alerts'), { project });

function commit(push = false) {
  writeParams(formatState(state), push);
}

function set(change) {
  Object.assign(state, change);
  limit = CARDS;
  commit(true);
  showTab();
  show(new Set());
}

function showTab() {
  for (const tab of TABS) {
    const button = byId(`tab-${tab}`);
    button.setAttribute('aria-selected', String(tab === state.tab));
    button.tabIndex = tab === state.tab ? 0 : -1;
    byId(`panel-${tab}`).hidden = tab !== state.tab;
  }
  byId('finding-filters').hidden = state.tab !== 'findings';
  byId('findings-export').hidden = state.tab !== 'findings';
  if (state.tab === 'rules') rules.open();
  if (state.tab === 'alerts') alerts.open();
}

/** Draws the list. `fresh`: runs whose diagnosis was just read. */
function show(fresh) {
  if (!store.loaded) return;
  list = listOf(scope.runs, diagnoses.known);
  showFilters();
  const found = filtered(list, state);
  const missing = diagnoses.missing;
  root.setAttribute('aria-busy', String(missing > 0));
  if (missing === 0 || list.length) root.querySelectorAll(':scope > .placeholder').forEach((element) => element.remove());
  const gone = new Set(root.querySelectorAll('.finding:not(.placeholder)'));
  reconcileCards(found.slice(0, limit), fresh);
  for (const element of gone) if (!element.isConnected) element.card.dispose();
  byId('findings-more').hidden = found.length <= limit;
  showRuns(byId('said-runs'), scope.runs, diagnoses.known);
  const words = missing > 0 ? tCount('diagnosis.reading', missing) : found.length === list.length ? tCount('diagnosis.summary', list.length) : t('diagnosis.summary_of', { shown: found.length, count: list.length });
  setText(byId('findings-count'), scope.ids.length ? words : '');
  showEmpty(found, missing);
  const fault = [...diagnoses.known.values()].find((diagnosis) => diagnosis.rules_fault)?.rules_fault;
  byId('rules-fault').hidden = !fault;
  if (fault) setText(byId('rules-fault'), t('diagnosis.rules_fault', { reason: fault }));
}

function reconcileCards(items, fresh) {
  const placeholders = [...root.querySelectorAll(':scope > .placeholder')];
  placeholders.forEach((element) => element.remove());
  reconcile(root, items, (item) => item.key, (item) => new FindingCard(item, context).element, (element, item) => element.card.update(item, fresh.has(item.run.id)));
  if (items.length === 0) root.append(...placeholders);
}

function showFilters() {
  const select = byId('filter-code');
  const codes = codesOf(list);
  if (state.code && !codes.includes(state.code)) codes.push(state.code);
  if (select.dataset.codes !== codes.join(' ')) {
    select.dataset.codes = codes.join(' ');
    select.replaceChildren(h('option', { value: '', text: t('diagnosis.kind.all') }), ...codes.map((code) => h('option', { value: code, text: titleOf(code) })));
  }
  select.value = state.code;
  byId('filter-severity').value = state.severity;
}

function showEmpty(found, missing) {
  const on = (id, shown) => { byId(id).hidden = !shown; };
  const read = scope.ids.length > 0 && missing === 0;
  on('diagnosis-no-runs', store.runs.length === 0);
  on('diagnosis-none-selected', store.runs.length > 0 && scope.ids.length === 0);
  on('diagnosis-healthy', read && list.length === 0);
  on('diagnosis-no-match', read && list.length > 0 && found.length === 0);
  // Offered where something could still be said: no run with gradients and labels.
  const signals = [...diagnoses.known.values()];
  on('more-signals', read && !signals.some(({ read: of }) => of.histograms > 0 && of.splits > 0));
  on('said-runs', scope.ids.length > 0);
  if (scope.ids.length === 0) root.querySelectorAll(':scope > .placeholder').forEach((element) => element.remove());
}

byId('diagnosis-tabs').addEventListener('click', (event) => {
  const { tab } = event.target.closest('[data-tab]')?.dataset ?? {};
  if (tab && tab !== state.tab) set({ tab });
});
byId('diagnosis-tabs').addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  set({ tab: TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length] });
  byId(`tab-${state.tab}`).focus();
});
byId('filter-severity').addEventListener('change', (event) => set({ severity: event.target.value }));
byId('filter-code').addEventListener('change', (event) => set({ code: event.target.value }));
byId('clear-filters').addEventListener('click', () => set({ severity: '', code: '' }));
byId('empty-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
byId('findings-more').addEventListener('click', () => {
  limit += CARDS;
  show(new Set());
});
byId('findings-export').append(exportMenu(t('diagnosis.export'), { title: () => `${project} ${t('shell.diagnosis')}`, csv: () => ({ header: HEADER, rows: rowsOf(filtered(list, state)) }) }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  showTab();
  show(new Set());
});

scope.addEventListener('shown', () => {
  diagnoses.show(scope.ids);
  show(new Set());
  rules.runsChanged();
});
// What this page lists depends on other things than a step or a summary.
let listed = -1;
scope.addEventListener('change', () => {
  if (listed === store.runs.length) return;
  listed = store.runs.length;
  show(new Set());
});
watchRuns(scope, (ids) => diagnoses.ask([...ids]));
showTab();
scope.start().catch(() => root.replaceChildren());
