// The dialog that makes a key and shows it, once.

import { json } from '../api.js';
import { copyText } from '../clipboard.js';
import { byId, h, icon } from '../dom.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { keyLines } from './keylines.js';

const ROLES = ['write', 'read', 'worker'];
const DAYS = [7, 30, 90, 365];
const DAY_SECONDS = 86400;

/** `project`: the one to begin with; `everywhere`: whether keys for every project may be made; `onMade()` hears of a new key. */
export function openNewKey({ project, everywhere, onMade }) {
  const name = h('input', { type: 'text', id: 'key-name', class: 'input', required: true, maxlength: 200, autocomplete: 'off', placeholder: t('keys.form.name_hint') });
  const where = h('input', { type: 'text', id: 'key-project', class: 'input', list: 'key-projects', maxlength: 500, autocomplete: 'off', dir: 'auto' });
  const known = h('datalist', { id: 'key-projects' });
  const every = h('input', { type: 'checkbox', id: 'key-every' });
  const expires = h('select', { id: 'key-expires', class: 'input' }, h('option', { value: '', text: t('keys.form.never') }),
    ...DAYS.map((days) => h('option', { value: days, text: tCount('keys.form.days', days), selected: days === 90 })));
  const roles = h('fieldset', { class: 'key-roles' }, h('legend', { text: t('keys.form.role') }),
    ...ROLES.map((role) => h('label', { class: 'key-role' }, h('input', { type: 'radio', name: 'key-role', value: role, checked: role === 'write' }),
      h('span', {}, h('strong', { text: t(`keys.role.${role}`) }), h('span', { class: 'muted', text: t(`keys.role.${role}.about`) })))));
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const make = h('button', { type: 'submit', class: 'button primary', text: t('keys.form.make') });
  const form = h('form', { class: 'key-form', novalidate: true },
    h('h2', { id: 'key-title', text: t('keys.new') }),
    field(t('keys.form.name'), name),
    field(t('keys.form.project'), where, h('span', { class: 'muted', text: t('keys.form.project_hint') })), known,
    everywhere ? h('label', { class: 'check' }, every, h('span', { text: t('keys.every_project') })) : null,
    roles, field(t('keys.form.expires'), expires), problem,
    h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() }), make));
  const dialog = h('dialog', { class: 'dialog key-dialog', 'aria-labelledby': 'key-title' }, form);

  where.value = project ?? '';
  every.addEventListener('change', () => { where.disabled = every.checked; });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const role = roles.querySelector(':checked').value;
    const body = {
      name: name.value.trim(),
      project: every.checked ? null : where.value,
      role,
      expires: expires.value ? Math.round(Date.now() / 1000) + Number(expires.value) * DAY_SECONDS : null,
    };
    make.disabled = true;
    try {
      const made = await json('api/v1/keys', { method: 'POST', body });
      showOnce(dialog, { ...body, key: made.key });
      onMade();
    } catch (error) {
      problem.textContent = error.errors?.length ? error.errors.map(({ message }) => message).join(' ') : error.message;
      problem.hidden = false;
      make.disabled = false;
    }
  });
  // A key that is not copied yet is not lost by a slip of the hand.
  dialog.addEventListener('cancel', (event) => {
    if (dialog.dataset.once) event.preventDefault();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  name.focus();
  suggest(known);
}

async function suggest(known) {
  try {
    const { items } = await json('api/v1/projects');
    known.append(...items.map((item) => h('option', { value: item.name })));
  } catch {
    // Suggestions are a help; the field takes any name.
  }
}

const field = (label, input, hint) => h('label', { class: 'key-field' }, h('span', { class: 'key-label', text: label }), input, hint);

function showOnce(dialog, { key, role, project }) {
  const server = new URL('.', document.baseURI).href.replace(/\/$/, '');
  const lines = keyLines({ key, role, project, server });
  const text = h('input', { type: 'text', id: 'key-once', class: 'input key-once', readonly: true, value: key, 'aria-label': t('keys.once.key'), spellcheck: 'false', autocomplete: 'off', onfocus: () => text.select() });
  const code = h('code', { text: lines[0].code });
  const tabs = h('fieldset', { class: 'segments' }, h('legend', { class: 'visually-hidden', text: t('keys.once.use') }),
    ...lines.map((one, at) => h('label', {}, h('input', { type: 'radio', name: 'key-lines', value: one.id, checked: at === 0, onchange: () => { code.textContent = one.code; } }), h('span', { text: one.name ?? t('keys.once.worker') }))));
  dialog.dataset.once = 'true';
  dialog.replaceChildren(
    h('h2', { id: 'key-title', text: t('keys.once.title') }),
    h('p', { class: 'muted', text: t('keys.once.text') }),
    h('div', { class: 'key-once-line' }, text, h('button', { type: 'button', class: 'button primary', id: 'key-copy', onclick: () => copy(key) }, icon('copy'), t('keys.once.copy'))),
    h('h3', { text: t('keys.once.use') }), tabs,
    h('pre', { class: 'key-lines', tabindex: '0' }, code),
    h('div', { class: 'dialog-actions' },
      h('button', { type: 'button', class: 'button', onclick: () => copy(code.textContent) }, icon('copy'), t('keys.once.copy_lines')),
      h('button', { type: 'button', class: 'button', id: 'key-done', text: t('keys.once.done'), onclick: () => dialog.close() })));
  byId('key-copy').focus();
}

async function copy(text) {
  toast(await copyText(text) ? t('keys.once.copied') : t('keys.once.not_copied'));
}
