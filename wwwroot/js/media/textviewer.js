// A logged text as Markdown, or as it was written.

import { h } from '../dom.js';
import { renderMarkdown } from '../markdown/view.js';

export class TextViewer {
  #entry = null;
  element = h('div', { class: 'viewer viewer-text', tabindex: '0' });
  raw = false;

  show(entry) {
    if (entry === this.#entry) return;
    this.#entry = entry;
    this.#draw();
  }

  setRaw(raw) {
    if (raw === this.raw) return;
    this.raw = raw;
    this.#draw();
  }

  dispose() {
    this.#entry = null;
    this.element.replaceChildren();
  }

  #draw() {
    if (!this.#entry) return;
    const { text, runId } = this.#entry;
    this.element.replaceChildren(this.raw ? h('pre', { class: 'plain-text', dir: 'auto', text }) : renderMarkdown(text, { runId }));
  }
}
