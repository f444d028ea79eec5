// What a card draws and how it comes by it: which series in which resolution, over HTTP first and live from there on.

import { ApiError, insist, json } from '../api.js';
import { reachOf } from '../charts/smoothing.js';
import { t } from '../text.js';
import { ofTag } from '../viewstate.js';
import { curveId, curvesOf, reachOfWindow, spanOf, withMargin } from './curves.js';

// Frames that arrive while a request is under way wait for its answer; more than this many mean the answer itself will be late.
const MAX_WAITING = 2000;
// Points beyond a window that smoothing may ask for, over all runs: a request of a size that still answers at once.
const MAX_MARGIN = 100000;
// A path along another metric, and the windows of a growing run, are made by the server: live points only say that there is more.
const LATER_MS = 3000;
const MAX_JOIN_POINTS = 1000;
// Windows that lie further apart than this many of their lengths get fewer points.
const MAX_SPREAD = 8;
const NOTHING = { steps: [], wall_times: [], values: [], total: 0 };

export class CardData {
  #context;
  #hooks;
  #chart = null;
  #abort = null;
  #have = new Map();
  #spans = new Map();
  #curves = [];
  #waiting = [];
  #later = 0;
  #spacing = 1;
  busy = false;
  /** True where a series is thinned rather than merged: what lies between is not in the picture. */
  thinned = false;

  /**
   * @param context what the page gives its cards (card.js)
   * @param hooks `{ tag, busy(on), failed(error), retrying(error), applied(), loaded() }`
   */
  constructor(context, hooks) {
    this.#context = context;
    this.#hooks = hooks;
  }

