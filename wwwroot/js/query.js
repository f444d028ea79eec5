// Asks for the points of the cards in sight together.

import { send } from './api.js';
import { COLUMNS_TYPE, decodeColumns } from './columns.js';
import { Gatherer } from './gather.js';

// A request of this many series answers quickly enough to draw card after card.
const SERIES_PER_REQUEST = 240;
const TAGS_PER_REQUEST = 16;

/** One scalar query, packed where the server can: `{ seq, series }`. */
export async function ask(body, signal) {
  const response = await send('api/v1/scalars/query', { method: 'POST', body, signal, accept: `${COLUMNS_TYPE}, application/json;q=0.5` });
  return response.headers.get('Content-Type')?.startsWith(COLUMNS_TYPE) ? decodeColumns(await response.arrayBuffer()) : response.json();
}

export class ScalarQueries {
  #gatherer = new Gatherer({
    key: (one) => JSON.stringify([one.points, one.fromStep, one.toStep, one.runIds]),
    room: (one) => Math.max(1, Math.min(TAGS_PER_REQUEST, Math.floor(SERIES_PER_REQUEST / Math.max(1, one.runIds.length)))),
    ask: (batch, signal) => ask({ run_ids: batch[0].runIds, tags: [...new Set(batch.map((one) => one.tag))], points: batch[0].points, from_step: batch[0].fromStep, to_step: batch[0].toStep }, signal),
    part: ({ seq, series }, one) => ({ seq, series: series.filter((each) => each.tag === one.tag) }),
  });

  /** The series of one tag: `{ tag, runIds, points, fromStep, toStep, signal, onRetry }`. Resolves to `{ seq, series }`. */
  fetch({ fromStep = null, toStep = null, ...request }) {
    return this.#gatherer.fetch({ ...request, fromStep, toStep });
  }
}
