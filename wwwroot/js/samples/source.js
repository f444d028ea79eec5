// What one run has to say of labels and samples.

import { insist, json } from '../api.js';
import { categoryColors, DISTINCT } from '../charts/points/categories.js';

const path = (run, rest) => `api/v1/runs/${encodeURIComponent(run)}/${rest}`;
const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)).toString();

/** Tags of predictions and whether there are label counts, of runs that were asked for already. */
export class RunContents {
  #known = new Map();

  /** `{ tags, labels }` of a run. */
  async of(run, signal, onRetry) {
    if (!this.#known.has(run)) {
      const { items } = await insist(() => json(path(run, 'series'), { signal }), { signal, onRetry });
      this.#known.set(run, {
        tags: items.filter(({ type }) => type === 'predictions').map(({ tag }) => tag),
        labels: items.some(({ type }) => type === 'labels'),
      });
    }
    return this.#known.get(run);
  }

  forget(run) {
    this.#known.delete(run);
  }
}

export const loadLabels = (run, signal) => json(path(run, 'labels'), { signal });

export const loadLosses = (run, { tag, label, points }, signal) => json(path(run, `samples/losses?${query({ tag, label, points })}`), { signal });

export const loadSamples = (run, { tag, sort, label, limit, cursor }, signal) => json(path(run, `samples?${query({ tag, sort, label, limit, cursor })}`), { signal });

/** What a class is called: its name, else its number. */
export const className = (label, classes) => (label === null || label === undefined ? null : classes?.[label] ?? String(label));

/** The colour of a class, the same wherever it is shown; beyond the thirtieth they repeat. */
export function classColors(dark) {
  const { colors } = categoryColors(DISTINCT, dark);
  return (label) => (label === null || label === undefined ? 'var(--text-3)' : colors[label % DISTINCT]);
}
