// The part of the dialog that is a projection's own: method and settings.

import { h } from '../../dom.js';
import { formatBytes } from '../../media/bytes.js';
import { t, tCount } from '../../text.js';
import { formatStep } from '../../format.js';
import { Describe } from './describe.js';
import { ALL_STEPS, buildSpec, FIELDS, isGiven, METHODS, missing, pcaFirstOf, plainDefaults, USUAL_PCA, vectorsOf } from './form.js';
import { ProjectionSubject } from './subject.js';

// Seeds that a person can read out to another.
const SEEDS = 100000;
const LONGEST_NAME = 60;
const PLACEHOLDERS = { perplexity: '30', neighbors: '15', minDist: '0.1' };
const NUMBERS = { perplexity: ['tsne'], neighbors: ['umap'], minDist: ['umap'], iterations: ['tsne', 'umap'], seed: ['tsne', 'umap'] };

export class ProjectionPart {
  form = plainDefaults();
  faults = FIELDS;
  subjectTitle = t('projections.part.source');
  #describe = null;
  #about = h('p', { class: 'form-hint muted' });
  #settings;
  #given = h('p', { class: 'form-hint muted', text: t('projections.about.given'), hidden: true });

  subject(fields, page) {
    return new ProjectionSubject(fields, this.form, { ...page, described: () => this.#description });
  }

  estimate(project) {
    this.#describe = new Describe(project);
    return this.#describe;
  }

  build(fields, set) {
    const dice = fields.button('dice', t('compute.dice'), () => set('seed', String(Math.floor(Math.random() * SEEDS))));
    const number = (key, options = {}) => fields.text(key, t(`projections.field.${key}`), { digits: true, placeholder: PLACEHOLDERS[key], hint: t(`projections.field.${key}_hint`), ...options });
    this.#settings = h('section', { class: 'compute-part' }, h('h3', { text: t('projections.part.method') }),
      fields.segments('method', t('projections.field.method'), METHODS.map((one) => [one, t(`projections.method.${one}`)])), this.#about,
      h('div', { class: 'form-grid' }, fields.segments('dims', t('projections.field.dims'), [['2', t('projections.dims', { dims: 2 })], ['3', t('projections.dims', { dims: 3 })]]),
        fields.segments('metric', t('projections.field.metric'), [['euclidean', t('projections.metric.euclidean')], ['cosine', t('projections.metric.cosine')]]),
        number('perplexity'), number('neighbors'), number('minDist'), number('seed', { after: dice, hint: null, placeholder: '0' }),
        fields.toggle('standardize', t('projections.field.standardize'), { hint: t('projections.field.standardize_hint') }), number('pcaFirst')));
    return [this.#given, this.#settings];
  }

  more(fields) {
    return [fields.text('iterations', t('projections.field.iterations'), { digits: true })];
  }

  set(key, value) {
    if (key !== 'dims') return false;
    this.form.dims = Number(value);
    return true;
  }

  show({ fields }) {
    const { form } = this;
    const given = isGiven(form.source);
    this.#given.hidden = !given;
    this.#settings.hidden = given;
    this.#about.textContent = t(`projections.about.${form.method}`);
    for (const key of ['method', 'dims', 'metric', 'perplexity', 'neighbors', 'minDist', 'iterations', 'seed', 'standardize']) fields.show(key, form[key]);
    for (const [key, methods] of Object.entries(NUMBERS)) fields.visible(key, !given && methods.includes(form.method));
    fields.visible('pcaFirst', form.method !== 'pca');
    const columns = this.#description?.columns ?? null;
    fields.show('pcaFirst', form.pcaFirst ?? String(pcaFirstOf(form, columns) ?? ''));
    fields.hint('pcaFirst', t('projections.field.pcaFirst_hint', { count: USUAL_PCA }));
    fields.get('iterations').querySelector('input').placeholder = form.method === 'tsne' ? '1000' : t('projections.field.iterations_auto');
  }

  /** What the server knows of the chosen vectors, whatever else is asked about them. */
  get #description() {
    return this.#describe?.last?.description ?? null;
  }

  asked() {
    const { form } = this;
    const vectors = vectorsOf(form);
    if (!vectors || missing(form, null).length) return null;
    return { spec: buildSpec(form, this.#description?.columns ?? null), of: JSON.stringify(form.source) };
  }

  said(state) {
    if (state.name === 'none') return { state: 'none', text: t(this.form.source ? 'projections.describe.batch' : 'projections.describe.none') };
    if (state.name === 'asking') return { state: 'asking', text: t('projections.describe.asking') };
    if (state.name === 'refused') return { state: 'refused', text: state.errors.length ? '' : state.message, errors: state.errors };
    const { description } = state;
    const { rows, columns, metadata, has_sprite: hasSprite, memory_bytes: memory, job_id: job, steps } = description;
    const all = this.form.step === ALL_STEPS;
    if (!rows) return { state: 'known', text: t(this.form.source?.kind === 'model' ? 'projections.describe.features' : 'projections.describe.tensor'), job };
    const said = [
      rows && columns ? t('projections.describe.shape', { rows: rows.toLocaleString('en'), columns: columns.toLocaleString('en') }) : null,
      metadata?.length ? t('projections.describe.metadata', { names: metadata.join(', ') }) : null, hasSprite ? t('projections.describe.sprite') : null,
      memory ? t('projections.describe.memory', { bytes: formatBytes(memory) }) : null, all && steps ? tCount('projections.describe.jobs', steps.length) : null, job && !all ? t('projections.describe.computed') : null,
    ];
    return { state: 'known', text: said.filter(Boolean).join(' '), job: all ? null : job };
  }

  devices = () => this.form.source?.kind === 'model';

  spec = () => buildSpec(this.form, this.#description?.columns ?? null);

  /** Every step is a job of its own. */
  specs(source, name) {
    const { form } = this;
    const { steps, columns } = this.#description ?? {};
    if (form.step !== ALL_STEPS || !steps?.length) return null;
    return steps.map((step) => ({ name: t('projections.auto_name_step', { name: form.name || name, step: formatStep(step) }), spec: buildSpec(form, columns, String(step)) }));
  }

  missing = () => missing(this.form, this.#description);

  name(source) {
    const { form } = this;
    if (!source) return '';
    const letters = [...source.name];
    const short = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : source.name;
    const part = form.tensor ?? (form.module || null);
    const step = form.step !== '' && form.step !== ALL_STEPS ? t('projections.step', { step: formatStep(Number(form.step)) }) : null;
    const method = t(`projections.method.${isGiven(source) ? 'given' : form.method}`);
    return t('projections.auto_name', { source: [short, part, step].filter(Boolean).join(' · '), method });
  }
}
