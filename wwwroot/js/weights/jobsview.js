// What jobs of one kind have in common: the list to choose from, how the chosen one stands, what was asked for, and its result once there is one.

import { byId, h, setText } from '../dom.js';
import { JobBanner } from '../jobs/banner.js';
import { JobList } from '../jobs/list.js';
import { Results, showFacts } from '../jobs/results.js';
import { isOpen } from '../jobs/state.js';
import { t } from '../text.js';

export class JobsView {
  #view;
  #page;
  #store;
  #picture;
  #list;
  #banner;
  #results = new Results(() => this.#shown && this.#draw());
  #shown = false;
  #gone = h('p', { class: 'banner', role: 'status', hidden: true, text: t('jobs.gone') });
  #failed = h('p', { class: 'banner', role: 'alert', hidden: true });
  #title = h('h2', { dir: 'auto' });
  #facts = h('dl', { class: 'facts' });
  #loading = h('p', { class: 'muted', role: 'status', hidden: true, text: t('common.loading') });
  #head;

  /**
   * @param view its name, as in state.js
   * @param page { project, store: jobs of the kind, names, state(), set(change, push), open({ initial, onPosted }) }
   * @param picture { element, show(result, job), live?(job): what is known of one that runs, answers whether there is anything, hide() }
   */
  constructor(view, page, picture) {
    this.#view = view;
    this.#page = page;
    this.#store = page.store;
    this.#picture = picture;
    const { project } = page;
    this.#list = new JobList(byId(`${view}-jobs`), { names: page.names, href: (job) => `weights?${new URLSearchParams({ project, view, job: job.id })}`, choose: (id) => this.#choose(id) });
    const status = h('div', { class: 'job-banner', hidden: true });
    this.#banner = new JobBanner(status, this.#store, project);
    this.#head = h('section', { class: 'weights-head', hidden: true },
      h('div', { class: 'weights-title' }, this.#title, h('button', { type: 'button', class: 'button small weights-again', data: { needs: 'write' }, text: t('weights.again'), onclick: () => this.open({ spec: this.#job.spec }) })),
      h('details', { class: 'weights-facts' }, h('summary', { text: t('jobs.what') }), this.#facts), status);
    byId(`${view}-result`).append(this.#gone, this.#failed, this.#head, this.#loading, picture.element);
    picture.element.hidden = true;
    for (const button of document.querySelectorAll(`[data-new="${view}"]`)) button.addEventListener('click', () => this.open());
    this.#store.addEventListener('change', () => this.#changed());
    page.names.addEventListener('change', () => this.#shown && this.#draw());
  }

  /** The view is, or is no longer, the one in sight. */
  show(on) {
    this.#shown = on;
    this.#picture.element.setAttribute('aria-busy', String(on && !this.#store.loaded));
    if (on) this.#changed();
    else this.#picture.hide();
  }

  /** Something about the view changed that needs no other job. */
  refresh() {
    if (this.#shown) this.#draw();
  }

  open(initial = {}) {
    this.#page.open({ project: this.#page.project, initial, onPosted: (job) => {
      this.#store.upsert(job);
      this.#choose(job.id);
    } });
  }

  get #id() {
    return this.#page.state().jobs[this.#view];
  }

  get #job() {
    return this.#store.get(this.#id) ?? null;
  }

  #choose(id, push = true) {
    const { jobs } = this.#page.state();
    // A chosen checkpoint is one of the job before.
    this.#page.set({ jobs: { ...jobs, [this.#view]: id }, at: null, camera: null }, push);
    this.#results.forgive();
    this.#draw();
  }

  #changed() {
    if (!this.#shown) return;
    const { jobs } = this.#store;
    // A link without a job means the newest that has something to show; the address then names it, so that sharing shares it.
    if (!this.#id && jobs.length) {
      const { jobs: chosen } = this.#page.state();
      this.#page.set({ jobs: { ...chosen, [this.#view]: (jobs.find((one) => one.status === 'succeeded') ?? jobs[0]).id } }, false);
    }
    this.#draw();
  }

  #draw() {
    const job = this.#job;
    const { loaded, jobs } = this.#store;
    this.#list.show(jobs, this.#id);
    byId(`${this.#view}-empty`).hidden = !loaded || jobs.length > 0 || Boolean(this.#id);
    this.#gone.hidden = !loaded || !this.#id || Boolean(job);
    this.#head.hidden = !job;
    this.#banner.show(job);
    const { failure } = this.#results;
    this.#failed.hidden = !failure;
    setText(this.#failed, failure ? t('weights.failed', { reason: failure }) : '');
    const result = this.#results.of(job);
    if (job) {
      setText(this.#title, job.name);
      showFacts(this.#facts, job, this.#page.names, result, ['parameters']);
    }
    const coming = this.#results.isComing(job);
    this.#loading.hidden = !coming;
    // A report that is exported waits for it.
    this.#picture.element.setAttribute('aria-busy', String(coming || !loaded));
    const some = result ? true : Boolean(job && isOpen(job) && this.#picture.live?.(job));
    this.#picture.element.hidden = !some;
    if (result) this.#picture.show(result, job);
    // What a job that runs has so far is kept while more of it comes.
    else if (!some && !(job && isOpen(job))) this.#picture.hide();
    this.#results.read(job);
  }
}
