// What one run has of one series, at the step that the row's slider chooses.

import { h, icon, nameText, setText } from '../dom.js';
import { embedded } from '../embedded.js';
import { formatStep, formatTime } from '../format.js';
import { t } from '../text.js';
import { formatBytes } from './bytes.js';
import { entryAt } from './naming.js';
import { TextViewer } from './textviewer.js';
import { addressOf, FigureViewer, ImageViewer, PlayerViewer, TableViewer } from './viewers.js';

const VIEWERS = {
  image: (hooks) => new ImageViewer(hooks),
  video: (hooks) => new PlayerViewer('video', hooks),
  audio: (hooks) => new PlayerViewer('audio', hooks),
  table: () => new TableViewer(),
  figure: (hooks) => new FigureViewer(hooks),
  text: () => new TextViewer(),
};

export class MediaPanel {
  #row;
  #viewer = null;
  #entries = [];
  active = false;
  pinned = false;
  entry = null;

  /** @param row { tag, kind, position(), open(panel) } @param context { view() } */
  constructor(run, row, context) {
    this.run = run;
    this.#row = row;
    this.context = context;
    this.swatch = h('span', { class: 'swatch' });
    this.title = h('h4', { class: 'panel-title ellipsis' });
    this.place = h('p', { class: 'panel-note' });
    this.body = h('div', { class: 'media-body' });
    this.download = h('a', { class: 'button quiet icon-only', 'aria-label': t('media.download'), title: t('media.download') }, icon('download'));
    this.expand = h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t('media.enlarge'), title: t('media.enlarge'), onclick: () => this.#row.open(this) }, icon('expand'));
    this.expand.hidden = embedded;
    this.raw = h('button', { type: 'button', class: 'button quiet small', 'aria-pressed': 'false', text: t('media.raw'), onclick: () => this.#toggleRaw() });
    const tools = h('div', { class: 'panel-tools' }, row.kind === 'text' ? this.raw : null, row.kind === 'text' ? null : this.download, row.kind === 'audio' ? null : this.expand);
    this.element = h('article', { class: `card panel media-panel media-${row.kind}`, data: { tag: row.tag, run: run.id } }, h('div', { class: 'panel-head' }, this.title, tools), this.place, this.body);
    this.element.panel = this;
    this.runChanged(run);
  }

  runChanged(run) {
    this.run = run;
    this.swatch.style.setProperty('--run-color', `var(--run-${run.color})`);
    this.title.replaceChildren(this.swatch, nameText(this.#row.tag, 'ellipsis panel-tag'), nameText(run.name));
    this.element.setAttribute('aria-label', `${this.#row.tag}, ${run.name}`);
  }

  /** The entries of this run, by position. */
  set entries(entries) {
    this.#entries = entries;
    this.draw();
  }

  get entries() {
    return this.#entries;
  }

  /** What a picture shows, for the enlarged view; null before it is there. */
  get image() {
    return this.#viewer?.image ?? null;
  }

  activate() {
    if (this.active) return;
    this.active = true;
    this.#viewer = VIEWERS[this.#row.kind]({ onOpen: () => this.#row.open(this) });
    this.#viewer.setRaw?.(this.raw.getAttribute('aria-pressed') === 'true');
    this.body.replaceChildren(this.#viewer.element);
    this.draw();
  }

  deactivate() {
    if (!this.active) return;
    this.active = false;
    // What is out of sight keeps its height, or the page would jump under the reader.
    this.body.style.minHeight = `${this.body.offsetHeight}px`;
    this.#viewer.dispose();
    this.#viewer = null;
    this.body.replaceChildren();
  }

  draw() {
    const entry = this.entry = entryAt(this.#entries, this.#row.position());
    setText(this.place, entry ? placeWords(entry, this.#row.position()) : t('media.none_yet'));
    this.element.classList.toggle('nothing', !entry);
    if (entry?.artifact) {
      this.download.href = addressOf(entry.artifact);
      this.download.setAttribute('download', entry.artifact.name.split('/').pop());
    } else this.download.removeAttribute('href');
    this.body.hidden = !entry;
    if (!this.#viewer || !entry) return;
    this.#viewer.setSize?.(this.context.view().size);
    this.#viewer.show(entry);
    this.body.style.minHeight = '';
  }

  /** As large as the window, or back. */
  setFullScreen(on) {
    this.element.classList.toggle('fullscreen', on);
    this.pinned = on;
    const label = t(on ? 'distributions.exit_fullscreen' : 'media.enlarge');
    this.expand.title = label;
    this.expand.setAttribute('aria-label', label);
    if (on && !embedded) this.expand.focus();
  }

  #toggleRaw() {
    const raw = this.raw.getAttribute('aria-pressed') !== 'true';
    this.raw.setAttribute('aria-pressed', String(raw));
    this.#viewer?.setRaw(raw);
  }
}

function placeWords(entry, position) {
  const said = [];
  const step = entry.artifact ? entry.artifact.step : entry.step;
  if (step !== null) said.push(t('media.at_step', { step: formatStep(step) }));
  said.push(formatTime(entry.artifact ? entry.artifact.created : entry.wallTime));
  if (entry.artifact) said.push(formatBytes(entry.artifact.size).replace(' ', '\u00a0'));
  // The newest before the chosen step is shown; that it is older is said.
  if (entry.stepped && position !== Infinity && entry.position !== position) said.push(t('media.older'));
  return said.join(' · ');
}
