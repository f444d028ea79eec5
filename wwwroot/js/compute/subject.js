// What is computed on: a run's model, a batch, perhaps a second one, the loss. Landscapes and curvature ask for them in the same way.

import { json } from '../api.js';
import { h } from '../dom.js';
import { t, tCount } from '../text.js';
import { loadCatalog, MOST_RUNS, runIn, withModels } from './catalog.js';
import { referenceValue } from './controls.js';
import { likelyBatch, likelyRun, likelyValidation, LOSSES, lossOfConfig, lossOfTargets } from './guess.js';
import { readHeader, samplesOf } from './header.js';
import { modelSnippet } from './snippet.js';

// A native list of more than this is no help any more.
const MOST_OPTIONS = 3000;

const of = (run, artifact) => (artifact ? { run_id: run.id, name: artifact.name } : null);
export const sameReference = (a, b) => a?.run_id === b?.run_id && a?.name === b?.name;

/** Options of a drop-down, a group a run: the chosen run first, the newest after it. `kinds`: `[[list of the run, word or null]]`. */
export function artifactGroups(catalog, first, lists) {
  const runs = [...catalog.runs].sort((a, b) => (b.id === first) - (a.id === first));
  let left = MOST_OPTIONS;
  const groups = [];
  for (const run of runs) {
    const options = lists.flatMap((list) => run[list].map((one) => ({ value: referenceValue(of(run, one)), text: one.step === null ? one.name : t('compute.artifact_step', { name: one.name, step: one.step }) }))).slice(0, left);
    left -= options.length;
    if (options.length) groups.push({ label: run.name, options });
  }
  return groups;
}

export class Subject {
  #fields;
  #form;
  #page;
  #headers = new Map();
  #configs = new Map();
  catalog = null;
  /** Samples of the batches, where their files tell. */
  samples = { batch: null, validation: null };

  /**
   * @param form values `{ runId, model, batch, validation, loss, lossChosen }`, written here
   * @param page { project, withValidation, signal, onRun(run): another run was chosen, changed(): show again }
   */
  constructor(fields, form, page) {
    this.#fields = fields;
    this.#form = form;
    this.#page = page;
    this.rows = [
      fields.select('run', t('compute.run')), fields.select('model', t('compute.model'), { isReference: true }), fields.select('batch', t('compute.batch'), { isReference: true }),
      page.withValidation ? fields.select('validation', t('compute.validation'), { isReference: true }) : null, fields.select('loss', t('compute.loss')),
    ].filter(Boolean);
    this.element = h('div', { class: 'form-grid' }, ...this.rows);
  }

  get run() {
    return this.catalog && runIn(this.catalog, this.#form.runId);
  }

  /** Reads what there is, and takes what is asked for already. Answers whether there is any model. */
  async load(initial) {
    const { project, signal } = this.#page;
    return this.start(await loadCatalog(project, { also: [initial.runId, initial.model?.run_id].filter(Boolean), signal }), initial);
  }

  /** What stands in the form's place where there is no model. */
  none() {
    const { looked, all } = this.catalog;
    const many = all > looked ? [h('p', { class: 'muted', text: t('compute.no_models.looked', { count: MOST_RUNS.toLocaleString('en') }) })] : [];
    return [h('p', { class: 'compute-none', text: t('compute.no_models') }), ...many, modelSnippet(this.#page.project)];
  }

  /** Takes the catalogue, and what is asked for already; the rest is what a person most likely wants. Answers whether there is any model. */
  start(catalog, initial = {}) {
    this.catalog = catalog;
    const models = withModels(catalog);
    const run = runIn(catalog, initial.model?.run_id ?? initial.runId) ?? likelyRun(models);
    if (!run) return false;
    this.#chooseRun(run);
    Object.assign(this.#form, initial, { runId: run.id });
    if (initial.loss) this.#form.lossChosen = true;
    else this.#guessLoss();
    this.#readSamples();
    return true;
  }

  /** A field of the subject was changed; answers whether it was one. */
  set(key, value) {
    if (key === 'run') this.#chooseRun(runIn(this.catalog, value));
    else if (['model', 'batch', 'validation'].includes(key)) this.#form[key] = value;
    else if (key === 'loss') Object.assign(this.#form, { loss: value, lossChosen: true });
    else return false;
    if (key === 'run' || key === 'batch') this.#guessLoss();
    this.#readSamples();
    return true;
  }

  show() {
    const { catalog } = this;
    const fields = this.#fields;
    const form = this.#form;
    const { run } = this;
    fields.options('run', [{ label: null, options: withModels(catalog).map((one) => ({ value: one.id, text: one.name })) }], form.runId);
    fields.options('model', [{ label: null, options: run.models.map((one) => ({ value: referenceValue(of(run, one)), text: one.name })) }], referenceValue(form.model));
    const batches = artifactGroups(catalog, run.id, ['batches']);
    fields.options('batch', form.batch ? batches : [{ label: null, options: [{ value: '', text: t('compute.choose') }] }, ...batches], referenceValue(form.batch));
    if (this.#page.withValidation) fields.options('validation', [{ label: null, options: [{ value: '', text: t('common.none') }] }, ...batches], referenceValue(form.validation));
    fields.options('loss', [{ label: null, options: LOSSES.map((name) => ({ value: name, text: t(`compute.loss.${name}`) })) }], form.loss);
    fields.hint('batch', form.batch && this.samples.batch ? tCount('compute.samples', this.samples.batch) : batches.length ? null : t('compute.no_batch'));
    if (this.#page.withValidation) fields.hint('validation', form.validation && this.samples.validation ? tCount('compute.samples', this.samples.validation) : null);
  }

  #chooseRun(run) {
    const form = this.#form;
    form.runId = run.id;
    form.model = of(run, run.models[0]);
    const batch = likelyBatch(run.batches);
    form.batch = of(run, batch);
    form.validation = this.#page.withValidation ? of(run, likelyValidation(run.batches, batch)) : null;
    form.loss ??= 'cross_entropy';
    this.#page.onRun(run);
  }

  /** The loss that the run's configuration names, else one that suits the targets; not against a person's own choice. */
  async #guessLoss() {
    const form = this.#form;
    if (form.lossChosen) return;
    const { runId, batch } = form;
    const [config, header] = await Promise.all([this.#config(runId), this.#header(batch)]);
    if (form.lossChosen || form.runId !== runId || !sameReference(form.batch, batch)) return;
    const loss = lossOfConfig(config) ?? lossOfTargets(header?.targets) ?? 'cross_entropy';
    if (loss === form.loss) return;
    form.loss = loss;
    this.#page.changed();
  }

  async #readSamples() {
    const { batch, validation } = this.#form;
    const [first, second] = await Promise.all([this.#header(batch), this.#header(validation)]);
    if (!sameReference(batch, this.#form.batch) || !sameReference(validation, this.#form.validation)) return;
    const samples = { batch: samplesOf(first), validation: samplesOf(second) };
    if (JSON.stringify(samples) === JSON.stringify(this.samples)) return;
    this.samples = samples;
    this.#page.changed();
  }

  // A guess that could not be made is no guess; the form goes on without it.
  #header(reference) {
    if (!reference) return Promise.resolve(null);
    return remembered(this.#headers, referenceValue(reference), () => readHeader(reference, this.#page.signal));
  }

  #config(runId) {
    return remembered(this.#configs, runId, async () => (await json(`api/v1/runs/${encodeURIComponent(runId)}`, { signal: this.#page.signal })).config);
  }
}

function remembered(map, key, ask) {
  if (!map.has(key)) map.set(key, ask().catch(() => null));
  return map.get(key);
}
