// What the shown runs say, asked for in parts, and again where there was no time or something changed.

import { ApiError, insist, json } from '../api.js';

// A part is answered within seconds, so that the first findings are there before the last run is read.
const RUNS_AT_ONCE = 50;
const PENDING_MS = 2500;

export class Diagnoses {
  #hooks;
  #abort = new AbortController();
  #shown = new Set();
  #wanted = new Set();
  #working = false;
  #timer = 0;
  /** Run id → diagnosis, of the runs that are shown. */
  known = new Map();

  /** @param hooks { onChange(ids), onRetry(error), onFailed(error) } */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  /** How many runs have no diagnosis yet. */
  get missing() {
    return [...this.#shown].filter((id) => !this.known.has(id)).length;
  }

  /** Other runs are shown. */
  show(ids) {
    this.#shown = new Set(ids);
    for (const id of [...this.known.keys()]) if (!this.#shown.has(id)) this.known.delete(id);
    this.ask(ids.filter((id) => !this.known.has(id)));
  }

  /** Asks for runs (again). */
  ask(ids) {
    for (const id of ids) if (this.#shown.has(id)) this.#wanted.add(id);
    if (this.#wanted.size) this.#work();
  }

  /** Everything is to be read anew: rules changed. */
  forget() {
    this.known.clear();
    this.ask([...this.#shown]);
  }

  async #work() {
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#wanted.size) {
        const part = [...this.#wanted].filter((id) => this.#shown.has(id)).slice(0, RUNS_AT_ONCE);
        part.forEach((id) => this.#wanted.delete(id));
        if (part.length === 0) {
          this.#wanted.clear();
          break;
        }
        await this.#ask(part);
      }
    } catch (error) {
      this.#wanted.clear();
      this.#hooks.onFailed(error);
      if (!(error instanceof ApiError)) throw error;
    } finally {
      this.#working = false;
    }
  }

  async #ask(part) {
    const answer = await insist(() => json(`api/v1/diagnosis/query?lang=${document.documentElement.lang}`, { method: 'POST', body: { run_ids: part, items: true } }), { signal: this.#abort.signal, onRetry: this.#hooks.onRetry });
    const read = answer.runs.filter((run) => this.#shown.has(run.run_id));
    for (const { run_id: id, diagnosis } of read) this.known.set(id, diagnosis);
    this.#later(answer.pending);
    this.#hooks.onChange(read.map((run) => run.run_id));
  }

  // What was not read at all is asked for at once; what is only older than the run, a little later.
  #later(pending) {
    const unread = pending.filter((id) => !this.known.has(id));
    for (const id of unread) if (this.#shown.has(id)) this.#wanted.add(id);
    const stale = pending.filter((id) => this.known.has(id));
    if (stale.length) this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.ask(stale);
    }, PENDING_MS);
  }
}
