// The runs of a project as a table: queried, grouped, sorted, edited, live.

import { readParams, writeParams } from '../address.js';
import { hideBanner, showBanner } from '../banner.js';
import { RunBadges } from '../diagnosis/badges.js';
import { byId, h, setText } from '../dom.js';
import { pickColor } from '../frame/colorpicker.js';
import { RunStore } from '../runstore.js';
import { BulkActions } from '../runs/bulk.js';
import { columnChooser, groupChooser } from '../runs/chooser.js';
import { RunDetails } from '../runs/details.js';
import { nameOf } from '../runs/cells.js';
import { exportTable } from '../runs/export.js';
import { Fields, defaultColumns, isQuantity } from '../runs/fields.js';
import { RunGrid } from '../runs/grid.js';
import { decimalsOf, groupRows, isSame } from '../runs/groups.js';
import { TableHead } from '../runs/header.js';
import { QueryBox } from '../runs/querybox.js';
import { Selection } from '../runs/rowselection.js';
import { savedQueries } from '../runs/savedqueries.js';
import { selectionBar } from '../runs/selectionbar.js';
import { ShownRuns } from '../runs/shown.js';
import { MAX_ROWS, RunTable } from '../runs/table.js';
import { formatTable, nextSort, parseTable, parseValue } from '../runs/values.js';
import { t, tCount } from '../text.js';

const page = byId('runs-page');
const project = page.dataset.project;
const TICK_MS = 1000;
const FIELDS_EVERY_MS = 1500;
const STATES = ['live', 'archived', 'trash'];

let view = parseTable(readParams());
let automatic = null;
let items = [];
let columns = [];
let formats = new Map();
let eyeAnchor = null;

const store = new RunStore(project);
const fields = new Fields(project);
const shown = new ShownRuns(store);
const wanted = () => view.columns ?? automatic ?? ['status', 'updated', 'duration'];
const table = new RunTable(project, () => ({ query: view.query, state: view.state, sort: view.sort, values: [...wanted(), ...view.groups, ...view.sort.map(({ by }) => by)] }));
const quantities = new Map();
/** Whether a column holds numbers; looked up for every cell, decided once an answer. */
function quantity(value) {
  let known = quantities.get(value);
  if (known === undefined) quantities.set(value, known = isQuantity(value, table.column(value)));
  return known;
}
const selection = new Selection(() => grid.order);
const actions = new BulkActions(() => table.ask());

const badges = new RunBadges(project, () => grid.refresh());

const grid = new RunGrid({
  table, store, shown, selection,
  isQuantity: quantity,
  badge: (element, row) => badges.show(element, row, view.state === 'live'),
  link: (row) => `runs?${new URLSearchParams({ project, run: row.id })}`,
  open: (id, edit) => open(id, edit),
  opened: () => view.run,
  color: (button, row) => pickColor(button, store.get(row.id) ?? row, store),
  eye: toggleEye,
  fold(key) {
    if (view.folded.has(key)) view.folded.delete(key);
    else view.folded.add(key);
    remember();
    arrange();
  },
});
const head = new TableHead({
  view: () => view,
  isQuantity: quantity,
  selectAll: (on) => selection.setMany(table.rows.map((row) => row.id), on),
  sort(by, add) {
    view.sort = nextSort(view.sort, by, quantity(by), add);
    changed();
  },
  move(value, to) {
    const next = [...wanted()];
    const at = next.indexOf(value);
    const place = typeof to === 'number' ? at + to : next.indexOf(to);
    if (place < 0 || place >= next.length) return;
    next.splice(at, 1);
    next.splice(place, 0, value);
    setColumns(next);
  },
  resize(value, width, done) {
    if (width === null) view.widths.delete(value);
    else view.widths.set(value, width);
    if (done) remember();
    head.render(columns);
  },
  hide: (value) => setColumns(wanted().filter((other) => other !== value)),
});
const details = new RunDetails({
  project, store, known,
  onClose() {
    const { run } = view;
    open(null);
    grid.focusRun(run);
  },
  onSaved(run) {
    store.upsert(run);
    table.upsert(run);
    table.soon();
  },
  actions(run) {
    const act = (label, work, kind = '', needs = 'write') => h('button', { type: 'button', class: `button ${kind}`, data: { needs }, text: t(label), onclick: async () => { if (await work()) details.reload(); } });
    const ids = [run.id];
    if (run.trashed) return [act('runs.restore', () => actions.restore(ids, 'trash')), act('runs.delete', () => actions.remove(ids, [run.name]), 'danger', 'manage')];
    return [run.archived ? act('runs.restore', () => actions.restore(ids, 'archived')) : act('runs.archive', () => actions.archive(ids)), act('runs.trash', () => actions.trash(ids))];
  },
});
const box = new QueryBox(project, fields, (query) => {
  if (query === view.query) return;
  view.query = query;
  changed();
});
const bar = selectionBar({
  project, selection, shown, actions,
  read: () => ({ ids: selection.ids(), state: view.state }),
  names: () => selection.ids().map((id) => table.byId.get(id)?.name ?? ''),
  known,
});

