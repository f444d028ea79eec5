// A few lines beside the pointer. One tip serves all drawings of our own.

import { h } from '../dom.js';

let tip = null;

/** Shows a head and `[label, value]` lines at a place of the window. `picture`: an element to stand beside them, or null. */
export function showLines(head, lines, clientX, clientY, picture = null) {
  if (!tip) {
    tip = h('div', { class: 'line-tip', 'aria-hidden': 'true' });
    document.body.append(tip);
  }
  tip.replaceChildren(h('div', { class: 'line-tip-head', text: head }), ...(picture ? [picture] : []), h('table', {}, h('tbody', {}, ...lines.map(([label, value]) => h('tr', {}, h('td', { text: label }), h('td', { text: value }))))));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = clientX + 16 + width > innerWidth ? Math.max(8, clientX - 16 - width) : clientX + 16;
  const top = Math.max(8, Math.min(clientY + 14, innerHeight - height - 8));
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

export function hideLines() {
  if (tip) tip.hidden = true;
}
