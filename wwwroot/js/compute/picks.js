// Which checkpoints: none, all, every k-th, those of some steps or names; with the count of what that is.

import { h } from '../dom.js';
import { t, tCount } from '../text.js';
import { picked, usualPick } from './checkpoints.js';

const MODES = ['all', 'every', 'range', 'find'];

export class Picks {
  #fields;
  #form;

  /** @param form its `pick` is shown and written */
  constructor(fields, form) {
    this.#fields = fields;
    this.#form = form;
    this.element = h('div', { class: 'form-grid form-picks' },
      fields.select('checkpoints', t('compute.checkpoints')), fields.text('pickEvery', t('compute.pick.every_label'), { digits: true }),
      fields.text('pickFrom', t('compute.pick.from'), { digits: true }), fields.text('pickTo', t('compute.pick.to'), { digits: true }),
      fields.text('pickFind', t('compute.pick.find_label')));
  }

  /** Takes a change; answers whether it was one of these fields. */
  set(key, value, run) {
    const form = this.#form;
    if (key === 'checkpoints') {
      const { every } = usualPick(run.checkpoints);
      form.pick = value === 'named' ? { ...form.pick, mode: 'named' } : { ...form.pick, mode: value, ...(value === 'every' && form.pick.mode !== 'every' ? { every: Math.max(2, every) } : {}) };
    } else if (key === 'pickEvery') form.pick = { ...form.pick, every: Number(value) };
    else if (key === 'pickFrom' || key === 'pickTo') form.pick = { ...form.pick, [key === 'pickFrom' ? 'from' : 'to']: value === '' || Number.isNaN(Number(value)) ? null : Number(value) };
    else if (key === 'pickFind') form.pick = { ...form.pick, find: value };
    else return false;
    return true;
  }

  /** @param none the word for taking none of them, or null where some are needed */
  show(run, none) {
    const { pick } = this.#form;
    const fields = this.#fields;
    const has = run.checkpoints.length;
    // A form that repeats a job keeps the list that the job named.
    const modes = [...(none ? ['none'] : []), ...(pick.names ? ['named'] : []), ...MODES];
    fields.options('checkpoints', [{ label: null, options: modes.map((mode) => ({ value: mode, text: mode === 'none' ? none : t(`compute.pick.${mode}`) })) }], pick.mode);
    const count = picked(run.checkpoints, pick).length;
    fields.hint('checkpoints', has === 0 ? t('compute.pick.has_none') : pick.mode === 'none' ? null : tCount('compute.pick.count', count, { of: has.toLocaleString('en') }));
    fields.show('pickEvery', String(pick.every));
    fields.show('pickFrom', pick.from === null ? '' : String(pick.from));
    fields.show('pickTo', pick.to === null ? '' : String(pick.to));
    fields.show('pickFind', pick.find ?? '');
    fields.visible('pickFind', pick.mode === 'find');
    fields.visible('pickEvery', pick.mode === 'every');
    fields.visible('pickFrom', pick.mode === 'range');
    fields.visible('pickTo', pick.mode === 'range');
  }
}
