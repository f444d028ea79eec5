// One value of runs against another, or one metric against another over steps, with a fitted line.

import { readParams, writeParams } from '../address.js';
import { exportMenu } from '../analysis/exports.js';
import { findFields, varying } from '../analysis/fields.js';
import { FieldPicker, nameOf } from '../analysis/fieldpicker.js';
import { lineWords } from '../analysis/linewords.js';
import { RowTable } from '../analysis/rowtable.js';
import { bindQuery } from '../analysis/querybox.js';
import { showPicked, showSelection } from '../analysis/selectionbar.js';
import { loadRuns, MAX_RUNS, onlyRows } from '../analysis/runtable.js';
import { Throttle } from '../analysis/throttle.js';
import { isLoss, likelyMetric, metricPath } from '../analysis/values.js';
import { asksForLog } from '../charts/scale.js';
import { onThemeChange } from '../charts/themewatch.js';
import { byId, setText } from '../dom.js';
import { COLORS, hash } from '../palette.js';
import { pairColumns } from '../scatter/columns.js';
import { MOST_DRAWN, ScatterPlot } from '../scatter/plot.js';
import { pointsOfRuns, textOf } from '../scatter/runspoints.js';
import { BY_RUN, formatState, parseState } from '../scatter/state.js';
import { loadPairs, MOST_RUNS, pointsEach, pointsOfSteps } from '../scatter/stepspoints.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';

const REFETCH_MS = 3000;
// Pairs of one run in a CSV: what the server gives at the most.
const CSV_PAIRS = 100000;

const { project } = byId('scatter-page').dataset;
const scope = new RunScope(project);
let state = parseState(readParams());
let chosen = { x: null, y: null, xTag: null, yTag: null };
let table = null;
let pairs = null;
let drawn = null;
let selected = null;

const plot = new ScatterPlot(byId('scatter-figure'), { label: t('scatter.figure'), onSelect: select, onPick: (id) => scope.pick(id) });
const rows = new RowTable(byId('scatter-table'), {
  label: t('scatter.table'),
  onPick: (row) => scope.pick(row.key),
  onHover: (row) => scope.highlight(row?.key ?? null),
  mark: (row) => (row.key === scope.picked ? 'picked' : selected ? (selected.has(row.key) ? 'held' : 'apart') : ''),
});
const pick = (id, label, options, change) => new FieldPicker(byId(id), { label: t(label), project, onChange: (value) => set({ [change]: value, ...(change === 'color' ? {} : { [change.startsWith('x') ? 'logX' : 'logY']: null }) }, true), ...options });
const pickers = {
  x: pick('pick-x', 'scatter.x', {}, 'x'),
  y: pick('pick-y', 'scatter.y', {}, 'y'),
  color: pick('pick-color', 'scatter.color', { extra: [{ value: BY_RUN, text: t('scatter.by_run') }] }, 'color'),
  xTag: pick('pick-xtag', 'scatter.x', { config: false, facts: false, tagsOnly: true }, 'xTag'),
  yTag: pick('pick-ytag', 'scatter.y', { config: false, facts: false, tagsOnly: true }, 'yTag'),
};
const query = bindQuery(byId('scatter-query'), (text) => set({ query: text }));
const refetch = new Throttle(load, REFETCH_MS);

/** The state with what the page chose itself where nobody did. */
function current() {
  const now = { ...state, x: state.x ?? chosen.x, y: state.y ?? chosen.y, xTag: state.xTag ?? chosen.xTag, yTag: state.yTag ?? chosen.yTag };
  const wide = (path) => state.mode === 'runs' && Boolean(table?.columns.has(path)) && asksForLog(table.columns.get(path));
  return { ...now, logX: state.logX ?? wide(now.x), logY: state.logY ?? wide(now.y) };
}