/** Groups and labels in use, to offer in forms. */
function known() {
  return {
    groups: [...new Set(table.rows.map((row) => row.group).filter(Boolean))].sort(),
    tags: [...new Set(table.rows.flatMap((row) => row.tags ?? []))].sort(),
  };
}

const remember = (push) => writeParams(formatTable(view), push);

/** The view changed in what the server answers: remember it and ask. */
function changed() {
  remember();
  table.ask();
}

function setColumns(next) {
  view.columns = next;
  remember();
  if (next?.some((value) => parseValue(value).kind !== 'field' && table.column(value).length === 0) || next === null) table.ask();
  else arrange();
}

function open(id, edit) {
  if (view.run !== id) {
    view.run = id;
    remember(true);
  }
  details.show(id, edit);
  grid.refresh();
}

function toggleEye(ids, on, extend) {
  const order = grid.order;
  const [a, b] = [order.indexOf(eyeAnchor), order.indexOf(ids[0])];
  const range = extend && ids.length === 1 && a >= 0 ? order.slice(Math.min(a, b), Math.max(a, b) + 1) : ids;
  [eyeAnchor] = ids;
  shown.set(range, on);
}

/** Rows, groups and columns as the view wants them, from the answer at hand. */
function arrange() {
  const differing = view.differences ? wanted().filter((value) => !isSame(table.column(value), table.rows)) : wanted();
  columns = differing;
  const sources = new Map(view.groups.map((path) => [path, table.column(path)]));
  items = groupRows(table.rows, view.groups, sources, view.folded);
  formats = new Map(columns.filter((value) => value.startsWith('summary')).map((value) => [value, { decimals: decimalsOf(table.column(value)) }]));
  head.render(columns);
  selection.keep(table.byId);
  grid.show(items, columns, formats);
  state();
}

function state() {
  const live = view.state === 'live';
  const none = table.answered && table.total === 0;
  const noMatch = table.answered && table.total > 0 && table.rows.length === 0;
  byId('runs-empty').hidden = !(none && live);
  byId('runs-none-here').hidden = !(none && !live);
  setText(byId('runs-none-here').querySelector('h2') ?? byId('runs-none-here'), t(view.state === 'trash' ? 'runs.trash_empty' : 'runs.archive_empty'));
  byId('runs-no-match').hidden = !noMatch;
  byId('runs-scroll').hidden = table.answered && table.rows.length === 0;
  byId('query-row').hidden = none && live && !view.query;
  setText(byId('runs-count'), none ? '' : table.matched === table.total ? tCount('runs.count', table.total) : t('runs.count_matched', { matched: table.matched.toLocaleString('en'), total: table.total.toLocaleString('en') }));
  for (const name of STATES) byId(`state-${name}`).setAttribute('aria-pressed', String(view.state === name));
  const notes = [];
  if (table.matched > table.rows.length) notes.push(t('runs.capped', { count: MAX_ROWS.toLocaleString('en') }));
  if (view.differences && columns.length < wanted().length) notes.push(tCount('runs.hidden_columns', wanted().length - columns.length));
  if (view.groups.length) notes.push(t('runs.group.legend', { fields: view.groups.map(nameOf).join(', ') }));
  setText(byId('table-notes'), notes.join(' '));
  byId('table-notes').hidden = notes.length === 0;
  byId('shown-menu').hidden = !live;
  byId('runs-table').dataset.state = view.state;
  marks();
}

