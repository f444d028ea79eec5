// Jobs and workers over HTTP, as docs/jobs.md has them. Every call throws ApiError, or the abort reason.

import { json } from '../api.js';

const JOBS = 'api/v1/jobs';
const one = (id) => `${JOBS}/${encodeURIComponent(id)}`;

/** A page of a project's jobs, the newest first: `{ items, next_cursor }`. `kind` and `status` null for all; probes only where `kind` asks for them. */
export function listJobs(project, { kind = null, status = null, limit = null, cursor = null, signal } = {}) {
  const asked = Object.entries({ project, kind, status, limit, cursor }).filter(([, value]) => value !== null);
  return json(`${JOBS}?${new URLSearchParams(asked)}`, { signal });
}

export const getJob = (id, signal) => json(one(id), { signal });

/** The whole result; an ApiError of code `job_not_finished`, `job_failed` or `job_cancelled` where there is none. */
export const jobResult = (id, signal) => json(`${one(id)}/result`, { signal });

/** Parts of the result stored after number `after`: `{ items, next }`. `last`: the newest alone, of a job whose parts each take the place of the one before. */
export const jobParts = (id, after = 0, signal, { last = false } = {}) => json(`${one(id)}/parts?after=${after}${last ? '&last=true' : ''}`, { signal });

/** `[{ wall_time, message }]`, oldest first. */
export const jobLog = async (id, signal) => (await json(`${one(id)}/log`, { signal })).items;

/** Queues a job and answers it: `{ kind, project, name?, spec }`. */
export const postJob = (job, signal) => json(JOBS, { method: 'POST', body: job, signal });

/** Stops a job that waits or runs, and answers it. */
export const cancelJob = (id) => json(one(id), { method: 'DELETE' });

/** Puts a failed or cancelled job back into the queue, and answers it. */
export const retryJob = (id) => json(`${one(id)}/retry`, { method: 'POST' });

/** Removes a job that has ended, its result included. */
export const removeJob = (id) => json(`${one(id)}?permanent=true`, { method: 'DELETE' });

/** `{ items: [worker], local, problem }`. */
export const listWorkers = (signal) => json('api/v1/workers', { signal });
