// The one query layer: what the cards in sight need goes out together, in a few requests of bearable size, and what scrolled away before
// its turn is not asked for at all.

import { insist, send } from './api.js';
import { COLUMNS_TYPE, decodeColumns } from './columns.js';

const GATHER_MS = 12;
// A request of this many series answers quickly enough to draw card after card.
const SERIES_PER_REQUEST = 240;
const TAGS_PER_REQUEST = 16;
// Two requests keep the server and the decoder both busy; more only compete with each other.
const PARALLEL = 2;

/** One scalar query, packed where the server can: `{ seq, series }`. */
export async function ask(body, signal) {
  const response = await send('api/v1/scalars/query', { method: 'POST', body, signal, accept: `${COLUMNS_TYPE}, application/json;q=0.5` });
  return response.headers.get('Content-Type')?.startsWith(COLUMNS_TYPE) ? decodeColumns(await response.arrayBuffer()) : response.json();
}

export class ScalarQueries {
  #waiting = [];
  #timer = 0;
  #active = 0;

  /**
   * The series of one tag. Resolves to `{ seq, series }`; rejects with ApiError or the signal's reason.
   * `onRetry(error)` hears of failures that are tried again.
   */
  fetch({ tag, runIds, points, fromStep = null, toStep = null, signal, onRetry }) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ tag, runIds, points, fromStep, toStep, signal, onRetry, resolve, reject });
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

  /** The oldest request still wanted and those that can travel with it. */
  #take() {
    this.#waiting = this.#waiting.filter((one) => {
      if (one.signal?.aborted) one.reject(one.signal.reason);
      return !one.signal?.aborted;
    });
    if (this.#waiting.length === 0) return [];
    const key = (one) => JSON.stringify([one.points, one.fromStep, one.toStep, one.runIds]);
    const first = key(this.#waiting[0]);
    const room = Math.max(1, Math.min(TAGS_PER_REQUEST, Math.floor(SERIES_PER_REQUEST / Math.max(1, this.#waiting[0].runIds.length))));
    const batch = [];
    this.#waiting = this.#waiting.filter((one) => batch.length >= room || key(one) !== first || !batch.push(one));
    return batch;
  }

  async #send(batch) {
    const abort = new AbortController();
    let wanted = batch.length;
    for (const one of batch) one.signal?.addEventListener('abort', () => { one.reject(one.signal.reason); if (--wanted === 0) abort.abort(one.signal.reason); }, { once: true });
    const [{ runIds, points, fromStep, toStep }] = batch;
    try {
      const body = { run_ids: runIds, tags: [...new Set(batch.map((one) => one.tag))], points, from_step: fromStep, to_step: toStep };
      const answer = await insist(() => ask(body, abort.signal), {
        signal: abort.signal,
        onRetry: (error) => batch.forEach((one) => one.signal?.aborted || one.onRetry?.(error)),
      });
      for (const one of batch) one.resolve({ seq: answer.seq, series: answer.series.filter((series) => series.tag === one.tag) });
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}
