// One series: a step slider, and the cards of the shown runs side by side.

import { h, nameText, setText } from '../dom.js';
import { formatStep, formatTime } from '../format.js';
import { t, tCount } from '../text.js';
import { MediaPanel } from './panel.js';

const PANELS = 24;

export class MediaRow {
  #context;
  #panels = new Map();
  #limit = PANELS;
  #awake = false;
  #positions = [];
  #stepped = true;

  /** @param context { view(), runs(), entries(kind, tag): Map run id → entries | null, chosen(tag), choose(tag, position), watch(panel), unwatch(panel), open(row, panel), wake(row) } */
  constructor(kind, tag, context) {
    this.kind = kind;
    this.tag = tag;
    this.#context = context;
    this.slider = h('input', { type: 'range', min: '0', max: '0', value: '0', disabled: true, 'aria-label': t('media.step_of', { name: tag }) });
    this.value = h('output', { class: 'step-value' });
    this.note = h('span', { class: 'muted row-note', role: 'status' });
    this.list = h('div', { class: `panels panels-${kind}` });
    this.more = h('button', { type: 'button', class: 'button small row-more', hidden: true, onclick: () => { this.#limit += PANELS; this.update(); } });
    this.element = h('section', { class: 'tag-row media-row', data: { tag } },
      h('div', { class: 'row-head' }, h('h3', { class: 'row-title' }, nameText(tag), this.note), h('div', { class: 'row-slider' }, this.slider, this.value)), this.list, this.more);
    this.slider.addEventListener('input', () => {
      const at = Number(this.slider.value);
      this.#context.choose(this, at === this.#positions.length - 1 ? null : this.#positions[at]);
    });
  }

  get pinned() {
    return false;
  }

  panels() {
    return [...this.#panels.values()];
  }

  get positions() {
    return this.#positions;
  }

  get stepped() {
    return this.#stepped;
  }

  /** The chosen position; infinite for the newest. */
  position() {
    return this.#context.chosen(this) ?? Infinity;
  }

  activate() {
    this.#context.wake(this);
    if (this.#awake) return;
    this.#awake = true;
    this.element.classList.add('awake');
    this.update();
  }

  deactivate() {
    for (const panel of this.#panels.values()) panel.deactivate();
  }

  /** Other runs, or other entries. */
  update() {
    if (!this.#awake) return;
    const found = this.#context.entries(this.kind, this.tag);
    if (!found) return;
    const all = this.#context.runs().filter((run) => found.has(run.id));
    const runs = all.slice(0, this.#limit);
    const wanted = new Set(runs.map((run) => run.id));
    for (const [id, panel] of this.#panels) {
      if (wanted.has(id)) continue;
      this.#context.unwatch(panel);
      panel.deactivate();
      panel.element.remove();
      this.#panels.delete(id);
    }
    const positions = new Set();
    for (const run of all) for (const entry of found.get(run.id)) positions.add(entry.position);
    this.#positions = [...positions].sort((a, b) => a - b);
    this.#stepped = [...found.values()].every((entries) => entries.every((entry) => entry.stepped));
    let place = this.list.firstElementChild;
    for (const run of runs) {
      let panel = this.#panels.get(run.id);
      const fresh = !panel;
      if (fresh) {
        panel = new MediaPanel(run, this, this.#context);
        this.#panels.set(run.id, panel);
      } else panel.runChanged(run);
      panel.entries = found.get(run.id);
      if (panel.element === place) place = place.nextElementSibling;
      else this.list.insertBefore(panel.element, place);
      if (fresh) this.#context.watch(panel);
    }
    this.more.hidden = all.length === runs.length;
    if (!this.more.hidden) setText(this.more, tCount('distributions.more_runs', all.length - runs.length));
    setText(this.note, this.#context.note(this) ?? '');
    this.draw();
  }

  draw() {
    const last = this.#positions.length - 1;
    const position = this.position();
    let at = last;
    while (at > 0 && this.#positions[at] > position) at--;
    this.slider.max = Math.max(0, last);
    this.slider.disabled = last < 1;
    this.slider.hidden = last < 1;
    if (Number(this.slider.value) !== at) this.slider.value = Math.max(0, at);
    const place = this.#positions[Math.max(0, at)];
    const text = last < 0 ? '' : this.#stepped ? t('media.at_step', { step: formatStep(place) }) : formatTime(place);
    setText(this.value, text);
    this.slider.setAttribute('aria-valuetext', text);
    for (const panel of this.#panels.values()) panel.draw();
  }

  /** Moves the slider by steps; for the enlarged view. */
  move(by) {
    const last = this.#positions.length - 1;
    const at = Math.max(0, Math.min(last, Number(this.slider.value) + by));
    this.#context.choose(this, at === last ? null : this.#positions[at]);
  }

  open(panel) {
    this.#context.open(this, panel);
  }
}
