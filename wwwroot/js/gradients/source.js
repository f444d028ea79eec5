// What one run has logged of its gradients, fetched and kept current: norms of all layers, and of the chosen layer all there is.

import { ApiError, insist, json } from '../api.js';
import { live } from '../live.js';
import { ask } from '../query.js';
import { RecordQueries } from '../records/queries.js';
import { layersOf } from './layers.js';
import { normOfHistogram, spread } from './numbers.js';
import { append, emptySeries, seriesOf } from './series.js';

const POINTS = 400;
// Angles are of single steps, so they are not merged into buckets as long as there are not very many.
const ANGLE_POINTS = 5000;
const TAGS_PER_REQUEST = 100;
// The hub takes this many names in a subscription.
const MAX_LIVE_TAGS = 1000;
const HISTOGRAM_POINTS = 60;
// Layers whose norms are read from histograms, which are larger than scalars.
const MAX_FROM_HISTOGRAMS = 60;
const MEASURES = ['norm', 'non_finite', 'update_ratio', 'zeros', 'weight'];
// With more layers the table's last columns come from the list of series, and are as old as it.
const MAX_IN_FULL = 100;

export class GradientSource extends EventTarget {
  #project;
  #histograms = new RecordQueries('api/v1/histograms/query');
  #series = new Map();
  #abort = null;
  #subscription = null;
  #seq = 0;
  #steps = null;
  #chosen = [];
  found = { layers: [], whole: null, dead: [] };
  loaded = false;
  error = null;

  /** Events: `change` when there is something else to draw. */
  constructor(project, runId) {
    super();
    this.#project = project;
    this.runId = runId;
  }

  get empty() {
    const { layers, whole } = this.found;
    return layers.length === 0 && !whole?.tags.norm;
  }

  /** Points of a scalar tag, perhaps none. */
  points(tag) {
    return this.#series.get(tag) ?? null;
  }

  /** Norms of a layer: `{ steps, norms, peaks, bad, size, about }`; `about` where they are made from histograms. */
  normsOf(layer) {
    const own = layer.tags.norm ? this.points(layer.tags.norm) : null;
    const series = own ?? this.#series.get(`from:${layer.gradients}`);
    const non = layer.tags.non_finite ? this.points(layer.tags.non_finite) : null;
    if (!series) return { steps: [], norms: [], peaks: [], bad: [], size: layer.size, about: false };
    return { steps: series.steps, norms: series.values, peaks: series.peaks, bad: series.steps.map((_, i) => Math.max(series.bad[i] ?? 0, non?.peaks[i] > 0 ? non.peaks[i] : 0)), size: layer.size, about: !own };
  }

  /** The list of series, then the points. `steps`: `[from, to]` in sight or null. */
  async load(steps) {
    this.#steps = steps;
    this.#abort?.abort(new DOMException('superseded', 'AbortError'));
    const { signal } = this.#abort = new AbortController();
    try {
      const { items } = await insist(() => json(`api/v1/runs/${encodeURIComponent(this.runId)}/series`, { signal }), { signal });
      this.found = layersOf(items);
      await this.#read(this.#needed(), signal);
      await this.#fromHistograms(signal);
      this.loaded = true;
      this.error = null;
    } catch (error) {
      if (signal.aborted) return;
      this.loaded = true;
      this.error = error;
      if (!(error instanceof ApiError)) throw error;
    }
    if (signal.aborted) return;
    this.#listen();
    this.dispatchEvent(new Event('change'));
  }

