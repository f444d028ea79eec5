// The rows of the Runs page: asked from the server as columns, kept current by the live connection, asked again where a change may move rows.

import { ApiError, insist, json } from '../api.js';
import { live } from '../live.js';
import { numberOf } from './groups.js';
import { metricValue, parseValue } from './values.js';

/** The most rows one answer holds. */
export const MAX_ROWS = 20000;
const MAX_COLUMNS = 100;
const ASK_EVERY_MS = 1000;
// A server that needs long to answer is asked less often, so that watching never becomes its main work.
const REST_PER_ANSWER = 4;
const NOTES_LENGTH = 200;
const MOVING = /summary|updated|duration/i;

/**
 * Events: `answer` (rows in a new order), `patch` (`detail`: ids whose values changed), `refused` (`detail`: the fault of the query), `failed` (tried again),
 * `broken` (`detail`: an error that stays), `series` (new series exist), `busy` (`detail`: whether an answer is awaited).
 */
export class RunTable extends EventTarget {
  #project;
  #question;
  #generation = 0;
  #abort = null;
  #timer = 0;
  #askedAt = -Infinity;
  #rest = ASK_EVERY_MS;
  #subscription = null;
  #touched = new Set();
  #fields = new Map();
  #tags = '';
  /** `[{ id, index, name, group, status, color, tags, created, updated, notes }]` in the asked order. */
  rows = [];
  byId = new Map();
  total = 0;
  matched = 0;
  seq = null;
  answered = false;
  #columns = new Map();

