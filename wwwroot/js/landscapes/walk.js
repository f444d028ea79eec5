// The way along the checkpoints: a slider, and the run's curves with the step marked. What moves one moves the other.

import { insist, json } from '../api.js';
import { create as createChart } from '../charts/chart.js';
import { h, setText } from '../dom.js';
import { ask } from '../query.js';
import { t } from '../text.js';
import { checkpointWords } from './words.js';

const POINTS = 1000;
const OPTIONS = { x: 'step', logX: false, logY: false, smoother: 'exponential', smoothing: 0, ignoreOutliers: false, windowed: false };
const NOTHING = { steps: [], wall_times: [], values: [], total: 0 };
// Tags that a person most likely means by the loss curve, and the one beside it.
const LIKELY = [/^(train(ing)?[/_])?loss$/i, /train.*loss/i, /loss/i];
const LIKELY_OTHER = [/^val(idation)?[/_]loss$/i, /(val|test|eval).*loss/i];

export class Walk {
  #root;
  #hooks;
  #slider = h('input', { type: 'range', min: '0', step: '1', 'aria-label': t('landscapes.walk') });
  #words = h('output', { class: 'walk-words' });
  #select = h('select', { class: 'select', 'aria-label': t('landscapes.tag') });
  #plot = h('div', { class: 'walk-plot' });
  #message = h('p', { class: 'muted walk-message', hidden: true });
  #chart = null;
  #landscape = null;
  #run = null;
  #key = null;
  #tags = [];
  #abort = null;

  /** @param hooks { state(), step(number | null), tag(tag) } */
  constructor(root, hooks) {
    this.#root = root;
    this.#hooks = hooks;
    root.append(h('div', { class: 'walk-bar' }, h('label', { class: 'field walk-slider' }, h('span', { text: t('landscapes.walk') }), this.#slider), this.#words),
      h('div', { class: 'walk-curve', hidden: true }, h('label', { class: 'field' }, h('span', { text: t('landscapes.tag') }), this.#select), this.#plot, this.#message));
    this.#slider.addEventListener('input', () => hooks.step(Number(this.#slider.value)));
    this.#select.addEventListener('change', () => hooks.tag(this.#select.value));
  }

  /** @param run `{ id, name, color }` or null */
  show(landscape, run) {
    this.#landscape = landscape;
    this.#root.hidden = !landscape?.path;
    if (!landscape?.path) {
      this.#closeCurve();
      return;
    }
    this.#slider.max = String(landscape.path.count - 1);
    this.#slider.hidden = landscape.path.count < 2;
    this.#run = run;
    if (landscape.path.steps && run) this.#openCurve();
    else this.#closeCurve();
    this.over();
  }

  /** Another checkpoint is chosen. */
  over() {
    const path = this.#landscape?.path;
    if (!path) return;
    const { step } = this.#hooks.state();
    const at = step === null ? path.count - 1 : Math.min(step, path.count - 1);
    if (Number(this.#slider.value) !== at) this.#slider.value = String(at);
    const words = step === null ? t('landscapes.walk_hint') : checkpointWords.sentence(path, at, this.#landscape.field('train', 'loss'));
    setText(this.#words, words);
    this.#slider.setAttribute('aria-valuetext', checkpointWords.head(path, at));
    this.#chart?.mark(step === null || !path.steps ? null : path.steps[at]);
  }

  tagChanged() {
    if (this.#run) this.#load();
  }

  #closeCurve() {
    this.#key = null;
    this.#abort?.abort(new DOMException('closed', 'AbortError'));
    this.#chart?.dispose();
    this.#chart = null;
    this.#plot.replaceChildren();
    this.#plot.parentElement.hidden = true;
  }

  async #openCurve() {
    if (this.#key === this.#run.id) return;
    this.#closeCurve();
    this.#key = this.#run.id;
    const { signal } = this.#abort = new AbortController();
    try {
      const { types } = await insist(() => json('api/v1/series/tags', { method: 'POST', body: { run_ids: [this.#run.id], types: ['scalar'] }, signal }), { signal });
      this.#tags = types.scalar ?? [];
    } catch {
      // Without curves the slider still works.
      return;
    }
    if (this.#tags.length === 0 || signal.aborted) return;
    this.#plot.parentElement.hidden = false;
    this.#select.replaceChildren(...this.#tags.map((tag) => h('option', { value: tag, text: tag })));
    this.#chart = createChart(this.#plot, { label: t('landscapes.curve'), options: { ...OPTIONS, xLabel: t('axis.step') }, onCursor: (x) => this.#hover(x), onZoom: (from, to) => this.#chart.setWindow([from, to]), onReset: () => this.#chart.setWindow(null) });
    await this.#load();
  }

  async #load() {
    const likely = (patterns) => patterns.map((pattern) => this.#tags.find((tag) => pattern.test(tag))).find(Boolean);
    const asked = this.#hooks.state().tag;
    const tag = this.#tags.includes(asked) ? asked : likely(LIKELY) ?? this.#tags[0];
    this.#select.value = tag;
    const other = asked ? null : likely(LIKELY_OTHER);
    const tags = other && other !== tag ? [tag, other] : [tag];
    const { signal } = this.#abort;
    try {
      const { series } = await insist(() => ask({ run_ids: [this.#run.id], tags, points: POINTS }, signal), { signal });
      if (signal.aborted || !this.#chart) return;
      this.#chart.setRuns(tags.map((one, i) => ({ id: one, runId: this.#run.id, name: one, color: this.#run.color, dash: i, part: i, axis: 'y' })));
      for (const one of tags) this.#chart.replace(one, series.find((each) => each.tag === one) ?? NOTHING, true);
      this.over();
      this.#message.hidden = true;
    } catch (error) {
      if (signal.aborted) return;
      this.#message.hidden = false;
      setText(this.#message, t('landscapes.curve_failed', { reason: error.message }));
    }
  }

  #hover(x) {
    const steps = this.#landscape?.path?.steps;
    if (x === null || !steps) return;
    let best = 0;
    for (let i = 1; i < steps.length; i++) if (Math.abs(steps[i] - x) < Math.abs(steps[best] - x)) best = i;
    if (best !== this.#hooks.state().step) this.#hooks.step(best);
  }
}
