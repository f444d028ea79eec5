// Fields of runs that they can be grouped by: their group, status and every value of their configuration. Pure functions.

import { compareNames } from '../tags.js';

// A configuration may nest without end and hold lists of a thousand entries; what lies deeper is one value.
const MAX_DEPTH = 6;
const MAX_FIELDS = 2000;
const MAX_TEXT = 200;
const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

const textOf = (value) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_TEXT);

/** Values of a configuration by path, as in queries: `config.optimizer.name`, `config["odd key"]`. */
export function flatten(config) {
  const values = new Map();
  const walk = (value, path, depth) => {
    if (values.size >= MAX_FIELDS) return;
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && depth < MAX_DEPTH) {
      for (const [key, inner] of Object.entries(value)) walk(inner, PLAIN.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`, depth + 1);
    } else if (depth > 0 && value !== null) values.set(path, textOf(value));
  };
  walk(config ?? {}, 'config', 0);
  return values;
}

function fieldsOfRun(run) {
  const values = flatten(run.config);
  if (run.group) values.set('group', run.group);
  values.set('status', run.status ?? 'running');
  if (run.tags?.length) values.set('tags', [...run.tags].sort(compareNames).join(', '));
  return values;
}

const known = new WeakMap();
const valuesOf = (run) => {
  // Runs are new objects at every change; what their configuration says is found by the object that never changes within them.
  const key = run.config && typeof run.config === 'object' ? run.config : run;
  const cached = known.get(key);
  if (cached && cached.group === run.group && cached.status === run.status && cached.tags === run.tags) return cached.values;
  const values = fieldsOfRun(run);
  known.set(key, { group: run.group, status: run.status, tags: run.tags, values });
  return values;
};

/** `[{ path, distinct, runs }]` over the runs: those that tell runs apart first, then by name. */
export function fieldsOf(runs) {
  const fields = new Map();
  for (const run of runs) {
    for (const [path, value] of valuesOf(run)) {
      if (!fields.has(path)) fields.set(path, { path, values: new Set(), runs: 0 });
      const field = fields.get(path);
      field.values.add(value);
      field.runs++;
    }
  }
  return [...fields.values()]
    .map(({ path, values, runs: count }) => ({ path, distinct: values.size, runs: count }))
    .sort((a, b) => (a.distinct > 1 ? 0 : 1) - (b.distinct > 1 ? 0 : 1) || a.path.startsWith('config') - b.path.startsWith('config') || compareNames(a.path, b.path));
}

/**
 * The runs by their value of a field: `{ of: Map run id → key, groups: [{ key, name, color, dash, count }] }`, in natural order of the values,
 * runs without one last under `missing`.
 */
export function groupRuns(runs, path, missing, colors) {
  const of = new Map();
  const groups = new Map();
  for (const run of runs) {
    const value = valuesOf(run).get(path);
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
