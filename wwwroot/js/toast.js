import { byId, h } from './dom.js';

const SHOWN_MS = 4200;
const WITH_ACTION_MS = 9000;

/** Says something in passing. `action`: `{ label, run }` for one button. Answers a function that takes it away. */
export function toast(message, action) {
  const note = h('div', { class: 'toast' }, h('span', { text: message }));
  const close = () => note.remove();
  if (action) {
    note.append(h('button', { type: 'button', class: 'button', text: action.label, onclick: () => { close(); action.run(); } }));
  }
  byId('toasts').append(note);
  setTimeout(close, action ? WITH_ACTION_MS : SHOWN_MS);
  return close;
}
