// What runs can be grouped by: their group, status and tags, and every value of their configuration, which the server tells.

import { insist, json } from '../api.js';
import { compareNames } from '../tags.js';

const OWN = ['group', 'status', 'tags'];
const MAX_FIELDS = 200;
const MAX_RUNS = 20000;
const MAX_TEXT = 200;
// A run that has no value may get one: its configuration is often sent after its first points.
const AGAIN_MS = 5000;

/** A value as a group's name; undefined where there is none. */
export function textOf(value) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  if (Array.isArray(value)) return [...value].sort(compareNames).join(', ').slice(0, MAX_TEXT);
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_TEXT);
}

/**
 * The runs by a value: `{ of: Map run id → key, groups: [{ key, name, color, dash, count }] }`, in natural order of the values, runs
 * without one last under `missing`.
 */
export function groupRuns(runs, valueOf, missing, colors) {
  const of = new Map();
  const groups = new Map();
  for (const run of runs) {
    const value = valueOf(run);
    const key = value === undefined ? '' : `=${value}`;
    of.set(run.id, key);
    if (!groups.has(key)) groups.set(key, { key, name: value ?? missing, count: 0 });
    groups.get(key).count++;
  }
  const ordered = [...groups.values()].sort((a, b) => (a.key === '') - (b.key === '') || byValue(a.name, b.name));
  return { of, groups: ordered.map((group, i) => ({ ...group, color: i % colors, dash: Math.floor(i / colors) % 3 })) };
}

/** Numbers by size (1e-4 before 0.01), all else in natural order. */
function byValue(a, b) {
  const [x, y] = [Number(a), Number(b)];
  return a !== '' && b !== '' && !Number.isNaN(x) && !Number.isNaN(y) ? x - y : compareNames(a, b);
}

/** Fields of a project's runs and their values, as the server tells them. */
export class RunFields {
  #project;
  #path = null;
  #values = new Map();
  #asked = null;
  #askedAt = -Infinity;
  #onChange;

  /** @param onChange values came that were not known */
  constructor(project, onChange) {
    this.#project = project;
    this.#onChange = onChange;
  }

  /** `[{ path, distinct }]` whose name holds the text; `distinct` is undefined for a run's own fields. */
  async find(text) {
    const query = new URLSearchParams({ project: this.#project, find: text.trim(), limit: MAX_FIELDS });
    const { config } = await insist(() => json(`api/v1/runs/fields?${query}`));
    return [...OWN.filter((name) => name.includes(text.trim().toLowerCase())).map((path) => ({ path })), ...config];
  }

  /** A run's value of a field as text; asks the server for those it does not know. */
  valueOf(path, run) {
    if (OWN.includes(path)) return textOf(run[path]);
    if (path !== this.#path) {
      this.#path = path;
      this.#values.clear();
      this.#askedAt = -Infinity;
    }
    const value = this.#values.get(run.id);
    if (value === undefined && performance.now() - this.#askedAt > AGAIN_MS) this.#ask(path);
    return value;
  }

  async #ask(path) {
    if (this.#asked === path) return;
    this.#asked = path;
    try {
      const { runs, columns } = await insist(() => json('api/v1/runs/table', { method: 'POST', body: { project: this.#project, columns: [path], limit: MAX_RUNS } }));
      if (path !== this.#path) return;
      let changed = false;
      runs.forEach(({ id }, i) => {
        const value = textOf(columns[path]?.[i]);
        changed ||= value !== this.#values.get(id);
        this.#values.set(id, value);
      });
      if (changed) this.#onChange();
    } catch {
      // A path that an address made up, or a server that refuses: the runs have no value then.
    } finally {
      this.#askedAt = performance.now();
      this.#asked = null;
    }
  }
}
