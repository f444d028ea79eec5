// The way through training: projections of one series at its steps, to slide and play through. A step that nobody has computed is marked, and can be.

import { ApiError, json } from '../api.js';
import { h, icon, setText } from '../dom.js';
import { formatStep } from '../format.js';
import { t, tCount } from '../text.js';
import { siblings, sourceOf, specAt } from './spec.js';

// Long enough to see a picture move to the next.
const PLAY_MS = 1100;

export class Steps {
  #page;
  #play;
  #slider = h('input', { type: 'range', min: '0', step: '1', 'aria-label': t('projections.walk') });
  #marks = h('div', { class: 'step-marks', 'aria-hidden': 'true' });
  #words = h('output', { class: 'step-words' });
  #compute;
  #all;
  #steps = [];
  #known = new Map();
  #series = null;
  #jobs = new Map();
  #job = null;
  #timer = 0;
  #at = null;

  /** @param page { choose(job), compute(specs: [{ spec, step }]), isReady(): whether the picture of the chosen step is drawn } */
  constructor(root, page) {
    this.#page = page;
    this.element = root;
    this.#play = h('button', { type: 'button', class: 'button icon-only', 'aria-pressed': 'false', onclick: () => this.#toggle() });
    this.#compute = h('button', { type: 'button', class: 'button small', text: t('projections.walk.compute'), hidden: true, onclick: () => page.compute([this.#asked(this.#steps[this.#at])]) });
    this.#all = h('button', { type: 'button', class: 'button small', hidden: true, onclick: () => page.compute(this.#lacking.map((step) => this.#asked(step))) });
    this.#slider.addEventListener('input', () => {
      this.#stop();
      this.#go(Number(this.#slider.value));
    });
    root.append(this.#play, h('div', { class: 'step-track' }, this.#slider, this.#marks), this.#words, this.#compute, this.#all);
    this.#showPlay();
  }

  /** @param job the chosen one, or null @param jobs all projections of the project */
  show(job, jobs) {
    const source = job && sourceOf(job.spec);
    const series = source && (source.kind === 'embedding' || source.kind === 'predictions') ? `${source.kind}\t${source.runId}\t${source.name}` : null;
    this.#job = job;
    if (series !== this.#series) {
      this.#series = series;
      this.#steps = [];
      this.#at = null;
      this.#stop();
      if (series) this.#ask(series, job);
    }
    this.#jobs = job ? siblings(jobs, job) : new Map();
    const steps = [...new Set([...(this.#known.get(series) ?? []), ...this.#jobs.keys()])].sort((a, b) => a - b);
    this.element.hidden = steps.length < 2;
    if (this.element.hidden) return;
    const moved = this.#steps.length !== steps.length || (source && this.#at !== null && this.#steps[this.#at] !== source.step && this.#jobs.has(this.#steps[this.#at]));
    this.#steps = steps;
    if (this.#at === null || moved) this.#at = Math.max(0, steps.indexOf(source.step));
    this.#slider.max = String(steps.length - 1);
    this.#show();
  }

  stop() {
    this.#stop();
  }

  get #lacking() {
    return this.#steps.filter((step) => !this.#jobs.has(step) || ['failed', 'cancelled'].includes(this.#jobs.get(step).status));
  }

  #asked(step) {
    return { step, spec: specAt(this.#job.spec, step) };
  }

  async #ask(series, job) {
    if (this.#known.has(series)) return;
    try {
      const { steps } = await json('api/v1/projections/describe', { method: 'POST', body: { project: job.project, spec: specAt(job.spec, sourceOf(job.spec).step) } });
      this.#known.set(series, steps ?? []);
      this.#page.changed();
    } catch (error) {
      // Without it the slider has the steps that were computed.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #show() {
    const step = this.#steps[this.#at];
    if (Number(this.#slider.value) !== this.#at) this.#slider.value = String(this.#at);
    const job = this.#jobs.get(step);
    const state = job ? (job.status === 'succeeded' ? '' : t(`jobs.status.${job.status}`)) : t('projections.walk.missing');
    const words = [t('projections.step', { step: formatStep(step) }), t('projections.walk.of', { number: this.#at + 1, count: this.#steps.length }), state].filter(Boolean).join(' · ');
    setText(this.#words, words);
    this.#slider.setAttribute('aria-valuetext', words);
    const lacking = this.#lacking;
    this.#compute.hidden = !lacking.includes(step);
    this.#all.hidden = lacking.length < 2;
    setText(this.#all, tCount('projections.walk.compute_all', lacking.length));
    this.#play.disabled = this.#ready.length < 2;
    const marks = this.#steps.map((one) => (this.#jobs.get(one)?.status === 'succeeded' ? 'done' : this.#jobs.has(one) && !lacking.includes(one) ? 'open' : 'none'));
    const key = marks.join();
    if (this.#marks.dataset.key === key) return;
    this.#marks.dataset.key = key;
    this.#marks.replaceChildren(...marks.map((mark) => h('i', { data: { mark } })));
  }

  get #ready() {
    return this.#steps.flatMap((step, at) => (this.#jobs.get(step)?.status === 'succeeded' ? [at] : []));
  }

  #go(at) {
    this.#at = at;
    const job = this.#jobs.get(this.#steps[at]);
    if (job && job.id !== this.#job.id) this.#page.choose(job);
    this.#show();
  }

  #toggle() {
    if (this.#timer) this.#stop();
    else {
      this.#timer = setInterval(() => this.#next(), PLAY_MS);
      this.#next();
    }
    this.#showPlay();
  }

  #next() {
    // A slow answer is waited for, or the steps would be skipped unseen.
    if (!this.#page.isReady()) return;
    const ready = this.#ready;
    this.#go(ready.find((at) => at > this.#at) ?? ready[0]);
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#showPlay();
  }

  #showPlay() {
    const playing = this.#timer !== 0;
    const words = t(playing ? 'projections.walk.pause' : 'projections.walk.play');
    if (this.#play.title === words) return;
    this.#play.title = words;
    this.#play.setAttribute('aria-label', words);
    this.#play.setAttribute('aria-pressed', String(playing));
    this.#play.replaceChildren(icon(playing ? 'pause' : 'play'));
  }
}