  /** @param {() => { query, state, sort, values }} question what is asked; `values` are the values that columns, groups and sorting need */
  constructor(project, question) {
    super();
    this.#project = project;
    this.#question = question;
    document.addEventListener('visibilitychange', () => document.hidden || this.#wanted && this.soon());
  }

  #wanted = false;

  /** All values of one name, by `row.index`. */
  column(value) {
    const parsed = parseValue(value);
    if (parsed?.kind !== 'field') return this.#columns.get(value) ?? [];
    let column = this.#fields.get(value);
    if (!column) {
      column = [];
      for (const row of this.rows) column[row.index] = value === 'duration' ? duration(row) : row[value];
      this.#fields.set(value, column);
    }
    return column;
  }

  /** Value of one cell. */
  value(row, value) {
    const parsed = parseValue(value);
    if (parsed?.kind === 'field') return value === 'duration' ? duration(row) : row[value];
    return this.#columns.get(value)?.[row.index] ?? null;
  }

  /** Asks now; an earlier question that is still out is given up. */
  async ask() {
    const generation = ++this.#generation;
    this.#abort?.abort(new DOMException('Asked anew', 'AbortError'));
    this.#abort = new AbortController();
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#wanted = false;
    const { query, state, sort, values } = this.#question();
    const columns = [...new Set(values)].filter((value) => parseValue(value)?.kind !== 'field').slice(0, MAX_COLUMNS);
    this.#askedAt = performance.now();
    this.dispatchEvent(new CustomEvent('busy', { detail: true }));
    try {
      const answer = await insist(() => json('api/v1/runs/table', {
        method: 'POST', signal: this.#abort.signal,
        body: { project: this.#project, query: query || null, state, sort, columns, offset: 0, limit: MAX_ROWS },
      }), { signal: this.#abort.signal, onRetry: (error) => this.dispatchEvent(new CustomEvent('failed', { detail: error })) });
      if (generation === this.#generation) this.#take(answer);
    } catch (error) {
      if (generation !== this.#generation) return;
      const fault = error instanceof ApiError && error.status === 422 && query;
      this.dispatchEvent(new CustomEvent(fault ? 'refused' : 'broken', { detail: error }));
    } finally {
      if (generation === this.#generation) {
        this.#abort = null;
        this.#rest = Math.max(ASK_EVERY_MS, REST_PER_ANSWER * (performance.now() - this.#askedAt));
        this.dispatchEvent(new CustomEvent('busy', { detail: false }));
        if (this.#wanted) this.soon();
      }
    }
  }

  /** Asks when the last answer is old enough; several calls become one. A page out of sight waits until it is seen. */
  soon() {
    this.#wanted = true;
    if (this.#timer || this.#abort || document.hidden) return;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.ask();
    }, Math.max(0, this.#askedAt + this.#rest - performance.now()));
  }

  /** Takes a run's new state from an answer to a change. */
  upsert(run) {
    const row = this.byId.get(run.id);
    if (!row) return;
    Object.assign(row, { name: run.name, group: run.group, status: run.status, color: run.color, tags: run.tags, updated: run.updated, notes: (run.notes ?? '').slice(0, NOTES_LENGTH) });
    this.#touch(run.id);
  }

  #take(answer) {
    this.rows = answer.runs.map((run, index) => ({ ...run, index }));
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
    this.#columns = new Map(Object.entries(answer.columns));
    this.#fields.clear();
    this.total = answer.total;
    this.matched = answer.matched;
    this.seq = answer.seq;
    this.answered = true;
    this.dispatchEvent(new Event('answer'));
    this.#listen();
  }

  #metricTags() {
    return [...new Set(this.#question().values.map(parseValue).filter((value) => value?.kind === 'metric').map((value) => value.tag))];
  }

  #listen() {
    const tags = JSON.stringify(this.#metricTags());
    if (!this.#subscription) {
      this.#subscription = live.subscribe({
        afterSeq: this.seq,
        request: () => ({ project: this.#project, run_ids: null, tags: this.#metricTags() }),
        onReset: () => this.ask(),
        onFrame: (frame) => this.#frame(frame),
      });
    } else if (tags !== this.#tags) this.#subscription.renew(this.seq);
    this.#tags = tags;
  }

  #frame(frame) {
    // The answer at hand already holds what an older frame says.
    if (frame.seq <= this.seq) return;
    if (frame.run) this.#runChanged(frame.run);
    else if (frame.removed) this.#gone(frame.run_id);
    else if (frame.added) this.dispatchEvent(new CustomEvent('series', { detail: frame.added }));
    else if (frame.tag) this.#points(frame);
  }

  #runChanged(run) {
    const { query, state, sort, values } = this.#question();
    const row = this.byId.get(run.id);
    const at = run.trashed ? 'trash' : run.archived ? 'archived' : 'live';
    if (row && at === state) this.upsert(run);
    const plain = !query && sort.length === 1 && sort[0].by === 'created';
    const config = values.some((value) => value.startsWith('config'));
    if (Boolean(row) !== (at === state) || !plain || config) this.soon();
  }

  #gone(id) {
    if (!this.byId.delete(id)) return;
    this.rows = this.rows.filter((row) => row.id !== id);
    this.dispatchEvent(new Event('answer'));
    this.soon();
  }

  #points(frame) {
    const row = this.byId.get(frame.run_id);
    if (!row) return;
    const { query, sort } = this.#question();
    const at = frame.steps.length - 1;
    const finite = frame.values.map(numberOf).filter(Number.isFinite);
    const put = (part, next) => {
      const column = this.#columns.get(metricValue(frame.tag, part));
      if (column) column[row.index] = next(column[row.index]);
    };
    put('last', () => frame.values[at]);
    put('step', () => frame.steps[at]);
    put('min', (old) => extreme(Math.min, finite, old));
    put('max', (old) => extreme(Math.max, finite, old));
    row.updated = Math.max(row.updated, frame.wall_times[at]);
    this.#touch(row.id);
    if (MOVING.test(query ?? '') || sort.some(({ by }) => MOVING.test(by))) this.soon();
  }

  #touch(id) {
    if (this.#touched.size === 0) {
      requestAnimationFrame(() => {
        const ids = this.#touched;
        this.#touched = new Set();
        this.#fields.clear();
        this.dispatchEvent(new CustomEvent('patch', { detail: ids }));
      });
    }
    this.#touched.add(id);
  }
}

const duration = (row) => Math.max(0, (row.status === 'running' ? Date.now() / 1000 : row.updated) - row.created);

function extreme(choose, finite, old) {
  const known = numberOf(old);
  const all = Number.isFinite(known) ? [known, ...finite] : finite;
  return all.length ? all.reduce((a, b) => choose(a, b)) : old;
}
