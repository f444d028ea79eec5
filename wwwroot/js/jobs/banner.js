// How a chosen job stands, while it has no result to show: progress, time left, and what can be done about it.

import { h, icon, setText } from '../dom.js';
import { t } from '../text.js';
import { cancel, retry } from './actions.js';
import { canRetry, isOpen } from './state.js';
import { oneLine, progressBar, showProgress, showStatus, statusBadge, timeLeft } from './words.js';

const CODES = ['bad_input', 'out_of_memory', 'time_limit', 'engine_died', 'worker_died', 'engine_failed'];

export class JobBanner {
  #job = null;
  #badge = null;
  #bar = null;
  #words = h('p', { class: 'job-banner-words' });
  #way = h('p', { class: 'job-banner-way muted' });
  #cancel;
  #retry;
  #log;

  constructor(host, store, project) {
    this.element = host;
    const action = (key, symbol, run) => h('button', { type: 'button', class: 'button small', data: { needs: 'write' }, onclick: () => run(this.#job, store) }, icon(symbol), t(`jobs.${key}`));
    this.#cancel = action('cancel', 'close', cancel);
    this.#retry = action('retry', 'reset', retry);
    this.#log = h('a', { class: 'button small', text: t('jobs.log') });
    this.project = project;
  }

  /** Shows a job; hidden where it succeeded. */
  show(job) {
    this.element.hidden = !job || job.status === 'succeeded';
    if (this.element.hidden) return;
    if (this.#job?.id !== job.id) {
      this.#badge = statusBadge(job);
      this.#bar = progressBar(t('jobs.progress_of', { name: job.name }));
      this.#log.href = `jobs?${new URLSearchParams({ project: this.project, job: job.id })}`;
      this.element.replaceChildren(h('div', { class: 'job-banner-line' }, this.#badge, this.#bar, this.#cancel, this.#retry, this.#log), this.#words, this.#way);
    }
    this.#job = job;
    showStatus(this.#badge, job);
    showProgress(this.#bar, job);
    this.#bar.hidden = job.status !== 'running';
    this.#cancel.hidden = !isOpen(job);
    this.#retry.hidden = !canRetry(job);
    setText(this.#words, job.status === 'failed' ? job.error ?? '' : [timeLeft(job), oneLine(job.message)].filter(Boolean).join(' · '));
    setText(this.#way, job.status === 'failed' && CODES.includes(job.error_code) ? t(`jobs.error.${job.error_code}.way`) : '');
    this.element.dataset.status = job.status;
  }
}
