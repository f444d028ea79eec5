// The artifacts of the shown runs, every version of them, by kind and series.

import { insist, json } from '../api.js';
import { kindOf, tagOf } from './naming.js';

// Runs listed by one request: the first of many answers comes soon, and each is bearable also where runs have thousands of pictures.
const RUNS_PER_REQUEST = 20;
const PARALLEL = 2;

export class Library {
  #onChange;
  #onRetry;
  #onLoaded;
  #runs = new Map();
  #wanted = [];
  #shown = [];
  #active = 0;
  #told = false;
  #made = new Map();

  /** @param hooks { onChange(), onRetry(error), onLoaded() } */
  constructor({ onChange, onRetry, onLoaded }) {
    this.#onChange = onChange;
    this.#onRetry = onRetry;
    this.#onLoaded = onLoaded;
  }

  /** True until every shown run has been listed once. */
  get loading() {
    return this.#shown.some((id) => !this.#runs.has(id));
  }

  /** The last failure that is final, `{ error }`; null once a listing succeeds. */
  failure = null;

  /** Other runs are shown. */
  show(ids) {
    this.#shown = ids;
    const shown = new Set(ids);
    this.#wanted = this.#wanted.filter((id) => shown.has(id));
    this.#want(ids.filter((id) => !this.#runs.has(id)));
    this.#changed();
  }

  /** Lists runs again. */
  refresh(ids) {
    this.#want(this.#shown.filter((id) => ids.has(id)));
  }

  /** Every version that shown runs have of a kind: tag → run id → entries by position. `position` is the step, or else the time. */
  series(kind) {
    return this.#once(kind, () => this.#series(kind));
  }

  #series(kind) {
    const tags = new Map();
    for (const id of this.#shown) {
      for (const artifact of this.#runs.get(id) ?? []) {
        if (artifact.kind !== kind) continue;
        if (!tags.has(artifact.tag)) tags.set(artifact.tag, new Map());
        const runs = tags.get(artifact.tag);
        if (!runs.has(id)) runs.set(id, []);
        runs.get(id).push(artifact);
      }
    }
    for (const runs of tags.values()) {
      const stepped = [...runs.values()].every((list) => list.every((one) => one.step !== null));
      for (const [id, list] of runs) {
        // Listed newest first: a second version of a step stands after the first.
        runs.set(id, list.map((artifact) => ({ artifact, stepped, position: stepped ? artifact.step : artifact.created })).reverse().sort((a, b) => a.position - b.position));
      }
    }
    return tags;
  }

  /** The newest version of each name, with how many there are: `{ artifact, runId, versions }`. */
  newest(filter) {
    const found = [];
    for (const runId of this.#shown) {
      const byName = new Map();
      for (const artifact of this.#runs.get(runId) ?? []) {
        if (!filter(artifact)) continue;
        const known = byName.get(artifact.name);
        if (known) known.versions++;
        else byName.set(artifact.name, { artifact, runId, versions: 1 });
      }
      found.push(...byName.values());
    }
    return found;
  }

  /** Number of series, or of files, of each kind. */
  counts() {
    return new Map(this.#once('', () => this.#counts()));
  }

  #counts() {
    const sets = new Map();
    for (const id of this.#shown) {
      for (const { kind, tag, name } of this.#runs.get(id) ?? []) {
        for (const [one, key] of [[kind === 'file' || kind === 'checkpoint' ? null : kind, tag], ['file', `${id}\u0000${name}`], [kind === 'checkpoint' ? 'checkpoint' : null, `${id}\u0000${name}`]]) {
          if (!one) continue;
          if (!sets.has(one)) sets.set(one, new Set());
          sets.get(one).add(key);
        }
      }
    }
    return new Map([...sets].map(([kind, keys]) => [kind, keys.size]));
  }

  #want(ids) {
    for (const id of ids) if (!this.#wanted.includes(id)) this.#wanted.push(id);
    while (this.#active < PARALLEL && this.#wanted.length) {
      this.#active++;
      this.#load(this.#wanted.splice(0, RUNS_PER_REQUEST)).finally(() => {
        this.#active--;
        this.#want([]);
      });
    }
  }

  async #load(runIds) {
    try {
      const { runs } = await insist(() => json('api/v1/artifacts/query', { method: 'POST', body: { run_ids: runIds, versions: true } }), { onRetry: this.#onRetry });
      this.failure = null;
      // A run that was deleted meanwhile is absent and has nothing.
      for (const id of runIds) this.#runs.set(id, []);
      for (const { run_id: runId, items } of runs) this.#runs.set(runId, items.map((item) => ({ ...item, step: item.step ?? null, runId, kind: kindOf(item), tag: tagOf(item) })));
      this.#onLoaded();
    } catch (error) {
      for (const id of runIds) if (!this.#runs.has(id)) this.#runs.set(id, []);
      this.failure = { error };
    }
    this.#changed();
  }

  /** What is made of the listings is kept until one changes. */
  #once(key, make) {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key);
  }

  #changed() {
    this.#made.clear();
    if (this.#told) return;
    this.#told = true;
    requestAnimationFrame(() => {
      this.#told = false;
      this.#onChange();
    });
  }
}
