// The tags of one kind of series over the shown runs, kept current by live frames.

import { insist, json } from '../api.js';

const RUNS_PER_REQUEST = 1000;

export class RecordTags {
  #store;
  #type;
  #onChange;
  #onRetry;
  #key = null;
  #shown = new Set();
  #abort = null;
  /** Every tag that a shown run has; null until known. */
  tags = null;

  /** @param hooks { onChange(), onRetry(error) } */
  constructor(store, type, { onChange, onRetry }) {
    this.#store = store;
    this.#type = type;
    this.#onChange = onChange;
    this.#onRetry = onRetry;
    store.addEventListener('added', ({ detail }) => this.#added(detail.runId, detail.added));
    // A listing after a lost connection may have missed frames that named new series.
    store.addEventListener('loaded', () => this.#key !== null && this.#load());
  }

  /** Other runs are shown. */
  update(ids) {
    const key = ids.join('\u0000');
    if (key === this.#key) return;
    this.#key = key;
    this.#shown = new Set(ids);
    this.#load();
  }

  async #load() {
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const { signal } = this.#abort = new AbortController();
    const ids = [...this.#shown];
    const union = new Set();
    try {
      for (let i = 0; i < ids.length; i += RUNS_PER_REQUEST) {
        const body = { run_ids: ids.slice(i, i + RUNS_PER_REQUEST), types: [this.#type] };
        const { types } = await insist(() => json('api/v1/series/tags', { method: 'POST', body, signal }), { signal, onRetry: this.#onRetry });
        for (const tag of types[this.#type] ?? []) union.add(tag);
      }
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (signal.aborted) return;
    this.tags = [...union];
    this.#onChange();
  }

  #added(runId, added) {
    if (!this.tags || !this.#shown.has(runId)) return;
    const fresh = added.filter(({ tag, type }) => type === this.#type && !this.tags.includes(tag)).map(({ tag }) => tag);
    if (fresh.length === 0) return;
    this.tags = [...this.tags, ...fresh];
    this.#onChange();
  }
}
