// What values the runs of a project have: searched at the server, because a project may log thousands of metrics.

import { ENVIRONMENT } from '../analysis/fields.js';
import { json } from '../api.js';
import { isNumeric } from './groups.js';
import { compareNames } from '../tags.js';
import { metricValue, parseValue } from './values.js';

const LIMIT = 100;
const KEPT_MS = 15000;
const FEW = 30;
const VALUE_ROWS = 20000;
const DEFAULT_METRICS = 3;
const DEFAULT_CONFIG = 3;

export class Fields {
  #project;
  #answers = new Map();
  #values = new Map();

  constructor(project) {
    this.#project = project;
  }

  /** `{ config: [{ name, path, kind, runs, distinct }], config_total, metrics: [{ tag, runs }], metrics_total }` of names that hold `text`. */
  find(text = '') {
    return this.#kept(this.#answers, text, () => json(`api/v1/runs/fields?${new URLSearchParams({ project: this.#project, find: text, limit: LIMIT })}`));
  }

  /** The different values of a field where they are few, in natural order; null where they are many. */
  values(path) {
    return this.#kept(this.#values, path, async () => {
      const answer = await json('api/v1/runs/table', { method: 'POST', body: { project: this.#project, columns: [path], offset: 0, limit: VALUE_ROWS } });
      const seen = new Set();
      for (const value of answer.columns[path] ?? []) for (const one of Array.isArray(value) ? value : [value]) if (one !== null && typeof one !== 'object') seen.add(one);
      if (seen.size > FEW) return null;
      const numbers = isNumeric([...seen]);
      return [...seen].sort((a, b) => (numbers ? a - b : compareNames(String(a), String(b))));
    });
  }

  /** Forgets answers, because new series exist. */
  forget() {
    this.#answers.clear();
  }

  async #kept(cache, key, work) {
    const known = cache.get(key);
    if (known && performance.now() - known.at < KEPT_MS) return known.answer;
    const answer = work();
    cache.set(key, { at: performance.now(), answer });
    answer.catch(() => cache.delete(key));
    return answer;
  }
}

/** Columns worth showing before anybody chose: what differs between the runs, and the metrics that most of them log. */
export function defaultColumns({ config, metrics }) {
  const rank = (tag) => (/loss/i.test(tag) ? 0 : /acc|f1|auc|score|perplex|bleu/i.test(tag) ? 1 : 2);
  const differing = config.filter((field) => field.distinct > 1 && !ENVIRONMENT.test(field.path))
    .sort((a, b) => b.runs - a.runs || compareNames(a.name, b.name)).slice(0, DEFAULT_CONFIG);
  const best = [...metrics].sort((a, b) => rank(a.tag) - rank(b.tag) || b.runs - a.runs || compareNames(a.tag, b.tag)).slice(0, DEFAULT_METRICS);
  return ['status', ...differing.map((field) => field.path), ...best.map(({ tag }) => metricValue(tag, 'last')), 'updated', 'duration'];
}

/** Whether a value's numbers are right-aligned and sorted largest first at the first click. */
export function isQuantity(value, column) {
  const parsed = parseValue(value);
  if (parsed?.kind === 'metric') return true;
  if (parsed?.kind === 'field') return ['created', 'updated', 'duration'].includes(value);
  return isNumeric(column);
}

