// Why a picture cannot be drawn, in its place.

import { h } from '../dom.js';

/** Covers a plot with sentences; an empty list uncovers it. */
export function showReason(host, sentences) {
  let cover = host.querySelector(':scope > .plot-reason');
  if (!cover) {
    if (sentences.length === 0) return;
    cover = h('div', { class: 'plot-reason', role: 'note' });
    host.append(cover);
  }
  cover.hidden = sentences.length === 0;
  const text = sentences.join('\n');
  if (cover.dataset.text === text) return;
  cover.dataset.text = text;
  cover.replaceChildren(...sentences.map((sentence) => h('p', { text: sentence })));
}
