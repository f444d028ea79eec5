// One run in a drawer beside the table: what it is, what it was started with, what it came to; changed here, too.

import { ApiError, insist, json } from '../api.js';
import { copyText } from '../clipboard.js';
import { byId, h, icon, nameText } from '../dom.js';
import { flatten } from '../flatten.js';
import { formatAge, formatDuration, formatNumber, formatStep, formatTime } from '../format.js';
import { pickColor } from '../frame/colorpicker.js';
import { renderMarkdown } from '../markdown/view.js';
import { compareNames } from '../tags.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { statusBadge, tagChip, valueText } from './cells.js';
import { editForm } from './editform.js';
import { numberOf } from './groups.js';

const PAGES = ['diagnosis', 'scalars', 'distributions', 'media', 'hyperparameters', 'scatter', 'predictions', 'gradients', 'timeline', 'checkpoints'];
const METRICS_LISTED = 200;
const ARTIFACTS_LISTED = 50;
const FILTER_ABOVE = 12;
const RELOAD_EVERY_MS = 2000;

const text = (value) => (value === null || typeof value !== 'object' ? String(value) : JSON.stringify(value));

export class RunDetails {
  #panel = byId('run-details');
  #options;
  #id = null;
  #run = null;
  #abort = null;
  #editing = false;
  #loadedAt = 0;
  #seen = null;
  #filter = '';

