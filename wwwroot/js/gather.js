// Requests of many cards put together: what the cards in sight need goes out in a few requests of bearable size, and what scrolled away before
// its turn is not asked for at all.

import { insist } from './api.js';

const GATHER_MS = 12;
// Two requests keep the server and the decoder both busy; more only compete with each other.
const PARALLEL = 2;

export class Gatherer {
  #rules;
  #waiting = [];
  #timer = 0;
  #active = 0;

  /** @param rules { key(request): those of one key travel together, room(request): how many of them, ask(batch, signal): the answer for all,
   *   part(answer, request): what of it is one request's } */
  constructor(rules) {
    this.#rules = rules;
  }

  /**
   * One card's request; `signal` takes it back, `onRetry(error)` hears of failures that are tried again. Resolves to its part of an answer;
   * rejects with ApiError or the signal's reason.
   */
  fetch(request) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, resolve, reject });
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
    const { key, room } = this.#rules;
    const first = key(this.#waiting[0]);
    const limit = room(this.#waiting[0]);
    const batch = [];
    this.#waiting = this.#waiting.filter((one) => batch.length >= limit || key(one) !== first || !batch.push(one));
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
    try {
      const answer = await insist(() => this.#rules.ask(batch, abort.signal), {
        signal: abort.signal,
        onRetry: (error) => batch.forEach((one) => one.signal?.aborted || one.onRetry?.(error)),
      });
      for (const one of batch) one.resolve(this.#rules.part(answer, one));
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}
