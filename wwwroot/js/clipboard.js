// Copying a text, with a way for browsers that forbid the clipboard to pages without a certificate.

import { h } from './dom.js';

/** True where the text is on the clipboard. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http on another host has no clipboard interface; a selected field still can be copied.
    const field = h('textarea', { class: 'visually-hidden' });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
