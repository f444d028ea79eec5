// The neighbours of the picked point, asked for when the point, the metric, their number or what is shown is another.

import { ApiError, insist } from '../api.js';
import { packMask } from './filters.js';
import { neighborsOf } from './source.js';

// Someone who moves a slider of a filter asks for the last position only.
const SETTLE_MS = 120;
const NOTHING = { state: 'none', rows: [], distances: [], marks: [] };

/** Event `change`; `now` is `{ state: 'none' | 'asking' | 'known' | 'impossible' | 'failed', rows, distances, marks: [{ row, rank }], message }`. */
export class Neighbors extends EventTarget {
  #asked = [];
  #timer = 0;
  #abort = null;
  now = NOTHING;

  /** What is picked under a state, of a projection that is whole; else nothing. */
  want(source, model) {
    const { pick, metric, neighbors, amongShown } = model.state;
    const row = source?.complete && pick !== null && pick < model.rows ? pick : null;
    const { mask } = model.shown;
    const asked = row === null ? [] : [source.id, row, metric, neighbors, amongShown ? mask : null];
    if (asked.length === this.#asked.length && asked.every((one, i) => Object.is(one, this.#asked[i]))) return;
    const another = asked[0] !== this.#asked[0] || asked[1] !== this.#asked[1];
    this.#asked = asked;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    if (row === null) {
      this.#enter(NOTHING);
      return;
    }
    this.#enter(another ? { ...NOTHING, state: 'asking' } : { ...this.now, state: 'asking' });
    this.#timer = setTimeout(() => this.#ask(asked), another ? 0 : SETTLE_MS);
  }

  async #ask([id, row, metric, count, mask]) {
    const { signal } = this.#abort = new AbortController();
    try {
      const { rows, distances } = await insist(() => neighborsOf(id, { row, count, metric, among: mask ? packMask(mask) : null }, signal), { signal });
      this.#enter({ state: 'known', rows, distances: distances.map(Number), marks: rows.map((one, at) => ({ row: one, rank: at + 1 })) });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      // Coordinates without vectors have no other space to be near in.
      this.#enter({ ...NOTHING, state: error.status === 409 || error.status === 422 || error.status === 404 ? 'impossible' : 'failed', message: error.message });
    }
  }

  #enter(now) {
    this.now = now;
    this.dispatchEvent(new Event('change'));
  }
}
