// What the page can show and where it comes from: jobs that compute landscapes, and artifacts of the type that somebody pushed.

import { insist, json, send } from '../api.js';
import { jobParts, jobResult } from '../jobs/client.js';
import { Follower } from '../jobs/follower.js';
import { isOpen } from '../jobs/state.js';
import { Landscape } from './field.js';

// As many run ids as one query may name.
const RUNS_PER_REQUEST = 1000;

/** Artifacts of the type `landscape` of runs: `[{ runId, name, step, created }]`, the newest first. */
export async function listArtifacts(runIds, signal) {
  const found = [];
  for (let at = 0; at < runIds.length; at += RUNS_PER_REQUEST) {
    const body = { run_ids: runIds.slice(at, at + RUNS_PER_REQUEST), type: 'landscape' };
    const { runs } = await insist(() => json('api/v1/artifacts/query', { method: 'POST', body, signal }), { signal });
    for (const { run_id: runId, items } of runs) for (const { name, step, created } of items) found.push({ runId, name, step, created });
  }
  return found.sort((a, b) => b.created - a.created || (a.name < b.name ? -1 : 1));
}

export const artifactPath = ({ runId, name }) => `api/v1/runs/${encodeURIComponent(runId)}/artifacts/${name.split('/').map(encodeURIComponent).join('/')}`;

/**
 * One landscape, followed until nothing more can come: an artifact as it is; a job's parts as they are stored, then its result.
 * Events: `change` when there is more to draw; `job` when only the job's state is another; `failed` with the error as its detail.
 */
export class Source extends Follower {
  #after = 0;
  #count = 0;
  #ended = false;
  /** @type {Landscape | null} */
  landscape = null;
  /** True once the landscape is all that there will be. */
  complete = false;
  /** When the last answer with something to draw arrived, by the page's clock. */
  arrived = 0;

  constructor(ref) {
    super();
    this.ref = ref;
  }

  start() {
    return this.ref.kind === 'artifact' ? this.guarded(() => this.#artifact()) : this.follow(this.ref.id);
  }

  /** The live connection told of the job. */
  heard(job) {
    if (this.ref.kind !== 'job' || job.id !== this.ref.id || !this.take(job)) return;
    const restarted = this.#ended && isOpen(job);
    if (restarted) this.#ended = this.complete = false;
    if (!this.complete && (job.status === 'succeeded' || job.parts > this.#count || isOpen(job) === this.#ended)) this.more();
  }

  async #artifact() {
    const { signal } = this;
    const view = await insist(async () => (await send(artifactPath(this.ref), { accept: 'application/octet-stream', signal })).text(), { signal });
    this.landscape = Landscape.of(parsed(view));
    this.#done();
  }

  async read() {
    const { signal } = this;
    if (this.job.status === 'succeeded') {
      const view = await insist(() => jobResult(this.ref.id, signal), { signal });
      this.landscape = Landscape.of(view);
      this.#done();
      return;
    }
    const { items, next } = await insist(() => jobParts(this.ref.id, this.#after, signal), { signal });
    this.#after = next;
    this.#count += items.length;
    for (const { stage, data } of items) {
      if (stage === 'plan') this.landscape ??= Landscape.planned(data, Boolean(this.job.spec?.validation_batch));
      else this.landscape?.put(stage, data);
    }
    this.#ended = !isOpen(this.job);
    if (items.length === 0) return;
    this.arrived = performance.now();
    this.tell('change');
  }

  #done() {
    this.complete = this.#ended = true;
    this.arrived = performance.now();
    this.tell('change');
  }
}

/** JSON as Python writes it has NaN and Infinity without quotes; the interface's has words. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replace(/(?<=[[,:\s])(-?Infinity|NaN)(?=[\],}\s])/g, '"$1"'));
  }
}
