// What a person does to a job, with what is said about it.

import { confirmDialog } from '../runs/dialog.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { cancelJob, removeJob, retryJob } from './client.js';

async function say(work, done) {
  try {
    const answer = await work();
    toast(t(done));
    return answer ?? true;
  } catch (error) {
    toast(t('jobs.action_failed', { reason: error.message }));
    return null;
  }
}

/** Stops a job; the store hears what became of it. */
export async function cancel(job, store) {
  const changed = await say(() => cancelJob(job.id), 'jobs.cancelled');
  if (changed) store.upsert(changed);
}

/** Puts a job back into the queue. */
export async function retry(job, store) {
  const changed = await say(() => retryJob(job.id), 'jobs.retried');
  if (changed) store.upsert(changed);
}

/** Removes a job for good, after a question; answers whether it is gone. */
export async function remove(job, store) {
  if (!await confirmDialog({ title: t('jobs.remove.title'), body: [t('jobs.remove.text', { name: job.name })], action: t('jobs.remove'), danger: true })) return false;
  const gone = await say(() => removeJob(job.id), 'jobs.removed');
  if (gone) store.drop(job.id);
  return Boolean(gone);
}
