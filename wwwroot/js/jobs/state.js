// What a job's state means. Pure.

import { sourceOf } from '../projections/spec.js';

export const STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'];

/** Kinds that a person asks for; probes are the compute dialog's own business. */
export const KINDS = ['landscape', 'hessian', 'projection', 'weight_pca', 'monte_carlo', 'saliency', 'gradients', 'activations'];

/** Whether it waits or runs: it can be cancelled. */
export const isOpen = (job) => job.status === 'queued' || job.status === 'running';

/** Whether it can be put back into the queue. */
export const canRetry = (job) => job.status === 'failed' || job.status === 'cancelled';

/** The newest first; ids decide between jobs of the same moment, so that the order holds. */
export const newestFirst = (a, b) => b.created - a.created || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

const PAGES = {
  landscape: 'landscapes', hessian: 'curvature', projection: 'projections', weight_pca: 'weights', monte_carlo: 'weights', saliency: 'features', gradients: 'features', activations: 'features',
};

/** Section of the rail that a kind of job belongs to, or null: its page, and its symbol. */
export const pageOf = (kind) => PAGES[kind] ?? null;

/** Page that shows what came of a job, as an address without its base. */
export function resultPage(job) {
  const page = pageOf(job.kind);
  // The page of weights has a view for either.
  const view = { weight_pca: 'path', monte_carlo: 'montecarlo' }[job.kind];
  return page ? `${page}?${new URLSearchParams({ project: job.project, ...(view && { view }), job: job.id })}` : null;
}

/** Run whose model, whose vectors or whose checkpoints a job is about, or null. */
export const runOf = (job) => (job.kind === 'projection' ? sourceOf(job.spec)?.runId : job.spec?.model?.run_id ?? job.spec?.run_id) ?? null;

/** Seconds that a job has run for, or ran for; null before it started. */
export const secondsOf = (job, now = Date.now() / 1000) => (job.started ? Math.max(0, (job.finished ?? now) - job.started) : null);
