// The part of the dialog that is a Monte Carlo job's own: how samples are drawn, how many, and what they are weighed with.

import { checkpointOptions, referenceValue } from '../../compute/controls.js';
import { ModelPart } from '../../compute/modelpart.js';
import { Picks } from '../../compute/picks.js';
import { h } from '../../dom.js';
import { probeSpec } from '../../landscapes/compute/form.js';
import { t, tCount } from '../../text.js';
import { belongs, buildSpec, FIELDS, missing, plainDefaults, runDefaults, SAMPLERS, sampleSeconds, USUAL, usualScale } from './sampleform.js';

// Seeds that a person can read out to another.
const SEEDS = 100000;
const LONGEST_NAME = 60;
const SHOWN = ['samples', 'scale', 'temperature', 'seed', 'rank', 'stepSize', 'burnIn', 'thinning', 'l1', 'l2', 'batchSize'];

export class SamplePart extends ModelPart {
  form = { ...plainDefaults(), runId: null, model: null, batch: null, validation: null, loss: null };
  faults = FIELDS;
  withValidation = false;
  #picks;
  #about = h('p', { class: 'form-hint muted' });
  #run = null;

  build(fields, set) {
    this.#picks = new Picks(fields, this.form);
    const dice = fields.button('dice', t('compute.dice'), () => set('seed', String(Math.floor(Math.random() * SEEDS))));
    const number = (key, options = {}) => fields.text(key, t(`weights.field.${key}`), { digits: true, placeholder: USUAL[key] ?? null, ...options });
    return [h('section', { class: 'compute-part' }, h('h3', { text: t('weights.part.sampler') }),
      fields.segments('sampler', t('weights.field.sampler'), SAMPLERS.map((one) => [one, t(`weights.sampler.${one}`)])), this.#about,
      h('div', { class: 'form-grid' }, number('samples'), number('scale', { hint: t('weights.field.scale_hint') }), fields.select('scaling', t('weights.field.scaling')),
        number('stepSize', { placeholder: t('weights.field.stepSize_auto'), hint: t('weights.field.stepSize_hint') }), number('burnIn'), number('thinning'), number('rank', { hint: t('weights.field.rank_hint') }),
        number('temperature', { hint: t('weights.field.temperature_hint') }), fields.text('seed', t('compute.seed'), { digits: true, placeholder: '0', after: dice })),
      this.#picks.element)];
  }

  more(fields) {
    return [fields.select('center', t('compute.center'), { isReference: true }), fields.select('projection', t('weights.field.projection')),
      fields.text('batchSize', t('compute.batch_size'), { digits: true, placeholder: USUAL.batchSize }), fields.text('l1', t('compute.l1'), { digits: true, placeholder: '0' }), fields.text('l2', t('compute.l2'), { digits: true, placeholder: '0' })];
  }

  onRun(run) {
    Object.assign(this.form, runDefaults(run));
  }

  set(key, value) {
    return this.#picks.set(key, value, this.#run);
  }

  show({ fields, run }) {
    const { form } = this;
    this.#run = run;
    for (const key of SHOWN) fields.show(key, form[key]);
    fields.show('sampler', form.sampler);
    this.#about.textContent = t(`weights.about.${form.sampler}`);
    fields.get('scale').querySelector('input').placeholder = usualScale(form.sampler);
    fields.hint('scale', t(form.sampler === 'swag' ? 'weights.field.scale_hint_swag' : 'weights.field.scale_hint'));
    const choices = (key, values) => fields.options(key, [{ label: null, options: values.map((value) => ({ value, text: t(`weights.${key}.${value}`) })) }], form[key]);
    choices('scaling', ['tensor', 'absolute']);
    choices('projection', ['random', 'pca']);
    const own = checkpointOptions(run);
    fields.options('center', [{ label: null, options: [{ value: '', text: t('compute.center.model') }, ...own] }], referenceValue(form.center));
    for (const key of [...SHOWN, 'scaling']) fields.visible(key, belongs(key, form.sampler));
    fields.visible('center', own.length > 0 && belongs('center', form.sampler));
    this.#picks.element.hidden = !belongs('checkpoints', form.sampler);
    this.#picks.show(run, null);
  }

  spec = (run) => buildSpec(this.form, run);
  probe = () => probeSpec(this.form);
  missing = (run) => missing(this.form, run);
  lack = (key) => (['checkpoints', 'samples'].includes(key) ? t(`weights.missing.${key === 'samples' ? 'samples' : 'swag'}`) : null);
  seconds = (run, probe) => sampleSeconds(this.form, probe);
  what = () => tCount('weights.samples_of', Number(this.form.samples || USUAL.samples) || 0);

  name(run) {
    const letters = [...run.name];
    return t('weights.auto_name_samples', { run: letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : run.name, sampler: t(`weights.sampler.${this.form.sampler}`) });
  }
}
