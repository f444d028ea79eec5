import { aggregate } from './grouping.js';
import { Trace } from './trace.js';

/**
 * The curves of one chart: the sources, one a run (and tag, and window), and what is drawn of them, which with a grouping is one curve a
 * group. What depends on options or sources is computed once before it is next looked at.
 */
export class Curves {
  #sources = new Map();
  #groups = new Map();
  #drawn = null;
  #stale = true;
  #options;
  #grouping = null;

  constructor(options) {
    this.#options = options;
  }

  /** `runs`: see chart.js; `css(slot)` gives the colour of a slot. */
  setRuns(runs, css) {
    const next = new Map();
    for (const run of runs) {
      const trace = this.#sources.get(run.id) ?? new Trace(run);
      if (!this.#sources.has(run.id)) trace.setOptions(this.#sourceOptions());
      trace.run = { ...run, css: css(run.color) };
      next.set(run.id, trace);
    }
    this.#sources = next;
    this.#drawn = null;
  }

  recolor(css) {
    for (const trace of [...this.#sources.values(), ...this.#groups.values()]) trace.run.css = css(trace.run.color);
    if (this.#grouping) for (const group of this.#grouping.groups) group.css = css(group.color);
  }

  setOptions(options) {
    this.#options = options;
    this.#stale = true;
    this.#drawn = null;
  }

  setGrouping(grouping, css) {
    this.#grouping = grouping && { ...grouping, groups: grouping.groups.map((group) => ({ ...group, css: css(group.color) })) };
    this.#groups.clear();
    this.#stale = true;
    this.#drawn = null;
  }

  get(id) {
    return this.#sources.get(id);
  }

  /** Points came: what is drawn of them is out of date. */
  touch() {
    if (this.grouped) this.#drawn = null;
  }

  /** True where groups are drawn. Along another metric runs share no x, so there is nothing to take the middle of. */
  get grouped() {
    return this.#grouping !== null && this.#options.x !== 'metric';
  }

  get sources() {
    this.#settle();
    return [...this.#sources.values()];
  }

  /** The traces to draw, in order. */
  get drawn() {
    this.#settle();
    this.#drawn ??= this.grouped ? this.#aggregated() : [...this.#sources.values()];
    return this.#drawn;
  }

  #settle() {
    if (!this.#stale) return;
    this.#stale = false;
    const options = this.#sourceOptions();
    for (const trace of this.#sources.values()) trace.setOptions(options);
  }

  /** A grouped line is smoothed as a whole, not its parts. */
  #sourceOptions() {
    return this.grouped ? { ...this.#options, smoothing: 0 } : this.#options;
  }

  #aggregated() {
    const members = new Map();
    for (const trace of this.#sources.values()) {
      const key = JSON.stringify([trace.run.part ?? 0, this.#grouping.of.get(trace.run.runId ?? trace.run.id)]);
      if (!members.has(key)) members.set(key, []);
      members.get(key).push(trace);
    }
    const drawn = [];
    for (const [key, traces] of members) {
      const [part, name] = JSON.parse(key);
      const group = this.#grouping.groups.find((one) => one.key === name);
      const held = traces.filter((trace) => trace.count > 0);
      if (!group || held.length === 0) continue;
      const [{ run }] = traces;
      const trace = this.#groups.get(key) ?? new Trace({});
      this.#groups.set(key, trace);
      trace.run = {
        id: key, name: run.suffix ? `${group.name} · ${run.suffix}` : group.name, color: group.color, css: group.css, dash: part || group.dash || 0,
        part, order: this.#grouping.groups.indexOf(group), axis: run.axis, suffix: run.suffix, count: held.length, members: new Set(traces.map((one) => one.run.runId ?? one.run.id)),
      };
      trace.options = this.#options;
      trace.setAggregate(aggregate(held, this.#grouping));
      drawn.push(trace);
    }
    return drawn.sort((a, b) => a.run.part - b.run.part || a.run.order - b.run.order);
  }
}
