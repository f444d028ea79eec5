// The dialog in which a job is asked for: what every kind of job has in common. What is special to a kind is its `part`.

import { ApiError } from '../api.js';
import { copyText } from '../clipboard.js';
import { h, icon, setText } from '../dom.js';
import { curlOf } from '../jobs/curl.js';
import { getJob, postJob } from '../jobs/client.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { Fields } from './controls.js';
import { sortFaults } from './faults.js';
import { WorkerNote } from './workernote.js';

let open = null;

/**
 * Opens it; answers at once. One is open at a time.
 * @param options { project, kind, title, initial: values of the form, onPosted(job), part }; `onPosted` also gets a job that has computed it already
 * @param options.part {
 *   form: values by default, faults: [[pointer, field]], subjectTitle?: what stands over the subject,
 *   subject(fields, { project, signal, changed }): what is computed on: `{ element, run, catalog, load(initial): whether there is any, none(): elements where there is not, set, show }`,
 *   estimate(project): what it will cost: an EventTarget with `state`, `want(asked)`, `close()`; asked(): what to ask it for; said(state, subject): `{ state, text, errors?, job? }`,
 *   build(fields, set): elements after the subject; more(fields): rows under “More”;
 *   show({ fields, run, catalog, hasCuda }): shows the values;
 *   set(key, value): takes one that needs more than to be kept, answers whether it did;
 *   spec(run), specs?(run): of several jobs at once, `[{ name, spec }]`; missing(run): names of fields, lack?(name): what to say of one where it is not as usual, name(run), devices?(): whether there is a choice }
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
  #estimate;
  #workers;
  #abort = new AbortController();
  #ready = false;
  #posting = false;
  #known = null;
  #body;
  #words = h('p', { class: 'compute-words', role: 'status' });
  #problem = h('p', { class: 'compute-problem', role: 'alert', hidden: true });
  #go;

  constructor(options) {
    this.#options = options;
    this.#part = options.part;
    this.#form = this.#part.form;
    this.#fields = new Fields((key, value) => this.#set(key, value));
    this.#subject = this.#part.subject(this.#fields, { project: options.project, signal: this.#abort.signal, changed: () => this.#show() });
    this.#estimate = this.#part.estimate(options.project);
    this.#estimate.addEventListener('change', () => this.#show());
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
      this.#estimate.close();
      this.#workers.close();
      this.element.remove();
      if (open === this) open = null;
    });
    document.body.append(this.element);
    this.element.showModal();
  }

  async #load() {
    try {
      this.#ready = await this.#subject.load(this.#options.initial ?? {});
      this.#body.setAttribute('aria-busy', 'false');
      if (!this.#ready) return this.#none();
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

  #none() {
    this.#body.replaceChildren(...this.#subject.none());
    this.#go.hidden = true;
    this.#body.querySelector('.button')?.focus();
  }

  #fill() {
    const fields = this.#fields;
    const name = fields.text('name', t('compute.name'), { hint: t('compute.name_hint') });
    const copy = (key, text) => h('button', { type: 'button', class: 'button small', text: t(key), onclick: async () => toast(t(await copyText(text()) ? 'jobs.copied' : 'shell.copy_failed')) });
    const request = h('div', { class: 'compute-request' }, copy('jobs.copy_json', () => JSON.stringify(this.#job(), null, 2)), copy('jobs.copy_curl', () => curlOf(this.#job(), document.baseURI)));
    this.#body.replaceChildren(
      this.#workers.element,
      h('section', { class: 'compute-part' }, h('h3', { text: this.#part.subjectTitle ?? t('compute.part.subject') }), this.#subject.element),
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
    this.#fields.visible('device', this.#part.devices?.() ?? true);
    this.#part.show({ fields: this.#fields, run, catalog });
    this.#fields.get('name').querySelector('input').placeholder = this.#part.name(run);
    this.#fields.show('name', this.#form.name);
    this.#estimate.want(this.#part.asked());
    this.#showWords();
  }

  #showWords() {
    const said = this.#part.said(this.#estimate.state, this.#subject);
    this.#words.dataset.state = said.state;
    setText(this.#words, said.text);
    this.#known = said.job ?? null;
    setText(this.#go, t(this.#known ? 'compute.show' : 'compute.go'));
    if (said.errors?.length) {
      const { byField, rest } = sortFaults(said.errors, this.#part.faults);
      this.#faults(byField, rest, false);
    }
  }

  #job() {
    return { ...this.#asked, ...this.#jobs()[0] };
  }

  get #asked() {
    return { kind: this.#options.kind, project: this.#options.project };
  }

  #jobs() {
    const { run } = this.#subject;
    const name = this.#form.name || this.#part.name(run);
    return this.#part.specs?.(run, name) ?? [{ name, spec: this.#part.spec(run) }];
  }

  async #post() {
    if (!this.#ready || this.#posting) return;
    const lacks = this.#part.missing(this.#subject.run).filter((key) => this.#fields.get(key));
    if (lacks.length) return this.#faults(new Map(lacks.map((key) => [key, [this.#part.lack?.(key) ?? t(`compute.missing.${key}`)]])), []);
    this.#posting = true;
    this.#go.disabled = true;
    try {
      const posted = [];
      if (this.#known) posted.push(await getJob(this.#known));
      // One after the other, so that they stand in the queue in their order.
      else for (const job of this.#jobs()) posted.push(await postJob({ ...this.#asked, ...job }));
      this.close();
      for (const job of posted) this.#options.onPosted?.(job);
    } catch (error) {
      const { byField, rest } = sortFaults(error instanceof ApiError ? error.errors : [], this.#part.faults);
      this.#faults(byField, byField.size + rest.length ? rest : [error.message]);
    } finally {
      this.#posting = false;
      this.#go.disabled = false;
    }
    return undefined;
  }

  #faults(byField, rest, focus = true) {
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
    if (first && focus) this.#fields.focus(first);
  }
}
