// Whole runs of a choice, each asked once and again while it runs or when it changed.

import { ApiError, insist, json } from '../api.js';

const PARALLEL = 6;
const RENEW_MS = 5000;

/** Fires `change` after runs arrived. `gone` names the ids that no longer exist; `failure` is an error that stays. */
export class RunLoader extends EventTarget {
  #store;
  #runs = new Map();
  #seen = new Map();
  #wanted = [];
  #abort = new AbortController();
  gone = new Set();
  failure = null;
  loading = false;

  /** @param {import('../runstore.js').RunStore} store */
  constructor(store) {
    super();
    this.#store = store;
    setInterval(() => document.hidden || this.#renew(), RENEW_MS);
  }

  /** The runs there are of those wanted, in their order. */
  get runs() {
    return this.#wanted.map((id) => this.#runs.get(id)).filter(Boolean);
  }

  /** Wants these runs; those at hand and unchanged are not asked again. */
  async want(ids) {
    this.#wanted = ids;
    const missing = ids.filter((id) => !this.gone.has(id) && (!this.#runs.has(id) || this.#seen.get(id) !== this.#store.get(id)));
    if (missing.length > 0) await this.#load(missing);
    else this.dispatchEvent(new Event('change'));
  }

  #renew() {
    const running = this.runs.filter((run) => run.status === 'running').map((run) => run.id);
    if (running.length > 0 && !this.loading) this.#load(running);
  }

  async #load(ids) {
    this.#abort.abort();
    const { signal } = this.#abort = new AbortController();
    this.loading = true;
    const queue = [...ids];
    const worker = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        const seen = this.#store.get(id);
        try {
          this.#runs.set(id, await insist(() => json(`api/v1/runs/${encodeURIComponent(id)}`, { signal }), { signal }));
          this.#seen.set(id, seen);
          this.failure = null;
        } catch (error) {
          if (signal.aborted) return;
          if (!(error instanceof ApiError)) throw error;
          if (error.status === 404) this.gone.add(id);
          else this.failure = error;
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    if (signal.aborted) return;
    this.loading = false;
    this.dispatchEvent(new Event('change'));
  }
}
