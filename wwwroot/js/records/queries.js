// Asks for histograms or texts of all cards in sight together.

import { json } from '../api.js';
import { Gatherer } from '../gather.js';

// An answer of this many series is drawn before the next is needed.
const SERIES_PER_REQUEST = 24;

export class RecordQueries {
  #gatherer;

  /** @param {string} path `api/v1/histograms/query` or `api/v1/texts/query` */
  constructor(path) {
    this.#gatherer = new Gatherer({
      key: (one) => JSON.stringify([one.tag, one.points, one.fromStep, one.toStep]),
      room: () => SERIES_PER_REQUEST,
      ask: async (batch, signal) => {
        const [{ tag, points, fromStep, toStep }] = batch;
        const body = { run_ids: [...new Set(batch.map((one) => one.runId))], tags: [tag], points, from_step: fromStep, to_step: toStep };
        const { series } = await json(path, { method: 'POST', body, signal });
        return new Map(series.map((one) => [one.run_id, one]));
      },
      part: (found, one) => found.get(one.runId) ?? null,
    });
  }

  /** One series: `{ runId, tag, points, fromStep, toStep, signal, onRetry }`. Resolves to the server's series, or null where the run has none of this tag. */
  fetch({ fromStep = null, toStep = null, ...request }) {
    return this.#gatherer.fetch({ ...request, fromStep, toStep });
  }
}
