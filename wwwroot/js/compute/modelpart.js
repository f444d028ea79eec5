// What parts of the dialog share that compute on a model: a run's model and batch as the subject, and a probe that tells what it will cost.

import { Probe } from './probe.js';
import { probeWords } from './probewords.js';
import { Subject } from './subject.js';

/** A part has `form`, `withValidation`, `onRun(run)`, `probe()`, `seconds(run, probe, samples)` and `what()`: what the seconds are for. */
export class ModelPart {
  subject(fields, page) {
    return new Subject(fields, this.form, { ...page, withValidation: this.withValidation, onRun: (run) => this.onRun(run) });
  }

  estimate = (project) => new Probe(project);

  asked = () => this.probe();

  said(state, { run, samples }) {
    return probeWords(state, (probe) => ({ seconds: this.seconds(run, probe, samples), what: this.what() }));
  }
}
