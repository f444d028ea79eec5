import { freshState, smoothSegment } from './smoothing.js';

// How far back a frame may overlap what is already drawn: longer than any frame the hub sends.
const OVERLAP = 8192;
const COLUMNS = ['steps', 'times', 'values', 'min', 'max', 'xs', 'smooth'];

const grown = (array, capacity) => {
  const larger = new array.constructor(capacity);
  larger.set(array);
  return larger;
};

/**
 * The points of one curve, as columns that grow geometrically, and what is derived from them: x for the chosen axis, the smoothed values,
 * and the segments. A segment ends where a step or x goes back (a restarted job, a clock that jumped), so a line never runs backwards and
 * no point is dropped; only along another metric may x go back within one, for there the path itself is what is drawn.
 *
 * `run`: what is drawn, `{ id, name, css, … }`; with `clip: [from, to]` only those steps are held, and x counts from their beginning.
 */
export class Trace {
  constructor(run) {
    this.run = run;
    this.count = 0;
    this.appended = 0;
    this.banded = false;
    this.rising = true;
    this.total = 0;
    this.origin = NaN;
    this.starts = [];
    this.given = null;
    this.counts = null;
    this.options = { x: 'step', smoothing: 0 };
    this.#allocate(256);
  }

  /** Replaces everything with an answer of the server. `whole`: it is not a window, so its first time is the run's zero. */
  replace(columns, whole) {
    const { steps, wall_times: times, values, min, max, non_finite: bad, x } = columns;
    const { clip } = this.run;
    this.#allocate(64 + steps.length);
    this.count = 0;
    this.appended = 0;
    this.total = columns.total ?? steps.length;
    this.damaged = (columns.damaged?.length ?? 0) > 0;
    this.banded = false;
    this.given = x ? new Float64Array(this.steps.length) : null;
    for (let i = 0; i < steps.length; i++) {
      const step = Number(steps[i]);
      if (clip && (step < clip[0] || step > clip[1])) continue;
      const at = this.count++;
      this.steps[at] = step;
      this.times[at] = Number(times[i]);
      this.values[at] = Number(values[i]);
      this.min[at] = min ? Number(min[i]) : this.values[at];
      this.max[at] = max ? Number(max[i]) : this.values[at];
      this.bad[at] = bad ? Number(bad[i]) : Number.isFinite(this.values[at]) ? 0 : 1;
      if (x) this.given[at] = Number(x[i]);
      if (this.max[at] > this.min[at]) this.banded = true;
    }
    if (whole || clip || Number.isNaN(this.origin)) this.origin = this.count ? this.times[0] : NaN;
    this.derive(0);
  }

  /** Becomes the middle of several curves: see aggregate(). */
  setAggregate({ xs, values, low, high, n }) {
    this.#allocate(Math.max(1, xs.length));
    this.count = this.total = xs.length;
    this.given = xs;
    this.counts = n;
    this.banded = false;
    this.steps.set(xs);
    this.times.fill(NaN);
    this.values.set(values);
    this.min.set(low);
    this.max.set(high);
    for (let i = 0; i < xs.length && !this.banded; i++) this.banded = high[i] > low[i];
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
    const { clip } = this.run;
    if (this.count + extra > this.steps.length) this.#grow(this.count + extra);
    const from = this.count;
    if (Number.isNaN(this.origin)) this.origin = Number(frame.wall_times[0]);
    for (let i = first; i < frame.steps.length; i++) {
      const step = Number(frame.steps[i]);
      if (clip && (step < clip[0] || step > clip[1])) continue;
      const x = this.#x(step, Number(frame.wall_times[i]), this.count);
      if (within && (x < within[0] || x > within[1])) continue;
      const value = Number(frame.values[i]);
      const at = this.count++;
      this.steps[at] = step;
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
    if (from === 0) {
      this.starts = this.count ? [0] : [];
      this.state = freshState();
      this.rising = true;
    }
    if (this.count === 0) return;
    if (this.starts.length === 0) this.starts.push(0);
    let begun = from;
    const smooth = (end) => smoothSegment(this.options, this.values, this.smooth, this.starts[this.starts.length - 1], begun, end, this.state);
    for (let i = from; i < this.count; i++) {
      this.xs[i] = this.#x(this.steps[i], this.times[i], i);
      if (i === 0) continue;
      const back = !(this.xs[i] >= this.xs[i - 1]);
      if (this.steps[i] < this.steps[i - 1] || (back && this.options.x !== 'metric')) {
        smooth(i);
        this.state = freshState();
        this.starts.push(i);
        begun = i;
      } else if (back) this.rising = false;
    }
    smooth(this.count);
  }

  setOptions(options) {
    this.options = options;
    this.derive(0);
  }

  /** Index of the point nearest to `x`: of the last segment that reaches it within `reach`; −1 where none does. */
  nearest(x, reach) {
    if (!this.rising) return this.#nearestOfAll(x, reach);
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

  /**
   * What a table says of the points between two values of x: `{ last, step, min, max, count, merged }`, null where there are none.
   * Extremes are true ones, also where points were merged (of a group those of its middle, for its band is no value); `merged`: `count` is
   * of what is drawn, and more is stored.
   */
  within(from, to) {
    const [lows, highs] = this.counts ? [this.values, this.values] : [this.min, this.max];
    let [last, count, min, max] = [-1, 0, Infinity, -Infinity];
    for (let i = 0; i < this.count; i++) {
      if (this.xs[i] < from || this.xs[i] > to) continue;
      last = i;
      count++;
      if (lows[i] < min) min = lows[i];
      if (highs[i] > max) max = highs[i];
    }
    if (last < 0) return null;
    const all = count === this.count;
    return { last: this.values[last], step: this.steps[last], min, max, count: all ? this.total : count, merged: !all && this.total > this.count };
  }

  #nearestOfAll(x, reach) {
    let best = -1;
    for (let i = this.count - 1; i >= 0; i--) {
      const gap = Math.abs(this.xs[i] - x);
      if (gap <= reach && (best < 0 || gap < Math.abs(this.xs[best] - x))) best = i;
    }
    return best;
  }

  #x(step, time, at) {
    if (this.given) return this.given[at];
    const { x } = this.options;
    if (x === 'relative') return time - this.origin;
    if (!this.run.clip) return x === 'time' ? time : step;
    return x === 'time' ? time - this.origin : step - this.run.clip[0];
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
    for (const column of COLUMNS) this[column] = new Float64Array(capacity);
    this.bad = new Int32Array(capacity);
  }

  #grow(needed) {
    const capacity = Math.max(needed, this.steps.length * 2);
    for (const column of [...COLUMNS, 'bad']) this[column] = grown(this[column], capacity);
  }
}
