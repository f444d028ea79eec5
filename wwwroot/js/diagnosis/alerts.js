// The tab of alerts: whom findings are told to, tests, and what was sent.

import { ApiError, json } from '../api.js';
import { h } from '../dom.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { showLog } from './alertlog.js';
import { SEVERITIES } from './state.js';
import { titleOf } from './words.js';

const CODES = ['diverging', 'non_finite', 'exploding_gradients', 'vanishing_gradients', 'overfitting', 'early_stop', 'underfitting', 'not_falling', 'oscillating', 'plateau', 'dead_units', 'class_imbalance', 'split_shift', 'converging', 'converged'];
const LOG_EVERY_MS = 5000;

export class AlertsTab {
  #root;
  #project;
  #answer = null;
  #timer = 0;

  /** @param options { project } */
  constructor(root, { project }) {
    this.#root = root;
    this.#project = project;
  }

  /** The tab comes into sight. */
  open() {
    if (!this.#answer) this.#load();
    else this.#log();
    this.#timer ||= setInterval(() => !this.#root.hidden && !document.hidden && this.#answer && this.#log(), LOG_EVERY_MS);
  }

  get #path() {
    return `api/v1/diagnosis/alerts?${new URLSearchParams({ project: this.#project })}`;
  }

  async #load() {
    try {
      this.#take(await json(this.#path));
    } catch (error) {
      this.#root.replaceChildren(h('p', { class: 'banner', role: 'alert' }, t('diagnosis.alerts.failed', { reason: error.message }), h('button', { type: 'button', class: 'button small', text: t('error.retry'), onclick: () => this.#load() })));
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #take(answer) {
    this.#answer = answer;
    if (!this.form) this.#build();
    this.#fill();
    this.#log();
  }

  #build() {
    const field = (id, label, control, hint) => h('div', { class: 'alert-field' }, h('label', { for: id, text: label }), control, hint ? h('p', { class: 'muted', id: `${id}-hint`, text: hint }) : '', h('p', { class: 'field-error', role: 'alert', data: { for: id } }));
    this.url = h('input', { class: 'input', type: 'url', id: 'alert-url', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'alert-url-hint' });
    this.secret = h('input', { class: 'input', type: 'password', id: 'alert-secret', autocomplete: 'new-password', 'aria-describedby': 'alert-secret-hint' });
    this.remove = h('input', { type: 'checkbox', id: 'alert-secret-remove' });
    this.removeLabel = h('label', { class: 'menu-item check' }, this.remove, t('diagnosis.alerts.secret_remove'));
    this.to = h('textarea', { class: 'alert-to', id: 'alert-to', rows: '3', spellcheck: 'false', autocomplete: 'off' });
    this.noSmtp = h('p', { class: 'banner note', hidden: true, text: t('diagnosis.alerts.no_smtp') });
    this.severity = h('select', { class: 'select', id: 'alert-severity' }, ...SEVERITIES.map((name) => h('option', { value: name, text: t(`diagnosis.severity.${name}`) })));
    this.confidence = h('input', { class: 'input', type: 'number', id: 'alert-confidence', min: '0', max: '1', step: '0.05' });
    this.all = h('input', { type: 'radio', name: 'alert-codes', value: 'all' });
    this.some = h('input', { type: 'radio', name: 'alert-codes', value: 'some' });
    this.codes = h('div', { class: 'alert-codes', role: 'group', 'aria-label': t('diagnosis.alerts.codes') });
    for (const radio of [this.all, this.some]) radio.addEventListener('change', () => { this.codes.hidden = this.all.checked; });
    this.log = h('div', { id: 'alert-log' });
    this.tested = h('p', { class: 'alert-tested', role: 'status' });
    const test = (channel) => h('button', { type: 'button', class: 'button', data: { test: channel, needs: 'manage' }, text: t(`diagnosis.alerts.test_${channel}`), onclick: (event) => this.#test(channel, event.target) });
    this.form = h('form', { class: 'alerts-form', novalidate: true },
      h('fieldset', { class: 'card alert-part' }, h('legend', { text: t('diagnosis.alerts.webhook') }),
        field('alert-url', t('diagnosis.alerts.url'), this.url, t('diagnosis.alerts.url_hint')), field('alert-secret', t('diagnosis.alerts.secret'), this.secret, t('diagnosis.alerts.secret_hint')), this.removeLabel, test('webhook')),
      h('fieldset', { class: 'card alert-part' }, h('legend', { text: t('diagnosis.alerts.email') }), this.noSmtp, field('alert-to', t('diagnosis.alerts.to'), this.to), test('email')),
      h('fieldset', { class: 'card alert-part' }, h('legend', { text: t('diagnosis.alerts.what') }),
        field('alert-severity', t('diagnosis.alerts.severity'), this.severity), field('alert-confidence', t('diagnosis.alerts.confidence'), this.confidence),
        h('div', { class: 'alert-field' }, h('label', { class: 'radio' }, this.all, t('diagnosis.alerts.codes_all')), h('label', { class: 'radio' }, this.some, t('diagnosis.alerts.codes_some')), this.codes)),
      h('div', { class: 'alert-actions' }, h('button', { type: 'submit', class: 'button primary', id: 'alerts-save', data: { needs: 'manage' }, text: t('diagnosis.alerts.save') }), this.tested));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    this.#root.replaceChildren(h('div', { class: 'rules-head' }, h('h2', { text: t('diagnosis.alerts.heading') }), h('p', { class: 'muted', text: t('diagnosis.alerts.intro') })), this.form,
      h('h2', { text: t('diagnosis.alerts.log') }), this.log);
  }

