// Asks for histograms or texts of all cards in sight together, in requests of bearable size. What scrolled away before its turn is not asked for.

import { insist, json } from '../api.js';

const GATHER_MS = 12;
// An answer of this many series is drawn before the next is needed.
const SERIES_PER_REQUEST = 24;
// Two requests keep the server and the parser both busy.
const PARALLEL = 2;

export class RecordQueries {
  #path;
  #waiting = [];
  #timer = 0;
  #active = 0;

  /** @param {string} path `api/v1/histograms/query` or `api/v1/texts/query` */
  constructor(path) {
    this.#path = path;
  }

  /**
   * One series: `{ runId, tag, points, fromStep, toStep, signal, onRetry }`. Resolves to the server's series, or null where the run has none of
   * this tag; rejects with ApiError or the signal's reason.
   */
  fetch({ fromStep = null, toStep = null, ...request }) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, fromStep, toStep, resolve, reject });
      this.#timer ||= setTimeout(() => this.#pump(), GATHER_MS);
    });
  }

  #pump() {
    this.#timer = 0;
    while (this.#active < PARALLEL) {
      const batch = this.#take();
      if (batch.length === 0) return;
      this.#active++;
      this.#send(batch).finally(() => {
        this.#active--;
        this.#pump();
      });
    }
  }

  /** The oldest request still wanted, and those of the same tag, points and window. */
  #take() {
    this.#waiting = this.#waiting.filter((one) => {
      if (one.signal?.aborted) one.reject(one.signal.reason);
      return !one.signal?.aborted;
    });
    if (this.#waiting.length === 0) return [];
    const key = (one) => JSON.stringify([one.tag, one.points, one.fromStep, one.toStep]);
    const first = key(this.#waiting[0]);
    const batch = [];
    this.#waiting = this.#waiting.filter((one) => batch.length >= SERIES_PER_REQUEST || key(one) !== first || !batch.push(one));
    return batch;
  }

  async #send(batch) {
    const abort = new AbortController();
    let wanted = batch.length;
    for (const one of batch) {
      one.signal?.addEventListener('abort', () => {
        one.reject(one.signal.reason);
        if (--wanted === 0) abort.abort(one.signal.reason);
      }, { once: true });
    }
    const [{ tag, points, fromStep, toStep }] = batch;
    try {
      const body = { run_ids: [...new Set(batch.map((one) => one.runId))], tags: [tag], points, from_step: fromStep, to_step: toStep };
      const { series } = await insist(() => json(this.#path, { method: 'POST', body, signal: abort.signal }), {
        signal: abort.signal,
        onRetry: (error) => batch.forEach((one) => one.signal?.aborted || one.onRetry?.(error)),
      });
      const found = new Map(series.map((one) => [one.run_id, one]));
      for (const one of batch) one.resolve(found.get(one.runId) ?? null);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}
