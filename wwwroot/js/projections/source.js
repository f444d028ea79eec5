// One projection, followed until nothing more can come: frames while it forms, then coordinates, what is known of the vectors, and how good the picture is.

import { ApiError, insist, json, send } from '../api.js';
import { jobParts } from '../jobs/client.js';
import { Follower } from '../jobs/follower.js';
import { isOpen } from '../jobs/state.js';
import { columnsOf } from './columns.js';
import { unpackFrame } from './frames.js';
import { readPicture } from './tensors.js';

const path = (id, what) => `api/v1/jobs/${encodeURIComponent(id)}/${what}`;

/**
 * Events: `picture` when there are other coordinates to draw; `known` when more is known of the vectors or the result; `job` when only the job's state is
 * another; `failed` with the error as its detail.
 */
export class Source extends Follower {
  #after = 0;
  #parts = 0;
  #asksPoints = false;
  /** `{ rows, dims, coordinates, kept }`, or null before there is anything. */
  picture = null;
  /** `{ iteration, iterations }` while the picture forms; null once it is whole. */
  frame = null;
  /** `{ rows, columns, sprite }` as the server tells it, or null. */
  points = null;
  /** Why what is known of the vectors could not be read, or null. */
  pointsError = null;
  /** Columns of the vectors: what was logged, and the share of kept neighbours. */
  columns = [];
  /** The result without its coordinates; null until it is there. */
  facts = null;
  complete = false;

  constructor(id) {
    super();
    this.id = id;
  }

  start() {
    return this.follow(this.id);
  }

  /** The live connection told of the job. */
  heard(job) {
    const before = this.job;
    if (job.id !== this.id || !this.take(job)) return;
    if (this.complete) {
      // Put back into the queue: it begins anew.
      if (isOpen(job)) this.complete = false;
      return;
    }
    if (job.parts > this.#parts || job.status !== before?.status) this.more();
  }

  async read() {
    const { signal } = this;
    if (this.job.status === 'succeeded') {
      const known = this.#readPoints();
      const buffer = await insist(async () => (await send(path(this.id, 'coordinates?format=safetensors'), { accept: '*/*', signal })).arrayBuffer(), { signal });
      this.picture = readPicture(buffer);
      this.facts = this.picture.facts;
      this.frame = null;
      this.complete = true;
      this.#columns();
      this.tell('picture');
      await known;
      return;
    }
    if (!isOpen(this.job)) return;
    if (this.job.status === 'running') this.#readPoints();
    this.#parts = this.job.parts ?? 0;
    const { items, next } = await insist(() => jobParts(this.id, this.#after, signal, { last: true }), { signal });
    this.#after = next;
    const data = items.filter(({ stage }) => stage === 'frame').at(-1)?.data;
    const frame = data && unpackFrame(data);
    if (!frame || this.complete) return;
    this.frame = { iteration: frame.iteration, iterations: frame.iterations };
    this.picture = { rows: frame.rows, dims: frame.dims, coordinates: frame.coordinates, kept: null };
    this.tell('picture');
  }

  /** What is known of the vectors does not wait for the picture; it is asked for once, and again only where it could not be told yet. */
  async #readPoints() {
    const { signal } = this;
    if (this.points || this.#asksPoints) return;
    this.#asksPoints = true;
    try {
      this.points = await insist(() => json(path(this.id, 'points'), { signal }), { signal });
      this.pointsError = null;
      this.#columns();
      this.tell('known');
    } catch (error) {
      if (signal.aborted) return;
      // Features have no rows before they are computed; that is no failure.
      if (!(error instanceof ApiError) || error.code !== 'job_not_finished') {
        this.pointsError = error;
        this.tell('known');
      }
    } finally {
      this.#asksPoints = false;
    }
  }

  #columns() {
    this.columns = columnsOf(this.points, this.picture?.kept ?? null);
  }
}

/** The nearest vectors of one, in the space of the vectors as they were logged: `{ rows, distances }`. @param among base64 of a bit a vector, or null */
export function neighborsOf(id, { row, count, metric, among = null }, signal) {
  return json(path(id, 'neighbors'), { method: 'POST', body: { row, count, metric, ...(among ? { among } : {}) }, signal });
}

/** Where a file of coordinates can be had. */
export const fileOf = (id, format) => path(id, `coordinates?format=${format}`);

/** Address of a picture with thumbnails. */
export const spriteOf = ({ run_id: run, name, id }) => `api/v1/runs/${encodeURIComponent(run)}/artifacts/${name.split('/').map(encodeURIComponent).join('/')}${id ? `?id=${encodeURIComponent(id)}` : ''}`;
