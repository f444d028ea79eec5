/** The scalar tags of the shown runs. Tags never leave a run, so what is known is only added to. */
export class TagIndex {
  #store;
  #onChange;
  #known = new Map();
  #shown = [];
  #tags = null;
  #told = false;
  loading = true;

  /** @param {import('../runstore.js').RunStore} store @param {() => void} onChange */
  constructor(store, onChange) {
    this.#store = store;
    this.#onChange = onChange;
  }

  /** Every tag that a shown run has logged. */
  get tags() {
    if (!this.#tags) {
      const union = new Set();
      for (const id of this.#shown) for (const tag of this.#known.get(id) ?? []) union.add(tag);
      this.#tags = [...union];
    }
    return this.#tags;
  }

  /** Other runs are shown, or runs changed. */
  update(runs) {
    const shown = runs.map((run) => run.id);
    let changed = shown.length !== this.#shown.length || shown.some((id, i) => id !== this.#shown[i]);
    this.#shown = shown;
    const open = [];
    for (const run of runs) {
      const known = this.#known.get(run.id) ?? new Set();
      this.#known.set(run.id, known);
      const before = known.size;
      // A listing after a lost connection comes without the whole list, which is then asked for again.
      const listed = run.allTags ?? Object.keys(run.summary ?? {});
      if (known.listed !== listed) for (const tag of listed) known.add(tag);
      known.listed = listed;
      changed ||= known.size !== before;
      if (run.summary_truncated && !run.allTags && !known.asked) open.push(run);
    }
    // The same list as before stays the same array, so that who sorts it need not sort it again.
    if (changed) this.#tags = null;
    this.loading = this.loading && open.length > 0;
    for (const run of open) this.#complete(run);
  }

  /** A live frame named new series. */
  added(runId, series) {
    const known = this.#known.get(runId);
    if (!known) return;
    const before = known.size;
    for (const { tag, type } of series) if (type === 'scalar') known.add(tag);
    if (known.size !== before) this.#changed();
  }

  async #complete(run) {
    const known = this.#known.get(run.id);
    known.asked = true;
    try {
      for (const tag of await this.#store.tagsOf(run)) known.add(tag);
    } catch {
      // The run is gone, or the server refuses: the tags of the listing remain, and the next change asks again.
    } finally {
      known.asked = false;
    }
    this.loading = false;
    this.#changed();
  }

  #changed() {
    this.#tags = null;
    if (this.#told) return;
    this.#told = true;
    requestAnimationFrame(() => {
      this.#told = false;
      this.#onChange();
    });
  }
}
