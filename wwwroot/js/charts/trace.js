import { freshState, smoothInto } from './smoothing.js';

// How far back a frame may overlap what is already drawn: longer than any frame the hub sends.
const OVERLAP = 8192;

const grown = (array, capacity) => {
  const larger = new array.constructor(capacity);
  larger.set(array);
  return larger;
};

/**
 * The points of one run in one chart, as columns that grow geometrically, and what is derived from them: x for the chosen axis, the
 * smoothed values, and the segments. A segment ends where a step or x goes back (a restarted job, a clock that jumped), so a line never
 * runs backwards and no point is dropped.
 */
export class Trace {
  constructor(run) {
    this.run = run;
    this.count = 0;
    this.appended = 0;
    this.banded = false;
    this.total = 0;
    this.origin = NaN;
    this.starts = [];
    this.options = { x: 'step', smoothing: 0 };
    this.#allocate(256);
  }

  /** Replaces everything with an answer of the server. `whole`: it is not a window, so its first time is the run's zero. */
  replace(columns, whole) {
    const { steps, wall_times: times, values, min, max, non_finite: bad } = columns;
    this.#allocate(256 + 2 * steps.length);
    this.count = steps.length;
    this.appended = 0;
    this.total = columns.total ?? steps.length;
    this.damaged = (columns.damaged?.length ?? 0) > 0;
    this.banded = false;
    for (let i = 0; i < this.count; i++) {
      this.steps[i] = Number(steps[i]);
      this.times[i] = Number(times[i]);
      this.values[i] = Number(values[i]);
      this.min[i] = min ? Number(min[i]) : this.values[i];
      this.max[i] = max ? Number(max[i]) : this.values[i];
      this.bad[i] = bad ? Number(bad[i]) : Number.isFinite(this.values[i]) ? 0 : 1;
      if (this.max[i] > this.min[i]) this.banded = true;
    }
    if (whole || Number.isNaN(this.origin)) this.origin = this.count ? this.times[0] : NaN;
    this.derive(0);
  }

  /**
   * Adds live points; those that are already the tail (a frame that overlaps the snapshot) are passed over, and while only a window is
   * held (`within`: [from, to] of x) those outside of it.
   */
  append(frame, within) {
    const first = this.#overlap(frame);
    const extra = frame.steps.length - first;
    if (extra <= 0) return 0;
    if (this.count + extra > this.steps.length) this.#grow(this.count + extra);
    const from = this.count;
    if (Number.isNaN(this.origin)) this.origin = Number(frame.wall_times[0]);
    for (let i = first; i < frame.steps.length; i++) {
      const x = this.#x(Number(frame.steps[i]), Number(frame.wall_times[i]));
      if (within && (x < within[0] || x > within[1])) continue;
      const value = Number(frame.values[i]);
      const at = this.count++;
      this.steps[at] = Number(frame.steps[i]);
      this.times[at] = Number(frame.wall_times[i]);
      this.values[at] = this.min[at] = this.max[at] = value;
      this.bad[at] = Number.isFinite(value) ? 0 : 1;
    }
    const added = this.count - from;
    this.appended += added;
    this.total += added;
    if (added > 0) this.derive(from);
    return added;
  }

  /** Recomputes what depends on the options, from index `from` on. */
  derive(from) {
    const { smoothing } = this.options;
    if (from === 0) {
      this.starts = this.count ? [0] : [];
      this.state = freshState();
    }
    let begun = from;
    for (let i = from; i < this.count; i++) {
      this.xs[i] = this.#x(this.steps[i], this.times[i]);
      if (i > 0 && (this.steps[i] < this.steps[i - 1] || this.xs[i] < this.xs[i - 1])) {
        smoothInto(this.values, this.smooth, smoothing, begun, i, this.state);
        this.state = freshState();
        this.starts.push(i);
        begun = i;
      }
    }
    if (from === 0 && this.count === 0) return;
    if (this.starts.length === 0) this.starts.push(0);
    smoothInto(this.values, this.smooth, smoothing, begun, this.count, this.state);
  }

  setOptions(options) {
    this.options = options;
    this.derive(0);
  }

  /** Index of the point nearest to `x`: of the last segment that reaches it within `reach`; −1 where none does. */
  nearest(x, reach) {
    for (let s = this.starts.length - 1; s >= 0; s--) {
      const begin = this.starts[s];
      const end = this.starts[s + 1] ?? this.count;
      if (begin >= end || x < this.xs[begin] - reach || x > this.xs[end - 1] + reach) continue;
      let low = begin;
      let high = end - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (this.xs[middle] <= x) low = middle;
        else high = middle;
      }
      return x - this.xs[low] <= this.xs[high] - x ? low : high;
    }
    return -1;
  }

  /** The next x beyond `x` in a direction (+1, −1) over all segments; NaN where there is none. */
  neighbour(x, direction) {
    let best = NaN;
    for (let i = 0; i < this.count; i++) {
      const gap = (this.xs[i] - x) * direction;
      if (gap > 0 && !(gap >= (best - x) * direction)) best = this.xs[i];
    }
    return best;
  }

  #x(step, time) {
    if (this.options.x === 'step') return step;
    return this.options.x === 'time' ? time : time - this.origin;
  }

  /** How many of the frame's first points are drawn already. */
  #overlap(frame) {
    const last = this.count - 1;
    if (last < 0 || Number(frame.steps[0]) > this.steps[last]) return 0;
    if (this.appended === 0) {
      // The first frame after a snapshot may begin before the snapshot's end, whose points may be merged into buckets: what is neither
      // later in steps nor in time than the last of them is in it. A restarted job goes back in steps but on in time.
      let known = 0;
      while (known < frame.steps.length && Number(frame.steps[known]) <= this.steps[last] && Number(frame.wall_times[known]) <= this.times[last]) known++;
      return known;
    }
    const floor = Math.max(0, this.count - OVERLAP);
    for (let at = this.count - 1; at >= floor; at--) {
      if (this.steps[at] !== Number(frame.steps[0]) || this.times[at] !== Number(frame.wall_times[0])) continue;
      let same = 1;
      while (at + same < this.count && same < frame.steps.length && this.steps[at + same] === Number(frame.steps[same]) && this.times[at + same] === Number(frame.wall_times[same])) same++;
      if (at + same === this.count || same === frame.steps.length) return same;
    }
    return 0;
  }

  #allocate(capacity) {
    for (const column of ['steps', 'times', 'values', 'min', 'max', 'xs', 'smooth']) this[column] = new Float64Array(capacity);
    this.bad = new Int32Array(capacity);
  }

  #grow(needed) {
    const capacity = Math.max(needed, this.steps.length * 2);
    for (const column of ['steps', 'times', 'values', 'min', 'max', 'xs', 'smooth', 'bad']) this[column] = grown(this[column], capacity);
  }
}
