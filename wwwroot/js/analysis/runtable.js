// Chosen values of all runs of a project, or of those that a query finds, in one request.

import { insist, json } from '../api.js';
import { column } from './values.js';

/** Rows of one answer; what the server gives at the most. */
export const MAX_RUNS = 20000;

/**
 * `{ runs, columns: Map(path → column), matched, total }`, the newest run first. Rejects with the server's words for a query that is none.
 * @param request { project, query, paths }
 */
export async function loadRuns({ project, query, paths }, { signal, onRetry } = {}) {
  const body = { project, query: query || null, columns: paths, limit: MAX_RUNS };
  const answer = await insist(() => json('api/v1/runs/table', { method: 'POST', body, signal }), { signal, onRetry });
  const columns = new Map(paths.map((path) => [path, column(answer.columns[path] ?? new Array(answer.runs.length).fill(null), path)]));
  return { runs: answer.runs, columns, matched: answer.matched, total: answer.total };
}

/** The same with only the rows that `keep` holds for. */
export function onlyRows(table, keep) {
  const rows = table.runs.map((run, at) => (keep(run) ? at : -1)).filter((at) => at >= 0);
  const columns = new Map([...table.columns].map(([path, found]) => {
    const values = rows.map((at) => found.values[at]);
    return [path, { ...found, values, given: rows.map((at) => found.given[at]), missing: values.filter((value) => !Number.isFinite(value)).length }];
  }));
  return { ...table, runs: rows.map((at) => table.runs[at]), columns };
}
