// Asks the server what a projection would have before it, while the form is still being filled in.

import { ApiError, insist, json } from '../../api.js';

// Someone who types a number asks for the last one only.
const SETTLE_MS = 250;

/** Event `change`; `state` is `{ name: 'none' }`, `{ name: 'asking' }`, `{ name: 'known', description }` or `{ name: 'refused', message, errors }`. */
export class Describe extends EventTarget {
  #project;
  #asked = null;
  #timer = 0;
  #abort = null;
  state = { name: 'none' };
  /** What was last known of the same vectors, while something else about them is asked for: `{ of, description }`. */
  last = null;

  constructor(project) {
    super();
    this.#project = project;
  }

  /** @param asked `{ spec, of }`: the spec and a text that names its vectors; null for nothing. The same again changes nothing. */
  want(asked) {
    const key = asked && JSON.stringify(asked);
    if (key === this.#asked) return;
    this.#asked = key;
    this.#stop();
    if (this.last?.of !== asked?.of) this.last = null;
    if (!asked) {
      this.#enter({ name: 'none' });
      return;
    }
    this.#enter({ name: 'asking' });
    this.#timer = setTimeout(() => this.#ask(asked), SETTLE_MS);
  }

  close() {
    this.#asked = null;
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  async #ask({ spec, of }) {
    const { signal } = this.#abort = new AbortController();
    try {
      const description = await insist(() => json('api/v1/projections/describe', { method: 'POST', body: { project: this.#project, spec }, signal }), { signal });
      this.last = { of, description };
      this.#enter({ name: 'known', description });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      this.#enter({ name: 'refused', message: error.message, errors: error.errors });
    }
  }

  #enter(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