  #fill() {
    const { webhook_url: url, has_secret: secret, email_to: to, email_available: mail, severity, codes, confidence } = this.#answer;
    this.url.value = url ?? '';
    this.secret.value = '';
    this.secret.placeholder = t(secret ? 'diagnosis.alerts.secret_kept' : 'diagnosis.alerts.secret_none');
    this.remove.checked = false;
    this.removeLabel.hidden = !secret;
    this.to.value = to.join('\n');
    this.noSmtp.hidden = mail;
    this.severity.value = severity;
    this.confidence.value = String(confidence);
    (codes ? this.some : this.all).checked = true;
    this.codes.hidden = !codes;
    this.codes.replaceChildren(...[...CODES, ...(codes ?? []).filter((code) => !CODES.includes(code))].map((code) => {
      const box = h('input', { type: 'checkbox', value: code });
      box.checked = codes?.includes(code) ?? false;
      return h('label', { class: 'check' }, box, titleOf(code));
    }));
    for (const error of this.form.querySelectorAll('.field-error')) error.textContent = '';
  }

  #body() {
    const secret = this.remove.checked ? '' : this.secret.value || undefined;
    return {
      revision: this.#answer.revision,
      webhook_url: this.url.value.trim() || null,
      webhook_secret: secret,
      email_to: this.to.value.split(/[\s,;]+/).filter(Boolean),
      severity: this.severity.value,
      confidence: this.confidence.value === '' ? null : Number(this.confidence.value),
      codes: this.all.checked ? null : [...this.codes.querySelectorAll('input:checked')].map((box) => box.value),
    };
  }

  async #save() {
    for (const error of this.form.querySelectorAll('.field-error')) error.textContent = '';
    try {
      this.#take(await json(this.#path, { method: 'PUT', body: this.#body() }));
      toast(t('diagnosis.alerts.saved'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 409) {
        this.#take(await json(this.#path));
        toast(t('diagnosis.alerts.conflict'));
      } else this.#faults(error);
    }
  }

  #faults(error) {
    const fields = { webhook_url: 'alert-url', webhook_secret: 'alert-secret', email_to: 'alert-to', severity: 'alert-severity', confidence: 'alert-confidence' };
    let told = false;
    for (const { pointer, message } of error.errors) {
      const place = this.form.querySelector(`[data-for="${fields[pointer.split('/')[1]]}"]`);
      if (!place) continue;
      place.textContent = message;
      told = true;
    }
    if (!told) toast(error.message);
  }

  async #test(channel, button) {
    const saved = channel === 'webhook' ? this.url.value.trim() === (this.#answer.webhook_url ?? '') && !this.secret.value && !this.remove.checked : this.to.value.split(/[\s,;]+/).filter(Boolean).join() === this.#answer.email_to.join();
    if (!saved) {
      this.tested.textContent = t('diagnosis.alerts.test_first');
      return;
    }
    button.disabled = true;
    this.tested.textContent = t('common.loading');
    try {
      const { delivered, detail } = await json('api/v1/diagnosis/alerts/test', { method: 'POST', body: { project: this.#project, channel } });
      this.tested.textContent = t(delivered ? 'diagnosis.alerts.test_good' : 'diagnosis.alerts.test_bad', { detail });
    } catch (error) {
      this.tested.textContent = error.message;
      if (!(error instanceof ApiError)) throw error;
    } finally {
      button.disabled = false;
    }
  }

  async #log() {
    try {
      const { items } = await json(`api/v1/diagnosis/alerts/log?${new URLSearchParams({ project: this.#project })}`);
      showLog(this.log, items, this.#project);
    } catch {
      // The next time.
    }
  }
}
