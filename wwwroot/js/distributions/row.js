// One tag: the cards of the shown runs side by side.

import { h, nameText, setText } from '../dom.js';
import { tCount } from '../text.js';
import { Panel } from './panel.js';

// Four lines of cards on a wide screen; the rest on request.
const PANELS = 24;

export class Row {
  #context;
  #panels = new Map();
  #limit = PANELS;
  #awake = false;

  /** @param context that of panels, and { runs(), watch(panel), unwatch(panel), loaded() } */
  constructor(tag, context) {
    this.tag = tag;
    this.#context = context;
    this.note = h('span', { class: 'muted row-note', role: 'status' });
    this.list = h('div', { class: 'panels' });
    this.more = h('button', { type: 'button', class: 'button small row-more', hidden: true, onclick: () => { this.#limit += PANELS; this.runsChanged(); } });
    this.element = h('section', { class: 'tag-row', data: { tag } }, h('h3', { class: 'row-title' }, nameText(tag), this.note), this.list, this.more);
  }

  get pinned() {
    return this.panels().some((panel) => panel.pinned);
  }

  panels() {
    return [...this.#panels.values()];
  }

  panel(runId) {
    return this.#panels.get(runId) ?? null;
  }

  activate() {
    if (this.#awake) return;
    this.#awake = true;
    this.element.classList.add('awake');
    this.runsChanged();
  }

  deactivate() {
    for (const panel of this.#panels.values()) panel.deactivate();
  }

  runsChanged() {
    if (!this.#awake) return;
    const all = this.#context.runs();
    // Runs that turn out to have no such histogram take nobody's place.
    const runs = all.slice(0, this.#limit + this.panels().filter((panel) => panel.absent).length);
    const wanted = new Set(runs.map((run) => run.id));
    for (const [id, panel] of this.#panels) if (!wanted.has(id)) this.#drop(id, panel);
    let place = this.list.firstElementChild;
    for (const run of runs) {
      let panel = this.#panels.get(run.id);
      const fresh = !panel;
      if (fresh) {
        panel = new Panel(run, this, this.#context);
        this.#panels.set(run.id, panel);
      } else panel.runChanged(run);
      if (panel.element === place) place = place.nextElementSibling;
      else this.list.insertBefore(panel.element, place);
      if (fresh) this.#context.watch(panel);
    }
    const left = all.length - runs.length;
    this.more.hidden = left === 0;
    if (left) setText(this.more, tCount('distributions.more_runs', left));
    this.#told();
  }

  /** Every run's card, however far down: for the one in full screen. */
  reveal(runId) {
    const at = this.#context.runs().findIndex((run) => run.id === runId);
    if (at < 0) return null;
    this.#limit = Math.max(this.#limit, at + 1);
    this.activate();
    if (!this.#panels.has(runId)) this.runsChanged();
    return this.panel(runId);
  }

  draw() {
    for (const panel of this.#panels.values()) if (panel.active) panel.draw();
  }

  refresh(runIds = null) {
    for (const panel of this.#panels.values()) {
      if (panel.active && (!runIds || runIds.has(panel.run.id))) panel.refresh();
      // A run that had no such histogram may have one now.
      else if (panel.absent && runIds?.has(panel.run.id)) {
        panel.element.hidden = false;
        panel.absent = false;
      }
    }
  }

  /** The window of values that a card shows: the zoom, or what the runs span together where that is asked for; null for its own. */
  range() {
    const { values, sameRange } = this.#context.view();
    if (values[this.tag]) return values[this.tag];
    if (!sameRange) return null;
    const extents = this.panels().map((panel) => panel.model?.extent).filter(Boolean);
    return extents.length ? [Math.min(...extents.map(([low]) => low)), Math.max(...extents.map(([, high]) => high))] : null;
  }

  loaded(panel) {
    if (panel.absent) this.runsChanged();
    else this.#told();
    if (this.#context.view().sameRange) for (const other of this.#panels.values()) if (other !== panel && other.active) other.draw();
    this.#context.loaded();
  }

  #drop(id, panel) {
    this.#context.unwatch(panel);
    panel.deactivate();
    panel.element.remove();
    this.#panels.delete(id);
  }

  #told() {
    const absent = this.panels().filter((panel) => panel.absent).length;
    setText(this.note, absent ? tCount('distributions.absent', absent) : '');
  }
}
