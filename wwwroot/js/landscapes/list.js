// What there is to look at: landscapes that were computed or are being, and those that were pushed.

import { h, nameText, reconcile, setText } from '../dom.js';
import { formatAge, formatStep } from '../format.js';
import { isOpen, runOf } from '../jobs/state.js';
import { progressBar, showProgress, showStatus, statusBadge } from '../jobs/words.js';
import { t } from '../text.js';
import { refText } from './state.js';

// More than a person looks through here; the Jobs page has them all.
const MOST = 300;

export class LandscapeList {
  #element;
  #options;
  /** What is listed, the newest first. */
  refs = [];

  /** @param options { runName(id): text, choose(ref) } */
  constructor(element, options) {
    this.#element = element;
    this.#options = options;
  }

  /** Answers what is to be said about it. @param jobs the newest first @param artifacts the newest first @param chosen a reference or null */
  show(jobs, artifacts, chosen) {
    const all = [...jobs.map((job) => ({ ref: { kind: 'job', id: job.id }, job, created: job.created })),
      ...artifacts.map((artifact) => ({ ref: { kind: 'artifact', runId: artifact.runId, name: artifact.name }, artifact, created: artifact.created }))].sort((a, b) => b.created - a.created);
    const current = refText(chosen);
    const items = all.filter(({ ref }, at) => at < MOST || refText(ref) === current);
    this.refs = items.map(({ ref }) => ref);
    reconcile(this.#element, items, ({ ref }) => refText(ref), (item) => this.#create(item), (row, item) => this.#update(row, item, current));
    this.#element.removeAttribute('aria-busy');
    return all.length > MOST ? t('landscapes.newest', { count: MOST }) : '';
  }

  #create({ ref, job }) {
    const button = h('button', { type: 'button', class: 'landscape-item', onclick: () => this.#options.choose(ref) },
      h('span', { class: 'landscape-item-head' }, nameText('', 'ellipsis landscape-item-name'), h('time', { class: 'muted' })), h('span', { class: 'landscape-item-sub' }));
    const sub = button.lastElementChild;
    if (job) sub.append(statusBadge(job), nameText('', 'ellipsis muted landscape-item-run'));
    else sub.append(h('span', { class: 'landscape-pushed', text: t('landscapes.pushed') }), nameText('', 'ellipsis muted landscape-item-run'));
    const item = h('li', {}, button);
    if (job) button.append(progressBar(t('landscapes.progress')));
    return item;
  }

  #update(item, { ref, job, artifact, created }, current) {
    const name = item.querySelector('.landscape-item-name');
    setText(name, job ? job.name : artifact.name);
    name.title = name.textContent;
    const run = item.querySelector('.landscape-item-run');
    const runName = this.#options.runName(job ? runOf(job) : artifact.runId);
    setText(run, artifact?.step === null || artifact?.step === undefined ? runName : t('landscapes.run_at', { run: runName, step: formatStep(artifact.step) }));
    run.title = run.textContent;
    const age = item.querySelector('time');
    age.dataset.age = created;
    setText(age, formatAge(created));
    item.firstElementChild.setAttribute('aria-current', String(refText(ref) === current));
    if (!job) return;
    showStatus(item.querySelector('.job-status'), job);
    const bar = item.querySelector('.progress');
    bar.hidden = !isOpen(job);
    showProgress(bar, job);
  }
}
