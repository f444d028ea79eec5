// Loss against the norm of the weights, or any metric against any other, along the steps of the chosen runs, with a fitted line a run.

import { exportMenu } from '../analysis/exports.js';
import { findFields } from '../analysis/fields.js';
import { FieldPicker } from '../analysis/fieldpicker.js';
import { lineWords } from '../analysis/linewords.js';
import { RowTable } from '../analysis/rowtable.js';
import { Throttle } from '../analysis/throttle.js';
import { likelyMetric } from '../analysis/values.js';
import { insist } from '../api.js';
import { onThemeChange } from '../charts/themewatch.js';
import { byId, setText } from '../dom.js';
import { jobResult } from '../jobs/client.js';
import { ask } from '../query.js';
import { pairColumns } from '../scatter/columns.js';
import { ScatterPlot } from '../scatter/plot.js';
import { loadPairs, MOST_RUNS, pointsEach, pointsOfSteps } from '../scatter/stepspoints.js';
import { t, tCount } from '../text.js';
import { newestOf, pairsOfCheckpoints, trails } from './norms.js';
import { OF_CHECKPOINTS } from './state.js';
import { likelyNorm } from './tags.js';

const REFETCH_MS = 3000;
const CSV_PAIRS = 100000;
// Points of a series that checkpoints are joined to: the nearest of them is taken, and its step told.
const JOIN_POINTS = 20000;

export class Against {
  #page;
  #plot;
  #rows;
  #pickers;
  #refetch = new Throttle((signal) => this.#load(signal), REFETCH_MS);
  #chosen = { x: null, y: null };
  #results = new Map();
  #answer = null;
  #drawn = null;
  #shown = false;

