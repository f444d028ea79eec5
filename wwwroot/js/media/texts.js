// The logged texts of the shown runs: tags by the index, texts of a row when it comes into sight.

import { RecordQueries } from '../records/queries.js';
import { RecordTags } from '../records/tags.js';

// Steps of a text held at once: each may be long. The slider says when there are more.
const POINTS = 100;
// The server refuses an answer beyond its size; fewer steps may fit.
const FEWER = 4;

export class Texts {
  #queries = new RecordQueries('api/v1/texts/query');
  #tags;
  #series = new Map();
  #onText;

  /** @param hooks { onTags(), onText(tag), onRetry(error), onFailed(tag, error) } */
  constructor(store, hooks) {
    this.#tags = new RecordTags(store, 'text', { onChange: hooks.onTags, onRetry: hooks.onRetry });
    this.#onText = hooks.onText;
    this.hooks = hooks;
  }

  /** Tags, or null before they are known. */
  get tags() {
    return this.#tags.tags;
  }

  show(ids) {
    this.#tags.update(ids);
  }

  /** Entries by run of what is held of a tag; runs without it are absent. */
  entries(tag) {
    const found = new Map();
    for (const [runId, series] of this.#series.get(tag) ?? []) if (series.entries?.length) found.set(runId, series.entries);
    return found;
  }

  /** True where some shown run has more steps than are held. */
  thinned(tag) {
    return [...(this.#series.get(tag)?.values() ?? [])].some((series) => series.total > series.entries?.length);
  }

  /** Asks for the texts of a tag that are not held, or again for those of `again`. */
  load(tag, ids, again = null) {
    if (!this.#series.has(tag)) this.#series.set(tag, new Map());
    const held = this.#series.get(tag);
    for (const id of ids) {
      if (held.has(id) && !again?.has(id)) continue;
      if (!held.has(id)) held.set(id, { total: 0 });
      this.#ask(tag, id, POINTS);
    }
  }

  async #ask(tag, runId, points) {
    try {
      const series = await this.#queries.fetch({ runId, tag, points, onRetry: this.hooks.onRetry });
      const held = this.#series.get(tag);
      if (!series) held.set(runId, { total: 0, entries: [] });
      else {
        const stepped = true;
        const before = held.get(runId)?.entries ?? [];
        const entries = series.texts
          .map((text, i) => before.find((one) => one.step === series.steps[i] && one.wallTime === series.wall_times[i] && one.text === text) ?? { runId, text, step: series.steps[i], wallTime: series.wall_times[i], position: series.steps[i], stepped })
          .sort((a, b) => a.position - b.position);
        held.set(runId, { total: series.total, entries });
      }
      this.#onText(tag);
    } catch (error) {
      if (error.code === 'answer_too_large' && points > 1) {
        await this.#ask(tag, runId, Math.max(1, Math.floor(points / FEWER)));
        return;
      }
      // The next look asks again.
      this.#series.get(tag).delete(runId);
      this.hooks.onFailed(tag, error);
    }
  }
}
