// A question before what cannot be undone.

import { h } from '../dom.js';
import { t } from '../text.js';

/** True where the reader chose `action`; the dialog begins on the way back. */
export function confirmed({ title, text, action }) {
  return new Promise((resolve) => {
    const back = h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() });
    const go = h('button', { type: 'button', class: 'button primary', text: action, onclick: () => dialog.close('yes') });
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'confirm-title' },
      h('h2', { id: 'confirm-title', text: title }), h('p', { class: 'muted', text }), h('div', { class: 'dialog-actions' }, back, go));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
    back.focus();
  });
}
