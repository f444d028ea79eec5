// Whether anybody is there to compute it, said plainly before someone waits in vain.

import { listWorkers } from '../jobs/client.js';
import { workerTrouble } from '../jobs/workers.js';
import { h, setText } from '../dom.js';
import { t } from '../text.js';

const AGAIN_MS = 3000;

export class WorkerNote {
  #kind;
  #timer = 0;
  #abort = new AbortController();
  #changed;
  #text = h('p', { class: 'note-text' });
  #link;
  workers = null;

  /** @param changed() the workers are known, or others than before */
  constructor(project, kind, changed) {
    this.#kind = kind;
    this.#changed = changed;
    this.#link = h('a', { href: `jobs?${new URLSearchParams({ project })}#jobs-workers`, text: t('compute.to_workers') });
    this.element = h('div', { class: 'compute-note', role: 'status', hidden: true }, this.#text, this.#link);
    this.#ask();
  }

  /** Whether a worker has a GPU. */
  get hasCuda() {
    return Boolean(this.workers?.items.some((one) => one.kinds.length > 0 && one.lanes.some((lane) => lane.startsWith('cuda'))));
  }

  close() {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }

  async #ask() {
    try {
      const before = JSON.stringify(this.workers);
      this.workers = await listWorkers(this.#abort.signal);
      this.#show();
      if (JSON.stringify(this.workers) !== before) this.#changed();
    } catch {
      // The form works without; posting says what is wrong.
    }
    if (!this.#abort.signal.aborted) this.#timer = setTimeout(() => this.#ask(), AGAIN_MS);
  }

  #show() {
    const trouble = workerTrouble(this.workers, this.#kind);
    this.element.hidden = !trouble;
    this.element.dataset.grave = String(Boolean(trouble?.nobody));
    this.#link.hidden = !trouble?.nobody;
    if (trouble) setText(this.#text, trouble.text);
  }
}
