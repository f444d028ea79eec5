// What is read again and again while a job goes on.

import { insist } from '../api.js';
import { getJob } from './client.js';

/**
 * Follows one job: reads what it has, and once more whenever it is told that there is more. One read at a time; what is asked for meanwhile is read afterwards, once.
 * Events: those of the class that extends it, and `job` when the job's state is another; `failed` with the error as its detail.
 */
export class Follower extends EventTarget {
  #abort = new AbortController();
  #busy = false;
  #again = false;
  #asking = false;
  #told = null;
  /** The job as last heard of, or null. */
  job = null;

  /** Aborts what is under way once nobody follows any more. */
  get signal() {
    return this.#abort.signal;
  }

  stop() {
    this.#abort.abort(new DOMException('another is followed', 'AbortError'));
  }

  /** Reads the job `id`, then what it has. */
  follow(id) {
    return this.guarded(async () => {
      this.#asking = true;
      try {
        const answer = await insist(() => getJob(id, this.signal), { signal: this.signal });
        // Told meanwhile: the answer may be older. Should it be newer, what made it so is told next.
        this.job = this.#told ?? answer;
      } finally {
        this.#asking = false;
        this.#told = null;
      }
      this.tell('job');
      await this.read();
    });
  }

  /** Takes the state of the job that the live connection told. Returns false where the job is only being asked for: what it has is read then anyway. */
  take(job) {
    if (this.#asking) {
      this.#told = job;
      return false;
    }
    this.job = job;
    this.tell('job');
    return true;
  }

  /** Reads on. */
  async more() {
    if (this.#busy) this.#again = true;
    else await this.guarded(() => this.read());
  }

  /** Does `work` as the one read under way. */
  async guarded(work) {
    this.#busy = true;
    try {
      await work();
    } catch (error) {
      if (!this.signal.aborted) this.dispatchEvent(new CustomEvent('failed', { detail: error }));
    }
    this.#busy = false;
    if (this.#again && !this.signal.aborted) {
      this.#again = false;
      await this.more();
    }
  }

  tell(what) {
    this.dispatchEvent(new Event(what));
  }
}