/** Ticks, eyes and the counts that follow from them. */
function marks() {
  const chosen = table.rows.filter((row) => selection.has(row.id)).length;
  head.all.checked = chosen > 0 && chosen === table.rows.length;
  head.all.indeterminate = chosen > 0 && chosen < table.rows.length;
  setText(byId('shown-count'), t('runs.shown_count', { shown: shown.ids.size.toLocaleString('en'), total: store.runs.length.toLocaleString('en') }));
  bar();
}

async function chooseDefaults() {
  if (view.columns) return;
  try {
    const next = defaultColumns(await fields.find(''));
    if (JSON.stringify(next) === JSON.stringify(automatic)) return;
    automatic = next;
  } catch {
    // The columns that every run has stay; the next series asks again.
    automatic ??= null;
  }
}

let fieldsTimer = 0;
/** New series or values may deserve columns of their own while nobody chose any. */
function fieldsSoon() {
  fields.forget();
  if (view.columns || fieldsTimer) return;
  fieldsTimer = setTimeout(async () => {
    fieldsTimer = 0;
    const before = automatic;
    await chooseDefaults();
    if (automatic !== before) table.ask();
  }, FIELDS_EVERY_MS);
}

table.addEventListener('answer', () => {
  hideBanner();
  box.fault(null);
  quantities.clear();
  arrange();
});
table.addEventListener('patch', () => grid.refresh(true));
table.addEventListener('series', fieldsSoon);
table.addEventListener('busy', ({ detail }) => byId('runs-scroll').setAttribute('aria-busy', String(detail)));
table.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
table.addEventListener('broken', ({ detail }) => showBanner(t('error.list', { reason: detail.message }), () => table.ask()));
table.addEventListener('refused', ({ detail }) => {
  const fault = detail.errors?.find((one) => one.pointer === '/query');
  box.fault({ message: fault?.message ?? detail.message, position: fault?.position ?? 0, length: fault?.length ?? view.query.length });
});
store.addEventListener('change', () => {
  shown.update();
  if (store.runs.length > table.total && view.state === 'live') fieldsSoon();
});
shown.addEventListener('change', () => {
  grid.refresh();
  marks();
});
selection.addEventListener('change', () => {
  grid.refresh();
  marks();
});
for (const name of STATES) {
  byId(`state-${name}`).addEventListener('click', () => {
    view.state = name;
    selection.clear();
    remember(true);
    table.ask();
  });
}
byId('runs-csv').addEventListener('click', () => exportTable(project, table, items.flatMap((item) => (item.kind === 'run' ? [item.row] : item.folded ? item.rows : [])), columns));
byId('show-matched').addEventListener('click', () => shown.choose(table.rows.map((row) => row.id)));
byId('hide-matched').addEventListener('click', () => shown.set(table.rows.map((row) => row.id), false));
byId('show-newest').addEventListener('click', () => shown.select({ mode: 'newest', ids: [] }));
byId('shown-menu').addEventListener('click', (event) => event.target.closest('.menu-item') && byId('shown-menu').removeAttribute('open'));
byId('clear-query').addEventListener('click', () => box.run(''));
for (const example of document.querySelectorAll('[data-example]')) {
  example.addEventListener('click', () => {
    byId('query-help').open = false;
    box.run(example.dataset.example);
  });
}
columnChooser(fields, { read: () => ({ columns: wanted(), differences: view.differences }), write: setColumns, differ(on) { view.differences = on; remember(); arrange(); } });
groupChooser(fields, { read: () => view.groups, write(groups) { view.groups = groups; view.folded.clear(); changed(); } });
savedQueries(project, box);
addEventListener('popstate', () => {
  const before = view;
  view = parseTable(readParams());
  box.set(view.query);
  details.show(view.run);
  if (JSON.stringify([before.query, before.state, before.sort, before.columns, before.groups]) !== JSON.stringify([view.query, view.state, view.sort, view.columns, view.groups])) table.ask();
  else arrange();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  byId('query').focus();
});
setInterval(() => grid.tick(), TICK_MS);

box.set(view.query);
details.show(view.run);
store.start().catch((error) => showBanner(t('error.list', { reason: error.message }), () => location.reload()));
await chooseDefaults();
await table.ask();
