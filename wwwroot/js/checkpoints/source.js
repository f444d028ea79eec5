// What the Checkpoints page asks the server for, and tells it.

import { insist, json } from '../api.js';

const of = (runId, rest = '') => `api/v1/runs/${encodeURIComponent(runId)}/checkpoints${rest}`;

export function readCheckpoints(runId, { metric, goal, asOf }, signal) {
  const query = new URLSearchParams();
  if (metric) query.set('metric', metric);
  if (goal) query.set('goal', goal);
  if (asOf !== null) query.set('as_of', String(asOf));
  return insist(() => json(`${of(runId)}?${query}`, { signal }), { signal });
}

export const readDifference = (runId, a, b, signal) => insist(() => json(of(runId, `/compare?${new URLSearchParams({ a, b })}`), { signal }), { signal });

export const keep = (runId, id, kept) => json(of(runId, `/${encodeURIComponent(id)}`), { method: 'PATCH', body: { kept } });

export const remove = (runId, id) => json(of(runId, `/${encodeURIComponent(id)}`), { method: 'DELETE' });

export const readRules = (project, signal) => insist(() => json(`api/v1/retention?${new URLSearchParams({ project })}`, { signal }), { signal });

export const writeRules = (project, rules, revision) => json('api/v1/retention', { method: 'PUT', body: { project, rules, revision } });

export const planRules = (project, rules, signal) => json('api/v1/retention/plan', { method: 'POST', body: { project, rules }, signal });

/** Address of a version's bytes. */
export const addressOf = (runId, artifact) => `api/v1/runs/${encodeURIComponent(runId)}/artifacts/${artifact.name.split('/').map(encodeURIComponent).join('/')}?id=${encodeURIComponent(artifact.id)}`;