function set(change, push = false) {
  Object.assign(state, change);
  writeParams(formatState(state), push);
  showControls();
  // What needs no other numbers is drawn from those at hand. A line over steps is the server's.
  const local = Object.keys(change).every((key) => ['only'].includes(key) || (state.mode === 'runs' && ['logX', 'logY', 'fit'].includes(key)));
  if (local) show();
  else refetch.now();
}

function showControls() {
  const now = current();
  for (const [name, picker] of Object.entries(pickers)) picker.show(now[name]);
  for (const radio of document.querySelectorAll('[name="mode"]')) radio.checked = radio.value === state.mode;
  for (const part of document.querySelectorAll('[data-mode]')) part.hidden = part.dataset.mode !== state.mode;
  byId('log-x').checked = now.logX;
  byId('log-y').checked = now.logY;
  byId('fit').checked = state.fit;
  byId('only-shown').checked = state.only;
  query.show(state.query);
}

async function load(signal) {
  byId('scatter-card').classList.add('loading');
  try {
    if ((state.x ?? chosen.x) === null || (state.xTag ?? chosen.xTag) === null) await choose(signal);
    const now = current();
    showControls();
    if (now.mode === 'runs') {
      const paths = [...new Set([now.x, now.y, ...(now.color === BY_RUN ? [] : [now.color])].filter(Boolean))];
      table = now.x && now.y ? { ...await loadRuns({ project, query: now.query, paths }, { signal }), paths } : null;
      query.error(null);
    } else {
      const ids = scope.ids.slice(0, MOST_RUNS);
      pairs = now.xTag && now.yTag && ids.length ? { answer: await loadShare(ids, now, signal), asked: now } : null;
    }
    failed(null);
    showControls();
    show();
  } catch (error) {
    if (signal.aborted) throw error;
    if (error.code === 'invalid_query' || error.code?.startsWith('query_')) query.error(error.message);
    else failed(error);
  } finally {
    if (!signal.aborted) byId('scatter-card').classList.remove('loading');
  }
}

/** Pairs of each run, as many as there is room for: where few of the runs have both metrics, those get the others' share. */
async function loadShare(ids, now, signal) {
  const answer = await loadPairs(ids, now, pointsEach(ids.length), signal);
  const having = answer.series.map((series) => series.run_id);
  if (having.length === 0 || having.length > ids.length / 2 || answer.series.every((series) => series.total === series.x.length)) return answer;
  return loadPairs(having, now, pointsEach(having.length), signal);
}

/** Chooses what a reader most likely wants to see first: the setting that varies in most runs against a loss. */
async function choose(signal) {
  const fields = await findFields(project, '', signal);
  const tags = fields.metrics.map((metric) => metric.tag);
  const best = likelyMetric(tags);
  // Of the numbers, the one of most values: a learning rate rather than a depth.
  const numbers = fields.config.filter((field) => field.distinct > 1 && field.kind === 'number').sort((a, b) => b.distinct * b.runs - a.distinct * a.runs);
  const setting = numbers[0]?.path ?? varying(fields, 1)[0];
  chosen = {
    x: setting ?? (best ? 'duration' : null),
    y: best ? metricPath(best, isLoss(best) ? 'min' : 'max') : null,
    xTag: tags.find((tag) => tag !== best) ?? null,
    yTag: best,
  };
}

function failed(error) {
  byId('scatter-failed').hidden = !error;
  if (error) setText(byId('scatter-failed'), t('scatter.failed', { reason: error.message }));
}

const colorOf = (run) => `var(--run-${scope.store.colors.get(run.id) ?? run.color ?? hash(run.id) % COLORS})`;

function show() {
  const now = current();
  drawn = now.mode === 'runs' ? showRuns(now) : showSteps(now);
  const empty = emptiness(now);
  for (const id of ['no-runs', 'no-values', 'none-shown', 'no-points']) byId(`scatter-${id}`).hidden = id !== empty;
  byId('scatter-card').hidden = Boolean(empty) && empty !== 'no-points';
  byId('scatter-rows').hidden = Boolean(empty);
  byId('scatter-figure').hidden = Boolean(empty);
  setText(byId('scatter-title'), title());
  showBars();
}

