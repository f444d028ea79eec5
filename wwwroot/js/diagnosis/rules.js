// The tab of rules: switch, tune, add, try on a run, save.

import { ApiError, json } from '../api.js';
import { h, icon, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { differences, entryOf } from './overlay.js';
import { ruleCard } from './rulecard.js';
import { faultLines, openRuleDialog } from './ruledialog.js';
import { sureText, titleOf } from './words.js';

export class RulesTab {
  #root;
  #options;
  #answer = null;
  #overlay = { rules: [] };
  #open = new Set();
  #loading = false;

  /** @param options { project, runs(): the shown runs, onSaved() } */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
  }

  /** The tab comes into sight. */
  open() {
    if (!this.#answer && !this.#loading) this.#load();
  }

  runsChanged() {
    if (this.#answer) this.#fillRuns();
  }

  get #path() {
    return `api/v1/diagnosis/rules?${new URLSearchParams({ project: this.#options.project, lang: document.documentElement.lang })}`;
  }

  async #load() {
    this.#loading = true;
    try {
      this.#take(await json(this.#path));
    } catch (error) {
      this.#root.replaceChildren(h('p', { class: 'banner', role: 'alert' }, t('diagnosis.rules.failed', { reason: error.message }), h('button', { type: 'button', class: 'button small', text: t('error.retry'), onclick: () => this.#load() })));
      if (!(error instanceof ApiError)) throw error;
    } finally {
      this.#loading = false;
    }
  }

  /** Shows an answer; `keep`: with the changes that a person made and has not saved. */
  #take(answer, keep = false) {
    this.#answer = answer;
    if (!keep) this.#overlay = structuredClone(answer.overlay);
    if (!this.list) this.#build();
    this.#show();
  }

  #change(overlay) {
    this.#overlay = overlay;
    this.#show();
  }

  #build() {
    this.note = h('span', { class: 'muted', role: 'status' });
    this.save = h('button', { type: 'button', class: 'button primary', id: 'rules-save', data: { needs: 'write' }, text: t('diagnosis.rules.save'), onclick: () => this.#save() });
    this.discard = h('button', { type: 'button', class: 'button', text: t('diagnosis.rules.discard'), onclick: () => this.#change(structuredClone(this.#answer.overlay)) });
    this.list = h('ul', { class: 'rules', 'aria-label': t('diagnosis.rules.list') });
    this.faults = h('div', { class: 'banner', role: 'alert', hidden: true });
    this.runs = h('select', { class: 'select', id: 'rules-run', 'aria-label': t('diagnosis.rules.try_run') });
    this.tried = h('div', { class: 'rules-tried', role: 'status' });
    const add = h('button', { type: 'button', class: 'button', id: 'rules-add', onclick: () => this.#dialog(null) }, icon('plus'), t('diagnosis.rules.add'));
    const tryIt = h('button', { type: 'button', class: 'button', id: 'rules-try', text: t('diagnosis.rules.try_now'), onclick: () => this.#try() });
    this.#root.replaceChildren(
      h('div', { class: 'rules-head' }, h('h2', { text: t('diagnosis.rules.heading') }), h('p', { class: 'muted', text: t('diagnosis.rules.intro') })),
      h('div', { class: 'rules-bar' }, add, h('label', { class: 'field' }, h('span', { text: t('diagnosis.rules.try') }), this.runs), tryIt, h('span', { class: 'toolbar-space' }), this.note, this.discard, this.save),
      this.faults, this.tried, this.list);
    this.#fillRuns();
  }

  #fillRuns() {
    const before = this.runs.value;
    this.runs.replaceChildren(...this.#options.runs().map((run) => h('option', { value: run.id, text: run.name })));
    if ([...this.runs.options].some((option) => option.value === before)) this.runs.value = before;
    this.#root.querySelector('#rules-try').disabled = this.runs.options.length === 0;
  }

  #show() {
    const changes = differences(this.#overlay, this.#answer.overlay);
    setText(this.note, changes ? tCount('diagnosis.rules.unsaved', changes) : '');
    this.save.disabled = changes === 0;
    this.discard.hidden = changes === 0;
    // Focus stays where it was: cards are made anew, and a switch is found again by its rule.
    const focused = this.list.contains(document.activeElement) ? { rule: document.activeElement.closest('.rule')?.dataset.rule, id: document.activeElement.id, type: document.activeElement.tagName } : null;
    this.list.replaceChildren(...this.#rules().map((rule) => ruleCard(rule, {
      overlay: this.#overlay,
      open: this.#open.has(rule.id),
      change: (overlay) => this.#change(overlay),
      onToggle: (open) => (open ? this.#open.add(rule.id) : this.#open.delete(rule.id)),
      json: () => this.#dialog(rule),
    })));
    if (!focused?.rule) return;
    const card = this.list.querySelector(`[data-rule="${CSS.escape(focused.rule)}"]`);
    (focused.id ? document.getElementById(focused.id) : card?.querySelector(focused.type.toLowerCase()))?.focus();
  }

  /** The default rules and the project's own, those that are not saved yet too. */
  #rules() {
    const listed = this.#answer.rules.filter((rule) => !rule.own || entryOf(this.#overlay, rule.id));
    const known = new Set(listed.map((rule) => rule.id));
    const added = this.#overlay.rules.filter((entry) => !known.has(entry.id)).map((entry) => ({
      id: entry.id, code: entry.code ?? entry.id, own: true, enabled: entry.enabled ?? true, severity: entry.severity ?? 'warning',
      doc: entry.doc?.en ?? '', when: entry.when ?? '', sentence: entry.sentence?.en ?? '', parameters: [], rule: entry,
    }));
    return [...added, ...listed];
  }

  #dialog(rule) {
    openRuleDialog({
      rule: rule ? (rule.own ? entryOf(this.#overlay, rule.id) : rule.rule) : null,
      title: rule ? t('diagnosis.rules.edit_title', { rule: rule.id }) : t('diagnosis.rules.add_title'),
      overlay: this.#overlay,
      vocabulary: this.#answer.vocabulary,
      readOnly: Boolean(rule) && !rule.own,
      onUse: (overlay) => this.#change(overlay),
    });
  }

  async #try() {
    this.#fault(null);
    try {
      const { items } = await json(`api/v1/diagnosis/rules/try?lang=${document.documentElement.lang}`, { method: 'POST', body: { run_id: this.runs.value, overlay: this.#overlay } });
      this.tried.replaceChildren(h('p', { text: items.length ? tCount('diagnosis.rules.tried', items.length) : t('diagnosis.rules.tried_none') }),
        h('ul', {}, ...items.map((item) => h('li', {}, h('span', { class: 'severity', data: { severity: item.severity } }, icon(`severity-${item.severity}`), titleOf(item.code)), ` ${item.sentence} `, h('span', { class: 'muted', text: sureText(item.confidence) })))));
    } catch (error) {
      this.#fault(error);
      if (!(error instanceof ApiError)) throw error;
    }
  }

  async #save() {
    this.#fault(null);
    this.save.disabled = true;
    try {
      this.#take(await json(this.#path, { method: 'PUT', body: { overlay: this.#overlay, revision: this.#answer.revision } }));
      toast(t('diagnosis.rules.saved'));
      this.#options.onSaved();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 409) {
        this.#take(await json(this.#path), true);
        toast(t('diagnosis.rules.conflict'));
      } else {
        this.save.disabled = false;
        this.#fault(error);
      }
    }
  }

  #fault(error) {
    this.faults.hidden = error === null;
    if (error) this.faults.replaceChildren(h('div', {}, h('p', { text: t('diagnosis.rules.refused') }), h('ul', {}, ...faultLines(error).map((text) => h('li', { text })))));
  }
}
