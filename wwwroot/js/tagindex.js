// The tags that the shown runs have, of one kind of series.

import { insist, json } from './api.js';

const MAX_RUNS = 1000;

export class TagIndex {
  #type;
  #onChange;
  #ids = [];
  #key = null;
  #tags = [];
  #known = new Set();
  #abort = null;
  #told = false;
  loading = true;
  /** Why the tags could not be asked for, or null. */
  error = null;

  /** @param {string} type kind of series: `scalar`, `histogram`, … @param {() => void} onChange other tags are known */
  constructor(type, onChange) {
    this.#type = type;
    this.#onChange = onChange;
  }

  /** Every tag that a shown run has logged, each once. The same list as before stays the same array, so that who sorts it need not sort it again. */
  get tags() {
    return this.#tags;
  }

  /** Other runs are shown. */
  update(ids) {
    const key = ids.join();
    if (key === this.#key) return;
    this.#key = key;
    this.#ids = ids;
    this.reload();
  }

  /** Asks again: something may have been missed. */
  async reload() {
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const { signal } = this.#abort = new AbortController();
    try {
      const union = new Set();
      for (let at = 0; at < this.#ids.length; at += MAX_RUNS) {
        const body = { run_ids: this.#ids.slice(at, at + MAX_RUNS), types: [this.#type] };
        const answer = await insist(() => json('api/v1/series/tags', { method: 'POST', body, signal }), { signal });
        for (const tag of answer.types[this.#type] ?? []) union.add(tag);
      }
      this.#take(union);
    } catch (error) {
      if (signal.aborted) return;
      this.loading = false;
      this.error = error;
      this.#onChange();
    }
  }

  /** A live frame named new series of a run. */
  added(runId, series) {
    if (!this.#ids.includes(runId)) return;
    const fresh = series.filter(({ tag, type }) => type === this.#type && !this.#known.has(tag)).map(({ tag }) => tag);
    if (fresh.length === 0) return;
    for (const tag of fresh) this.#known.add(tag);
    this.#tags = [...this.#tags, ...fresh];
    if (this.#told) return;
    this.#told = true;
    requestAnimationFrame(() => {
      this.#told = false;
      this.#onChange();
    });
  }

  #take(union) {
    const same = !this.loading && union.size === this.#known.size && this.#tags.every((tag) => union.has(tag));
    this.loading = false;
    this.error = null;
    if (same) return;
    this.#known = union;
    this.#tags = [...union];
    this.#onChange();
  }
}
