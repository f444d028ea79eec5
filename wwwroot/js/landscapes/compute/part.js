// The part of the dialog that is a landscape's own: directions, grid, terms.

import { checkpointOptions, referenceValue } from '../../compute/controls.js';
import { ModelPart } from '../../compute/modelpart.js';
import { Picks } from '../../compute/picks.js';
import { artifactGroups } from '../../compute/subject.js';
import { h } from '../../dom.js';
import { t } from '../../text.js';
import { landscapeSeconds } from './estimate.js';
import { buildSpec, FIELDS, KINDS, missing, plainDefaults, POINTS, pointCount, probeSpec, runDefaults } from './form.js';

const REFERENCES = ['to', 'givenX', 'givenY', 'center'];
const OTHER = 'other';
// Seeds that a person can read out to another.
const SEEDS = 100000;
const LONGEST_NAME = 60;

export class LandscapePart extends ModelPart {
  form = { ...plainDefaults(), kind: 'random', pick: { mode: 'none', every: 2, from: null, to: null }, runId: null, model: null, batch: null, validation: null, loss: null };
  faults = FIELDS;
  withValidation = true;
  #picks;
  #ownPoints = false;
  #about = h('p', { class: 'form-hint muted' });
  #ranges;
  #highs = new Map();
  #run = null;

