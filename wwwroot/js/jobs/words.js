// What is said of a job, and how.

import { h, icon, setText } from '../dom.js';
import { formatDuration } from '../format.js';
import { t } from '../text.js';

/** Name of a status or a kind. */
export const statusWord = (status) => t(`jobs.status.${status}`);
export const kindWord = (kind) => t(`jobs.kind.${kind}`);

/** A time that is a guess, to the accuracy of one: `1 s`, `40 s`, `3 min`, `2 h`. */
export function roughTime(seconds) {
  if (seconds < 1) return t('jobs.time.below_second');
  const [value, unit, steps] = seconds < 100 ? [seconds, 'seconds', 10] : seconds < 6000 ? [seconds / 60, 'minutes', 10] : [seconds / 3600, 'hours', 10];
  const rounded = value < 10 ? Math.round(value) : value < 30 ? Math.round(value / 5) * 5 : Math.round(value / steps) * steps;
  return t(`jobs.time.${unit}`, { count: rounded });
}

/** `about 40 s left`, or null where nobody can tell. */
export function timeLeft(job) {
  if (job.status !== 'running' || job.seconds_left === null || job.seconds_left === undefined) return null;
  return job.seconds_left < 1 ? t('jobs.left.soon') : t('jobs.left', { time: roughTime(job.seconds_left) });
}

/** A duration that was measured: tenths below ten seconds. */
export const measured = (seconds) => (seconds < 10 ? `${seconds.toFixed(1)}s` : formatDuration(seconds));

/** A badge with a job's status; `showStatus` keeps it in step. */
export function statusBadge(job) {
  const badge = h('span', { class: 'status job-status' }, h('span', { class: 'job-mark' }), h('span', { class: 'job-status-word' }));
  showStatus(badge, job);
  return badge;
}

const MARKS = { queued: 'status-queued', running: 'status-running', succeeded: 'status-finished', failed: 'status-failed', cancelled: 'status-cancelled' };

export function showStatus(badge, job) {
  if (badge.dataset.status !== job.status) badge.querySelector('.job-mark').replaceChildren(icon(MARKS[job.status] ?? 'status-unknown'));
  badge.dataset.status = job.status;
  setText(badge.lastElementChild, statusWord(job.status));
}

/** A progress bar; `label` names what progresses. `showProgress` keeps it in step. */
export function progressBar(label) {
  return h('span', { class: 'progress', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-label': label }, h('span', { class: 'progress-done' }));
}

export function showProgress(bar, job) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, job.status === 'succeeded' ? 1 : job.progress ?? 0)));
  if (bar.getAttribute('aria-valuenow') !== String(percent)) {
    bar.setAttribute('aria-valuenow', String(percent));
    // Through the object model, which a strict content policy allows.
    bar.firstElementChild.style.width = `${percent}%`;
  }
  bar.dataset.status = job.status;
}
