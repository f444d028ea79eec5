// Retention rules: a form, a dry run of what it says, and the switch.

import { ApiError } from '../api.js';
import { byId, h, nameText, setText } from '../dom.js';
import { formatAge, formatNumber, formatStep } from '../format.js';
import { confirmDialog } from '../runs/dialog.js';
import { t, tCount } from '../text.js';
import { bytesWords } from '../timeline/figures.js';
import { toast } from '../toast.js';
import { planRules, readRules, writeRules } from './source.js';

const NUMBERS = { keep_last: 'rule-last', keep_best: 'rule-best', keep_every: 'rule-every', older_than_days: 'rule-older' };
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
    const wrong = Object.values(NUMBERS).map(byId).filter((field) => !field.checkValidity());
    if (wrong.length) {
      this.#plan = null;
      for (const id of Object.values(NUMBERS)) byId(id).setAttribute('aria-invalid', String(wrong.includes(byId(id))));
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
    const rules = { enabled: byId('rule-enabled').checked, metric: byId('rule-metric').value.trim() || null, goal: byId('rule-goal').value || null };
    for (const [name, id] of Object.entries(NUMBERS)) rules[name] = byId(id).value === '' ? null : Number(byId(id).value);
    return rules;
  }

  #fill(rules) {
    byId('rule-enabled').checked = rules.enabled;
    byId('rule-metric').value = rules.metric ?? '';
    byId('rule-goal').value = rules.goal ?? '';
    for (const [name, id] of Object.entries(NUMBERS)) byId(id).value = rules[name] ?? '';
  }

  #show(plan) {
    setText(byId('retention-said'), plan.count === 0
      ? t('checkpoints.retention.nothing', { stay: plan.stay.toLocaleString('en') })
      : `${tCount('checkpoints.retention.go', plan.count, { size: bytesWords(plan.size), stay: plan.stay.toLocaleString('en') })}${plan.guarded ? ` ${tCount('checkpoints.retention.guarded', plan.guarded)}` : ''}`);
    byId('retention-table').hidden = plan.count === 0;
    byId('retention-rows').replaceChildren(...plan.items.slice(0, MOST_ROWS).map((item) => h('tr', {},
      h('th', { scope: 'row' }, nameText(item.run)), h('td', {}, nameText(item.artifact.name)), h('td', { class: 'num', text: item.artifact.step === null ? '—' : formatStep(item.artifact.step) }),
      h('td', { text: formatAge(item.artifact.created) }), h('td', { class: 'num', text: item.value === null ? '—' : formatNumber(Number(item.value)) }), h('td', { class: 'num', text: bytesWords(item.artifact.size) }))));
    setText(byId('retention-more'), plan.count > MOST_ROWS ? t('checkpoints.retention.more', { most: MOST_ROWS }) : '');
  }

  #faults(errors) {
    for (const [name, id] of Object.entries(NUMBERS)) byId(id).setAttribute('aria-invalid', String(errors.some((error) => error.pointer === `/rules/${name}`)));
  }

  async #save() {
    await this.preview();
    if (!this.#plan) return;
    const rules = this.#rules();
    if (rules.enabled && this.#plan.count > 0 && !await confirmDialog({ title: t('checkpoints.retention.confirm_title'), body: [tCount('checkpoints.retention.confirm', this.#plan.count, { size: bytesWords(this.#plan.size) })], action: t('checkpoints.retention.confirm_go'), danger: true })) return;
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