function emptiness(now) {
  if (scope.store.loaded && scope.store.runs.length === 0) return 'no-runs';
  if (now.mode === 'steps' && scope.ids.length === 0) return 'none-shown';
  if (now.mode === 'runs' ? !now.x || !now.y : !now.xTag || !now.yTag) return 'no-values';
  return drawn?.picture.points.ids.length ? null : 'no-points';
}

const title = () => {
  const now = current();
  const [x, y] = now.mode === 'runs' ? [nameOf(now.x), nameOf(now.y)] : [now.xTag, now.yTag];
  return x && y ? t('scatter.against', { x, y }) : '';
};

function showRuns(now) {
  // Of an earlier choice, while the numbers of the present one are on their way.
  if (!table || ![now.x, now.y].every((path) => table.columns.has(path)) || (now.color !== BY_RUN && !table.columns.has(now.color))) return null;
  const kept = now.only ? onlyRows(table, (run) => scope.shown.has(run.id)) : table;
  const found = pointsOfRuns(kept, now, colorOf);
  found.kept = kept;
  const notes = [tCount('scatter.runs', found.rows.length)];
  if (found.left) notes.push(tCount('scatter.left', found.left));
  if (found.drawn < found.rows.length) notes.push(t('scatter.thinned', { drawn: found.drawn.toLocaleString('en'), most: MOST_DRAWN.toLocaleString('en') }));
  if (table.matched > MAX_RUNS) notes.push(t('scatter.most_runs', { most: MAX_RUNS.toLocaleString('en') }));
  let words = '';
  if (now.fit) words = found.fit ? lineWords(found.fit, { ...found, x: nameOf(now.x), y: nameOf(now.y) }) : !found.x.numeric || !found.y.numeric ? t('fit.text') : t('fit.none');
  say(words, notes);
  if (found.rows.length) plot.draw(withRing(found.picture));
  const columns = [found.x, found.y, found.color].filter((column, at, all) => column && all.indexOf(column) === at);
  rows.show([
    { key: 'name', text: t('scatter.run'), value: (row) => row.run.name, show: (row) => row.run.name },
    ...columns.map((column) => ({ key: column.path, text: nameOf(column.path), numeric: column.numeric, value: (row) => (column.numeric ? column.values[row.at] : textOf(column, row.at)), show: (row) => textOf(column, row.at) })),
  ], found.rows.map((at) => ({ key: kept.runs[at].id, run: kept.runs[at], at, color: colorOf(kept.runs[at]) })));
  return found;
}

function showSteps(now) {
  if (!pairs || pairs.asked.xTag !== now.xTag || pairs.asked.yTag !== now.yTag) return null;
  const runs = new Map(scope.runs.map((run) => [run.id, run]));
  const found = pointsOfSteps(pairs.answer, pairs.asked, runs);
  const total = found.rows.reduce((sum, row) => sum + row.total, 0);
  const count = found.picture.points.ids.length;
  const notes = [t('scatter.pairs', { pairs: total.toLocaleString('en'), runs: tCount('scatter.of_runs', found.rows.length) })];
  if (count < total) notes.push(t('scatter.pairs_drawn', { drawn: count.toLocaleString('en') }));
  if (scope.ids.length > MOST_RUNS) notes.push(t('scatter.first_runs', { most: MOST_RUNS }));
  if (now.fit && found.rows.filter((row) => row.fit).length > found.lines) notes.push(t('scatter.first_lines', { lines: found.lines }));
  if (found.rows.some((row) => row.damaged)) notes.push(t('scatter.damaged'));
  const [first] = found.rows;
  const words = now.fit && found.rows.length === 1 ? (first.fit ? lineWords(first.fit, { x: now.xTag, y: now.yTag, logX: now.logX, logY: now.logY }) : t('fit.none')) : now.fit && found.rows.length > 1 ? t('fit.in_table') : '';
  say(words, notes);
  if (count) plot.draw(withRing(found.picture));
  rows.show(pairColumns(now.fit), found.rows);
  return found;
}

