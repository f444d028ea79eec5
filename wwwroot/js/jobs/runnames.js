// Names of the runs that jobs are about.

import { json } from '../api.js';

const MOST = 20000;
// A run that came since is looked up again, but not at each of its jobs' frames.
const AGAIN_MS = 5000;

export class RunNames extends EventTarget {
  #names = new Map();
  #asked = -Infinity;

  constructor(project) {
    super();
    this.project = project;
  }

  /** The name of a run, or null while it is not known: `change` tells when others are. */
  of(id) {
    if (id && !this.#names.has(id)) this.#ask();
    return this.#names.get(id) ?? null;
  }

  async #ask() {
    if (performance.now() - this.#asked < AGAIN_MS) return;
    this.#asked = performance.now();
    try {
      const table = await json('api/v1/runs/table', { method: 'POST', body: { project: this.project, limit: MOST } });
      for (const run of table.runs) this.#names.set(run.id, run.name);
      this.dispatchEvent(new Event('change'));
    } catch {
      // The jobs are shown without; the next one asks again.
    }
  }
}