  /** @param options `{ project, store, known(): { groups, tags }, onClose(), onSaved(run), actions(run): [elements] }` */
  constructor(options) {
    this.#options = options;
    this.#panel.addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && options.onClose());
    options.store.addEventListener('change', () => this.#follow());
  }

  get id() {
    return this.#id;
  }

  /** Shows a run; null closes. `edit` opens its form at once. */
  async show(id, edit = false) {
    if (id === this.#id && !edit) return;
    this.#id = id;
    this.#abort?.abort();
    this.#editing = false;
    this.#run = null;
    this.#filter = '';
    this.#panel.hidden = id === null;
    byId('runs-page').classList.toggle('with-details', id !== null);
    if (id === null) return;
    this.#panel.replaceChildren(this.#head(t('common.loading')), h('div', { class: 'skeleton skeleton-line' }), h('div', { class: 'skeleton skeleton-line' }));
    await this.#load();
    if (id !== this.#id || !this.#run) return;
    if (edit) this.#edit();
    else this.#panel.querySelector('.details-close').focus();
  }

  /** Asks for the run again, after something was done with it. */
  reload() {
    if (this.#id) this.#load();
  }

  async #load() {
    const id = this.#id;
    const abort = this.#abort = new AbortController();
    this.#loadedAt = performance.now();
    this.#seen = this.#options.store.get(id);
    try {
      const path = `api/v1/runs/${encodeURIComponent(id)}`;
      const run = await insist(() => json(path, { signal: abort.signal }), { signal: abort.signal });
      const artifacts = await json(`${path}/artifacts`, { signal: abort.signal }).catch(() => ({ items: [] }));
      if (id !== this.#id) return;
      this.#run = { ...run, artifacts: artifacts.items };
      if (!this.#editing) this.#render();
    } catch (error) {
      if (id === this.#id && !abort.signal.aborted) this.#failed(error);
    }
  }

  /** Loads again when the run changed, not more often than every two seconds, and never under a person's edit. */
  #follow() {
    if (!this.#id || this.#editing || !this.#run || this.#options.store.get(this.#id) === this.#seen || this.waiting) return;
    this.waiting = setTimeout(() => {
      this.waiting = 0;
      if (this.#id && !this.#editing) this.#load();
    }, Math.max(0, this.#loadedAt + RELOAD_EVERY_MS - performance.now()));
  }

  #failed(error) {
    const gone = error instanceof ApiError && error.status === 404;
    this.#run = null;
    this.#panel.replaceChildren(this.#head(t(gone ? 'runs.gone.title' : 'runs.details.failed')),
      h('div', { class: 'empty' }, icon(gone ? 'trash' : 'reset'), h('p', { text: gone ? t('runs.gone.text') : error.message }),
        gone ? h('button', { type: 'button', class: 'button', text: t('runs.gone.back'), onclick: this.#options.onClose }) : h('button', { type: 'button', class: 'button', text: t('error.retry'), onclick: () => this.#load() })));
  }

  #head(title, run = null) {
    const swatch = run && h('button', { type: 'button', class: 'swatch-open', 'aria-label': t('selector.color', { run: run.name }), onclick: () => pickColor(swatch, this.#options.store.get(run.id) ?? run, this.#options.store) }, h('span', { class: 'run-dot' }));
    swatch?.style.setProperty('--run-color', `var(--run-${this.#options.store.colors.get(run.id) ?? run.color ?? 0})`);
    return h('div', { class: 'details-head' }, swatch, h('h2', { id: 'details-title', dir: 'auto' }, h('bdi', { text: title })),
      h('button', { type: 'button', class: 'button quiet icon-only details-close', 'aria-label': t('runs.details.close'), onclick: this.#options.onClose }, icon('close')));
  }

  #render() {
    const run = this.#run;
    const focused = this.#panel.contains(document.activeElement) ? document.activeElement.dataset.focus ?? (document.activeElement.classList.contains('details-close') ? 'close' : null) : null;
    const open = new Map([...this.#panel.querySelectorAll('details[data-section]')].map((section) => [section.dataset.section, section.open]));
    const top = this.#panel.scrollTop;
    const { environment, ...config } = run.config ?? {};
    const link = (page) => h('a', { class: 'button small', href: `${page}?${new URLSearchParams({ project: this.#options.project, runs: encodeURIComponent(run.id) })}`, text: t(`shell.${page}`).replace(/\u00ad/g, '') });
    const fact = (label, ...value) => [h('dt', { text: label }), h('dd', {}, ...value)];
    const seconds = (run.status === 'running' ? Date.now() / 1000 : run.updated) - run.created;
    const time = (at) => h('span', {}, h('time', { text: formatAge(at), data: { age: at } }), h('span', { class: 'muted', text: ` · ${formatTime(at)}` }));
    const section = (key, title, content, count) => {
      const element = h('details', { data: { section: key } }, h('summary', {}, title, count === undefined ? null : h('span', { class: 'count', text: count.toLocaleString('en') })), content);
      element.open = open.get(key) ?? key !== 'environment';
      return element;
    };
    this.#panel.replaceChildren(this.#head(run.name, run),
      run.trashed || run.archived ? h('p', { class: 'banner note', text: t(run.trashed ? 'runs.details.in_trash' : 'runs.details.in_archive') }) : '',
      h('div', { class: 'details-actions' }, h('button', { type: 'button', class: 'button', data: { focus: 'edit', needs: 'write' }, onclick: () => this.#edit() }, icon('edit'), t('runs.edit')), ...this.#options.actions(run)),
      h('dl', { class: 'facts' },
        ...fact(t('runs.status'), statusBadge(run.status)), ...fact(t('runs.created'), time(run.created)), ...fact(t('runs.updated'), time(run.updated)), ...fact(t('runs.duration'), formatDuration(seconds)),
        ...(run.group ? fact(t('runs.group'), nameText(run.group, '')) : []), ...(run.parent ? fact(t('runs.parent'), nameText(run.parent, '')) : []),
        ...(run.tags.length ? fact(t('runs.tags'), h('span', { class: 'chips wrap' }, ...run.tags.map((tag) => tagChip(tag)))) : []),
        ...fact(t('runs.id'), h('code', { text: run.id }), ' ', this.#copy(run.id, t('runs.id')))),
      h('nav', { class: 'details-links', 'aria-label': t('runs.details.pages') }, ...PAGES.map(link)),
      run.notes ? section('notes', t('runs.notes'), h('div', { class: 'notes-text' }, renderMarkdown(run.notes))) : '',
      section('metrics', t('runs.columns.metrics'), this.#metrics(run), Object.keys(run.summary ?? {}).length),
      section('config', t('runs.columns.config'), this.#tree(config), flatten(config).length),
      environment && typeof environment === 'object' ? section('environment', t('runs.environment'), this.#tree(environment), flatten(environment).length) : '',
      run.artifacts.length ? section('artifacts', t('runs.artifacts'), this.#artifacts(run), run.artifacts.length) : '');
    this.#panel.scrollTop = top;
    if (focused) (focused === 'close' ? this.#panel.querySelector('.details-close') : this.#panel.querySelector(`[data-focus="${focused}"]`))?.focus();
  }

  #copy(value, label) {
    return h('button', { type: 'button', class: 'button quiet icon-only small', 'aria-label': t('runs.copy', { what: label }), title: t('runs.copy', { what: label }), onclick: async () => toast(t(await copyText(value) ? 'snippets.copied' : 'shell.copy_failed')) }, icon('copy'));
  }

  #metrics(run) {
    const tags = Object.keys(run.summary ?? {}).sort(compareNames);
    if (tags.length === 0) return h('p', { class: 'muted menu-note', text: t('runs.details.no_metrics') });
    const body = h('tbody');
    const note = h('p', { class: 'muted menu-note' });
    const fill = () => {
      const found = tags.filter((tag) => tag.toLowerCase().includes(this.#filter.toLowerCase()));
      body.replaceChildren(...found.slice(0, METRICS_LISTED).map((tag) => {
        const { last, min, max, step } = run.summary[tag];
        return h('tr', {}, h('th', { scope: 'row' }, nameText(tag)), ...[last, min, max].map((value) => h('td', { class: 'num', text: formatNumber(numberOf(value)) })), h('td', { class: 'num', text: formatStep(step) }));
      }));
      note.textContent = found.length > METRICS_LISTED ? t('runs.columns.capped', { count: METRICS_LISTED, total: found.length.toLocaleString('en') }) : '';
    };
    fill();
    const table = h('table', { class: 'small-table' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: t('runs.metric') }), ...['last', 'min', 'max', 'step'].map((part) => h('th', { scope: 'col', class: 'num', text: t(`runs.part.${part}`) })))), body);
    if (tags.length <= FILTER_ABOVE) return h('div', { class: 'small-scroll', tabindex: '0', role: 'region', 'aria-label': t('runs.columns.metrics') }, table);
    const box = h('input', { type: 'search', value: this.#filter, placeholder: t('runs.details.find_metric'), 'aria-label': t('runs.details.find_metric'), data: { focus: 'metric' } });
    box.addEventListener('input', () => {
      this.#filter = box.value;
      fill();
    });
    return h('div', {}, h('label', { class: 'search' }, icon('search'), box), h('div', { class: 'small-scroll', tabindex: '0', role: 'region', 'aria-label': t('runs.columns.metrics') }, table), note);
  }

  #tree(value) {
    if (flatten(value).length === 0) return h('p', { class: 'muted menu-note', text: t('runs.details.no_config') });
    const branch = (object) => h('ul', { class: 'tree' }, ...Object.entries(object).map(([key, inner]) => {
      const nested = inner !== null && typeof inner === 'object' && Object.keys(inner).length > 0 && !(Array.isArray(inner) && !inner.some((one) => one !== null && typeof one === 'object'));
      if (!nested) return h('li', {}, h('span', { class: 'tree-key', dir: 'auto', text: key }), h('span', { class: 'tree-value', dir: 'auto', text: typeof inner === 'string' ? inner : valueText(inner, { exact: true }) }), this.#copy(text(inner), key));
      const part = h('details', {}, h('summary', { class: 'tree-key', dir: 'auto', text: key }), branch(inner));
      part.open = true;
      return h('li', {}, part);
    }));
    return h('div', {}, branch(value), h('button', { type: 'button', class: 'button small', onclick: async () => toast(t(await copyText(JSON.stringify(value, null, 2)) ? 'snippets.copied' : 'shell.copy_failed')) }, icon('copy'), t('runs.details.copy_json')));
  }

  #artifacts(run) {
    const list = run.artifacts.slice(0, ARTIFACTS_LISTED).map((artifact) => h('li', {},
      h('a', { href: `api/v1/runs/${encodeURIComponent(run.id)}/artifacts/${artifact.name.split('/').map(encodeURIComponent).join('/')}`, download: artifact.name.split('/').at(-1) }, nameText(artifact.name)),
      h('span', { class: 'muted', text: `${artifact.type}${artifact.step === null || artifact.step === undefined ? '' : ` · ${t('axis.step')} ${formatStep(artifact.step)}`} · ${t('runs.bytes', { size: formatNumber(artifact.size) })}` })));
    return h('ul', { class: 'artifact-list' }, ...list);
  }

  #edit() {
    this.#editing = true;
    const done = () => {
      this.#editing = false;
      this.#render();
      this.#panel.querySelector('[data-focus="edit"]').focus();
    };
    const form = editForm(this.#run, {
      ...this.#options.known(),
      onSaved: (run) => {
        this.#run = { ...this.#run, ...run, artifacts: this.#run.artifacts };
        this.#options.onSaved(run);
        toast(t('runs.edit.saved'));
        done();
      },
      onCancel: done,
    });
    this.#panel.replaceChildren(this.#head(t('runs.edit.title', { run: this.#run.name })), form.element);
    form.focus();
  }
}
