// Retention rules: a form, a dry run of what it says, and the switch.

import { ApiError } from '../api.js';
import { byId, h, nameText, setText } from '../dom.js';
import { formatAge, formatNumber, formatStep } from '../format.js';
import { confirmDialog } from '../runs/dialog.js';
import { t, tCount } from '../text.js';
import { bytesWords } from '../timeline/figures.js';
import { toast } from '../toast.js';
import { planRules, readRules, writeRules } from './source.js';

const NUMBERS = {
  keep_last: 'rule-last', keep_best: 'rule-best', keep_every: 'rule-every', older_than_days: 'rule-older', runs_after_days: 'rule-runs', empty_trash_after_days: 'rule-trash',
};
const typed = () => [...byId('retention-form').querySelectorAll('[data-type]')];
const numbers = () => [...Object.values(NUMBERS).map(byId), ...typed()];
const TYPING_MS = 400;
const MOST_ROWS = 200;

export class Retention {
  #project;
  #saved = null;
  #timer = 0;
  #asked = null;
  #plan = null;

  /** @param changed called when rules were saved */
  constructor(project, changed) {
    this.#project = project;
    this.changed = changed;
    byId('retention-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    byId('retention-form').addEventListener('input', () => this.#soon());
    byId('retention').addEventListener('toggle', () => byId('retention').open && this.load());
  }

  async load() {
    try {
      this.#saved = await readRules(this.#project);
      this.#fill(this.#saved.rules);
      this.preview();
    } catch (error) {
      setText(byId('retention-said'), t('checkpoints.retention.failed', { reason: error.message }));
    }
  }

  /** Tries what the form says, without doing it. */
  async preview() {
    if (!byId('retention').open) return;
    this.#asked?.abort();
    const { signal } = this.#asked = new AbortController();
    const wrong = numbers().filter((field) => !field.checkValidity());
    if (wrong.length) {
      this.#plan = null;
      for (const field of numbers()) field.setAttribute('aria-invalid', String(wrong.includes(field)));
      setText(byId('retention-said'), wrong[0].validationMessage);
      byId('retention-table').hidden = true;
      return;
    }
    try {
      this.#plan = await planRules(this.#project, this.#rules(), signal);
      this.#faults([]);
      this.#show(this.#plan);
    } catch (error) {
      if (signal.aborted) return;
      this.#plan = null;
      this.#faults(error.errors ?? []);
      setText(byId('retention-said'), error.message);
      byId('retention-rows').replaceChildren();
    }
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.preview(), TYPING_MS);
  }

