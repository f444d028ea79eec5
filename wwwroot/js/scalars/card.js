// One chart of one tag (and others that joined it): what it says and offers. What it draws is carddata.js's business.

import { ApiError } from '../api.js';
import { create as createChart } from '../charts/chart.js';
import { h, icon, nameText, setText } from '../dom.js';
import { embedded } from '../embedded.js';
import { formatNumber, formatStep } from '../format.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { CardData } from './carddata.js';
import { createMenu, windowsText } from './cardmenu.js';
import { saveCsv, saveImage, saveSvg } from './export.js';
import { showLegend } from './legend.js';
import { CardTable } from './table.js';

const SUMMARY_RUNS = 5;
const SUMMARY_EVERY_MS = 2000;

/**
 * @param {string} tag
 * @param context `{ queries, view(): state, runs(): runs to draw, tags(): all tags, grouping(): see chart.js, zoom(tag, window|null),
 *   fullScreen(tag|null), pick(runId), pinTip(tag, x|null), set(name, value), change(name, tag, value|null), failed(error), loaded(card) }`
 */
export class Card {
  #context;
  #summaryAt = 0;
  #summaryTimer = 0;
  #table = null;
  #picked = null;
  chart = null;
  active = false;
  pinned = false;

  constructor(tag, context) {
    this.tag = tag;
    this.#context = context;
    this.data = new CardData(context, {
      tag,
      busy: (on) => this.#busy(on),
      failed: (error) => {
        context.failed(error);
        this.#message(t('card.failed', { reason: error instanceof ApiError ? error.message : String(error) }), true);
      },
      retrying: (error) => this.#message(`${error.message} ${t('error.retrying')}`, true),
      applied: () => this.#message(null),
      loaded: () => context.loaded(this),
    });
    this.#build();
  }

  get seq() {
    return this.data.seq;
  }

  get busy() {
    return this.data.busy;
  }

  /** Every tag it draws. */
  get tags() {
    return this.data.tags.map(({ tag }) => tag);
  }

  get title() {
    return this.tags.join(' · ');
  }