/** The selection, and the picked run with a ring around its point. */
function withRing(found) {
  const picture = { ...found, selected };
  if (!scope.picked) return picture;
  const { points } = picture;
  const at = points.ids.indexOf(scope.picked);
  if (at < 0 || current().mode === 'steps') return picture;
  return { ...picture, ring: { x: points.x[at], y: points.y[at], size: points.size + 8 } };
}

function say(words, notes) {
  setText(byId('scatter-words'), words);
  setText(byId('scatter-notes'), notes.join(' '));
}

function select(ids) {
  selected = ids?.length ? new Set(ids) : null;
  if (drawn?.picture.points.ids.length) plot.draw(withRing(drawn.picture));
  rows.refresh();
  showBars();
}

function showBars() {
  showSelection(byId('scatter-selection'), selected, scope, () => select(null));
  showPicked(byId('scatter-picked'), scope, project, drawn?.kept?.runs);
}

async function csv() {
  const now = current();
  if (now.mode === 'runs') {
    const { kept, rows: found, x, y, color } = drawn;
    const columns = [x, y, color].filter((column, at, all) => column && all.indexOf(column) === at);
    const value = (column, at) => (column.numeric ? column.values[at] : textOf(column, at));
    return { header: ['run_id', 'run', ...columns.map((column) => column.path)], rows: found.map((at) => [kept.runs[at].id, kept.runs[at].name, ...columns.map((column) => value(column, at))]) };
  }
  const ids = drawn.rows.map((row) => row.key);
  const answer = await loadPairs(ids, { ...pairs.asked, fit: false }, CSV_PAIRS);
  const names = new Map(drawn.rows.map((row) => [row.key, row.run.name]));
  const lines = answer.series.flatMap((series) => series.steps.map((step, at) => [series.run_id, names.get(series.run_id), step, series.wall_times[at], series.x[at], series.y[at]]));
  return { header: ['run_id', 'run', 'step', 'wall_time', now.xTag, now.yTag], rows: lines, note: answer.series.some((series) => series.total > CSV_PAIRS) ? t('scatter.csv_thinned', { most: CSV_PAIRS.toLocaleString('en') }) : null };
}

byId('scatter-tools').append(exportMenu(t('common.export'), { title, image: (format, name) => plot.toImage(format, name), csv }));
for (const radio of document.querySelectorAll('[name="mode"]')) {
  radio.addEventListener('change', () => {
    select(null);
    set({ mode: radio.value }, true);
  });
}
byId('log-x').addEventListener('change', ({ target }) => set({ logX: target.checked }, true));
byId('log-y').addEventListener('change', ({ target }) => set({ logY: target.checked }, true));
byId('fit').addEventListener('change', ({ target }) => set({ fit: target.checked }, true));
byId('only-shown').addEventListener('change', ({ target }) => set({ only: target.checked }, true));
byId('swap').addEventListener('click', () => {
  const now = current();
  set(now.mode === 'runs' ? { x: now.y, y: now.x, logX: now.logY, logY: now.logX } : { xTag: now.yTag, yTag: now.xTag, logX: now.logY, logY: now.logX }, true);
});
byId('scatter-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  showControls();
  refetch.now();
});
onThemeChange(() => drawn && show());
scope.addEventListener('shown', () => {
  if (state.mode === 'steps') refetch.now();
  else if (table) show();
});
// What a run logged or how it is set up changed: its numbers may be other ones.
scope.addEventListener('change', () => (scope.store.runs.length ? refetch.soon() : show()));
scope.addEventListener('picked', () => show());
showControls();
scope.start().then(() => refetch.now(), () => {});
