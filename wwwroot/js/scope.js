// Which runs a page shows, in which colours: the same list, the same choice and the same colours on every page. The choice is in the address.
//
//   const scope = new RunScope(project);
//   scope.addEventListener('shown', …)      other runs are shown, or their names or colours changed
//   scope.addEventListener('change', …)     anything about any run changed (status, summary, …)
//   scope.addEventListener('highlight', ({ detail: id | null }) => …)
//   scope.addEventListener('picked', ({ detail: id | null }) => …)
//   await scope.start();                    lists the runs; rejects where that fails for good
//   scope.runs   → [{ id, name, color, dash, status, … }] shown, the newest first

import { readParams, writeParams } from './address.js';
import { hideBanner, showBanner } from './banner.js';
import { RunFilter } from './frame/runfilter.js';
import { Selector } from './frame/selector.js';
import { assignDashes } from './palette.js';
import { RunStore } from './runstore.js';
import { formatSelection, parseSelection, selectionOf, shownRuns } from './selection.js';
import { t } from './text.js';

const NEWEST = 20;

export class RunScope extends EventTarget {
  #selector;
  #shownKey = null;
  #asked = false;
  #filter;
  /** Ids of the shown runs, the newest first. */
  ids = [];
  /** The shown runs, the newest first, with what a chart needs to draw them. */
  runs = [];
  shown = new Set();
  dashes = new Map();
  picked = null;

  constructor(project) {
    super();
    this.project = project;
    this.store = new RunStore(project);
    this.#filter = new RunFilter(project, () => this.#selector.render());
    this.#read();
    this.#selector = new Selector(this);
    addEventListener('popstate', () => {
      this.#read();
      this.#update();
    });
    this.store.addEventListener('change', () => {
      this.#filter.refresh();
      this.#soon();
    });
    this.store.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
    this.store.addEventListener('loaded', hideBanner);
  }

  async start() {
    try {
      await this.store.start();
    } catch (error) {
      showBanner(t('error.list', { reason: error.message }), () => location.reload());
      throw error;
    }
    this.#update();
  }

  /** What the box above the list says. */
  get filter() {
    return this.#filter.text;
  }

  /** Why the filter finds nothing, or null. */
  get filterError() {
    return this.#filter.error;
  }

  /** The runs that the filter finds. */
  get found() {
    return this.#filter.of(this.store.runs);
  }

  /** Shows another selection (`{ mode, ids }`); Back undoes it. */
  select(selection) {
    this.selection = selection;
    writeParams({ runs: formatSelection(selection) }, true);
    this.#update();
  }

  /** Shows exactly these runs. */
  choose(ids) {
    this.select(selectionOf(ids, this.store.runs, this.selection));
  }

  find(text) {
    this.#filter.set(text);
    writeParams({ find: text || null });
    this.#selector.render();
  }

  /** Brings one run forward everywhere while the pointer is on it; null ends that. */
  highlight(id) {
    this.dispatchEvent(new CustomEvent('highlight', { detail: id ?? this.picked }));
  }

  /** Brings one run forward until it is picked again. */
  pick(id) {
    this.picked = this.picked === id ? null : id;
    this.dispatchEvent(new CustomEvent('picked', { detail: this.picked }));
    this.highlight(this.picked);
    this.#selector.render();
  }

  #read() {
    const params = readParams();
    this.selection = parseSelection(params.get('runs'));
    this.#filter.set(params.get('find') ?? '');
  }

  #soon() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#update();
    });
  }

  #update() {
    const ids = this.ids = shownRuns(this.selection, this.store.runs, NEWEST);
    this.shown = new Set(ids);
    this.dashes = assignDashes([...ids].reverse(), this.store.colors);
    this.runs = ids.map((id) => ({ ...this.store.get(id), color: this.store.colors.get(id) ?? 0, dash: this.dashes.get(id) ?? 0 }));
    this.#selector.render();
    const key = this.runs.map((run) => `${run.id}\u0000${run.name}\u0000${run.color}`).join('\u0001');
    const other = key !== this.#shownKey;
    this.#shownKey = key;
    if (other) this.dispatchEvent(new Event('shown'));
    this.dispatchEvent(new Event('change'));
  }
}
