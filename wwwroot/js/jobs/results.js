// Results of jobs, and what is told of them.

import { insist } from '../api.js';
import { h, reconcile, setText } from '../dom.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { jobResult } from './client.js';
import { specFacts } from './spec.js';
import { measured } from './words.js';

/** Results of jobs that have succeeded, each read once. */
export class Results {
  #known = new Map();
  #changed;
  /** Why the last one could not be read, or null. It is not tried again before `forgive`. */
  failure = null;

  /** @param {() => void} changed called when a result is there, or could not be read */
  constructor(changed) {
    this.#changed = changed;
  }

  of(job) {
    return (job && this.#known.get(job.id)) ?? null;
  }

  /** True where a result is to be expected: it is read, or will be. */
  isComing(job) {
    return job?.status === 'succeeded' && !this.of(job) && !this.failure;
  }

  forgive() {
    this.failure = null;
  }

  /** Reads the result of a job that has one and is not known. */
  async read(job) {
    if (!this.isComing(job) || this.#known.has(job.id)) return;
    this.#known.set(job.id, null);
    try {
      this.#known.set(job.id, await insist(() => jobResult(job.id)));
      this.failure = null;
    } catch (error) {
      this.#known.delete(job.id);
      this.failure = error.message;
    }
    this.#changed();
  }
}

/** Tells in the list `element` what was asked for and, once there is a result, what computed it. @param more names of its counts to tell, each a `jobs.fact.…` */
export function showFacts(element, job, names, result, more = []) {
  const facts = specFacts(job, (id) => names.of(id));
  if (result) {
    const took = num(result.seconds);
    for (const name of more) facts.push([name, num(result[name])?.toLocaleString('en')]);
    facts.push(['computed', [result.device, result.engine, took === null ? null : measured(took)].filter(Boolean).join(', ')]);
  }
  reconcile(element, facts.filter(([, text]) => text), ([key]) => key, ([key]) => h('div', {}, h('dt', { text: t(`jobs.fact.${key}`) }), h('dd', { dir: 'auto' })), (row, [, text]) => setText(row.lastElementChild, text));
}
