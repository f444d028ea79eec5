// One chart of one tag: what it shows, loads, says and offers.

import { ApiError } from '../api.js';
import { create as createChart } from '../charts/chart.js';
import { h, icon, nameText, setText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { saveCsv, saveImage } from './export.js';

const SUMMARY_RUNS = 5;
const SUMMARY_EVERY_MS = 2000;
// Frames that arrive while a request is under way wait for its answer; more than this many mean the answer itself will be late.
const MAX_WAITING = 2000;

/**
 * @param {string} tag
 * @param context { queries, view(): state, runs(): shown runs with colours, zoom(tag, window|null), fullScreen(tag|null), loaded(card) }
 */
export class Card {
  #context;
  #chart = null;
  #abort = null;
  #have = new Map();
  #waiting = [];
  #summaryAt = 0;
  #loading = false;
  active = false;
  pinned = false;

  constructor(tag, context) {
    this.tag = tag;
    this.#context = context;
    this.#build();
  }

  /** Commit up to which every shown run is drawn; Infinity before anything is. */
  get seq() {
    return Math.min(Infinity, ...this.#have.values());
  }

  get busy() {
    return this.#loading;
  }

  activate() {
    if (this.active) return;
    this.active = true;
    const { x, logX, logY, smoothing } = this.#context.view();
    this.#chart = createChart(this.plot, {
      label: this.tag,
      options: { x, logX, logY, smoothing },
      onZoom: (from, to) => this.#zoomTo(from, to),
      onReset: () => this.#context.zoom(this.tag, null),
      onChange: () => this.#told(),
    });
    this.#chart.setRuns(this.#context.runs());
    this.#chart.setWindow(this.#window());
    this.refresh();
  }

  /** Out of sight: gives back memory and asks for nothing. */
  deactivate() {
    if (!this.active) return;
    this.active = false;
    this.#abort?.abort(new DOMException('out of sight', 'AbortError'));
    this.#chart.dispose();
    this.#chart = null;
    this.#have.clear();
    this.#waiting = [];
    this.plot.replaceChildren();
  }

  /** Fetches everything again. */
  refresh() {
    if (this.active) this.#load(this.#context.runs().map((run) => run.id));
  }

  runsChanged() {
    if (!this.active) return;
    const runs = this.#context.runs();
    const shown = new Set(runs.map((run) => run.id));
    for (const id of this.#have.keys()) if (!shown.has(id)) this.#have.delete(id);
    this.#chart.setRuns(runs);
    const missing = runs.map((run) => run.id).filter((id) => !this.#have.has(id));
    if (missing.length) this.#load(this.#loading ? [...shown] : missing);
    else if (runs.length === 0) this.#message(null);
  }

  optionsChanged({ x, logX, logY, smoothing }) {
    this.#chart?.setOptions({ x, logX, logY, smoothing });
  }

  /** The zoom in the view's state changed. */
  windowChanged() {
    const window = this.#window();
    this.reset.hidden = !window;
    if (!this.active) return;
    if (this.#loading) this.refresh();
    else if (this.#chart.windowed) {
      // The window held stays in sight until the other one is here.
      if (window) this.#chart.setWindow(window);
      this.refresh();
    } else {
      this.#chart.setWindow(window);
      if (window && !this.#chart.complete) this.#load([...this.#have.keys()], true);
    }
  }

  highlight(runId) {
    this.#chart?.highlight(runId);
  }

  frame(frame) {
    if (!this.active) return;
    if (this.#loading) {
      if (this.#waiting.length < MAX_WAITING) this.#waiting.push(frame);
      return;
    }
    const seq = this.#have.get(frame.run_id);
    if (seq === undefined || frame.seq <= seq) return;
    const added = this.#chart.append(frame.run_id, frame);
    if (added) this.#message(null);
    if (this.#chart.appendedPoints() > 2 * this.#points()) this.refresh();
  }

  #window() {
    return this.#context.view().zoom[this.tag] ?? null;
  }

  #points() {
    // Rounded up, so that cards of nearly the same width share a request.
    return Math.max(200, Math.ceil(this.#chart.width / 100) * 100);
  }

  #zoomTo(from, to) {
    const whole = this.#context.view().x === 'step';
    // Steps are whole; times are to the millisecond, which also keeps the address short.
    const milliseconds = (seconds) => Math.round(seconds * 1000) / 1000;
    this.#context.zoom(this.tag, whole ? [Math.floor(from), Math.max(Math.floor(from) + 1, Math.ceil(to))] : [milliseconds(from), Math.max(milliseconds(from) + 0.001, milliseconds(to))]);
  }

  /** Fetches runs, and where a window is chosen and points were merged, that window as well. `known`: the whole is held already. */
  async #load(runIds, known = false) {
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const abort = this.#abort = new AbortController();
    const { signal } = abort;
    if (runIds.length === 0) {
      this.#busy(false);
      return;
    }
    this.#busy(true);
    try {
      const window = this.#window();
      if (!known) {
        const answer = await this.#ask(runIds, null, signal);
        if (signal.aborted) return;
        this.#apply(answer, runIds, true);
        this.#chart.setWindow(window);
      }
      // The whole comes first: it tells which steps a window of time covers, and where nothing was merged it is all there is.
      const steps = window && !this.#chart.complete ? this.#chart.stepsWithin(...window) : null;
      if (steps) {
        const answer = await this.#ask(runIds, steps, signal);
        if (signal.aborted) return;
        this.#apply(answer, runIds, false);
      }
      this.#busy(false);
      const waiting = this.#waiting;
      this.#waiting = [];
      waiting.forEach((frame) => this.frame(frame));
      this.#context.loaded(this);
    } catch (error) {
      if (signal.aborted) return;
      this.#busy(false);
      this.#message(t('card.failed', { reason: error instanceof ApiError ? error.message : String(error) }), true);
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #ask(runIds, steps, signal) {
    return this.#context.queries.fetch({
      tag: this.tag, runIds, points: this.#points(), fromStep: steps?.[0] ?? null, toStep: steps?.[1] ?? null, signal,
      onRetry: (error) => this.#have.size === 0 && this.#message(`${error.message} ${t('error.retrying')}`, true),
    });
  }

  #apply({ seq, series }, runIds, whole) {
    const found = new Map(series.map((one) => [one.run_id, one]));
    for (const id of runIds) {
      this.#have.set(id, seq ?? 0);
      this.#chart.replace(id, found.get(id) ?? { steps: [], wall_times: [], values: [], total: 0 }, whole);
    }
    this.#message(null);
  }

  #busy(on) {
    this.#loading = on;
    this.element.classList.toggle('loading', on);
    this.element.setAttribute('aria-busy', String(on));
  }

  #message(text, retry) {
    if (text === null) {
      if (!this.message.hidden) this.message.hidden = true;
      return;
    }
    this.message.replaceChildren(h('span', { text }));
    if (retry) this.message.append(h('button', { type: 'button', class: 'button small', text: t('card.retry'), onclick: () => this.refresh() }));
    this.message.hidden = false;
  }

  /** After every drawing: what the picture leaves unsaid, and the summary for those who do not see it. */
  #told() {
    if (!this.#chart) return;
    const { nonFinite, nonPositive, runs, drawable, damaged } = this.#chart.state();
    const notes = [];
    if (nonPositive > 0) notes.push(tCount('chart.nonpositive', nonPositive));
    if (nonFinite > 0) notes.push(drawable ? tCount('chart.nonfinite', nonFinite) : t('chart.all_nonfinite'));
    if (damaged) notes.push(t('chart.damaged'));
    setText(this.note, notes.join(' · '));
    this.note.classList.toggle('warn', nonFinite > 0 || Boolean(damaged));
    this.note.title = this.note.textContent;
    if (!this.#loading && this.#have.size > 0 && runs.length === 0) this.#message(t('card.no_points'));
    const now = performance.now();
    if (now - this.#summaryAt < SUMMARY_EVERY_MS) {
      this.summaryTimer ??= setTimeout(() => { this.summaryTimer = null; this.#told(); }, SUMMARY_EVERY_MS);
      return;
    }
    this.#summaryAt = now;
    const sentences = runs.slice(0, SUMMARY_RUNS).map((run) => t('chart.summary.last', { run: run.name, value: formatNumber(run.value), step: formatStep(run.step) }));
    if (runs.length > SUMMARY_RUNS) sentences.push(tCount('chart.summary.more', runs.length - SUMMARY_RUNS));
    setText(this.summary, [tCount('chart.summary.runs', runs.length), ...sentences].join(' '));
  }

  #build() {
    const tool = (name, label, action) => h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': label, title: label, onclick: action }, icon(name));
    this.reset = tool('reset', t('card.reset_zoom'), () => this.#context.zoom(this.tag, null));
    this.reset.hidden = !this.#window();
    this.expand = tool('expand', t('card.fullscreen'), () => this.#context.fullScreen(this.element.classList.contains('fullscreen') ? null : this.tag));
    const item = (label, action) => h('button', { type: 'button', class: 'menu-item', text: label, onclick: (event) => { event.target.closest('details').open = false; this.#export(action); } });
    const menu = h('details', { class: 'menu', 'data-menu': '' },
      h('summary', { class: 'button quiet icon-only', 'aria-label': t('card.menu'), title: t('card.menu') }, icon('download')),
      h('div', { class: 'menu-panel right' },
        item(t('card.png'), () => saveImage(this.#chart, this.tag)),
        item(t('card.csv'), () => saveCsv(this.tag, this.#context.runs(), this.#window() && this.#chart.stepsWithin(...this.#window())))));
    this.note = h('p', { class: 'card-note', role: 'status' });
    this.plot = h('div', { class: 'plot' });
    this.message = h('div', { class: 'card-message', hidden: true });
    this.summary = h('p', { class: 'visually-hidden' });
    this.spoken = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });
    this.element = h('article', { class: 'card chart-card', tabindex: '0', 'aria-label': this.tag, 'aria-description': t('card.keys'), data: { tag: this.tag } },
      h('div', { class: 'card-head' }, h('h3', { class: 'card-title ellipsis' }, nameText(this.tag)), h('div', { class: 'card-tools' }, this.reset, menu, this.expand)),
      this.note, h('div', { class: 'card-body' }, this.plot, this.message), this.summary, this.spoken);
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('blur', () => this.#chart?.hideCursor());
  }

  async #export(action) {
    try {
      await action();
    } catch (error) {
      toast(error.message);
    }
  }

  #key(event) {
    if (event.target !== this.element || !this.#chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const { x } = this.#chart.view();
    const scaled = (factor) => {
      const middle = (x[0] + x[1]) / 2;
      const half = ((x[1] - x[0]) / 2) * factor;
      this.#zoomTo(middle - half, middle + half);
    };
    switch (event.key) {
      case 'ArrowRight': setText(this.spoken, this.#chart.moveCursor(1, event.shiftKey)); break;
      case 'ArrowLeft': setText(this.spoken, this.#chart.moveCursor(-1, event.shiftKey)); break;
      case '+': case '=': if (x) scaled(0.5); break;
      case '-': if (this.#window()) scaled(2); break;
      case '0': this.#context.zoom(this.tag, null); break;
      case 'Enter': this.#context.fullScreen(this.element.classList.contains('fullscreen') ? null : this.tag); break;
      default: return;
    }
    event.preventDefault();
  }

  setFullScreen(on) {
    if (this.element.classList.contains('fullscreen') === on) return;
    this.element.classList.toggle('fullscreen', on);
    const label = t(on ? 'card.exit_fullscreen' : 'card.fullscreen');
    this.expand.title = label;
    this.expand.setAttribute('aria-label', label);
    this.pinned = on;
    if (on) {
      this.activate();
      this.element.focus();
    }
    // The plot is wider now and deserves more points.
    requestAnimationFrame(() => requestAnimationFrame(() => this.refresh()));
  }
}