  /** @param page { project, scope, state(), set(change, push), paths: the jobs that have norms of checkpoints } */
  constructor(page) {
    this.#page = page;
    const { scope, project } = page;
    this.#plot = new ScatterPlot(byId('against-figure'), { label: t('weights.figure'), onSelect: () => {}, onPick: (id) => scope.pick(id) });
    this.#rows = new RowTable(byId('against-table'), {
      label: t('weights.table'), onPick: (row) => scope.pick(row.key), onHover: (row) => scope.highlight(row?.key ?? null), mark: (row) => (row.key === scope.picked ? 'picked' : ''),
    });
    const picker = (id, key, extra) => new FieldPicker(byId(id), { label: t(`scatter.${key}`), project, config: false, facts: false, tagsOnly: true, extra, onChange: (value) => this.#set({ [key]: value }) });
    this.#pickers = { x: picker('pick-x', 'x', [{ value: OF_CHECKPOINTS, text: t('weights.of_checkpoints') }]), y: picker('pick-y', 'y', []) };
    byId('against-tools').append(exportMenu(t('common.export'), { title: () => this.#title(), image: (format, name) => this.#plot.toImage(format, name), csv: () => this.#csv() }));
    for (const radio of document.querySelectorAll('[name="color"]')) radio.addEventListener('change', () => this.#set({ color: radio.value }, false));
    for (const [id, key] of [['log-x', 'logX'], ['log-y', 'logY'], ['fit', 'fit']]) byId(id).addEventListener('change', ({ target }) => this.#set({ [key]: target.checked }));
    onThemeChange(() => this.#drawn && this.#draw());
    scope.addEventListener('shown', () => this.#shown && this.#refetch.now());
    scope.addEventListener('change', () => this.#shown && (scope.store.runs.length ? this.#refetch.soon() : this.#draw()));
    scope.addEventListener('picked', () => this.#shown && this.#rows.refresh());
    page.paths.addEventListener('change', () => this.#shown && this.#refetch.soon());
  }

  /** The view is, or is no longer, the one in sight. */
  show(on) {
    this.#shown = on;
    // A report that is exported waits for what is in sight, and for nothing else.
    byId('against-card').setAttribute('aria-busy', String(on && !this.#drawn));
    if (!on) return;
    this.#controls();
    this.#refetch.now();
  }

  #set(change, refetch = true) {
    this.#page.set(change, true);
    this.#controls();
    if (refetch) this.#refetch.now();
    else this.#draw();
  }

  #current() {
    const state = this.#page.state();
    return { ...state, x: state.x ?? this.#chosen.x, y: state.y ?? this.#chosen.y };
  }

  #controls() {
    const now = this.#current();
    this.#pickers.x.show(now.x);
    this.#pickers.y.show(now.y);
    for (const radio of document.querySelectorAll('[name="color"]')) radio.checked = radio.value === now.color;
    byId('log-x').checked = now.logX;
    byId('log-y').checked = now.logY;
    byId('fit').checked = now.fit;
  }

  async #load(signal) {
    const { scope } = this.#page;
    if (!scope.store.loaded) return;
    byId('against-card').classList.add('loading');
    try {
      if (this.#current().x === null || this.#current().y === null) await this.#choose(signal);
      this.#controls();
      const now = this.#current();
      const ids = scope.ids.slice(0, MOST_RUNS);
      const asked = { xTag: now.x === OF_CHECKPOINTS ? t('weights.of_checkpoints') : now.x, yTag: now.y, logX: now.logX, logY: now.logY, fit: now.fit, of: now.x };
      const answer = !now.x || !now.y || ids.length === 0 ? null
        : now.x === OF_CHECKPOINTS ? { series: await this.#ofCheckpoints(ids, now, signal) } : await loadPairs(ids, asked, pointsEach(ids.length), signal);
      this.#answer = answer && { answer, asked };
      this.#failed(null);
      this.#draw();
    } catch (error) {
      if (signal.aborted) throw error;
      this.#failed(error);
    } finally {
      if (!signal.aborted) {
        byId('against-card').classList.remove('loading');
        byId('against-card').setAttribute('aria-busy', 'false');
      }
    }
  }

  /** What a reader most likely wants: a loss against the norm of all weights, as it was logged or as checkpoints have it. */
  async #choose(signal) {
    const { project, paths } = this.#page;
    const [all, norms] = await Promise.all([findFields(project, '', signal), findFields(project, 'norm', signal)]);
    const norm = likelyNorm(norms.metrics.map(({ tag }) => tag));
    const tags = all.metrics.map(({ tag }) => tag).filter((tag) => tag !== norm);
    this.#chosen = { x: norm ?? (newestOf(paths.jobs).size ? OF_CHECKPOINTS : null), y: likelyMetric(tags) };
  }

  async #ofCheckpoints(ids, now, signal) {
    const newest = newestOf(this.#page.paths.jobs);
    const having = ids.filter((id) => newest.has(id));
    if (having.length === 0) return [];
    const { series } = await insist(() => ask({ run_ids: having, tags: [now.y], points: JOIN_POINTS }, signal), { signal });
    const pairs = await Promise.all(series.map(async (one) => {
      const { id } = newest.get(one.run_id);
      if (!this.#results.has(id)) this.#results.set(id, await insist(() => jobResult(id, signal), { signal }));
      return pairsOfCheckpoints(one.run_id, this.#results.get(id), { steps: Array.from(one.steps, Number), values: Array.from(one.values), wall_times: Array.from(one.wall_times) }, now);
    }));
    return pairs.filter((one) => one.total > 0);
  }

  #failed(error) {
    byId('against-failed').hidden = !error;
    if (error) setText(byId('against-failed'), t('scatter.failed', { reason: error.message }));
  }

  #title() {
    const { x, y } = this.#current();
    return x && y ? t('scatter.against', { x: x === OF_CHECKPOINTS ? t('weights.of_checkpoints') : x, y }) : '';
  }

  #draw() {
    const { scope } = this.#page;
    const now = this.#current();
    this.#drawn = this.#answer && this.#answer.asked.of === now.x && this.#answer.asked.yTag === now.y ? this.#pointsOf(now) : null;
    const count = this.#drawn?.picture.points.ids.length ?? 0;
    const empty = scope.store.runs.length === 0 ? 'no-runs' : scope.ids.length === 0 ? 'none-shown' : !now.x || !now.y ? 'no-values' : count === 0 ? 'no-points' : null;
    for (const id of ['no-runs', 'none-shown', 'no-values', 'no-points']) byId(`against-${id}`).hidden = id !== empty;
    byId('against-card').hidden = Boolean(empty) && empty !== 'no-points';
    byId('against-figure').hidden = Boolean(empty);
    byId('against-rows').hidden = Boolean(empty);
    setText(byId('against-title'), this.#title());
    if (!this.#drawn) return;
    this.#say(now);
    if (count) this.#plot.draw({ ...this.#drawn.picture, selected: null });
    this.#table(now);
  }

  #pointsOf(now) {
    const { scope } = this.#page;
    const found = pointsOfSteps(this.#answer.answer, this.#answer.asked, new Map(scope.runs.map((run) => [run.id, run])));
    if (now.color !== 'step') return found;
    const { points, lines } = found.picture;
    const { colors: _, ...plain } = points;
    return { ...found, picture: { ...found.picture, points: { ...plain, numbers: points.steps, colorTitle: t('weights.step') }, lines: [...trails(points), ...lines] } };
  }

  #say(now) {
    const { rows, lines, picture } = this.#drawn;
    const total = rows.reduce((sum, row) => sum + row.total, 0);
    const drawn = picture.points.ids.length;
    const notes = [t(now.x === OF_CHECKPOINTS ? 'weights.pairs_checkpoints' : 'scatter.pairs', { pairs: total.toLocaleString('en'), runs: tCount('scatter.of_runs', rows.length) })];
    if (drawn < total) notes.push(t('scatter.pairs_drawn', { drawn: drawn.toLocaleString('en') }));
    if (this.#page.scope.ids.length > MOST_RUNS) notes.push(t('scatter.first_runs', { most: MOST_RUNS }));
    if (now.fit && rows.filter((row) => row.fit).length > lines) notes.push(t('scatter.first_lines', { lines }));
    if (rows.some((row) => row.damaged)) notes.push(t('scatter.damaged'));
    const words = !now.fit || rows.length === 0 ? '' : rows.length > 1 ? t('fit.in_table') : rows[0].fit ? lineWords(rows[0].fit, { x: this.#answer.asked.xTag, y: now.y, logX: now.logX, logY: now.logY }) : t('fit.none');
    setText(byId('against-words'), words);
    setText(byId('against-notes'), notes.join(' '));
  }

  #table(now) {
    this.#rows.show(pairColumns(now.fit), this.#drawn.rows);
  }

  async #csv() {
    const { asked, answer } = this.#answer;
    const all = asked.of === OF_CHECKPOINTS ? answer : await loadPairs(this.#drawn.rows.map((row) => row.key), { ...asked, fit: false }, CSV_PAIRS);
    const names = new Map(this.#drawn.rows.map((row) => [row.key, row.run.name]));
    const lines = all.series.flatMap((series) => series.steps.map((step, at) => [series.run_id, names.get(series.run_id), step, series.wall_times[at], series.x[at], series.y[at]]));
    return { header: ['run_id', 'run', 'step', 'wall_time', asked.xTag, asked.yTag], rows: lines, note: all.series.some((series) => series.total > CSV_PAIRS) ? t('scatter.csv_thinned', { most: CSV_PAIRS.toLocaleString('en') }) : null };
  }
}
