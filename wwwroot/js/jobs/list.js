// Jobs of one kind as a narrow list to choose from.

import { h, nameText, reconcile, setText } from '../dom.js';
import { formatAge } from '../format.js';
import { t } from '../text.js';
import { runOf } from './state.js';
import { progressBar, showProgress, showStatus, statusBadge } from './words.js';

export class JobList {
  #element;
  #page;

  /** @param page { names, href(job), choose(id), about?(job): what stands below the name, else the run's name } */
  constructor(element, page) {
    this.#element = element;
    this.#page = page;
  }

  show(jobs, chosen) {
    reconcile(this.#element, jobs, (job) => job.id, (job) => this.#create(job), (row, job) => this.#update(row, job, chosen));
    this.#element.setAttribute('aria-busy', 'false');
  }

  #create(job) {
    const choose = (event) => {
      // A new tab is the browser's business.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.#page.choose(job.id);
    };
    return h('li', {}, h('a', { class: 'job-item', href: this.#page.href(job), onclick: choose }, nameText(job.name, 'job-item-name ellipsis'), h('span', { class: 'job-item-run ellipsis muted', dir: 'auto' }),
      h('span', { class: 'job-item-line' }, statusBadge(job), h('time', { class: 'muted', 'data-age': String(job.created), text: formatAge(job.created) })), progressBar(t('jobs.progress_of', { name: job.name }))));
  }

  #update(row, job, chosen) {
    const link = row.firstElementChild;
    if (job.id === chosen) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
    setText(link.querySelector('.job-item-run'), (this.#page.about ? this.#page.about(job) : this.#page.names.of(runOf(job))) ?? '');
    showStatus(link.querySelector('.status'), job);
    const bar = link.querySelector('.progress');
    bar.hidden = job.status !== 'running';
    showProgress(bar, job);
  }
}
