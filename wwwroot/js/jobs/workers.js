// What is to be said of the workers.

import { t } from '../text.js';

/** Whether a worker takes jobs of a kind. */
export const takes = (worker, kind) => worker.kinds.includes(kind);

/** What became of the worker that the server starts by itself, in words; null where it runs. */
export function localWords({ local, problem }) {
  if (local === 'failed') return problem ? t('jobs.workers.local.failed', { reason: problem }) : t('jobs.workers.local.failed_plain');
  if (local === 'starting' || local === 'off') return [t(`jobs.workers.local.${local}`), problem].filter(Boolean).join(' ');
  return problem ?? null;
}

/** What stands in the way of a job of a kind: `{ nobody, text }`, or null. `nobody`: it would wait; otherwise it will be computed, but a worker has something to say. */
export function workerTrouble(workers, kind) {
  const able = workers.items.filter((worker) => takes(worker, kind));
  const problems = [...new Set((able.length ? able : workers.items).map((worker) => worker.problem).filter(Boolean))];
  if (able.length) return problems.length ? { nobody: false, text: problems.join('\n') } : null;
  const local = localWords(workers);
  const said = [workers.items.length ? null : t('jobs.workers.none'), local, ...problems.filter((one) => !local?.includes(one)), t('jobs.workers.none_waits')];
  return { nobody: true, text: said.filter(Boolean).join('\n') };
}
