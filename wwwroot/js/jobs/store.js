// The jobs of a project as a page knows them: listed once, kept current by the live connection, listed again where the stream says that it
// lost something (a restarted server does).

import { insist } from '../api.js';
import { live } from '../live.js';
import { listJobs } from './client.js';
import { isOpen, newestFirst } from './state.js';

const PAGE = 500;

/**
 * Events: `change` after jobs came, went or changed (several in one go are told once); `job` with each job as it changes (`detail: { job, removed }`);
 * `failed` with the error of a listing that is tried again; `loaded` after every listing.
 */
export class JobStore extends EventTarget {
  #byId = new Map();
  #subscription = null;
  #pending = false;
  #loading = null;
  #told = new Map();
  #abort = new AbortController();
  loaded = false;

  /** @param options { kind: only jobs of this kind; all but probes where it is null } */
  constructor(project, { kind = null } = {}) {
    super();
    this.project = project;
    this.kind = kind;
  }

  /** All jobs, the newest first. */
  get jobs() {
    this.sorted ??= [...this.#byId.values()].sort(newestFirst);
    return this.sorted;
  }

  /** How many wait or run. */
  get open() {
    return this.jobs.filter(isOpen).length;
  }

  get(id) {
    return this.#byId.get(id);
  }

  /** Hears of every change, and lists what there is. Rejects where listing fails for good. */
  async start() {
    this.#subscription ??= live.subscribe({
      request: () => ({ project: this.project, run_ids: [], tags: [], jobs: true }),
      onFrame: (frame) => this.#frame(frame),
      onReset: () => this.load().catch((error) => this.#failed(error)),
    });
    live.addEventListener('state', this.#relist);
    await this.load();
  }

  stop() {
    this.#abort.abort();
    this.#subscription?.close();
    live.removeEventListener('state', this.#relist);
  }

  /** Lists again. */
  load() {
    this.#loading ??= this.#list().finally(() => { this.#loading = null; });
    return this.#loading;
  }

  /** Takes a job's state from an answer; a frame that comes later wins. */
  upsert(job) {
    if (this.#takes(job)) this.#set(job);
  }

  /** Forgets a job that was removed. */
  drop(id) {
    const job = this.#byId.get(id);
    if (!job) return;
    this.#byId.delete(id);
    this.#tell({ job, removed: true });
  }

  // Frames carry the latest state alone, so one that was lost with the connection is not told again: after each reconnection the list is the truth.
  #relist = ({ detail }) => {
    if (detail === 'live' && this.loaded) this.load().catch((error) => this.#failed(error));
  };

  #failed(error) {
    if (!this.#abort.signal.aborted) this.dispatchEvent(new CustomEvent('failed', { detail: error }));
  }

  async #list() {
    const { signal } = this.#abort;
    const seen = new Map();
    this.#told.clear();
    let cursor = null;
    do {
      const from = cursor;
      const page = await insist(() => listJobs(this.project, { kind: this.kind, limit: PAGE, cursor: from, signal }), { signal, onRetry: (error) => this.#failed(error) });
      for (const job of page.items) seen.set(job.id, job);
      cursor = page.next_cursor ?? null;
    } while (cursor);
    // What the stream told while the list was on its way is newer than the list.
    for (const [id, { job, removed }] of this.#told) {
      if (removed) seen.delete(id);
      else seen.set(id, job);
    }
    const before = this.#byId;
    this.#byId = seen;
    this.loaded = true;
    for (const [id, job] of before) if (!seen.has(id)) this.#tell({ job, removed: true });
    for (const job of seen.values()) this.#tell({ job, removed: false });
    this.#changed();
    this.dispatchEvent(new Event('loaded'));
  }

  #takes = (job) => (this.kind ? job.kind === this.kind : job.kind !== 'probe');

  #frame({ job, removed = false }) {
    if (!job || !this.#takes(job)) return;
    if (this.#loading) this.#told.set(job.id, { job, removed });
    if (removed) this.drop(job.id);
    else this.#set(job);
  }

  #set(job) {
    this.#byId.set(job.id, job);
    this.#tell({ job, removed: false });
  }

  #tell(detail) {
    this.dispatchEvent(new CustomEvent('job', { detail }));
    this.#changed();
  }

  #changed() {
    this.sorted = null;
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      this.dispatchEvent(new Event('change'));
    });
  }
}