  build(fields, set) {
    const choices = (key, values) => values.map((value) => [value, t(`compute.${key}.${value}`)]);
    this.#picks = new Picks(fields, this.form);
    const dice = fields.button('dice', t('compute.dice'), () => set('seed', String(Math.floor(Math.random() * SEEDS))));
    const to = fields.select('to', t('compute.to'), { isReference: true });
    to.classList.add('form-wide');
    this.#ranges = h('div', { class: 'form-grid' },
      this.#range(fields, 'rangeX', 'xTo', set), this.#range(fields, 'rangeY', 'yTo', set));
    return [
      h('section', { class: 'compute-part' }, h('h3', { text: t('compute.part.directions') }),
        fields.segments('kind', t('compute.kind'), choices('kind', KINDS)), this.#about,
        h('div', { class: 'form-grid' }, to, fields.select('givenX', t('compute.given_x'), { isReference: true }), fields.select('givenY', t('compute.given_y'), { isReference: true }),
          fields.text('seed', t('compute.seed'), { digits: true, after: dice }), fields.select('normalize', t('compute.normalize')), fields.select('biases', t('compute.biases')),
          fields.toggle('orthogonal', t('compute.orthogonal'))),
        this.#picks.element),
      h('section', { class: 'compute-part' }, h('h3', { text: t('compute.part.grid') }),
        h('div', { class: 'form-grid' },
          fields.segments('dims', t('compute.dims'), [['2', t('compute.dims.2')], ['1', t('compute.dims.1')]]),
          fields.segments('pointChoice', t('compute.points'), [...POINTS.map((count) => [String(count), String(count)]), [OTHER, t('compute.points.other')]]),
          fields.text('points', t('compute.points.number'), { digits: true }), fields.toggle('auto', t('compute.auto_range'))),
        this.#ranges),
    ];
  }

  more(fields) {
    return [
      fields.select('center', t('compute.center'), { isReference: true }), fields.text('batchSize', t('compute.batch_size'), { digits: true, placeholder: '256' }),
      fields.text('l1', t('compute.l1'), { digits: true, placeholder: '0' }), fields.text('l2', t('compute.l2'), { digits: true, placeholder: '0' }), fields.select('batchNorm', t('compute.batch_norm')),
    ];
  }

  onRun(run) {
    Object.assign(this.form, runDefaults(run), Object.fromEntries(REFERENCES.map((key) => [key, null])));
  }

  set(key, value) {
    const { form } = this;
    if (this.#picks.set(key, value, this.#run)) return true;
    if (key === 'dims') form.dims = Number(value);
    else if (key === 'rangeX') form.xFrom = value;
    else if (key === 'rangeY') form.yFrom = value;
    else if (key === 'pointChoice') {
      this.#ownPoints = value === OTHER;
      if (value !== OTHER) form.points = value;
    } else return false;
    return true;
  }

  show({ fields, run, catalog }) {
    const { form } = this;
    this.#run = run;
    const { kind, dims } = form;
    for (const key of ['kind', 'seed', 'orthogonal', 'points', 'auto', 'batchSize', 'l1', 'l2', 'dims']) fields.show(key, form[key]);
    fields.show('rangeX', form.xFrom);
    fields.show('rangeY', form.yFrom);
    for (const [key, input] of this.#highs) if (document.activeElement !== input) input.value = form[key];
    this.#about.textContent = t(`compute.about.${kind}`);
    for (const key of ['normalize', 'biases', 'batchNorm']) {
      const values = { normalize: ['filter', 'layer', 'none'], biases: ['zero', 'scale'], batchNorm: ['stored', 'recompute'] }[key];
      fields.options(key, [{ label: null, options: values.map((value) => ({ value, text: t(`compute.${key}.${value}`) })) }], form[key]);
    }
    const choose = { label: null, options: [{ value: '', text: t('compute.choose') }] };
    const others = kind === 'between' ? artifactGroups(catalog, run.id, ['checkpoints', 'models']) : [];
    fields.options('to', [choose, ...others], referenceValue(form.to));
    const files = kind === 'given' ? artifactGroups(catalog, run.id, ['files', 'checkpoints']) : [];
    for (const key of ['givenX', 'givenY']) fields.options(key, [choose, ...files], referenceValue(form[key]));
    const own = checkpointOptions(run);
    fields.options('center', [{ label: null, options: [{ value: '', text: t('compute.center.model') }, ...own] }], referenceValue(form.center));
    const on = { to: kind === 'between', givenX: kind === 'given', givenY: kind === 'given' && dims === 2, seed: kind === 'random' || kind === 'hessian' || (kind === 'between' && dims === 2), normalize: kind === 'random',
      biases: kind === 'random', orthogonal: kind === 'random' && dims === 2, center: kind !== 'pca' && own.length > 0, points: this.#ownPoints || !POINTS.includes(Number(form.points)), rangeY: dims === 2 };
    for (const [key, shown] of Object.entries(on)) fields.visible(key, shown);
    this.#ranges.hidden = form.auto;
    fields.show('pointChoice', on.points ? OTHER : form.points);
    this.#picks.element.hidden = run.checkpoints.length === 0 && kind !== 'pca';
    this.#picks.show(run, kind === 'pca' ? null : t('compute.pick.no_path'));
  }

  spec = (run) => buildSpec(this.form, run);
  probe = () => probeSpec(this.form);
  missing = (run) => missing(this.form, run);
  seconds = (run, probe, samples) => landscapeSeconds(this.form, run, probe, samples);

  what() {
    const { dims, points } = this.form;
    if (!(pointCount(this.form) > 0)) return '';
    return dims === 2 ? t('jobs.said.grid', { x: points, y: points }) : t('compute.line_points', { count: points });
  }

  /** What it is called where a person calls it nothing. */
  name(run) {
    const letters = [...run.name];
    return t('compute.auto_name', { run: letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : run.name, kind: t(`compute.kind.${this.form.kind}`), grid: this.what() }).replace(/, $/, '');
  }

  // Two numbers in one row.
  #range(fields, key, to, set) {
    const high = h('input', { type: 'text', class: 'input', inputmode: 'decimal', autocomplete: 'off', 'aria-label': t(`compute.${key}.to`), oninput: () => set(to, high.value.trim()) });
    this.#highs.set(to, high);
    return fields.text(key, t(`compute.${key}`), { digits: true, after: [h('span', { class: 'muted', text: '…' }), high] });
  }
}
