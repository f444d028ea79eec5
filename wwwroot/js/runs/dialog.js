// A question before something that cannot be taken lightly.

import { h } from '../dom.js';
import { t } from '../text.js';

/**
 * Asks and answers true or false. `body`: elements or texts; `action`: what the button says; `typed`: a text that must be typed first.
 */
export function confirmDialog({ title, body, action, danger = false, typed = null }) {
  return new Promise((resolve) => {
    const go = h('button', { type: 'submit', class: `button ${danger ? 'danger' : 'primary'}`, text: action });
    const box = typed === null ? null : h('input', { type: 'text', class: 'text-input', autocomplete: 'off', 'aria-label': t('runs.confirm.type', { text: typed }) });
    const form = h('form', { method: 'dialog' },
      h('h2', { text: title, id: 'confirm-title' }), ...body.map((part) => (typeof part === 'string' ? h('p', { text: part }) : part)),
      box ? h('label', { class: 'typed' }, h('span', { text: t('runs.confirm.type', { text: typed }) }), box) : null,
      h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() }), go));
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'confirm-title' }, form);
    let done = false;
    if (box) {
      go.disabled = true;
      box.addEventListener('input', () => { go.disabled = box.value.trim() !== typed; });
    }
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (go.disabled) return;
      done = true;
      dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(done);
    });
    document.body.append(dialog);
    dialog.showModal();
    (box ?? form.querySelector('.dialog-actions .button')).focus();
  });
}

/** Asks for one text; answers it, or null. `list`: texts to offer. */
export function textDialog({ title, note, label, action, value = '', list = [], allowEmpty = false }) {
  return new Promise((resolve) => {
    const box = h('input', { type: 'text', class: 'text-input', value, autocomplete: 'off', 'aria-label': label, list: 'dialog-choices' });
    const form = h('form', { method: 'dialog' }, h('h2', { text: title, id: 'text-title' }), note ? h('p', { text: note }) : null,
      h('label', { class: 'typed' }, h('span', { text: label }), box), h('datalist', { id: 'dialog-choices' }, ...list.map((choice) => h('option', { value: choice }))),
      h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() }), h('button', { type: 'submit', class: 'button primary', text: action })));
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'text-title' }, form);
    let answer = null;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!box.value.trim() && !allowEmpty) return;
      answer = box.value.trim();
      dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    box.focus();
  });
}
