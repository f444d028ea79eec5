// The part of the dialog that is curvature's own.

import { picked } from '../../compute/checkpoints.js';
import { checkpointOptions, referenceValue } from '../../compute/controls.js';
import { ModelPart } from '../../compute/modelpart.js';
import { Picks } from '../../compute/picks.js';
import { h } from '../../dom.js';
import { probeSpec } from '../../landscapes/compute/form.js';
import { t, tCount } from '../../text.js';
import { buildSpec, curvatureSeconds, FIELDS, missing, plainDefaults, runDefaults } from './form.js';

const LONGEST_NAME = 60;

export class CurvaturePart extends ModelPart {
  form = { ...plainDefaults(), runId: null, model: null, batch: null, validation: null, loss: null };
  faults = FIELDS;
  withValidation = false;
  #picks;
  #run = null;

  build(fields) {
    this.#picks = new Picks(fields, this.form);
    return [h('section', { class: 'compute-part' }, h('h3', { text: t('compute.part.curvature') }),
      h('div', { class: 'form-grid' }, fields.text('top', t('compute.top'), { digits: true }), fields.text('bottom', t('compute.bottom'), { digits: true }),
        fields.toggle('trace', t('compute.trace'), { hint: t('compute.trace_hint') }), fields.toggle('density', t('compute.density'), { hint: t('compute.density_hint') })),
      this.#picks.element)];
  }

  more(fields) {
    return [
      fields.select('center', t('compute.center'), { isReference: true }), fields.text('batchSize', t('compute.batch_size'), { digits: true, placeholder: '256' }),
      fields.text('l2', t('compute.l2'), { digits: true, placeholder: '0' }), fields.text('seed', t('compute.seed'), { digits: true }),
    ];
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
    for (const key of ['top', 'bottom', 'trace', 'density', 'batchSize', 'l2', 'seed']) fields.show(key, form[key]);
    const own = checkpointOptions(run);
    fields.options('center', [{ label: null, options: [{ value: '', text: t('compute.center.model') }, ...own] }], referenceValue(form.center));
    fields.visible('center', own.length > 0);
    this.#picks.element.hidden = own.length === 0;
    this.#picks.show(run, t('compute.pick.model_alone'));
  }

  spec = (run) => buildSpec(this.form, run);
  probe = () => probeSpec(this.form);
  missing = () => missing(this.form);
  seconds = (run, probe) => curvatureSeconds(this.form, run, probe);

  what() {
    const points = 1 + (this.#run ? picked(this.#run.checkpoints, this.form.pick).length : 0);
    return tCount('compute.curvature_points', points);
  }

  name(run) {
    const letters = [...run.name];
    return t('compute.auto_name_curvature', { run: letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : run.name });
  }
}
