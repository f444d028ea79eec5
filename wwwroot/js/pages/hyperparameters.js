// How settings and a metric go together over many runs: cards of one model, all state in the address.

import { readParams, writeParams } from '../address.js';
import { exportMenu } from '../analysis/exports.js';
import { findFields, varying } from '../analysis/fields.js';
import { FieldPicker, nameOf } from '../analysis/fieldpicker.js';
import { bindQuery } from '../analysis/querybox.js';
import { loadRuns, MAX_RUNS, onlyRows } from '../analysis/runtable.js';
import { showPicked, showSelection } from '../analysis/selectionbar.js';
import { Throttle } from '../analysis/throttle.js';
import { isLoss, likelyMetric, metricPath } from '../analysis/values.js';
import { onThemeChange } from '../charts/themewatch.js';
import { byId, h, setText } from '../dom.js';
import { ContourCard } from '../hyper/contourcard.js';
import { ImportanceCard } from '../hyper/importancecard.js';
import { MatrixCard } from '../hyper/matrixcard.js';
import { Model } from '../hyper/model.js';
import { ParallelCard } from '../hyper/parallelcard.js';
import { CARDS, formatState, MOST_FIELDS, parseState } from '../hyper/state.js';
import { TableCard } from '../hyper/tablecard.js';
import { COLORS, hash } from '../palette.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';

const REFETCH_MS = 3000;
// Settings shown unasked: as many axes as a screen has room for.
const FIRST_FIELDS = 8;
const KINDS = { parallel: ParallelCard, importance: ImportanceCard, matrix: MatrixCard, contour: ContourCard, table: TableCard };

const { project } = byId('hyper-page').dataset;
const scope = new RunScope(project);
const cards = new Map();
let state = parseState(readParams());
let chosen = null;
let table = null;
let model = null;
let lit = -1;

const pickers = {
  metric: new FieldPicker(byId('pick-metric'), { label: t('hyper.metric'), project, config: false, onChange: (metric) => set({ metric }) }),
  fields: new FieldPicker(byId('pick-fields'), { label: t('hyper.fields'), project, metrics: false, facts: false, multiple: MOST_FIELDS, onChange: (fields) => set({ fields }) }),
};
const query = bindQuery(byId('hyper-query'), (text) => set({ query: text }, false));
const refetch = new Throttle(load, REFETCH_MS);

const page = {
  project,
  picked: () => scope.picked,
  hover(row) {
    if (row === lit) return;
    lit = row;
    for (const { view } of cards.values()) view.light(model, row);
  },
  pick: (row) => scope.pick(model.runs[row].id),
  brush(path, range) {
    if (range) state.brushes.set(path, range);
    else state.brushes.delete(path);
    rebrush(false);
  },
  brushed() {
    writeParams(formatState(state), true);
    rebrush(true);
  },
  flip(path) {
    set({ flips: state.flips.includes(path) ? state.flips.filter((one) => one !== path) : [...state.flips, path] });
  },
  contour: (change) => set(change),
};

const metric = () => state.metric ?? chosen?.metric ?? null;
const fields = () => state.fields ?? chosen?.fields ?? [];

/** The two settings of the contour: as chosen, else the first two numbers. */
function contourAxes() {
  const numbers = [...(chosen?.numbers ?? [])].sort((a, b) => fields().includes(b) - fields().includes(a));
  const x = state.contourX ?? numbers.find((path) => path !== state.contourY) ?? null;
  return { x, y: state.contourY ?? numbers.find((path) => path !== x) ?? null };
}

function set(change, push = true) {
  Object.assign(state, change);
  writeParams(formatState(state), push);
  showControls();
  const local = Object.keys(change).every((key) => ['cards', 'flips', 'only'].includes(key));
  if (local && table && wanted().every((path) => table.columns.has(path))) show();
  else refetch.now();
}

/** Every path that the chosen cards need. */
function wanted() {
  const { x, y } = state.cards.includes('contour') ? contourAxes() : {};
  return [...new Set([...fields(), x, y, metric()].filter(Boolean))];
}

function showControls() {
  pickers.metric.show(metric());
  pickers.fields.show(fields());
  for (const box of document.querySelectorAll('[name="card"]')) box.checked = state.cards.includes(box.value);
  byId('only-shown').checked = state.only;
  query.show(state.query);
}

async function load(signal) {
  byId('hyper-cards').setAttribute('aria-busy', 'true');
  try {
    chosen = await choose(signal);
    showControls();
    const paths = wanted();
    table = metric() ? await loadRuns({ project, query: state.query, paths }, { signal }) : null;
    query.error(null);
    failed(null);
    show();
  } catch (error) {
    if (signal.aborted) throw error;
    if (error.code === 'invalid_query' || error.code?.startsWith('query_')) query.error(error.message);
    else failed(error);
  } finally {
    if (!signal.aborted) byId('hyper-cards').setAttribute('aria-busy', 'false');
  }
}

/** What a reader most likely wants to see: the settings that vary, and a loss. Kept once chosen, unless there was nothing to choose from. */
async function choose(signal) {
  if (chosen?.metric && chosen.fields.length) return chosen;
  const found = await findFields(project, '', signal);
  const best = likelyMetric(found.metrics.map((one) => one.tag));
  return {
    metric: best ? metricPath(best, isLoss(best) ? 'min' : 'max') : null,
    fields: varying(found, FIRST_FIELDS),
    numbers: found.config.filter((field) => field.distinct > 1 && field.kind === 'number').sort((a, b) => b.distinct - a.distinct).map((field) => field.path),
    any: found.config_total > 0,
  };
}

