// One subscription for the points of the cards in sight. It is renewed as cards come and go, from a commit that all of them have seen.

import { live } from '../live.js';

const SETTLE_MS = 120;
// The hub takes this many names in a subscription; beyond them all runs are asked for and the others passed over.
const MAX_RUNS = 1000;
const MAX_TAGS = 1000;

export class LivePoints {
  #project;
  #groups;
  #shown;
  #subscription = null;
  #covered = new Set();
  #coveredRuns = '';
  #timer = 0;
  #byTag = new Map();

  constructor(project, groups, shown) {
    this.#project = project;
    this.#groups = groups;
    this.#shown = shown;
  }

  start() {
    this.started = true;
    this.update();
  }

  /** Cards came into sight or were loaded, or other runs are shown. */
  update() {
    if (this.started) this.#timer ||= setTimeout(() => this.#renew(), SETTLE_MS);
  }

  #renew() {
    this.#timer = 0;
    const active = this.#groups.active();
    this.#byTag = new Map();
    for (const card of active) {
      for (const tag of card.tags) this.#byTag.set(tag, [...(this.#byTag.get(tag) ?? []), card]);
    }
    // A card that is still loading joins once its answer says which commit it shows.
    const ready = active.filter((card) => !card.busy && card.seq !== Infinity);
    const runs = [...this.#shown()].sort().join('\u0000');
    const same = runs === this.#coveredRuns;
    const uncovered = same ? ready.filter((card) => !card.tags.every((tag) => this.#covered.has(tag))) : ready;
    if (uncovered.length === 0 && same && this.#covered.size <= 2 * active.length + 50) return;
    if (ready.length === 0) return;
    const seen = this.#subscription?.seq ?? Infinity;
    const kept = same && ready.some((card) => card.tags.every((tag) => this.#covered.has(tag))) ? seen : Infinity;
    const from = Math.min(kept, ...uncovered.map((card) => card.seq));
    this.#covered = new Set(ready.flatMap((card) => card.tags).slice(0, MAX_TAGS));
    this.#coveredRuns = runs;
    if (this.#subscription) this.#subscription.renew(from);
    else {
      this.#subscription = live.subscribe({
        request: () => ({ project: this.#project, run_ids: this.#shown().length > MAX_RUNS ? null : this.#shown(), tags: [...this.#covered] }),
        onFrame: (frame) => frame.tag !== undefined && this.#byTag.get(frame.tag)?.forEach((card) => card.frame(frame)),
        onReset: () => this.#groups.active().forEach((card) => card.refresh()),
        afterSeq: from,
      });
    }
  }
}