  /** Also reads these tags, in full. */
  async choose(tags) {
    this.#chosen = tags;
    const missing = tags.filter((tag) => !this.#series.has(tag));
    if (missing.length === 0 || !this.loaded) return;
    // Asked for once, however often the page draws meanwhile.
    for (const tag of missing) this.#series.set(tag, emptySeries());
    try {
      await this.#read(missing, this.#abort.signal);
    } catch (error) {
      if (error instanceof ApiError || this.#abort.signal.aborted) return;
      throw error;
    }
    this.#listen();
    this.dispatchEvent(new Event('change'));
  }

  /** Histograms of a tag, or null. */
  histograms(tag, points, signal) {
    return this.#histograms.fetch({ runId: this.runId, tag, points, fromStep: this.#steps?.[0] ?? null, toStep: this.#steps?.[1] ?? null, signal });
  }

  close() {
    this.#abort?.abort(new DOMException('closed', 'AbortError'));
    this.#subscription?.close();
    this.#subscription = null;
  }

  #needed() {
    const { layers, whole, dead } = this.found;
    const some = (layer, names) => names.map((name) => layer.tags[name]).filter(Boolean);
    return [...new Set([...layers.flatMap((layer) => some(layer, layers.length > MAX_IN_FULL ? MEASURES.slice(0, 3) : MEASURES)), ...some(whole, ['norm', 'cosine', 'update_ratio']), ...dead.map((one) => one.tag), ...this.#chosen])];
  }

  async #read(tags, signal) {
    const angles = tags.filter((tag) => tag.endsWith('/cosine'));
    const rest = tags.filter((tag) => !tag.endsWith('/cosine'));
    let seq = Infinity;
    for (const [group, points] of [[rest, POINTS], [angles, ANGLE_POINTS]]) {
      for (let at = 0; at < group.length; at += TAGS_PER_REQUEST) {
        const part = group.slice(at, at + TAGS_PER_REQUEST);
        const body = { run_ids: [this.runId], tags: part, points, from_step: this.#steps?.[0] ?? null, to_step: this.#steps?.[1] ?? null };
        const answer = await insist(() => ask(body, signal), { signal });
        seq = Math.min(seq, answer.seq ?? 0);
        for (const tag of part) this.#series.set(tag, emptySeries());
        for (const one of answer.series) this.#series.set(one.tag, seriesOf(one));
      }
    }
    if (Number.isFinite(seq)) this.#seq = seq;
  }

  /** Layers without norms of their own get those that their histograms give, about. */
  async #fromHistograms(signal) {
    const without = this.found.layers.filter((layer) => !layer.tags.norm && layer.gradients);
    await Promise.all(spread(without.length, MAX_FROM_HISTOGRAMS).map(async (at) => {
      const tag = without[at].gradients;
      const series = await this.histograms(tag, HISTOGRAM_POINTS, signal);
      if (!series) return;
      const values = series.edges.map((edges, i) => normOfHistogram({ edges, counts: series.counts[i] }));
      this.#series.set(`from:${tag}`, { steps: series.steps, values, peaks: values, bad: series.non_finite ?? values.map(() => 0), times: series.wall_times, appended: 0 });
      without[at].size ??= Math.round(series.counts.at(-1)?.reduce((sum, one) => sum + one, 0) ?? 0) || null;
    }));
  }

  #listen() {
    const tags = [...this.#series.keys()].filter((tag) => !tag.startsWith('from:')).slice(0, MAX_LIVE_TAGS);
    if (tags.length === 0) return;
    this.tags = tags;
    if (this.#subscription) {
      this.#subscription.renew(this.#seq);
      return;
    }
    this.#subscription = live.subscribe({
      request: () => ({ project: this.#project, run_ids: [this.runId], tags: this.tags }),
      onFrame: (frame) => frame.tag !== undefined && this.#frame(frame),
      onReset: () => this.load(this.#steps),
      afterSeq: this.#seq,
    });
  }

  #frame(frame) {
    const series = this.#series.get(frame.tag);
    // A window that was chosen does not grow.
    if (!series || this.#steps || !append(series, frame)) return;
    if (series.appended > 2 * POINTS && !frame.tag.endsWith('/cosine')) this.load(this.#steps);
    else this.dispatchEvent(new Event('change'));
  }
}
