// What the box above the list of runs finds: words within names at once, a query by asking the server.

import { ApiError, json } from '../api.js';

const WAIT_MS = 250;
// Runs that change while a query is shown may begin or cease to match it.
const AGAIN_MS = 2000;
const MAX_RUNS = 20000;
const QUERY = /[<>=~()"]|\b(and|or|not|in|has)\b/i;

export class RunFilter {
  #project;
  #onChange;
  #text = '';
  #ids = null;
  #asked = 0;
  #timer = 0;
  /** Why the query finds nothing, or null. */
  error = null;

  constructor(project, onChange) {
    this.#project = project;
    this.#onChange = onChange;
  }

  get text() {
    return this.#text;
  }

  set(text) {
    if (text === this.#text) return;
    this.#text = text;
    this.error = null;
    this.#asked++;
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (QUERY.test(text)) this.#later(WAIT_MS);
    else this.#ids = null;
  }

  /** The runs that it finds, in their order. */
  of(runs) {
    if (QUERY.test(this.#text)) return this.#ids ? runs.filter((run) => this.#ids.has(run.id)) : runs;
    const words = this.#text.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length ? runs.filter((run) => words.every((word) => run.name.toLowerCase().includes(word))) : runs;
  }

  /** Runs changed. */
  refresh() {
    if (QUERY.test(this.#text)) this.#later(AGAIN_MS);
  }

  #later(milliseconds) {
    this.#timer ||= setTimeout(() => this.#ask(), milliseconds);
  }

  async #ask() {
    this.#timer = 0;
    const turn = ++this.#asked;
    try {
      const { runs } = await json('api/v1/runs/table', { method: 'POST', body: { project: this.#project, query: this.#text, limit: MAX_RUNS } });
      if (turn !== this.#asked) return;
      this.#ids = new Set(runs.map((run) => run.id));
      this.error = null;
    } catch (error) {
      if (turn !== this.#asked) return;
      if (!(error instanceof ApiError)) throw error;
      this.error = error.message;
      if (error.retryable) this.#later(AGAIN_MS);
    }
    this.#onChange();
  }
}
