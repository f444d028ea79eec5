// The part of the dialog that belongs to saliency, activations and gradients.

import { checkpointOptions, referenceValue } from '../../compute/controls.js';
import { Subject } from '../../compute/subject.js';
import { h } from '../../dom.js';
import { t } from '../../text.js';
import { buildSpec, FIELDS, missing, plainDefaults } from './form.js';

const LONGEST_NAME = 60;

/** Nothing is asked before the job itself: it is some passes over the batch, and done soon. */
class NoEstimate extends EventTarget {
  state = null;
  want() {}
  close() {}
}

export class FeaturesPart {
  form = { ...plainDefaults(), runId: null, model: null, batch: null, loss: null };
  faults = FIELDS;

  constructor(kind) {
    this.kind = kind;
  }

  subject(fields, page) {
    return new Subject(fields, this.form, { ...page, withValidation: false, onRun: () => Object.assign(this.form, { center: null }) });
  }

  estimate = () => new NoEstimate();
  asked = () => null;
  said = () => ({ state: 'known', text: t(`features.cost.${this.kind}`) });

  build(fields) {
    const rows = {
      saliency: () => [fields.text('samples', t('features.field.samples'), { hint: t('features.field.samples_hint'), placeholder: '0-7' }), fields.text('target', t('features.field.target'), { digits: true, hint: t('features.field.target_hint'), placeholder: t('features.field.largest') })],
      activations: () => [fields.text('modules', t('features.field.modules'), { hint: t('features.field.modules_hint'), placeholder: t('features.field.all_modules') }), fields.text('samples', t('features.field.samples'), { hint: t('features.field.samples_hint'), placeholder: '0' })],
      gradients: () => [],
    }[this.kind]();
    return rows.length ? [h('section', { class: 'compute-part' }, h('h3', { text: t(`features.part.${this.kind}`) }), h('div', { class: 'form-grid' }, ...rows))] : [];
  }

  more(fields) {
    const own = this.kind === 'saliency'
      ? [fields.text('smooth', t('features.field.smooth'), { digits: true, hint: t('features.field.smooth_hint'), placeholder: '0' }), fields.text('noise', t('features.field.noise'), { digits: true, placeholder: '0.15' }), fields.text('seed', t('compute.seed'), { digits: true })]
      : [];
    return [fields.select('center', t('compute.center'), { isReference: true }), ...own, fields.text('batchSize', t('compute.batch_size'), { digits: true, placeholder: '256' })];
  }

  show({ fields, run }) {
    const { form } = this;
    fields.visible('loss', this.kind === 'gradients');
    for (const key of ['samples', 'target', 'smooth', 'noise', 'seed', 'modules', 'batchSize']) if (fields.get(key)) fields.show(key, form[key]);
    const own = checkpointOptions(run);
    fields.options('center', [{ label: null, options: [{ value: '', text: t('compute.center.model') }, ...own] }], referenceValue(form.center));
    fields.visible('center', own.length > 0);
  }

  spec = () => buildSpec(this.kind, this.form);
  missing = () => missing(this.form);

  name(run) {
    const letters = [...run.name];
    return t(`features.auto_name.${this.kind}`, { run: letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : run.name });
  }
}
