// The runs of a project as the page knows them: all of them as light rows (no configuration, no summaries), kept current by the live
// connection, coloured the same on every page.

import { insist, json } from './api.js';
import { live } from './live.js';
import { assignColors } from './palette.js';

// As many as the server gives at once: a row is small, and a table of them all scrolls, filters and colours without asking again.
const PAGE = 20000;

/**
 * Events: `change` after runs came, went or changed; `added` with `{ runId, added: [{ tag, type }] }` for new series;
 * `failed` with the error of a listing that is tried again; `loaded` after every listing.
 */
export class RunStore extends EventTarget {
  #byId = new Map();
  #pending = false;
  #subscription = null;
  #loading = null;
  #automatic = new Map();
  /** Colour slot of each run by id: the one someone chose, else the automatic one. */
  colors = new Map();
  loaded = false;
  seq = null;

  constructor(project) {
    super();
    this.project = project;
  }

  /** Runs outside trash and archive, the newest first. */
  get runs() {
    this.sorted ??= [...this.#byId.values()].filter((run) => !run.trashed && !run.archived).sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
    return this.sorted;
  }

  get(id) {
    return this.#byId.get(id);
  }

  /** Lists the runs, then hears of every change. */
  async start() {
    const seq = this.seq = await this.load();
    this.#subscription = live.subscribe({
      request: () => ({ project: this.project, run_ids: null, tags: [] }),
      onFrame: (frame) => this.#frame(frame),
      onReset: () => this.load(),
      afterSeq: seq,
    });
  }

  /** Lists again from the start; answers the commit that the listing shows. */
  load() {
    this.#loading ??= this.#list().finally(() => { this.#loading = null; });
    return this.#loading;
  }

  /** Takes a run's current state from an answer or a frame. */
  upsert(run) {
    this.#byId.set(run.id, run);
    this.#changed();
  }

  async #list() {
    const seen = new Map();
    let seq = Infinity;
    for (let matched = Infinity; seen.size < matched;) {
      const page = await insist(() => json('api/v1/runs/table', { method: 'POST', body: { project: this.project, offset: seen.size, limit: PAGE } }), {
        onRetry: (error) => this.dispatchEvent(new CustomEvent('failed', { detail: error })),
      });
      for (const run of page.runs) seen.set(run.id, { ...run, project: this.project });
      // Runs that came or went between two pages are told by the frames that follow the first of them.
      seq = Math.min(seq, page.seq);
      matched = page.runs.length === 0 ? 0 : page.matched;
    }
    this.#byId = seen;
    this.loaded = true;
    this.#changed();
    this.dispatchEvent(new Event('loaded'));
    return seq;
  }

  #frame(frame) {
    if (frame.run) {
      const { config: _, summary: __, ...light } = frame.run;
      this.#byId.set(frame.run_id, light);
      this.#changed();
    } else if (frame.removed) {
      this.#byId.delete(frame.run_id);
      this.#changed();
    } else if (frame.added) this.dispatchEvent(new CustomEvent('added', { detail: { runId: frame.run_id, added: frame.added } }));
  }

  #changed() {
    this.sorted = null;
    if (this.#pending) return;
    this.#pending = true;
    // Many runs may change within one commit; the page is told once.
    queueMicrotask(() => {
      this.#pending = false;
      assignColors(this.#byId.values(), this.#automatic);
      for (const [id, run] of this.#byId) this.colors.set(id, run.color ?? this.#automatic.get(id));
      this.dispatchEvent(new Event('change'));
    });
  }
}
