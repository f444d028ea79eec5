// What a job has to tell, folded away under a line: made when it is opened, and let go of when it is closed or another job takes its place.

import { JobDetails } from './details.js';

export class FoldedDetails {
  #fold;
  #runName;
  #details = null;
  #job = null;

  /** @param fold a details element with its summary @param runName gives the name of a run's id */
  constructor(fold, runName) {
    this.#fold = fold;
    this.#runName = runName;
    fold.addEventListener('toggle', () => this.#update());
  }

  /** @param job the job as it is now, or null */
  show(job) {
    const before = this.#job;
    this.#job = job;
    if (before?.id !== job?.id) this.#close();
    else if (job) this.#details?.show(job);
    this.#update();
  }

  #update() {
    if (!this.#fold.open || !this.#job) {
      this.#close();
      return;
    }
    if (this.#details) return;
    this.#details = new JobDetails(this.#job, { runName: this.#runName, actions: [] });
    this.#fold.append(this.#details.element);
  }

  #close() {
    this.#details?.element.remove();
    this.#details = null;
  }
}
