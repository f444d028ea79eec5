// Choosing one of many names: a list with a search field, for the keyboard as well.

import { h, nameText } from '../dom.js';
import { t } from '../text.js';

// More than this nobody reads; the search narrows it.
const MAX_SHOWN = 200;
let made = 0;

/**
 * A search field over a list of options.
 * @param label names the list
 * @param options (text) → `[{ value, text, note }]` or a promise of it, asked whenever the list is shown or searched
 * @param choose(value)
 * @returns `{ element, show() }`
 */
export function createPicker(label, options, choose) {
  const id = `picker-${++made}`;
  let at = 0;
  let found = [];
  const input = h('input', { type: 'search', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': id, 'aria-autocomplete': 'list', 'aria-label': label, placeholder: t('picker.find'), autocomplete: 'off', spellcheck: 'false' });
  const list = h('ul', { id, class: 'picker-list', role: 'listbox', 'aria-label': label });
  const note = h('p', { class: 'picker-note muted', role: 'status' });
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    const item = list.children[at];
    if (item) input.setAttribute('aria-activedescendant', item.id);
    else input.removeAttribute('aria-activedescendant');
    item?.scrollIntoView({ block: 'nearest' });
  };
  let asked = 0;
  const fill = async () => {
    const mine = ++asked;
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let all = options(input.value);
    if (all instanceof Promise) {
      list.setAttribute('aria-busy', 'true');
      try {
        all = await all;
      } catch (error) {
        note.textContent = error.message;
        return;
      } finally {
        list.removeAttribute('aria-busy');
      }
      // Another letter was typed meanwhile.
      if (mine !== asked) return;
    }
    found = all.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
    at = 0;
    list.replaceChildren(...found.slice(0, MAX_SHOWN).map((option, i) => h('li', { id: `${id}-${i}`, role: 'option', onclick: () => choose(option.value) }, nameText(option.text), option.note && h('span', { class: 'muted', text: option.note }))));
    note.textContent = found.length === 0 ? t(all.length ? 'picker.none' : 'picker.empty') : found.length > MAX_SHOWN ? t('picker.more', { count: (found.length - MAX_SHOWN).toLocaleString('en') }) : '';
    mark();
  };
  input.addEventListener('input', fill);
  input.addEventListener('keydown', (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const last = Math.min(found.length, MAX_SHOWN) - 1;
    if (move && last >= 0) {
      at = Math.min(last, Math.max(0, at + move));
      mark();
    } else if (event.key === 'Enter') {
      if (found[at] && !list.hasAttribute('aria-busy')) choose(found[at].value);
    } else return;
    event.preventDefault();
  });
  return {
    element: h('div', { class: 'picker' }, h('div', { class: 'search' }, input), list, note),
    show: () => {
      // Where it is being typed into already, the list has come up later than the first letters.
      if (document.activeElement !== input) input.value = '';
      fill();
      input.focus();
    },
  };
}

/** A modal dialog of one purpose: removed when it closes. `build(close)` makes its content. Answers its element. */
export function openDialog(title, build) {
  const dialog = h('dialog', { class: 'dialog', 'aria-label': title });
  const close = () => dialog.close();
  dialog.append(h('div', { class: 'dialog-head' }, h('h2', { text: title }), h('button', { type: 'button', class: 'button quiet small', text: t('dialog.close'), onclick: close })), build(close));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  // Keys within are not the page's.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
