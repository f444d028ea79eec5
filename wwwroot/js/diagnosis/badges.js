// The worst finding of each run in sight of the table: asked for in one request, and again when a run was logged to, some seconds apart.

import { json } from '../api.js';
import { icon } from '../dom.js';
import { t } from '../text.js';
import { titleOf } from './words.js';

const GATHER_MS = 250;
const EVERY_MS = 10000;
const MOST = 200;

export class RunBadges {
  #project;
  #changed;
  #known = new Map();
  #wanted = new Map();
  #timer = 0;
  #working = false;

  /** @param changed hears that badges in sight may be others */
  constructor(project, changed) {
    this.#project = project;
    this.#changed = changed;
  }

  /** Fills a row's badge with what is known of its run, and asks where that is old. `on`: whether the table shows runs that are read. */
  show(element, row, on) {
    const known = on ? this.#known.get(row.id) : null;
    if (on && (!known || (known.updated !== row.updated && performance.now() - known.at > EVERY_MS))) this.#want(row);
    const worst = known?.worst ?? null;
    element.hidden = worst === null;
    const key = worst ? `${row.id} ${worst.code} ${worst.severity}` : '';
    if (element.dataset.shown === key) return;
    element.dataset.shown = key;
    if (!worst) return;
    const text = t('diagnosis.badge', { title: titleOf(worst.code), sentence: worst.sentence });
    element.dataset.severity = worst.severity;
    element.href = `diagnosis?${new URLSearchParams({ project: this.#project, runs: encodeURIComponent(row.id) })}`;
    element.title = text;
    element.setAttribute('aria-label', text);
    element.replaceChildren(icon(`severity-${worst.severity}`));
  }

  #want(row) {
    this.#wanted.set(row.id, row.updated);
    this.#timer ||= setTimeout(() => this.#ask(), GATHER_MS);
  }

  async #ask() {
    this.#timer = 0;
    if (this.#working || this.#wanted.size === 0) return;
    this.#working = true;
    const part = new Map([...this.#wanted].slice(0, MOST));
    for (const id of part.keys()) this.#wanted.delete(id);
    try {
      const answer = await json(`api/v1/diagnosis/query?lang=${document.documentElement.lang}`, { method: 'POST', body: { run_ids: [...part.keys()], max_age: 60 } });
      const at = performance.now();
      for (const { run_id: id, worst } of answer.runs) this.#known.set(id, { worst, at, updated: answer.pending.includes(id) ? null : part.get(id) });
      // What there was no time for is asked for again at once, while its row is in sight.
      this.#changed();
    } catch {
      // A table without badges is still a table: a server that fails is left alone for a while.
      this.#timer ||= setTimeout(() => this.#ask(), EVERY_MS);
    } finally {
      this.#working = false;
      if (this.#wanted.size) this.#timer ||= setTimeout(() => this.#ask(), GATHER_MS);
    }
  }
}
