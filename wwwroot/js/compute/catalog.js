// What a project's runs have to compute with: models, batches, checkpoints.

import { json } from '../api.js';
import { inOrder } from './checkpoints.js';

/** Runs that are looked at, the newest first; a run beyond them is added where a link or a form names it. */
export const MOST_RUNS = 2000;
// As many run ids as one query may name.
const TOGETHER = 1000;
const TYPES = { model: 'models', batch: 'batches', checkpoint: 'checkpoints' };

/** Reads it: `{ runs: [{ id, name, created, models, batches, checkpoints }] (the newest first, those that have any), looked, all }`. */
export async function loadCatalog(project, { also = [], signal } = {}) {
  const page = await json('api/v1/runs/table', { method: 'POST', body: { project, limit: MOST_RUNS }, signal });
  const known = new Map(page.runs.map((run) => [run.id, { id: run.id, name: run.name, created: run.created, models: [], batches: [], checkpoints: [] }]));
  for (const id of also) if (!known.has(id)) known.set(id, { id, name: id, created: 0, models: [], batches: [], checkpoints: [] });
  const ids = [...known.keys()];
  const asks = [];
  for (let at = 0; at < ids.length; at += TOGETHER) {
    for (const type of Object.keys(TYPES)) asks.push({ type, ids: ids.slice(at, at + TOGETHER) });
  }
  await Promise.all(asks.map(async ({ type, ids: wanted }) => {
    const answer = await json('api/v1/artifacts/query', { method: 'POST', body: { run_ids: wanted, type }, signal });
    for (const { run_id: id, items } of answer.runs) known.get(id)[TYPES[type]] = items;
  }));
  const runs = [...known.values()].filter((run) => run.models.length || run.batches.length || run.checkpoints.length);
  for (const run of runs) run.checkpoints = inOrder(run.checkpoints);
  return { runs, looked: page.runs.length, all: page.matched };
}

/** The run of an id, or null. */
export const runIn = (catalog, id) => catalog.runs.find((run) => run.id === id) ?? null;

/** Runs that have a model. */
export const withModels = (catalog) => catalog.runs.filter((run) => run.models.length > 0);