function failed(error) {
  byId('hyper-failed').hidden = !error;
  if (error) setText(byId('hyper-failed'), t('hyper.failed', { reason: error.message }));
}

const colorOf = (run) => `var(--run-${scope.store.colors.get(run.id) ?? run.color ?? hash(run.id) % COLORS})`;

function show() {
  const ready = table && wanted().every((path) => table.columns.has(path));
  const kept = ready ? (state.only ? onlyRows(table, (run) => scope.shown.has(run.id)) : table) : null;
  model = kept && new Model(kept, [...fields().filter((path) => path !== metric()), metric()], state, colorOf);
  lit = model ? model.places.get(scope.picked) ?? -1 : -1;
  const empty = emptiness();
  for (const id of ['no-runs', 'no-config', 'no-match', 'no-cards']) byId(`hyper-${id}`).hidden = id !== empty;
  byId('hyper-cards').hidden = Boolean(empty);
  notes(empty);
  for (const kind of CARDS) {
    const on = !empty && state.cards.includes(kind);
    if (!on) cards.get(kind)?.element.setAttribute('hidden', '');
    else if (model) showCard(kind);
  }
  showBars();
}

function emptiness() {
  if (scope.store.loaded && scope.store.runs.length === 0) return 'no-runs';
  if (chosen && (!chosen.any || !metric())) return 'no-config';
  if (state.cards.length === 0) return 'no-cards';
  return model && model.runs.length === 0 ? 'no-match' : null;
}

function notes(empty) {
  const said = [];
  if (model && !empty) {
    said.push(tCount('hyper.runs', model.runs.length));
    const without = model.runs.length - model.withMetric;
    if (without) said.push(tCount('hyper.missing', without));
    if (model.drawn.length < model.runs.length) said.push(t('hyper.sampled', { drawn: model.drawn.length.toLocaleString('en') }));
    if (table.matched > MAX_RUNS) said.push(t('hyper.most_runs', { most: MAX_RUNS.toLocaleString('en') }));
  }
  setText(byId('hyper-notes'), said.join(' '));
}

function showCard(kind) {
  const { element, view } = cards.get(kind) ?? make(kind);
  element.hidden = false;
  if (kind === 'contour') view.show(model, contourAxes());
  else if (kind === 'importance') view.show(model, { metric: metric(), query: state.query, ids: state.only ? model.runs.map((run) => run.id) : null });
  else view.show(model);
  view.light(model, lit);
}

function make(kind) {
  const body = h('div', { class: `hyper-body hyper-${kind}` });
  const name = t(`hyper.card.${kind}`);
  const tools = h('span', { class: 'card-tools-always' });
  const element = h('section', { class: 'card analysis-card', 'data-card': kind, 'aria-label': name }, h('div', { class: 'analysis-head' }, h('h2', { text: name }), tools), body);
  const view = new KINDS[kind](body, page);
  const csv = () => view.csv?.() ?? rowsOf(model);
  tools.append(exportMenu(`${t('common.export')}: ${name}`, { title: () => `${project} ${name} ${nameOf(metric())}`, image: view.image ? (format, title) => view.image(format, title) : null, csv }));
  cards.set(kind, { element, view });
  const after = CARDS.slice(CARDS.indexOf(kind) + 1).map((other) => cards.get(other)?.element).find(Boolean);
  byId('hyper-cards').insertBefore(element, after ?? null);
  return cards.get(kind);
}

const rowsOf = ({ runs, axes }) => ({
  header: ['run_id', 'run', ...axes.map((axis) => axis.path)],
  rows: runs.map((run, row) => [run.id, run.name, ...axes.map((axis) => (axis.column.numeric ? axis.values[row] : axis.column.categories[axis.values[row]] ?? null))]),
});

function rebrush(done) {
  if (!model) return;
  model.brush();
  for (const kind of CARDS) if (state.cards.includes(kind)) cards.get(kind)?.view.brushed(model, done);
  showBars();
}

function showBars() {
  showSelection(byId('hyper-selection'), model?.heldIds ?? null, scope, () => {
    state.brushes.clear();
    page.brushed();
  });
  showPicked(byId('hyper-picked'), scope, project, model?.runs);
}

for (const box of document.querySelectorAll('[name="card"]')) {
  box.addEventListener('change', () => set({ cards: CARDS.filter((card) => (card === box.value ? box.checked : state.cards.includes(card))) }));
}
byId('only-shown').addEventListener('change', ({ target }) => set({ only: target.checked }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  showControls();
  refetch.now();
});
onThemeChange(() => {
  if (model && state.cards.includes('contour')) showCard('contour');
});
scope.addEventListener('shown', () => table && show());
scope.addEventListener('change', () => (scope.store.runs.length ? refetch.soon() : show()));
scope.addEventListener('highlight', ({ detail }) => model && page.hover(model.places.get(detail) ?? -1));
scope.addEventListener('picked', () => {
  showBars();
  if (model) cards.get('table')?.view.light(model, lit);
});
showControls();
scope.start().then(() => refetch.now(), () => {});
