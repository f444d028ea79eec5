// What stands above the pictures: which landscape it is, how it was computed, how far it is, and what can be done about it.

import { h, nameText, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { cancel, retry } from '../jobs/actions.js';
import { FoldedDetails } from '../jobs/folded.js';
import { canRetry, isOpen } from '../jobs/state.js';
import { progressBar, showProgress, showStatus, statusBadge, timeLeft } from '../jobs/words.js';
import { t } from '../text.js';
import { measures } from './words.js';

export class Head {
  #root;
  #options;
  #title = h('h2', { class: 'ellipsis', dir: 'auto' });
  #badge = statusBadge({ status: 'queued' });
  #preview = h('span', { class: 'landscape-preview', text: t('landscapes.preview'), title: t('landscapes.preview_title'), hidden: true });
  #measures = h('p', { class: 'landscape-measures muted' });
  #status = h('p', { class: 'landscape-status', role: 'status' });
  #bar = progressBar(t('landscapes.progress'));
  #cancel;
  #retry;
  #again;
  #more = h('details', { class: 'landscape-more' }, h('summary', { text: t('landscapes.details') }));
  #details;
  #job = null;

  /** @param options { store: of jobs, runName(id), tools: elements at the right, again(spec) } */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    const button = (key, work) => h('button', { type: 'button', class: 'button small', data: { needs: 'write' }, text: t(key), hidden: true, onclick: work });
    this.#cancel = button('jobs.cancel', () => cancel(this.#job, options.store));
    this.#retry = button('jobs.retry', () => retry(this.#job, options.store));
    this.#again = button('landscapes.again', () => options.again(this.#job.spec));
    root.append(h('div', { class: 'landscape-head-line' }, this.#title, this.#preview, this.#badge, h('span', { class: 'toolbar-space' }), this.#cancel, this.#retry, this.#again, ...options.tools),
      this.#measures, this.#bar, this.#status, this.#more);
    this.#details = new FoldedDetails(this.#more, options.runName);
  }

  /** @param source see source.js @param error why it could not be read, or null */
  show({ ref, job, landscape }, error) {
    const name = job?.name ?? ref.name ?? '';
    if (this.#title.textContent !== name) this.#title.replaceChildren(nameText(name));
    this.#preview.hidden = !landscape?.isPreview;
    this.#badge.hidden = !job;
    const from = ref.kind === 'artifact' ? this.#options.runName(ref.runId) : null;
    setText(this.#measures, [from && t('landscapes.pushed_by', { run: from }), ...(landscape ? measures(landscape) : [])].filter(Boolean).join(' · '));
    this.#cancel.hidden = !job || !isOpen(job);
    this.#retry.hidden = !job || !canRetry(job);
    this.#again.hidden = !job || isOpen(job);
    this.#bar.hidden = !job || !isOpen(job);
    this.#more.hidden = !job;
    setText(this.#status, error ?? (job ? statusWords(job) : ''));
    this.#status.classList.toggle('field-error', Boolean(error) || job?.status === 'failed');
    this.#job = job;
    if (!job) return;
    showStatus(this.#badge, job);
    showProgress(this.#bar, job);
    this.#details.show(job);
  }
}

function statusWords(job) {
  if (job.status === 'failed') return job.error ?? '';
  if (!isOpen(job)) return '';
  return [job.status === 'running' ? t('landscapes.done_share', { percent: formatNumber(Math.floor(100 * (job.progress ?? 0))) }) : t('landscapes.waits'), job.message, timeLeft(job)].filter(Boolean).join(' · ');
}
