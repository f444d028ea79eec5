// Rows of a form: a label, a control, what is wrong with it.

import { h, icon, setText } from '../dom.js';
import { t } from '../text.js';

const PREFIX = 'compute-';

/** A reference to an artifact as the value of an option, and back. */
export const referenceValue = (one) => (one ? JSON.stringify([one.run_id, one.name]) : '');
export function parseReference(text) {
  if (!text) return null;
  const [run_id, name] = JSON.parse(text);
  return { run_id, name };
}

/** A run's checkpoints as options of a reference. */
export const checkpointOptions = (run) => run.checkpoints.map((one) => ({ value: referenceValue({ run_id: run.id, name: one.name }), text: one.step === null ? one.name : t('compute.artifact_step', { name: one.name, step: one.step }) }));

export class Fields {
  #rows = new Map();
  #set;

  /** @param set(key, value) what a person chose or typed */
  constructor(set) {
    this.#set = set;
  }

  /** A drop-down; `options` fills it later. `reference`: its values are artifacts. */
  select(key, label, { hint = null, isReference = false } = {}) {
    const control = h('select', { class: 'select', onchange: () => this.#set(key, isReference ? parseReference(control.value) : control.value) });
    return this.#row(key, label, control, hint);
  }

  /** One line of text or digits. */
  text(key, label, { hint = null, digits = false, placeholder = null, after = null } = {}) {
    const control = h('input', { type: 'text', class: 'input', inputmode: digits ? 'decimal' : null, autocomplete: 'off', spellcheck: 'false', placeholder, oninput: () => this.#set(key, control.value.trim()) });
    return this.#row(key, label, control, hint, after);
  }

  /** A switch. */
  toggle(key, label, { hint = null } = {}) {
    const control = h('input', { type: 'checkbox', role: 'switch', onchange: () => this.#set(key, control.checked) });
    const row = this.#row(key, label, control, hint);
    row.classList.add('form-switch');
    return row;
  }

  /** A few choices beside each other: `[[value, word]]`. */
  segments(key, label, choices, { hint = null } = {}) {
    const id = `${PREFIX}${key}`;
    const group = h('div', { class: 'segments', role: 'radiogroup', 'aria-labelledby': `${id}-label` }, ...choices.map(([value, word]) => h('label', { 'data-value': value },
      h('input', { type: 'radio', name: id, value, onchange: () => this.#set(key, value) }), h('span', { text: word }))));
    return this.#row(key, label, group, hint);
  }

  /** A control of one's own, which has a field's name and says its faults. */
  own(key, label, control, { hint = null } = {}) {
    return this.#row(key, label, control, hint);
  }

  /** A small button with a symbol, to stand after a control. */
  button(symbol, label, onclick) {
    return h('button', { type: 'button', class: 'button icon-only', 'aria-label': label, title: label, onclick }, icon(symbol));
  }

  /** Fills a drop-down: `[{ label: text or null, options: [{ value, text }] }]`. */
  options(key, groups, value) {
    const { control } = this.#rows.get(key);
    const now = JSON.stringify(groups);
    if (control.shownGroups !== now) {
      control.shownGroups = now;
      const option = ({ value: each, text }) => h('option', { value: each, text });
      control.replaceChildren(...groups.flatMap((group) => (group.label === null ? group.options.map(option) : [h('optgroup', { label: group.label }, ...group.options.map(option))])));
    }
    control.value = value ?? '';
  }

  /** Shows a value, without disturbing one who types. */
  show(key, value) {
    const { control } = this.#rows.get(key);
    if (control.getAttribute('role') === 'switch') control.checked = Boolean(value);
    else if (control.getAttribute('role') === 'radiogroup') for (const input of control.querySelectorAll('input')) input.checked = input.value === String(value);
    else if (document.activeElement !== control && control.value !== String(value ?? '')) control.value = value ?? '';
  }

  visible(key, on) {
    this.#rows.get(key).row.hidden = !on;
  }

  isVisible(key) {
    const row = this.#rows.get(key)?.row;
    return Boolean(row) && !row.closest('[hidden]');
  }

  hint(key, text) {
    const { hint } = this.#rows.get(key);
    setText(hint, text ?? '');
    hint.hidden = !text;
  }

  get(key) {
    return this.#rows.get(key)?.row ?? null;
  }

  /** Says what is wrong with a field; null for nothing. */
  fault(key, text) {
    const { control, error } = this.#rows.get(key);
    setText(error, text ?? '');
    if (text) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }

  clear() {
    for (const key of this.#rows.keys()) this.fault(key, null);
  }

  focus(key) {
    const { control } = this.#rows.get(key);
    control.closest('details')?.setAttribute('open', '');
    (control.matches('[role="radiogroup"]') ? control.querySelector('input:checked') ?? control.querySelector('input') : control).focus();
  }

  #row(key, label, control, hintText, after = null) {
    const id = `${PREFIX}${key}`;
    const hint = h('p', { class: 'form-hint muted', id: `${id}-hint`, hidden: !hintText, text: hintText ?? '' });
    const error = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
    const grouped = control.getAttribute('role') === 'radiogroup';
    if (!grouped) control.id = id;
    control.setAttribute('aria-describedby', `${hint.id} ${error.id}`);
    const name = grouped ? h('span', { class: 'form-label', id: `${id}-label`, text: label }) : h('label', { class: 'form-label', for: id, text: label });
    const row = h('div', { class: 'form-row', 'data-field': key }, name, after ? h('div', { class: 'form-beside' }, control, ...[after].flat()) : control, hint, error);
    this.#rows.set(key, { row, control, hint, error });
    return row;
  }
}
