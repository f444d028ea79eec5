// The dialog in which a job is asked for: what every kind of job has in common. What is special to a kind is its `part`.

import { ApiError } from '../api.js';
import { copyText } from '../clipboard.js';
import { h, icon, setText } from '../dom.js';
import { curlOf } from '../jobs/curl.js';
import { postJob } from '../jobs/client.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { loadCatalog, MOST_RUNS } from './catalog.js';
import { Fields } from './controls.js';
import { sortFaults } from './faults.js';
import { modelSnippet } from './snippet.js';
import { Probe } from './probe.js';
import { probeWords } from './probewords.js';
import { Subject } from './subject.js';
import { WorkerNote } from './workernote.js';

let open = null;

/**
 * Opens it; answers at once. One is open at a time.
 * @param options { project, kind, title, initial: values of the form, onPosted(job), part }
 * @param options.part {
 *   form: values by default, faults: [[pointer, field]], withValidation,
 *   build(fields, set): elements after the subject; more(fields): rows under “More”;
 *   onRun(run): values that suit a run; show({ fields, run, catalog, hasCuda }): shows the values;
 *   set(key, value): takes one that needs more than to be kept, answers whether it did;
 *   spec(run), probe(), missing(run): names of fields, seconds(run, probe, samples), what(): what the seconds are for, name(run) }
 */
export function openJobDialog(options) {
  open?.close();
  open = new JobDialog(options);
  return open;
}

class JobDialog {
  #options;
  #part;
  #form;
  #fields;
  #subject;
  #probe;
  #workers;
  #abort = new AbortController();
  #ready = false;
  #posting = false;
  #body;
  #words = h('p', { class: 'compute-words', role: 'status' });
  #problem = h('p', { class: 'compute-problem', role: 'alert', hidden: true });
  #go;

  constructor(options) {
    this.#options = options;
    this.#part = options.part;
    this.#form = this.#part.form;
    this.#fields = new Fields((key, value) => this.#set(key, value));
    this.#subject = new Subject(this.#fields, this.#form, { withValidation: this.#part.withValidation, signal: this.#abort.signal, onRun: (run) => this.#part.onRun(run), changed: () => this.#show() });
    this.#probe = new Probe(options.project);
    this.#probe.addEventListener('change', () => this.#showWords());
    this.#workers = new WorkerNote(options.project, options.kind, () => this.#show());
    this.#build();
    this.#load();
  }

  close() {
    this.element.close();
  }

