// The runs of a project as the page knows them: loaded over HTTP, kept current by the live connection, coloured the same on every page.

import { insist, send, json } from './api.js';
import { live } from './live.js';
import { assignColors } from './palette.js';

const PAGE = 500;
// Listed at first; more on request. A table of this length still scrolls and filters without a pause.
const FIRST_RUNS = 1000;

/**
 * Events: `change` after runs came, went or changed; `added` with `{ runId, added: [{ tag, type }] }` for new series;
 * `failed` with the error of a listing that is tried again; `loaded` after every listing.
 */
export class RunStore extends EventTarget {
  #byId = new Map();
  #cursor = null;
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

  get hasMore() {
    return this.#cursor !== null;
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

  async more() {
    await this.#page();
    this.#changed();
  }

  /** Takes a run's current state from an answer or a frame. */
  upsert(run) {
    this.#byId.set(run.id, run);
    this.#changed();
  }

  /** All scalar tags of a run; a listing may hold only the first of them. */
  async tagsOf(run, signal) {
    if (run.summary_truncated && !run.allTags) {
      const whole = await insist(() => json(`api/v1/runs/${encodeURIComponent(run.id)}`, { signal }), { signal });
      run.allTags = Object.keys(whole.summary);
    }
    return run.allTags ?? Object.keys(run.summary ?? {});
  }

  async #list() {
    this.#cursor = null;
    const seen = new Set();
    const seq = await this.#page(seen);
    while (this.#cursor !== null && seen.size < FIRST_RUNS) await this.#page(seen);
    // Only a complete listing tells which runs are gone.
    if (this.#cursor === null) for (const id of this.#byId.keys()) if (!seen.has(id)) this.#byId.delete(id);
    this.loaded = true;
    this.#changed();
    this.dispatchEvent(new Event('loaded'));
    return seq;
  }

  async #page(seen) {
    const query = new URLSearchParams({ project: this.project, limit: PAGE });
    if (this.#cursor) query.set('cursor', this.#cursor);
    const response = await insist(() => send(`api/v1/runs?${query}`), {
      onRetry: (error) => this.dispatchEvent(new CustomEvent('failed', { detail: error })),
    });
    const page = await response.json();
    for (const run of page.items) {
      this.#byId.set(run.id, run);
      seen?.add(run.id);
    }
    this.#cursor = page.next_cursor;
    return Number(response.headers.get('Lossboard-Seq'));
  }

  #frame(frame) {
    if (frame.run) {
      const known = this.#byId.get(frame.run_id);
      this.#byId.set(frame.run_id, { ...frame.run, allTags: known?.allTags });
      this.#changed();
    } else if (frame.removed) {
      this.#byId.delete(frame.run_id);
      this.#changed();
    } else if (frame.added) {
      const run = this.#byId.get(frame.run_id);
      if (run) {
        const scalars = frame.added.filter((series) => series.type === 'scalar').map((series) => series.tag);
        run.allTags = [...new Set([...(run.allTags ?? Object.keys(run.summary ?? {})), ...scalars])];
      }
      this.dispatchEvent(new CustomEvent('added', { detail: { runId: frame.run_id, added: frame.added } }));
    }
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