  /** `[{ tag, axis }]`, the card's own first. */
  get tags() {
    return [{ tag: this.#hooks.tag, axis: 'y' }, ...(ofTag(this.#context.view().extras, this.#hooks.tag) ?? [])];
  }

  get windows() {
    return ofTag(this.#context.view().windows, this.#hooks.tag) ?? null;
  }

  /** Window of x in sight, or null. */
  get window() {
    const view = this.#context.view();
    return view.sync ? view.window : ofTag(view.zoom, this.#hooks.tag) ?? null;
  }

  /** Commit up to which every shown run is drawn; Infinity before anything is. */
  get seq() {
    return Math.min(Infinity, ...this.#have.values());
  }

  get empty() {
    return this.#have.size === 0;
  }

  /** `[first, last]` step of all that is held, or null. */
  get span() {
    const spans = [...this.#spans.values()];
    return spans.length ? [Math.min(...spans.map((span) => span[0])), Math.max(...spans.map((span) => span[1]))] : null;
  }

  attach(chart) {
    this.#chart = chart;
    this.#draw();
    chart.setWindow(this.window);
    this.refresh();
  }

  detach() {
    this.#abort?.abort(new DOMException('out of sight', 'AbortError'));
    clearTimeout(this.#later);
    this.#later = 0;
    this.#chart = null;
    this.#have.clear();
    this.#waiting = [];
    this.busy = false;
  }

  /** Fetches everything again. */
  refresh() {
    if (this.#chart) this.#load(this.#context.runs().map((run) => run.id));
  }

  /** Other tags or windows: nothing that is held still fits. */
  reconfigure() {
    if (!this.#chart) return;
    this.#have.clear();
    this.#draw();
    this.refresh();
  }

  runsChanged() {
    const ids = this.#context.runs().map((run) => run.id);
    const shown = new Set(ids);
    for (const id of this.#have.keys()) if (!shown.has(id)) this.#have.delete(id);
    this.#draw();
    const missing = ids.filter((id) => !this.#have.has(id));
    if (missing.length) this.#load(this.busy ? ids : missing);
    return ids.length;
  }

  windowChanged() {
    const { window } = this;
    if (this.busy) this.refresh();
    else if (this.#chart.windowed) {
      // The window held stays in sight until the other one is here.
      if (window) this.#chart.setWindow(window);
      this.refresh();
    } else {
      this.#chart.setWindow(window);
      if (window && !this.#chart.complete && !this.windows) this.#load([...this.#have.keys()], true);
    }
  }

  frame(frame) {
    if (!this.#chart) return;
    if (this.busy) {
      if (this.#waiting.length < MAX_WAITING) this.#waiting.push(frame);
      return;
    }
    const seq = this.#have.get(frame.run_id);
    if (seq === undefined || frame.seq <= seq) return;
    if (this.#context.view().x === 'metric' || this.windows) {
      this.#later ||= setTimeout(() => {
        this.#later = 0;
        this.refresh();
      }, LATER_MS);
      return;
    }
    const tagIndex = this.tags.findIndex(({ tag }) => tag === frame.tag);
    if (this.#chart.append(curveId(frame.run_id, tagIndex), frame)) this.#hooks.applied();
    if (this.#chart.appendedPoints() > 2 * this.#points()) this.refresh();
  }

  #draw() {
    this.#curves = curvesOf(this.#context.runs(), this.tags, this.windows, this.#spans, [t('card.early'), t('card.late')]);
    this.#chart.setRuns(this.#curves);
  }

  #points() {
    // Rounded up, so that cards of nearly the same width share a request.
    return Math.max(200, Math.ceil(this.#chart.width / 100) * 100);
  }

  /** Points over the windows of several runs, which for runs of unlike length lie apart, so that each has its share of them. */
  #pointsOver([from, to], windowIndex) {
    const widest = Math.max(1, ...this.#curves.filter((curve) => curve.windowIndex === windowIndex).map(({ clip }) => clip[1] - clip[0]));
    return Math.ceil(this.#points() * Math.min(MAX_SPREAD, Math.max(1, (to - from) / widest)));
  }

  /** Fetches runs, and where a window is chosen and points were merged, that window as well. `known`: the whole is held already. */
  async #load(runIds, known = false) {
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const { signal } = this.#abort = new AbortController();
    this.#busy(runIds.length > 0);
    if (runIds.length === 0) return;
    try {
      if (!known && !await this.#whole(runIds, signal)) return;
      if (this.windows) {
        if (!await this.#twoWindows(runIds, signal)) return;
      } else if (this.window && !this.#chart.complete) {
        // The whole comes first: it tells which steps a window of time covers, and where nothing was merged it is all there is.
        const steps = this.#chart.stepsWithin(...this.window);
        if (steps && !await this.#zoomed(runIds, steps, signal)) return;
      }
      this.#busy(false);
      const waiting = this.#waiting;
      this.#waiting = [];
      waiting.forEach((frame) => this.frame(frame));
      this.#hooks.loaded();
    } catch (error) {
      if (signal.aborted) return;
      this.#busy(false);
      this.#hooks.failed(error);
      if (!(error instanceof ApiError)) throw error;
    }
  }

  async #whole(runIds, signal) {
    const answers = await this.#ask(runIds, null, this.#points(), signal);
    if (signal.aborted) return false;
    this.#spacing = 1;
    answers.forEach(({ found }, tagIndex) => {
      for (const id of runIds) {
        const span = spanOf(found.get(id)?.steps ?? []);
        if (!span) this.#spans.delete(curveId(id, tagIndex));
        else {
          this.#spans.set(curveId(id, tagIndex), span);
          this.#spacing = Math.max(this.#spacing, (span[1] - span[0]) / Math.max(1, found.get(id).total - 1));
        }
      }
    });
    if (this.windows) {
      this.#seen(answers, runIds);
      this.#draw();
      return true;
    }
    this.#apply(answers, runIds, true);
    this.#chart.setWindow(this.window);
    return true;
  }

  async #twoWindows(runIds, signal) {
    for (const windowIndex of [0, 1]) {
      const steps = reachOfWindow(this.#curves, windowIndex);
      const answers = steps ? await this.#ask(runIds, steps, this.#pointsOver(steps, windowIndex), signal) : this.tags.map(() => ({ found: new Map() }));
      if (signal.aborted) return false;
      answers.forEach(({ found }, tagIndex) => {
        for (const id of runIds) this.#chart.replace(curveId(id, tagIndex, windowIndex), found.get(id) ?? NOTHING, true);
      });
    }
    this.#chart.setWindow(this.window);
    this.#hooks.applied();
    return true;
  }

  async #zoomed(runIds, window, signal) {
    const most = Math.max(500, MAX_MARGIN / runIds.length);
    const { steps, points } = withMargin(window, reachOf(this.#context.view()), this.#points(), this.#spacing, most);
    const answers = await this.#ask(runIds, steps, points, signal);
    if (signal.aborted) return false;
    this.#apply(answers, runIds, false);
    return true;
  }

  /** One answer a tag: `[{ seq, found: Map run id → series }]`. */
  #ask(runIds, steps, points, signal) {
    const { x, xTag } = this.#context.view();
    const range = { fromStep: steps?.[0] ?? null, toStep: steps?.[1] ?? null };
    const onRetry = (error) => this.empty && this.#hooks.retrying(error);
    return Promise.all(this.tags.map(async ({ tag }) => {
      const answer = x === 'metric'
        ? await this.#join({ run_ids: runIds, x: xTag, y: tag, points: Math.min(points, MAX_JOIN_POINTS), fit: false, from_step: range.fromStep, to_step: range.toStep }, signal, onRetry)
        : await this.#context.queries.fetch({ tag, runIds, points, ...range, signal, onRetry });
      return { seq: answer.seq, found: new Map(answer.series.map((one) => [one.run_id, one])) };
    }));
  }

  async #join(body, signal, onRetry) {
    const { series, seq } = await insist(() => json('api/v1/scalars/join', { method: 'POST', body, signal }), { signal, onRetry });
    this.thinned = series.some((one) => one.total > one.steps.length);
    return { seq: seq ?? 0, series: series.map(({ y, ...one }) => ({ ...one, values: y })) };
  }

  #seen(answers, runIds) {
    const seq = Math.min(...answers.map((answer) => answer.seq ?? 0));
    for (const id of runIds) this.#have.set(id, seq);
    if (this.#context.view().x !== 'metric') this.thinned = false;
  }

  #apply(answers, runIds, whole) {
    this.#seen(answers, runIds);
    answers.forEach(({ found }, tagIndex) => {
      for (const id of runIds) this.#chart.replace(curveId(id, tagIndex), found.get(id) ?? NOTHING, whole);
    });
    this.#hooks.applied();
  }

  #busy(on) {
    this.busy = on;
    this.#hooks.busy(on);
  }
}