  #build() {
    const { title } = this.#options;
    this.#go = h('button', { type: 'submit', class: 'button primary', text: t('compute.go'), disabled: true });
    this.#body = h('div', { class: 'compute-body', 'aria-busy': 'true' }, h('p', { class: 'muted', text: t('common.loading') }));
    const form = h('form', { class: 'compute-form', novalidate: true },
      h('div', { class: 'compute-head' }, h('h2', { text: title, id: 'compute-title' }), h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t('common.close'), onclick: () => this.close() }, icon('close'))),
      this.#body,
      h('div', { class: 'compute-foot' }, this.#problem, this.#words,
        h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => this.close() }), this.#go)));
    this.element = h('dialog', { class: 'dialog compute-dialog', 'aria-labelledby': 'compute-title' }, form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#post();
    });
    // A drop-down keeps Enter to itself; with Ctrl it computes from anywhere.
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    this.element.addEventListener('close', () => {
      this.#abort.abort();
      this.#probe.close();
      this.#workers.close();
      this.element.remove();
      if (open === this) open = null;
    });
    document.body.append(this.element);
    this.element.showModal();
  }

  async #load() {
    const { project, initial = {} } = this.#options;
    try {
      const catalog = await loadCatalog(project, { also: [initial.runId, initial.model?.run_id].filter(Boolean), signal: this.#abort.signal });
      this.#ready = this.#subject.start(catalog, initial);
      this.#body.setAttribute('aria-busy', 'false');
      if (!this.#ready) return this.#noModels(catalog);
      this.#fill();
      this.#show();
      this.#go.disabled = false;
      // What is chosen already is meant to be good: Enter computes it.
      this.#go.focus();
    } catch (error) {
      if (this.#abort.signal.aborted) return undefined;
      this.#body.setAttribute('aria-busy', 'false');
      this.#body.replaceChildren(h('p', { class: 'banner', role: 'alert' }, h('span', { text: t('compute.load_failed', { reason: error.message }) }),
        h('button', { type: 'button', class: 'button', text: t('error.retry'), onclick: () => this.#load() })));
    }
    return undefined;
  }

  #noModels({ looked, all }) {
    const many = all > looked ? [h('p', { class: 'muted', text: t('compute.no_models.looked', { count: MOST_RUNS.toLocaleString('en') }) })] : [];
    this.#body.replaceChildren(h('p', { class: 'compute-none', text: t('compute.no_models') }), ...many, modelSnippet(this.#options.project));
    this.#go.hidden = true;
    this.#body.querySelector('.button').focus();
  }

  #fill() {
    const fields = this.#fields;
    const name = fields.text('name', t('compute.name'), { hint: t('compute.name_hint') });
    const copy = (key, text) => h('button', { type: 'button', class: 'button small', text: t(key), onclick: async () => toast(t(await copyText(text()) ? 'jobs.copied' : 'shell.copy_failed')) });
    const request = h('div', { class: 'compute-request' }, copy('jobs.copy_json', () => JSON.stringify(this.#job(), null, 2)), copy('jobs.copy_curl', () => curlOf(this.#job(), document.baseURI)));
    this.#body.replaceChildren(
      this.#workers.element,
      h('section', { class: 'compute-part' }, h('h3', { text: t('compute.part.subject') }), this.#subject.element),
      ...this.#part.build(fields, (key, value) => this.#set(key, value)),
      h('details', { class: 'compute-more' }, h('summary', { text: t('compute.more') }), h('div', { class: 'form-grid' }, ...this.#part.more(fields), fields.select('device', t('compute.device')), name), request));
  }

  #set(key, value) {
    if (!this.#subject.set(key, value) && !this.#part.set?.(key, value)) this.#form[key] = value;
    this.#fields.clear();
    this.#problem.hidden = true;
    this.#show();
  }

  #show() {
    if (!this.#ready) return;
    const { run, catalog } = this.#subject;
    const { hasCuda } = this.#workers;
    this.#subject.show();
    // A choice that was made stays on offer, whoever is connected now.
    const devices = ['auto', 'cpu', ...(hasCuda || this.#form.device === 'cuda' ? ['cuda'] : [])];
    this.#fields.options('device', [{ label: null, options: devices.map((value) => ({ value, text: t(`compute.device.${value}`) })) }], this.#form.device);
    this.#part.show({ fields: this.#fields, run, catalog });
    this.#fields.get('name').querySelector('input').placeholder = this.#part.name(run);
    this.#fields.show('name', this.#form.name);
    this.#probe.want(this.#part.probe());
    this.#showWords();
  }

  #showWords() {
    const { run, samples } = this.#subject;
    const said = probeWords(this.#probe.state, (probe) => ({ seconds: this.#part.seconds(run, probe, samples), what: this.#part.what() }));
    this.#words.dataset.state = said.state;
    setText(this.#words, said.text);
  }

  #job() {
    const { run } = this.#subject;
    return { kind: this.#options.kind, project: this.#options.project, name: this.#form.name || this.#part.name(run), spec: this.#part.spec(run) };
  }

  async #post() {
    if (!this.#ready || this.#posting) return;
    const lacks = this.#part.missing(this.#subject.run).filter((key) => this.#fields.get(key));
    if (lacks.length) return this.#faults(new Map(lacks.map((key) => [key, [t(`compute.missing.${key}`)]])), []);
    this.#posting = true;
    this.#go.disabled = true;
    try {
      const job = await postJob(this.#job());
      this.close();
      this.#options.onPosted?.(job);
    } catch (error) {
      const { byField, rest } = sortFaults(error instanceof ApiError ? error.errors : [], this.#part.faults);
      this.#faults(byField, byField.size + rest.length ? rest : [error.message]);
    } finally {
      this.#posting = false;
      this.#go.disabled = false;
    }
    return undefined;
  }

  #faults(byField, rest) {
    const unseen = [...rest];
    let first = null;
    for (const [key, messages] of byField) {
      const row = this.#fields.get(key);
      if (!row || row.closest('[hidden]')) {
        unseen.push(...messages);
        continue;
      }
      this.#fields.fault(key, messages.join(' '));
      first ??= key;
    }
    this.#problem.hidden = unseen.length === 0;
    setText(this.#problem, unseen.join(' '));
    if (first) this.#fields.focus(first);
  }
}
