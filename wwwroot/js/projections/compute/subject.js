// What is projected: a source of the project, a step of it, a tensor or a module, and what is known of its vectors from elsewhere.

import { json } from '../../api.js';
import { inOrder } from '../../compute/checkpoints.js';
import { referenceValue } from '../../compute/controls.js';
import { likelyBatch } from '../../compute/guess.js';
import { readHeader } from '../../compute/header.js';
import { h } from '../../dom.js';
import { formatStep } from '../../format.js';
import { t, tCount } from '../../text.js';
import { embeddingSnippet } from '../snippet.js';
import { ALL_STEPS, hasSteps, isGiven, likelySource, sameSource } from './form.js';
import { SourcePicker } from './sourcepicker.js';

// Files that may say something of each vector.
const TABLES = /\.(tsv|csv|json)$/i;
const TYPES = ['batch', 'checkpoint', 'file'];

export class ProjectionSubject {
  #fields;
  #form;
  #page;
  #picker;
  #files = new Map();
  /** Everything that can be projected. */
  catalog = [];

  /** @param page { project, signal, changed(), described(): what the server tells of the vectors, or null } */
  constructor(fields, form, page) {
    this.#fields = fields;
    this.#form = form;
    this.#page = page;
    this.#picker = new SourcePicker((source) => {
      this.#choose(source);
      fields.clear();
      page.changed();
    });
    const source = fields.own('source', t('projections.source'), this.#picker.element);
    source.classList.add('form-wide');
    this.note = h('p', { class: 'form-hint muted form-wide', hidden: true });
    this.element = h('div', { class: 'form-grid' }, source, this.note,
      fields.select('step', t('projections.field.step')), fields.select('tensor', t('projections.field.tensor')),
      fields.select('batch', t('compute.batch'), { isReference: true }), fields.text('module', t('projections.field.module'), { hint: t('projections.field.module_hint') }),
      fields.select('checkpoint', t('projections.field.checkpoint'), { isReference: true }), fields.select('metadata', t('projections.field.metadata'), { isReference: true }));
  }

  /** What is chosen. */
  get run() {
    return this.#form.source;
  }

  async load(initial) {
    const { project, signal } = this.#page;
    const answer = await json(`api/v1/projections/sources?${new URLSearchParams({ project })}`, { signal });
    this.catalog = answer.items.map(({ kind, run_id: runId, run, name, steps, step, size }) => ({ kind, runId, run, name, steps: steps ?? null, step: step ?? null, size: size ?? null }));
    const asked = initial.source && (this.catalog.find((one) => sameSource(one, initial.source)) ?? this.catalog.find(({ runId, name }) => initial.source.kind === 'artifact' && runId === initial.source.runId && name === initial.source.name));
    const source = asked ?? likelySource(this.catalog.filter(({ runId }) => !initial.runId || runId === initial.runId)) ?? likelySource(this.catalog);
    if (!source) return false;
    this.#picker.setSources(this.catalog);
    this.#choose(source);
    const { source: _, ...values } = initial;
    if (asked || !initial.source) Object.assign(this.#form, values);
    this.note.hidden = !answer.truncated;
    this.note.textContent = t('projections.sources.truncated');
    return true;
  }

  none() {
    return [h('p', { class: 'compute-none', text: t('projections.sources.none') }), embeddingSnippet(this.#page.project)];
  }

  set(key, value) {
    if (!['step', 'tensor', 'batch', 'module', 'checkpoint', 'metadata'].includes(key)) return false;
    this.#form[key] = key === 'tensor' ? value || null : value;
    return true;
  }

  show() {
    const fields = this.#fields;
    const form = this.#form;
    const { source } = form;
    const description = this.#page.described();
    this.#picker.show(source);
    const files = this.#files.get(source?.runId) ?? [];
    this.#askFiles(source?.runId);
    this.#showSteps(source, description);
    const tensors = description?.tensors ?? [];
    fields.visible('tensor', tensors.length > 1 || Boolean(form.tensor));
    const named = tensors.some(({ name }) => name === form.tensor) || !form.tensor ? tensors : [{ name: form.tensor, shape: [] }, ...tensors];
    fields.options('tensor', [{ label: null, options: [...(form.tensor || description?.tensor ? [] : [{ value: '', text: t('compute.choose') }]), ...named.map(({ name, shape }) => ({ value: name, text: shape.length ? `${name} · ${shape.join(' × ')}` : name }))] }], form.tensor ?? description?.tensor ?? '');
    const isModel = source?.kind === 'model';
    const options = (type, none) => [{ label: null, options: [{ value: '', text: none }, ...files.filter((one) => one.type === type).map((one) => ({ value: referenceValue({ run_id: source.runId, name: one.name }), text: one.step === null ? one.name : t('compute.artifact_step', one) }))] }];
    for (const key of ['batch', 'module', 'checkpoint']) fields.visible(key, isModel);
    if (isModel) {
      fields.options('batch', options('batch', t('compute.choose')), referenceValue(form.batch));
      fields.options('checkpoint', options('checkpoint', t('compute.center.model')), referenceValue(form.checkpoint));
      fields.show('module', form.module);
    }
    const tables = files.filter(({ name }) => TABLES.test(name));
    fields.visible('metadata', tables.length > 0);
    fields.options('metadata', [{ label: null, options: [{ value: '', text: t('projections.field.metadata_own') }, ...tables.map(({ name }) => ({ value: referenceValue({ run_id: source.runId, name }), text: name }))] }], referenceValue(form.metadata));
  }

  #showSteps(source, description) {
    const fields = this.#fields;
    const steps = description?.steps ?? (source?.step !== null && source?.step !== undefined ? [source.step] : []);
    fields.visible('step', hasSteps(source));
    if (!hasSteps(source)) return;
    const all = steps.length > 1 ? [{ value: ALL_STEPS, text: tCount('projections.field.all_steps', steps.length) }] : [];
    const each = [...steps].reverse().map((step, at) => ({ value: String(step), text: at === 0 ? t('projections.field.last_step', { step: formatStep(step) }) : formatStep(step) }));
    const { step } = this.#form;
    const extra = step !== '' && step !== ALL_STEPS && !steps.includes(Number(step)) ? [{ value: step, text: formatStep(Number(step)) }] : [];
    fields.options('step', [{ label: null, options: [...each, ...extra, ...all] }], step === '' ? each[0]?.value ?? '' : step);
  }

  #choose(source) {
    Object.assign(this.#form, { source, step: '', tensor: null, module: '', batch: null, checkpoint: null, metadata: null, given: null });
    if (isGiven(source)) this.#readGiven(source);
    this.#likelyBatch();
  }

  /** Features need a batch: the one that a person most likely means, until they say. */
  #likelyBatch() {
    const { source, batch } = this.#form;
    if (source?.kind !== 'model' || batch) return;
    const likely = likelyBatch((this.#files.get(source.runId) ?? []).filter(({ type }) => type === 'batch'));
    if (likely) this.#form.batch = { run_id: source.runId, name: likely.name };
  }

  /** A file of coordinates may say which vectors it belongs to. */
  async #readGiven(source) {
    try {
      const header = await readHeader({ run_id: source.runId, name: source.name }, this.#page.signal);
      const { 'lossboard.embedding_tag': tag, 'lossboard.embedding_step': step } = header?.__metadata__ ?? {};
      if (!tag || !sameSource(this.#form.source, source)) return;
      this.#form.given = { run_id: source.runId, tag, ...(step === undefined ? {} : { step: Number(step) }) };
      this.#page.changed();
    } catch {
      // Shown without vectors then; describing the file says what is wrong with it.
    }
  }

  /** Batches, checkpoints and tables of a run. */
  async #askFiles(runId) {
    if (!runId || this.#files.has(runId)) return;
    this.#files.set(runId, []);
    try {
      const lists = await Promise.all(TYPES.map(async (type) => {
        const { runs } = await json('api/v1/artifacts/query', { method: 'POST', body: { run_ids: [runId], type }, signal: this.#page.signal });
        const items = runs.flatMap((run) => run.items).map(({ name, step }) => ({ type, name, step: step ?? null, created: 0 }));
        return type === 'checkpoint' ? inOrder(items) : items;
      }));
      this.#files.set(runId, lists.flat());
      this.#likelyBatch();
      this.#page.changed();
    } catch {
      // The form works without; posting says what is missing.
    }
  }
}
