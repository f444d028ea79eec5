// A run's checkpoints in their principal directions: the path, what the directions hold, how far the weights went, and every checkpoint in a table.

import { insist, json } from '../api.js';
import { likelyMetric } from '../analysis/values.js';
import { rampColors } from '../charts/points/colors.js';
import { isDark, onThemeChange } from '../charts/themewatch.js';
import { h, nameText, reconcile, setText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { ask } from '../query.js';
import { t, tCount } from '../text.js';
import { card, choice } from './card.js';
import { checkpointRows, clusters, dimsOf, orderOf, shares } from './pathnumbers.js';
import { Movement, PathPlane, Shares } from './pathplane.js';
import { PathSpace } from './pathspace.js';
import { clusterColor, clusterWord, clusterWords, movementWords, sharesWords } from './pathwords.js';
import { PATH_COLORS } from './state.js';

// Points of the loss that checkpoints are joined to: the nearest of them is taken, and its step told.
const JOIN_POINTS = 20000;
const said = (value) => (value === null || value === undefined ? '–' : formatNumber(value));
// Pixels of the scale of colours; the style sheet stretches them.
const RAMP = 90;
const NO_LOSSES = { runId: null, tags: [], tag: null, series: null, abort: null };
const COLUMNS = ['step', 'loss', 'norm', 'moved', 'residual', 'cluster'];

export class Path {
  #page;
  #result = null;
  #job = null;
  #rows = [];
  #losses = NO_LOSSES;
  #plane = null;
  #space = null;
  #color;
  #tag;
  #legend = h('ul', { class: 'weights-legend', 'aria-label': t('weights.color.cluster') });
  #ramp = h('div', { class: 'weights-legend', hidden: true }, h('span'), h('span'), h('canvas', { class: 'weights-ramp', width: String(RAMP), height: '1', 'aria-hidden': 'true' }), h('span'));
  #equal;
  #body = h('tbody');
  #cards;
  #shares;
  #movement;
  #pick;

  /** @param page { state(), set(change, push), refresh(): draws again } */
  constructor(page) {
    this.#page = page;
    const set = (change) => {
      page.set(change, true);
      page.refresh();
    };
    this.#color = choice(t('scatter.color'), PATH_COLORS.map((one) => [one, t(`weights.color.${one}`)]), (pathColor) => set({ pathColor }));
    this.#tag = choice(t('weights.loss_tag'), [], (tag) => {
      set({ tag });
      this.#join();
    });
    this.#equal = h('input', { type: 'checkbox', role: 'switch', onchange: ({ target }) => set({ equal: target.checked }) });
    const title = (key) => () => `${this.#job?.name ?? ''} ${t(key)}`;
    const exports = (key, image, csv) => ({ title: title(key), image, csv });
    const path = card('weights.path', { wide: true, tools: [this.#color.element, this.#tag.element, h('label', { class: 'switch' }, this.#equal, h('span', { text: t('weights.equal') }))], note: t('weights.path.note'), exports: exports('weights.path.title', (...given) => this.#shape.toImage(...given), () => this.#csv()) });
    path.element.insertBefore(this.#legend, path.notes);
    path.element.insertBefore(this.#ramp, path.notes);
    const variance = card('weights.shares', { note: t('weights.shares.note'), exports: exports('weights.shares.title', (...given) => this.#shares.toImage(...given), () => ({ header: ['direction', 'explained_variance', 'random_walk'], rows: shares(this.#result, Infinity).map((one) => [one.direction, one.share, one.walk]) })) });
    const movement = card('weights.movement', { exports: exports('weights.movement.title', (...given) => this.#movement.toImage(...given), () => this.#csv()) });
    this.#cards = { path, variance, movement };
    const table = h('section', { class: 'card analysis-card weights-wide', 'aria-label': t('weights.checkpoints') }, h('div', { class: 'table-scroll weights-table', tabindex: '0', role: 'group', 'aria-label': t('weights.checkpoints') }, h('table', { class: 'table' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: t('weights.checkpoint') }), ...COLUMNS.map((key) => h('th', { scope: 'col', class: key === 'cluster' ? null : 'num', text: t(`weights.column.${key}`) })))), this.#body)));
    this.element = h('div', { class: 'weights-cards' }, path.element, variance.element, movement.element, table);
    const pick = (name) => set({ at: name === page.state().at ? null : name });
    this.#pick = pick;
    this.#shares = new Shares(variance.figure);
    this.#movement = new Movement(movement.figure, pick);
    onThemeChange(() => this.#result && !this.element.hidden && page.refresh());
  }

  get #shape() {
    return this.#space ?? this.#plane;
  }

  hide() {
    this.#losses.abort?.abort();
    this.#losses = NO_LOSSES;
    this.#result = null;
  }

  show(result, job) {
    const other = this.#result !== result;
    [this.#result, this.#job] = [result, job];
    if (other) this.#openLosses(job.spec.run_id);
    const state = this.#page.state();
    this.#rows = checkpointRows(result, this.#losses.series);
    const found = clusters(result);
    const by = state.pathColor === 'cluster' && found.length === 0 ? 'step' : state.pathColor;
    this.#controls(state, by, found);
    const order = orderOf(this.#rows);
    const byStep = this.#rows.every(({ step }) => step !== null);
    const colors = { by, title: t(by === 'loss' ? 'weights.loss' : byStep ? 'weights.step' : 'weights.checkpoint'), values: by === 'cluster' ? this.#rows.map(({ cluster }) => cluster) : by === 'loss' ? this.#rows.map(({ loss }) => loss) : order };
    const at = this.#rows.some(({ name }) => name === state.at) ? state.at : null;
    this.#drawPath({ result, rows: this.#rows, colors, at, camera: state.camera, equal: state.equal });
    this.#showRamp(colors, dimsOf(result) > 2);
    this.#shares.draw(shares(result));
    this.#movement.draw(this.#rows, order, { byStep, at });
    const { path, variance, movement } = this.#cards;
    setText(path.words, [sharesWords(result), clusterWords(result)].join(' '));
    setText(path.notes, [...(result.notes ?? []), t(dimsOf(result) > 2 ? 'weights.path.note_space' : state.equal ? 'weights.path.note' : 'weights.path.note_free')].join(' '));
    setText(movement.words, movementWords(result));
    variance.element.dataset.path = String(result.explained_variance?.[0] ?? '');
    this.#table(at);
  }

  #drawPath(view) {
    const host = this.#cards.path.figure;
    const wanted = dimsOf(view.result) > 2 ? 'space' : 'plane';
    if (host.dataset.shape !== wanted) {
      this.#space?.destroy();
      [this.#space, this.#plane] = [null, null];
      // A figure of one library leaves nothing to the other.
      const fresh = h('div', { class: 'weights-path', data: { shape: wanted } });
      host.replaceChildren(fresh);
      host.dataset.shape = wanted;
      if (wanted === 'space') this.#space = new PathSpace(fresh, { pick: (name) => (name === null ? this.#page.state().at && this.#pick(this.#page.state().at) : this.#pick(name)), camera: (camera) => this.#page.set({ camera }, false) });
      else this.#plane = new PathPlane(fresh, this.#pick);
    }
    this.#shape.draw(view);
  }

  #controls(state, by, found) {
    this.#color.select.value = by;
    this.#color.select.querySelector('[value="cluster"]').disabled = found.length === 0;
    this.#color.select.querySelector('[value="loss"]').disabled = this.#losses.tags.length === 0;
    const { tags, tag } = this.#losses;
    const { select } = this.#tag;
    if (select.dataset.tags !== tags.join('\n')) {
      select.dataset.tags = tags.join('\n');
      select.replaceChildren(...tags.map((one) => h('option', { value: one, text: one })));
    }
    this.#equal.checked = state.equal;
    this.#equal.closest('label').hidden = dimsOf(this.#result) > 2;
    this.#tag.element.hidden = tags.length === 0;
    if (tag) select.value = tag;
    this.#legend.hidden = by !== 'cluster';
    reconcile(this.#legend, by === 'cluster' ? found : [], ({ code }) => String(code), () => h('li', {}, h('span', { class: 'swatch' }), h('span')), (row, one) => {
      row.firstElementChild.style.setProperty('--run-color', clusterColor(one.code, isDark()));
      setText(row.lastElementChild, one.from === null ? tCount('weights.legend', one.count, { cluster: clusterWord(one.code) }) : tCount('weights.legend_steps', one.count, { cluster: clusterWord(one.code), from: formatStep(one.from), to: formatStep(one.to) }));
    });
  }

  /** The scale of colours below a picture in space, which has none of its own. */
  #showRamp({ by, values, title }, inSpace) {
    const known = values.filter((value) => value !== null && Number.isFinite(value));
    this.#ramp.hidden = !inSpace || by === 'cluster' || known.length === 0;
    if (this.#ramp.hidden) return;
    const [name, low, canvas, high] = this.#ramp.children;
    const context = canvas.getContext('2d');
    rampColors('viridis', isDark(), RAMP).forEach((color, at) => {
      context.fillStyle = color;
      context.fillRect(at, 0, 1, 1);
    });
    setText(name, title);
    setText(low, formatNumber(Math.min(...known)));
    setText(high, formatNumber(Math.max(...known)));
  }

  #table(at) {
    reconcile(this.#body, this.#rows, ({ name }) => name, ({ name }) => h('tr', {}, h('th', { scope: 'row' }, h('button', { type: 'button', class: 'row-name', onclick: () => this.#pick(name) }, nameText(name))),
      ...COLUMNS.map((key) => h('td', { class: key === 'cluster' ? null : 'num' }))), (row, one) => {
      const cells = [one.step === null ? '–' : formatStep(one.step), said(one.loss), said(one.norm), said(one.moved), said(one.residual), one.cluster === null ? '–' : clusterWord(one.cluster)];
      cells.forEach((text, column) => setText(row.children[column + 1], text));
      row.toggleAttribute('data-chosen', one.name === at);
      row.querySelector('button').setAttribute('aria-pressed', String(one.name === at));
    });
  }

  #csv() {
    const dims = dimsOf(this.#result);
    return {
      header: ['checkpoint', 'step', ...['x', 'y', 'z'].slice(0, dims), 'loss', 'loss_step', 'norm', 'moved', 'residual', 'cluster'],
      rows: this.#rows.map((row) => [row.name, row.step, ...row.place, row.loss, row.lossStep, row.norm, row.moved, row.residual, row.cluster === null ? null : row.cluster + 1]),
    };
  }

  async #openLosses(runId) {
    this.#losses.abort?.abort();
    this.#losses = { ...NO_LOSSES, runId, abort: new AbortController() };
    const { signal } = this.#losses.abort;
    try {
      const { types } = await insist(() => json('api/v1/series/tags', { method: 'POST', body: { run_ids: [runId], types: ['scalar'] }, signal }), { signal });
      this.#losses.tags = types.scalar ?? [];
      await this.#join();
    } catch (error) {
      // Without the run's curves the path is shown without its losses.
      if (!signal.aborted && !error.status) throw error;
    }
  }

  async #join() {
    const losses = this.#losses;
    const { tag: asked } = this.#page.state();
    const tag = losses.tags.includes(asked) ? asked : likelyMetric(losses.tags);
    if (!tag) return;
    const { signal } = losses.abort;
    const { series } = await insist(() => ask({ run_ids: [losses.runId], tags: [tag], points: JOIN_POINTS }, signal), { signal });
    if (signal.aborted || this.#losses !== losses) return;
    const [found] = series;
    Object.assign(losses, { tag, series: found ? { steps: Array.from(found.steps, Number), values: Array.from(found.values) } : null });
    this.#page.refresh();
  }
}
