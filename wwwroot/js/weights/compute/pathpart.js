// The part of the dialog that is the path's own: a run, its checkpoints, and into how many directions and clusters.

import { loadCatalog, MOST_RUNS, runIn } from '../../compute/catalog.js';
import { picked } from '../../compute/checkpoints.js';
import { Picks } from '../../compute/picks.js';
import { codeSnippet } from '../../compute/snippet.js';
import { h } from '../../dom.js';
import { t, tCount } from '../../text.js';
import { buildSpec, CLUSTERS, FIELDS, LEAST, missing, plainDefaults, runDefaults } from './pathform.js';

const LONGEST_NAME = 60;

/** Runs that have a path: what is computed on is their checkpoints. */
class CheckpointSubject {
  #fields;
  #form;
  #page;
  catalog = null;

  constructor(fields, form, page) {
    this.#fields = fields;
    this.#form = form;
    this.#page = page;
    this.element = h('div', { class: 'form-grid' }, fields.select('run', t('compute.run')));
  }

  get run() {
    return this.catalog && runIn(this.catalog, this.#form.runId);
  }

  async load(initial) {
    const { project, signal } = this.#page;
    this.catalog = await loadCatalog(project, { also: [initial.runId].filter(Boolean), signal });
    const asked = initial.runId && this.#having.find((run) => run.id === initial.runId);
    const run = asked ?? this.#having[0];
    if (!run) return false;
    this.#choose(run);
    Object.assign(this.#form, asked ? initial : {}, { runId: run.id });
    return true;
  }

  none() {
    const { looked, all } = this.catalog;
    return [h('p', { class: 'compute-none', text: t('weights.no_checkpoints') }), all > looked ? h('p', { class: 'muted', text: t('compute.no_models.looked', { count: MOST_RUNS.toLocaleString('en') }) }) : null,
      codeSnippet(['for step in range(steps):\n    ...\n    if step % 100 == 0:\n        run.log_checkpoint(model.state_dict(), step)'])].filter(Boolean);
  }

  set(key, value) {
    if (key !== 'run') return false;
    this.#choose(runIn(this.catalog, value));
    return true;
  }

  show() {
    this.#fields.options('run', [{ label: null, options: this.#having.map((run) => ({ value: run.id, text: run.name })) }], this.#form.runId);
  }

  get #having() {
    return this.catalog.runs.filter((run) => run.checkpoints.length >= LEAST);
  }

  #choose(run) {
    Object.assign(this.#form, { runId: run.id }, runDefaults(run));
  }
}

/** Nothing is asked before the job itself: what it takes is said by the number of checkpoints. */
class NoEstimate extends EventTarget {
  state = { name: 'none' };
  want() {}
  close() {}
}

export class PathPart {
  form = plainDefaults();
  faults = FIELDS;
  subjectTitle = t('weights.part.run');
  #picks;
  #run = null;

  subject = (fields, page) => new CheckpointSubject(fields, this.form, page);
  estimate = () => new NoEstimate();
  asked = () => null;
  // It needs no model, and no GPU.
  devices = () => false;

  build(fields) {
    this.#picks = new Picks(fields, this.form);
    return [h('section', { class: 'compute-part' }, h('h3', { text: t('weights.part.path') }), this.#picks.element,
      h('div', { class: 'form-grid' }, fields.segments('dims', t('weights.field.dims'), [['2', t('projections.dims', { dims: 2 })], ['3', t('projections.dims', { dims: 3 })]]),
        fields.select('clusters', t('weights.field.clusters'), { hint: t('weights.field.clusters_hint') })))];
  }

  more(fields) {
    return [fields.text('seed', t('compute.seed'), { digits: true })];
  }

  set(key, value) {
    if (key === 'dims') this.form.dims = Number(value);
    else return this.#picks.set(key, value, this.#run);
    return true;
  }

  show({ fields, run }) {
    this.#run = run;
    fields.show('dims', this.form.dims);
    fields.show('seed', this.form.seed);
    fields.options('clusters', [{ label: null, options: CLUSTERS.map((count) => ({ value: count, text: count === 'auto' || count === '0' ? t(`weights.clusters.${count}`) : count })) }], this.form.clusters);
    this.#picks.show(run, null);
  }

  said(state, { run }) {
    const count = run ? picked(run.checkpoints, this.form.pick).length : 0;
    return { state: 'known', text: tCount('weights.path_of', count) };
  }

  spec = (run) => buildSpec(this.form, run);
  missing = (run) => missing(this.form, run);
  lack = () => t('weights.missing.checkpoints');

  name(run) {
    const letters = [...run.name];
    return t('weights.auto_name_path', { run: letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : run.name });
  }
}

