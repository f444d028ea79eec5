// What the server says of predictions: curves over steps of many runs, and whole evaluations of single steps, each asked for once.

import { insist, json } from '../api.js';

const KEPT = 60;
const STEPS = 100;
// An answer of so many runs is drawn before the next is needed.
const RUNS_PER_REQUEST = 4;

const runPath = (id) => `api/v1/runs/${encodeURIComponent(id)}`;
const queryOf = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => [name, String(value)]));

/** Path of an artifact of a run. */
export const artifactPath = (runId, name) => `${runPath(runId)}/artifacts/${name.split('/').map(encodeURIComponent).join('/')}`;

export class Evaluations {
  #kept = new Map();
  #onRetry;

  constructor(onRetry) {
    this.#onRetry = onRetry;
  }

  /** Measures over steps; `onPart(series)` hears of each run as it comes, with null for one that has none of this tag. */
  async curves(ids, tag, signal, onPart) {
    for (let at = 0; at < ids.length; at += RUNS_PER_REQUEST) {
      const runIds = ids.slice(at, at + RUNS_PER_REQUEST);
      const body = { run_ids: runIds, tags: [tag], points: STEPS };
      const { series } = await insist(() => json('api/v1/predictions/query', { method: 'POST', body, signal }), { signal, onRetry: this.#onRetry });
      for (const id of runIds) onPart(id, series.find((one) => one.run_id === id) ?? null);
    }
  }

  /** The whole evaluation of one step. `stamp`: its wall time, so that what a restarted job logs again is read again. */
  evaluation({ runId, tag, step, stamp, task, class: only, output }, signal) {
    const path = task === 'regression' ? `${runPath(runId)}/regression?${queryOf({ tag, step, output })}` : `${runPath(runId)}/classification?${queryOf({ tag, step, class: only })}`;
    return this.#once(`${path} ${stamp}`, signal, path);
  }

  point(runId, { tag, step, class: one, threshold }, signal) {
    return json(`${runPath(runId)}/classification/point?${queryOf({ tag, step, class: one, threshold })}`, { signal });
  }

  samples(runId, { tag, step, label, predicted, limit }, signal) {
    return json(`${runPath(runId)}/classification/samples?${queryOf({ tag, step, label, predicted, limit })}`, { signal });
  }

  async #once(key, signal, path) {
    const known = this.#kept.get(key);
    if (known) {
      // The most recently used stay.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const answer = await insist(() => json(path, { signal }), { signal, onRetry: this.#onRetry });
    this.#kept.set(key, answer);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return answer;
  }
}
