// The distributions of one run and tag: what the card shows, loads, says and offers.

import { ApiError } from '../api.js';
import { createDistribution } from '../charts/distribution.js';
import { hideLines, showLines } from '../charts/tip.js';
import { h, icon, nameText, setText } from '../dom.js';
import { embedded } from '../embedded.js';
import { fileName, saveBlob, saveCsv } from '../download.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { DistributionModel } from './model.js';
import { cellWords, notes, summary } from './words.js';

export class Panel {
  #context;
  #row;
  #chart = null;
  #abort = null;
  active = false;
  pinned = false;
  model = null;

  /**
   * @param row { tag, range(panel): [low, high] | null, loaded(panel) }
   * @param context { queries, view(), zoom(kind, tag, window | null), fullScreen(key | null) }
   */
  constructor(run, row, context) {
    this.run = run;
    this.#row = row;
    this.#context = context;
    this.key = `${run.id}:${row.tag}`;
    this.#build();
  }

  activate() {
    if (this.active) return;
    this.active = true;
    this.#chart = createDistribution(this.plot, {
      label: `${this.#row.tag}, ${this.run.name}`,
      onZoom: (kind, from, to) => this.#context.zoom(kind, this.#row.tag, [from, to]),
      onReset: () => this.#context.zoom('all', this.#row.tag, null),
      onProbe: (cell, event) => this.#probe(cell, event),
    });
    if (this.model) this.draw();
    this.refresh();
  }

  deactivate() {
    if (!this.active) return;
    this.active = false;
    this.#abort?.abort(new DOMException('out of sight', 'AbortError'));
    this.#chart.dispose();
    this.#chart = null;
  }

  /** Asks the server again. */
  async refresh() {
    if (!this.active) return;
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const { signal } = this.#abort = new AbortController();
    this.#busy(true);
    try {
      const { points, steps } = this.#context.view();
      const [fromStep, toStep] = steps[this.#row.tag] ?? [null, null];
      const series = await this.#context.queries.fetch({
        runId: this.run.id, tag: this.#row.tag, points, fromStep, toStep, signal,
        onRetry: (error) => this.model || this.#message(`${error.message} ${t('error.retrying')}`, true),
      });
      if (signal.aborted) return;
      this.#busy(false);
      this.#message(null);
      this.absent = series === null;
      this.element.hidden = this.absent;
      this.model = series && new DistributionModel(series);
      if (this.model?.steps.length === 0) this.#message(t('distributions.no_steps'));
      this.#row.loaded(this);
      this.draw();
    } catch (error) {
      if (signal.aborted) return;
      this.#busy(false);
      this.#message(t('distributions.failed', { reason: error instanceof ApiError ? error.message : String(error) }), true);
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** The run has another name or colour. */
  runChanged(run) {
    const other = run.name !== this.run.name;
    this.run = run;
    this.swatch.style.setProperty('--run-color', `var(--run-${run.color})`);
    if (other) {
      this.title.replaceChildren(this.swatch, nameText(this.#row.tag, 'ellipsis panel-tag'), nameText(run.name));
      this.element.setAttribute('aria-label', `${this.#row.tag}, ${run.name}`);
    }
    this.draw();
  }

  draw() {
    const { model } = this;
    const view = this.#context.view();
    this.reset.hidden = !view.values[this.#row.tag] && !view.steps[this.#row.tag];
    if (!this.#chart || !model || model.steps.length === 0) return;
    const window = this.#row.range(this);
    model.window = window;
    const pair = this.#pair();
    this.#chart.show(model, { mode: view.mode, logCounts: view.logCounts, highlight: view.step === null || view.mode === 'pair' ? null : model.nearest(view.step), pair, color: this.run.color });
    const { text, warn } = notes(model, view.mode, pair, window !== null);
    setText(this.note, text);
    this.note.title = text;
    this.note.classList.toggle('warn', warn);
    this.note.classList.toggle('wraps', view.mode === 'pair');
    setText(this.summary, summary(model));
    if (model.empty) this.#message(t(model.nonFiniteTotal > 0 ? 'distributions.all_nonfinite' : 'distributions.no_values'));
  }

  setFullScreen(on) {
    if (this.element.classList.contains('fullscreen') === on) return;
    this.element.classList.toggle('fullscreen', on);
    const label = t(on ? 'distributions.exit_fullscreen' : 'distributions.fullscreen');
    this.expand.title = label;
    this.expand.setAttribute('aria-label', label);
    this.pinned = on;
    if (on) {
      this.activate();
      if (!embedded) this.element.focus();
    }
  }

  #pair() {
    const { first, step } = this.#context.view();
    return [first === null ? 0 : this.model.nearest(first), this.model.nearest(step)];
  }

  #probe(cell, event) {
    if (!cell || !event) {
      hideLines();
      return;
    }
    const { head, lines } = cellWords(this.model, this.#context.view().mode, this.#pair(), cell);
    showLines(head, lines, event.clientX, event.clientY);
  }

  #busy(on) {
    this.element.classList.toggle('loading', on);
    this.element.setAttribute('aria-busy', String(on));
  }

  #message(text, retry) {
    this.message.hidden = text === null;
    this.message.replaceChildren();
    if (text === null) return;
    this.message.append(h('span', { text }));
    if (retry) this.message.append(h('button', { type: 'button', class: 'button small', text: t('error.retry'), onclick: () => this.refresh() }));
  }

  #build() {
    const { tag } = this.#row;
    const tool = (name, label, action) => h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': label, title: label, onclick: action }, icon(name));
    this.reset = tool('reset', t('distributions.reset_zoom'), () => this.#context.zoom('all', tag, null));
    this.reset.hidden = true;
    this.expand = tool('expand', t('distributions.fullscreen'), () => this.#context.fullScreen(this.element.classList.contains('fullscreen') ? null : this.key));
    this.expand.hidden = embedded;
    const name = () => `${tag} ${this.run.name}`;
    const menu = h('details', { class: 'menu', 'data-menu': '' },
      h('summary', { class: 'button quiet icon-only', 'aria-label': t('common.export'), title: t('common.export') }, icon('download')),
      h('div', { class: 'menu-panel right' },
        this.#item(t('common.png'), async () => saveBlob(await this.#chart.toPng(name()), `${fileName(name())}.png`)),
        this.#item(t('common.svg'), async () => saveBlob(await this.#chart.toSvg(name()), `${fileName(name())}.svg`)),
        this.#item(t('distributions.csv'), () => this.#saveCsv(name()))));
    this.swatch = h('span', { class: 'swatch' });
    this.swatch.style.setProperty('--run-color', `var(--run-${this.run.color})`);
    // Alone on the screen a card says its tag as well, which stands above its row otherwise.
    this.title = h('h4', { class: 'panel-title ellipsis' }, this.swatch, nameText(tag, 'ellipsis panel-tag'), nameText(this.run.name));
    this.note = h('p', { class: 'panel-note', role: 'status' });
    this.plot = h('div', { class: 'distribution-plot' });
    this.message = h('div', { class: 'panel-message', hidden: true });
    this.summary = h('p', { class: 'visually-hidden' });
    this.spoken = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });
    this.element = h('article', { class: 'card panel', tabindex: '0', 'aria-label': `${tag}, ${this.run.name}`, 'aria-description': t('distributions.keys'), data: { tag, run: this.run.id, key: this.key } },
      h('div', { class: 'panel-head' }, this.title, h('div', { class: 'panel-tools' }, this.reset, menu, this.expand)),
      this.note, h('div', { class: 'panel-body' }, this.plot, this.message), this.summary, this.spoken);
    this.element.panel = this;
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('blur', () => this.#chart?.hideCursor());
  }

  #item(label, action) {
    return h('button', {
      type: 'button', class: 'menu-item', text: label, onclick: async (event) => {
        event.target.closest('details').open = false;
        try {
          if (this.model) await action();
        } catch (error) {
          toast(error.message);
        }
      },
    });
  }

  /** The drawn steps with the bins they are stored with. */
  #saveCsv(name) {
    const { steps, wallTimes, histograms, nonFinite } = this.model;
    const rows = [];
    steps.forEach((step, i) => {
      const { edges, counts } = histograms[i];
      counts.forEach((count, bin) => rows.push([this.run.name, step, wallTimes[i], edges[bin], edges[bin + 1], count]));
      if (nonFinite?.[i]) rows.push([this.run.name, step, wallTimes[i], 'non_finite', '', nonFinite[i]]);
    });
    saveCsv(['run', 'step', 'wall_time', 'from', 'to', 'count'], rows, name);
  }

  #key(event) {
    if (event.target !== this.element || !this.#chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const { mode } = this.#context.view();
    // Steps run across in heat map and bands, and down the ridges.
    if (mode === 'heat' || mode === 'bands') Object.assign(moves, { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 0], ArrowDown: [-1, 0] });
    if (moves[event.key]) {
      const factor = event.shiftKey ? 10 : 1;
      const cell = this.#chart.move(...moves[event.key].map((one) => one * factor));
      if (cell) {
        const { head, lines } = cellWords(this.model, mode, this.#pair(), cell);
        setText(this.spoken, `${head}. ${lines.map((line) => line.join(' ')).join(', ')}`);
      }
    } else if (event.key === '0') this.#context.zoom('all', this.#row.tag, null);
    else if (event.key === 'Enter') this.#context.fullScreen(this.element.classList.contains('fullscreen') ? null : this.key);
    else return;
    event.preventDefault();
  }
}
