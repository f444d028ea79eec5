// Asks a worker whether a model, a batch and a loss fit together, and how long a point takes, while the form is still being filled in.

import { ApiError } from '../api.js';
import { backoff, pause } from '../backoff.js';
import { cancelJob, getJob, jobResult, postJob, removeJob } from '../jobs/client.js';
import { isOpen } from '../jobs/state.js';

// Someone who goes through a list with the arrow keys asks for the last one only.
const SETTLE_MS = 350;
const ASK_MS = 150;
const ASK_MOST_MS = 1500;

/**
 * Event `change`; `state` is one of
 *   { name: 'none' }                                nothing to ask for
 *   { name: 'asking', waiting }                     on its way; `waiting`: no worker has taken it yet
 *   { name: 'known', result }                       a ProbeView
 *   { name: 'refused', message, code, errors }      it does not fit, or could not be asked
 */
export class Probe extends EventTarget {
  #project;
  #turn = 0;
  #asked = null;
  #known = new Map();
  #timer = 0;
  #abort = null;
  state = { name: 'none' };

  constructor(project) {
    super();
    this.#project = project;
  }

  /** What to ask for; null for nothing. The same again changes nothing. */
  want(spec) {
    const key = spec && JSON.stringify(spec);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#stop();
    if (!spec) return this.#enter({ name: 'none' });
    const known = this.#known.get(key);
    if (known) return this.#enter(known);
    this.#enter({ name: 'asking', waiting: false });
    const turn = this.#turn;
    this.#timer = setTimeout(() => this.#ask(spec, key, turn), SETTLE_MS);
    return undefined;
  }

  /** Takes back what is asked for. */
  close() {
    this.#asked = null;
    this.#stop();
  }

  #stop() {
    this.#turn++;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = null;
  }

  async #ask(spec, key, turn) {
    const abort = new AbortController();
    this.#abort = abort;
    let job = null;
    try {
      // Not given up with the turn: without its id the job could not be taken back.
      job = await postJob({ kind: 'probe', project: this.#project, spec });
      for (let attempt = 0; isOpen(job); attempt++) {
        abort.signal.throwIfAborted();
        await pause(Math.min(ASK_MOST_MS, ASK_MS * 1.2 ** attempt), abort.signal);
        try {
          job = await getJob(job.id, abort.signal);
        } catch (error) {
          if (abort.signal.aborted || !(error instanceof ApiError) || !error.retryable) throw error;
          await pause(backoff(attempt, 5000), abort.signal);
        }
        if (turn === this.#turn && isOpen(job)) this.#enter({ name: 'asking', waiting: job.status === 'queued' && attempt > 6 });
      }
      const state = job.status === 'succeeded'
        ? { name: 'known', result: await jobResult(job.id, abort.signal) }
        : { name: 'refused', message: job.error ?? job.status, code: job.error_code, errors: [] };
      // What did not fit for a reason of its own is asked again when the form comes back to it; what does not fit never will.
      if (state.name === 'known' || state.code === 'bad_input') this.#known.set(key, state);
      if (turn === this.#turn) this.#enter(state);
    } catch (error) {
      if (turn === this.#turn && !abort.signal.aborted) this.#enter({ name: 'refused', message: error.message, code: error.code ?? null, errors: error.errors ?? [] });
    } finally {
      // A probe is nobody's result: it leaves no trace.
      if (job) tidy(job);
    }
  }

  #enter(state) {
    if (JSON.stringify(state) === JSON.stringify(this.state)) return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

async function tidy(job) {
  try {
    if (isOpen(job)) await cancelJob(job.id);
    await removeJob(job.id);
  } catch {
    // It ended meanwhile, or the server is away; it is left out of lists anyway.
  }
}
