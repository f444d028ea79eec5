// A job in the list.

import { h, icon, nameText, setText } from '../dom.js';
import { formatAge, formatTime } from '../format.js';
import { t } from '../text.js';
import { cancel, remove, retry } from './actions.js';
import { JobDetails } from './details.js';
import { canRetry, isOpen, pageOf, resultPage, runOf, secondsOf } from './state.js';
import { kindWord, measured, oneLine, progressBar, showProgress, showStatus, statusBadge, timeLeft } from './words.js';

export class JobRow {
  #page;
  #job;
  #details = null;
  #remove = null;
  #expand;
  #name;
  #run = h('a', { class: 'job-run ellipsis', hidden: true });
  #badge;
  #bar;
  #progress;
  #percent = h('span', { class: 'job-percent' });
  #said = h('span', { class: 'job-said ellipsis' });
  #age;
  #time = h('span', { class: 'job-time' });
  #where = h('span', { class: 'job-where ellipsis muted' });
  #open;
  #cancel;
  #retry;
  #body = h('div', { class: 'job-body', hidden: true });

  /** @param page { store, project, names, expand(id | null) } */
  constructor(job, page) {
    this.#page = page;
    this.#job = job;
    const { name } = job;
    this.#name = nameText(name, 'job-name ellipsis');
    this.#expand = h('button', { type: 'button', class: 'job-expand', 'aria-expanded': 'false', 'aria-label': t('jobs.expand', { name }), onclick: () => page.expand(this.#details ? null : job.id) }, icon('chevron'),
      h('span', { class: 'job-kind', title: kindWord(job.kind) }, icon(pageOf(job.kind) ?? 'jobs')), this.#name);
    this.#badge = statusBadge(job);
    this.#bar = progressBar(t('jobs.progress_of', { name }));
    this.#progress = h('span', { class: 'job-progress' }, this.#bar, this.#percent);
    this.#age = h('time', { class: 'job-age muted', 'data-age': String(job.created), text: formatAge(job.created), title: `${t('jobs.created')} ${formatTime(job.created)}` });
    const action = (key, symbol, run) => h('button', { type: 'button', class: 'button small', data: { needs: 'write' }, 'aria-label': t(`jobs.${key}_of`, { name }), onclick: () => run(this.#job, page.store) }, icon(symbol), h('span', { class: 'button-word', text: t(`jobs.${key}`) }));
    this.#open = h('a', { class: 'button small', href: resultPage(job) }, h('span', {}));
    this.#cancel = action('cancel', 'close', cancel);
    this.#retry = action('retry', 'reset', retry);
    this.element = h('li', { class: 'job card' },
      h('div', { class: 'job-head' }, this.#expand, h('div', { class: 'job-line' }, this.#badge, this.#progress, this.#said, this.#run, this.#where, this.#time, this.#age), h('div', { class: 'job-tools' }, this.#open, this.#retry, this.#cancel)), this.#body);
    this.show(job);
  }

  get expanded() {
    return this.#details !== null;
  }

  show(job) {
    this.#job = job;
    const { element } = this;
    element.dataset.job = job.id;
    element.dataset.status = job.status;
    const runId = runOf(job);
    const run = this.#page.names.of(runId);
    this.#run.hidden = !run;
    if (run && setText(this.#run, run)) {
      this.#run.title = t('jobs.run', { run });
      this.#run.href = `runs?${new URLSearchParams({ project: this.#page.project, run: runId })}`;
    }
    showStatus(this.#badge, job);
    showProgress(this.#bar, job);
    this.#progress.hidden = job.status !== 'running';
    setText(this.#percent, t('jobs.percent', { count: this.#bar.getAttribute('aria-valuenow') }));
    const words = { running: [timeLeft(job), oneLine(job.message)].filter(Boolean).join(' · '), failed: oneLine(job.error), queued: oneLine(job.message) }[job.status] ?? '';
    if (setText(this.#said, words)) this.#said.title = words;
    setText(this.#where, [job.worker, job.backend].filter(Boolean).join(' · '));
    const done = job.status === 'succeeded';
    this.#open.hidden = !(done || job.status === 'running') || !resultPage(job);
    this.#open.classList.toggle('primary', done && this.expanded);
    setText(this.#open.firstElementChild, t(done ? 'jobs.open_result' : 'jobs.watch'));
    this.#open.setAttribute('aria-label', t(done ? 'jobs.open_result_of' : 'jobs.watch_of', { name: job.name }));
    this.#cancel.hidden = !isOpen(job);
    this.#retry.hidden = !canRetry(job);
    if (this.#remove) this.#remove.hidden = isOpen(job);
    this.tick();
    this.#details?.show(job);
  }

  /** What changes with the clock alone. */
  tick() {
    const seconds = secondsOf(this.#job);
    setText(this.#time, seconds === null ? '' : measured(this.#job.finished ? seconds : Math.floor(seconds)));
  }

  expand(on) {
    if (on === this.expanded) return;
    this.#expand.setAttribute('aria-expanded', String(on));
    this.#body.hidden = !on;
    this.element.classList.toggle('expanded', on);
    if (on) {
      this.#remove = h('button', { type: 'button', class: 'button small danger', data: { needs: 'write' }, 'aria-label': t('jobs.remove_of', { name: this.#job.name }), onclick: () => remove(this.#job, this.#page.store) }, icon('trash'), t('jobs.remove'));
      this.#details = new JobDetails(this.#job, { runName: (id) => this.#page.names.of(id), actions: [this.#remove] });
      this.#body.replaceChildren(this.#details.element);
    } else {
      this.#details = null;
      this.#body.replaceChildren();
    }
    this.show(this.#job);
  }
}
