// The page's one live connection. It is tried for ever; every subscription resumes after the last commit it saw, so neither a lost network
// nor a restarted server leaves a gap, and a server that can no longer tell what was missed says `reset`.

import { backoff, pause } from './backoff.js';

const HUB = 'hubs/live';
const OFFLINE_AFTER = 3;
// A reset asks every chart to fetch again; a server that resets in a loop must not be answered with a storm.
const RESET_EVERY_MS = 1000;

/** States: idle (nothing is subscribed to), connecting, live, reconnecting, offline. Listeners get the state's name. */
export class LiveConnection extends EventTarget {
  #connection = null;
  #subscriptions = new Set();
  #attempt = 0;
  #wake = null;
  #running = false;
  state = 'idle';

  /**
   * @param {() => object} request the subscription's fields, asked again at every (re)connection; `after_seq` is added
   * @param {(frame: object) => void} onFrame every frame but resets
   * @param {() => void} onReset everything known may be stale: fetch again; the stream goes on meanwhile
   * @param {number | null} afterSeq last commit already seen
   * @returns `{ seq, renew(seq?), close() }`; `renew` asks again with the request's present fields, from `seq` where one is given
   */
  subscribe({ request, onFrame, onReset, afterSeq = null }) {
    const subscription = new Subscription(request, onFrame, onReset, afterSeq);
    this.#subscriptions.add(subscription);
    subscription.close = () => {
      subscription.stop();
      this.#subscriptions.delete(subscription);
    };
    subscription.renew = (seq) => {
      if (seq !== undefined) subscription.seq = seq;
      if (this.state === 'live') subscription.start(this.#connection);
    };
    if (this.state === 'live') subscription.start(this.#connection);
    this.#run();
    return subscription;
  }

  /** Tries at once instead of waiting for the next attempt. */
  hurry() {
    this.#wake?.abort();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    this.#enter('connecting');
    const hurry = () => this.hurry();
    addEventListener('online', hurry);
    document.addEventListener('visibilitychange', hurry);
    for (;;) {
      try {
        await this.#connect();
      } catch {
        this.#attempt++;
        if (this.#attempt >= OFFLINE_AFTER) this.#enter('offline');
      }
      this.#wake = new AbortController();
      await pause(backoff(this.#attempt, 5000), this.#wake.signal).catch(() => {});
      this.#wake = null;
    }
  }

  /** Resolves when the connection is over; rejects when there was none. */
  async #connect() {
    const { HubConnectionBuilder, LogLevel } = globalThis.signalR;
    const connection = new HubConnectionBuilder()
      .withUrl(new URL(HUB, document.baseURI).href)
      .configureLogging(LogLevel.None)
      .build();
    connection.serverTimeoutInMilliseconds = 30000;
    const closed = new Promise((resolve) => connection.onclose(resolve));
    await connection.start();
    this.#connection = connection;
    this.#attempt = 0;
    this.#enter('live');
    for (const subscription of this.#subscriptions) subscription.start(connection);
    await closed;
    this.#connection = null;
    for (const subscription of this.#subscriptions) subscription.stop();
    this.#enter('reconnecting');
  }

  #enter(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}

class Subscription {
  #stream = null;
  #generation = 0;
  #failures = 0;
  #resetAt = -Infinity;

  constructor(request, onFrame, onReset, seq) {
    Object.assign(this, { request, onFrame, onReset, seq });
  }

  start(connection) {
    this.stop();
    const generation = this.#generation;
    const next = (frame) => {
      if (generation !== this.#generation) return;
      this.#failures = 0;
      if (frame.reset) {
        // After a restart the numbers may begin anew below the last one seen.
        this.seq = frame.seq;
        this.#reset();
        return;
      }
      this.onFrame(frame);
      // Frames come in groups; only the last of a group says that all up to its commit has been told.
      if (!frame.more) this.seq = Math.max(this.seq ?? 0, frame.seq);
    };
    const again = async () => {
      if (generation !== this.#generation) return;
      await pause(backoff(this.#failures++, 10000));
      if (generation === this.#generation && connection.state === 'Connected') this.start(connection);
    };
    this.#stream = connection.stream('Subscribe', { ...this.request(), after_seq: this.seq }).subscribe({ next, error: again, complete: again });
  }

  stop() {
    this.#generation++;
    try {
      this.#stream?.dispose();
    } catch {
      // The connection is already gone, and the stream with it.
    }
    this.#stream = null;
  }

  #reset() {
    const wait = this.#resetAt + RESET_EVERY_MS - performance.now();
    if (wait > 0) {
      clearTimeout(this.resetTimer);
      this.resetTimer = setTimeout(() => this.#reset(), wait);
      return;
    }
    this.#resetAt = performance.now();
    this.onReset();
  }
}

/** The connection that all of a page's modules share. */
export const live = new LiveConnection();