  #rules() {
    const tags = byId('rule-keep-tags').value.split(',').map((tag) => tag.trim()).filter(Boolean);
    const artifacts = typed().filter((field) => field.value !== '').map((field) => ({ type: field.dataset.type, older_than_days: Number(field.value) }));
    const rules = {
      enabled: byId('rule-enabled').checked, metric: byId('rule-metric').value.trim() || null, goal: byId('rule-goal').value || null, runs_to: byId('rule-runs-to').value,
      keep_tags: tags.length ? tags : null, artifacts: artifacts.length ? artifacts : null,
    };
    for (const [name, id] of Object.entries(NUMBERS)) rules[name] = byId(id).value === '' ? null : Number(byId(id).value);
    return rules;
  }

  #fill(rules) {
    byId('rule-enabled').checked = rules.enabled;
    byId('rule-metric').value = rules.metric ?? '';
    byId('rule-goal').value = rules.goal ?? '';
    byId('rule-runs-to').value = rules.runs_to ?? 'trash';
    byId('rule-keep-tags').value = (rules.keep_tags ?? []).join(', ');
    for (const field of typed()) field.value = rules.artifacts?.find((rule) => rule.type === field.dataset.type)?.older_than_days ?? '';
    for (const [name, id] of Object.entries(NUMBERS)) byId(id).value = rules[name] ?? '';
  }

  #show(plan) {
    const changes = changesOf(plan);
    setText(byId('retention-said'), [
      plan.count > 0 ? tCount('checkpoints.retention.go', plan.count, { size: bytesWords(plan.size), stay: plan.stay.toLocaleString('en') }) : '',
      plan.count > 0 && plan.guarded ? tCount('checkpoints.retention.guarded', plan.guarded) : '',
      ...changes,
      plan.count === 0 && changes.length === 0 ? t('checkpoints.retention.nothing', { stay: plan.stay.toLocaleString('en') }) : '',
    ].filter(Boolean).join(' '));
    const rows = [
      ...plan.runs.map((run) => row(run.run, t(`checkpoints.retention.what.${run.action}`), null, null, run.trashed ?? run.updated, null, run.size)),
      ...plan.artifacts.map((item) => artifactRow(item, t('checkpoints.retention.what.artifact', { type: item.artifact.type }))),
      ...plan.items.map((item) => artifactRow(item, t('checkpoints.retention.what.checkpoint'))),
    ];
    const all = plan.count + plan.artifact_count + plan.runs_trashed + plan.runs_archived + plan.runs_removed;
    byId('retention-table').hidden = all === 0;
    byId('retention-rows').replaceChildren(...rows.slice(0, MOST_ROWS));
    setText(byId('retention-more'), all > MOST_ROWS ? t('checkpoints.retention.more', { most: MOST_ROWS }) : '');
  }

  #faults(errors) {
    for (const [name, id] of Object.entries(NUMBERS)) byId(id).setAttribute('aria-invalid', String(errors.some((error) => error.pointer === `/rules/${name}`)));
    for (const field of typed()) field.setAttribute('aria-invalid', 'false');
  }

  async #save() {
    await this.preview();
    if (!this.#plan) return;
    const rules = this.#rules();
    const { count, size, stay } = this.#plan;
    const body = [...(count ? [tCount('checkpoints.retention.go', count, { size: bytesWords(size), stay: stay.toLocaleString('en') })] : []), ...changesOf(this.#plan)];
    if (rules.enabled && body.length > 0 && !await confirmDialog({
      title: t('checkpoints.retention.confirm_title'), body: [...body, t('checkpoints.retention.later')], action: t('checkpoints.retention.confirm_go'), danger: true,
    })) return;
    try {
      this.#saved = await writeRules(this.#project, rules, this.#saved.revision);
      toast(t(rules.enabled ? 'checkpoints.retention.saved_on' : 'checkpoints.retention.saved_off'));
      this.changed();
      this.preview();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'setting_changed') {
        toast(t('checkpoints.retention.changed'));
        await this.load();
      } else toast(t('checkpoints.retention.failed', { reason: error.message }));
    }
  }
}

/** What would happen besides checkpoints, a sentence each. */
function changesOf(plan) {
  return [
    plan.runs_trashed ? tCount('checkpoints.retention.runs.trash', plan.runs_trashed) : '',
    plan.runs_archived ? tCount('checkpoints.retention.runs.archive', plan.runs_archived) : '',
    plan.runs_removed ? tCount('checkpoints.retention.runs.remove', plan.runs_removed, { size: bytesWords(plan.runs_removed_size) }) : '',
    plan.artifact_count ? tCount('checkpoints.retention.others', plan.artifact_count, { size: bytesWords(plan.artifact_size) }) : '',
  ].filter(Boolean);
}

const artifactRow = (item, what) => row(item.run, what, item.artifact.name, item.artifact.step, item.artifact.created, item.value, item.artifact.size);

const row = (run, what, name, step, time, value, size) => h('tr', {},
  h('th', { scope: 'row' }, nameText(run)), h('td', { text: what }), h('td', {}, name === null ? '—' : nameText(name)), h('td', { class: 'num', text: step === null ? '—' : formatStep(step) }),
  h('td', { text: formatAge(time) }), h('td', { class: 'num', text: value === null ? '—' : formatNumber(Number(value)) }), h('td', { class: 'num', text: bytesWords(size) }));
