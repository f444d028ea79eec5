// What the Timeline page asks the server for.

import { insist, json } from '../api.js';

const path = (runId, rest) => `api/v1/runs/${encodeURIComponent(runId)}/${rest}`;

export const readProcess = (runId, signal) => insist(() => json(path(runId, 'process'), { signal }), { signal });

export const readPhases = async (runId, signal) => {
  const answer = await insist(() => json(path(runId, 'phases'), { signal }), { signal });
  return answer.items;
};

/** Curves of some tags of runs: `Map run_id → Map tag → series`. */
export async function readCurves(runIds, tags, points, signal) {
  const found = new Map(runIds.map((id) => [id, new Map()]));
  if (runIds.length === 0 || tags.length === 0) return found;
  const answer = await insist(() => json('api/v1/scalars/query', { method: 'POST', body: { run_ids: runIds, tags, points }, signal }), { signal });
  for (const series of answer.series) found.get(series.run_id)?.set(series.tag, { ...series, values: series.values.map(Number) });
  return found;
}