  activate() {
    if (this.active) return;
    this.active = true;
    this.chart = createChart(this.plot, {
      label: this.title,
      options: this.#options(),
      onZoom: (from, to) => this.#zoomTo(from, to),
      onReset: () => this.#context.zoom(this.tag, null),
      onChange: () => this.#told(),
      onPick: (runId) => this.#context.pick(runId),
      onPin: (x) => this.#context.pinTip(this.tag, x),
    });
    this.chart.setGrouping(this.#context.grouping());
    this.chart.highlight(this.#picked);
    this.#showTip();
    this.data.attach(this.chart);
    this.#showTable();
  }

  /** Out of sight: gives back memory and asks for nothing. */
  deactivate() {
    if (!this.active) return;
    this.active = false;
    this.data.detach();
    this.chart.dispose();
    this.chart = null;
    clearTimeout(this.#summaryTimer);
    this.#summaryTimer = 0;
    this.plot.replaceChildren();
  }

  refresh() {
    this.data.refresh();
  }

  runsChanged() {
    if (!this.active) return;
    this.chart.setGrouping(this.#context.grouping());
    if (this.data.runsChanged() === 0) this.#message(null);
  }

  groupingChanged() {
    this.chart?.setGrouping(this.#context.grouping());
  }

  /** Axis, smoothing and the like. `fetch`: what is held is of another axis. */
  optionsChanged(fetch = false) {
    this.chart?.setOptions(this.#options());
    if (fetch) this.data.reconfigure();
  }

  /** Tags joined or left, or windows were chosen. */
  configChanged() {
    this.#showTitle();
    this.optionsChanged(true);
    this.tableChanged();
  }

  /** The table came or went. */
  tableChanged() {
    if (this.active) this.#showTable();
  }

  /** The zoom in the view's state changed. */
  windowChanged() {
    this.reset.hidden = !this.data.window;
    if (this.active) this.data.windowChanged();
  }

  tipChanged() {
    if (this.active) this.#showTip();
  }

  highlight(runId) {
    this.#picked = runId;
    this.chart?.highlight(runId);
  }

  frame(frame) {
    this.data.frame(frame);
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
      if (!embedded) this.element.focus();
    }
    // The plot is wider now and deserves more points.
    requestAnimationFrame(() => requestAnimationFrame(() => this.refresh()));
  }

  #options() {
    const { x, xTag, logX, logY, smoother, smoothing, ignoreOutliers } = this.#context.view();
    const windowed = Boolean(this.data.windows);
    const axis = windowed && x === 'time' ? 'relative' : x;
    return { x: axis, xLabel: axis === 'metric' ? xTag : t(`axis.${axis}`), logX, logY, smoother, smoothing, ignoreOutliers, windowed };
  }

  #zoomTo(from, to) {
    const whole = this.#context.view().x === 'step';
    // Steps are whole; times are to the millisecond, which also keeps the address short; another metric has digits of its own.
    if (this.#context.view().x === 'metric') {
      this.#context.zoom(this.tag, [Number(from.toPrecision(7)), Number(to.toPrecision(7))]);
      return;
    }
    const milliseconds = (seconds) => Math.round(seconds * 1000) / 1000;
    this.#context.zoom(this.tag, whole ? [Math.floor(from), Math.max(Math.floor(from) + 1, Math.ceil(to))] : [milliseconds(from), Math.max(milliseconds(from) + 0.001, milliseconds(to))]);
  }

  #showTip() {
    const { tip } = this.#context.view();
    const x = tip?.tag === this.tag ? tip.x : null;
    this.chart.pin(x);
    this.element.classList.toggle('lifted', x !== null);
  }

  #showTitle() {
    this.heading.replaceChildren(...this.tags.flatMap((tag, i) => [...(i ? [h('span', { class: 'muted', text: ' · ' })] : []), nameText(tag)]));
    this.element.setAttribute('aria-label', this.title);
    this.element.classList.toggle('combined', this.tags.length > 1);
  }

  #showTable() {
    const on = this.#context.view().tables.includes(this.tag);
    this.element.classList.toggle('tabled', on);
    if (on === Boolean(this.#table)) return;
    if (on) {
      this.#table = new CardTable(this.tag, () => this.chart?.rows() ?? [], (runId) => this.#context.pick(runId));
      this.element.insertBefore(this.#table.element, this.summary);
      this.#table.show();
    } else {
      this.#table.element.remove();
      this.#table.dispose();
      this.#table = null;
    }
  }

  #busy(on) {
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
    if (!this.chart) return;
    const state = this.chart.state();
    this.#note(state);
    showLegend(this.legend, this.chart.legend(), state.grouped);
    this.#table?.changed();
    if (!this.busy && !this.data.empty && state.runs.length === 0) this.#message(t('card.no_points'));
    const now = performance.now();
    if (now - this.#summaryAt < SUMMARY_EVERY_MS) {
      this.#summaryTimer ||= setTimeout(() => { this.#summaryTimer = 0; this.#told(); }, SUMMARY_EVERY_MS);
      return;
    }
    this.#summaryAt = now;
    const { runs } = state;
    const sentences = runs.slice(0, SUMMARY_RUNS).map((run) => t(state.grouped ? 'chart.summary.group' : 'chart.summary.last', { run: run.name, value: formatNumber(run.value), step: formatStep(run.step) }));
    if (runs.length > SUMMARY_RUNS) sentences.push(tCount('chart.summary.more', runs.length - SUMMARY_RUNS));
    setText(this.summary, [tCount('chart.summary.runs', runs.length), ...sentences].join(' '));
  }

  #note({ nonFinite, nonPositive, outside, drawable, damaged, grouped }) {
    const view = this.#context.view();
    const notes = [];
    if (this.data.windows) notes.push(windowsText(this.data.windows));
    if (view.groupBy && !grouped) notes.push(t('card.not_grouped'));
    if (this.data.thinned) notes.push(t('card.thinned'));
    if (outside > 0) notes.push(tCount('chart.outside', outside));
    if (nonPositive > 0) notes.push(tCount('chart.nonpositive', nonPositive));
    if (nonFinite > 0) notes.push(drawable ? tCount('chart.nonfinite', nonFinite) : t('chart.all_nonfinite'));
    if (damaged) notes.push(t('chart.damaged'));
    if (setText(this.note, notes.join(' · '))) this.note.title = this.note.textContent;
    this.note.classList.toggle('warn', nonFinite > 0 || Boolean(damaged));
  }

  #build() {
    const tool = (name, label, action) => h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': label, title: label, onclick: action }, icon(name));
    this.reset = tool('reset', t('card.reset_zoom'), () => this.#context.zoom(this.tag, null));
    this.reset.hidden = !this.data.window;
    this.expand = tool('expand', t('card.fullscreen'), () => this.#context.fullScreen(this.element.classList.contains('fullscreen') ? null : this.tag));
    this.expand.hidden = embedded;
    const steps = () => this.data.window && this.chart.stepsWithin(...this.data.window);
    const menu = createMenu(this, this.#context, {
      png: () => this.#export(() => saveImage(this.chart, this.title)),
      svg: (white) => this.#export(() => saveSvg(this.chart, this.title, white)),
      csv: () => this.#export(() => saveCsv(this.title, this.tags, this.#context.runs(), this.chart.sizes(), steps())),
    });
    this.heading = h('h3', { class: 'card-title ellipsis' });
    this.note = h('p', { class: 'card-note', role: 'status' });
    this.legend = h('ul', { class: 'card-legend', 'aria-label': t('card.legend'), hidden: true });
    this.plot = h('div', { class: 'plot' });
    this.message = h('div', { class: 'card-message', hidden: true });
    this.summary = h('p', { class: 'visually-hidden' });
    this.spoken = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });
    this.element = h('article', { class: 'card chart-card', tabindex: '0', 'aria-description': t('card.keys'), data: { tag: this.tag } },
      h('div', { class: 'card-head' }, this.heading, h('div', { class: 'card-tools' }, this.reset, menu, this.expand)),
      this.note, this.legend, h('div', { class: 'card-body' }, this.plot, this.message), this.summary, this.spoken);
    this.#showTitle();
    this.element.classList.toggle('tabled', this.#context.view().tables.includes(this.tag));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('blur', () => this.chart?.hideCursor());
  }

  async #export(action) {
    try {
      await action();
    } catch (error) {
      toast(error.message);
    }
  }

  #key(event) {
    if (event.target !== this.element || !this.chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const { x } = this.chart.view();
    const scaled = (factor) => {
      const middle = (x[0] + x[1]) / 2;
      const half = ((x[1] - x[0]) / 2) * factor;
      this.#zoomTo(middle - half, middle + half);
    };
    switch (event.key) {
      case 'ArrowRight': setText(this.spoken, this.chart.moveCursor(1, event.shiftKey)); break;
      case 'ArrowLeft': setText(this.spoken, this.chart.moveCursor(-1, event.shiftKey)); break;
      case '+': case '=': if (x) scaled(0.5); break;
      case '-': if (this.data.window) scaled(2); break;
      case '0': this.#context.zoom(this.tag, null); break;
      case 'p': case 'P': this.chart.togglePin(); break;
      case 'Enter': this.#context.fullScreen(this.element.classList.contains('fullscreen') ? null : this.tag); break;
      default: return;
    }
    event.preventDefault();
  }
}
