// What shows one artifact. A viewer: { element, show(entry), dispose() }; each says what it cannot show, and why.

import { send } from '../api.js';
import { createFigure } from '../charts/figure.js';
import { checkFigure, FigureError } from '../charts/figurecheck.js';
import { h } from '../dom.js';
import { t } from '../text.js';
import { extensionOf } from './naming.js';
import { artifactAddress } from '../markdown/addresses.js';
import { TableView } from './tableview.js';

// What is fetched whole into the page's memory.
const MAX_TEXT_BYTES = 32 << 20;

// Room for a title above a figure that has one.
const TITLE_PX = 46;

export const addressOf = (artifact) => artifactAddress(artifact.runId, artifact.name, artifact.id);

const message = (text, retry) => h('div', { class: 'viewer-message' }, h('span', { text }), retry ? h('button', { type: 'button', class: 'button small', text: t('error.retry'), onclick: retry }) : null);

/** A picture, or an animated one. `onOpen(address)` is called when it is chosen. */
export class ImageViewer {
  #onOpen;
  #size = 'fit';
  #address = null;
  element = h('div', { class: 'viewer viewer-image' });

  constructor({ onOpen }) {
    this.#onOpen = onOpen;
  }

  show({ artifact }) {
    const address = addressOf(artifact);
    if (address === this.#address) return;
    this.#address = address;
    this.#load(address, artifact);
  }

  setSize(size) {
    this.#size = size;
    this.#scale();
  }

  dispose() {
    this.#address = null;
    this.image = null;
    this.element.replaceChildren();
  }

  #load(address, artifact) {
    const image = h('img', { alt: `${artifact.tag}, ${artifact.step === null ? '' : artifact.step}`, decoding: 'async', draggable: 'false' });
    image.addEventListener('load', () => {
      if (this.#address !== address) return;
      this.image = image;
      this.element.replaceChildren(h('button', { type: 'button', class: 'image-button', 'aria-label': t('media.open_image', { name: artifact.tag }), onclick: () => this.#onOpen() }, image));
      this.#scale();
    });
    image.addEventListener('error', () => {
      if (this.#address !== address) return;
      this.image = null;
      this.element.replaceChildren(message(t('media.no_image'), () => this.#load(address, artifact)));
    });
    image.src = address;
  }

  #scale() {
    const { image } = this;
    if (!image) return;
    const fit = this.#size === 'fit';
    image.classList.toggle('fit', fit);
    image.style.width = fit ? '' : `${image.naturalWidth * Number(this.#size)}px`;
    image.style.height = fit ? '' : `${image.naturalHeight * Number(this.#size)}px`;
    // Small pictures are looked at pixel by pixel; blurring them would invent what is not there.
    image.classList.toggle('pixelated', image.clientWidth > image.naturalWidth);
  }
}

/** Sound or video; the server answers ranges, so that only what is played is sent. */
export class PlayerViewer {
  #kind;
  #address = null;
  #image = null;

  constructor(kind, hooks) {
    this.#kind = kind;
    this.#hooks = hooks;
    this.element = h('div', { class: `viewer viewer-${kind}` });
  }

  #hooks;

  show(entry) {
    const { artifact } = entry;
    const address = addressOf(artifact);
    if (address === this.#address) return;
    this.#address = address;
    // Animated pictures stand in for video that was pushed as an array.
    if (['png', 'apng', 'gif', 'webp'].includes(extensionOf(artifact.name))) {
      this.#image = new ImageViewer(this.#hooks);
      this.element.replaceChildren(this.#image.element);
      this.#image.show(entry);
      return;
    }
    this.#image = null;
    const player = h(this.#kind, { controls: true, preload: 'metadata', 'aria-label': artifact.tag });
    player.addEventListener('error', () => this.#address === address && this.element.replaceChildren(message(t('media.no_media'), () => { this.#address = null; this.show(entry); })));
    player.src = address;
    this.element.replaceChildren(player);
  }

  dispose() {
    this.#address = null;
    this.#image?.dispose();
    this.element.querySelector('audio, video')?.pause();
    this.element.replaceChildren();
  }
}

/** What is fetched and then shown: tables and figures. */
class FetchedViewer {
  #address = null;
  #abort = null;
  element = h('div', { class: 'viewer' });

  async show(entry) {
    const { artifact } = entry;
    const address = addressOf(artifact);
    if (address === this.#address) return;
    this.dispose();
    this.#address = address;
    if (artifact.size > MAX_TEXT_BYTES) {
      this.element.replaceChildren(message(t('media.too_large', { size: Math.round(MAX_TEXT_BYTES / 1048576) })));
      return;
    }
    const { signal } = this.#abort = new AbortController();
    this.element.classList.add('waiting');
    try {
      const response = await send(address, { accept: '*/*', signal });
      await this.present(response, artifact);
    } catch (error) {
      if (signal.aborted) return;
      const wrong = this.reason(error);
      this.element.replaceChildren(message(wrong ?? t('media.failed', { reason: error.message }), wrong ? null : () => { this.#address = null; this.show(entry); }));
    } finally {
      if (!signal.aborted) this.element.classList.remove('waiting');
    }
  }

  dispose() {
    this.#abort?.abort(new DOMException('not shown any more', 'AbortError'));
    this.#address = null;
    this.clear();
    this.element.replaceChildren();
  }

  reason() {
    return null;
  }
}

export class TableViewer extends FetchedViewer {
  #table = null;

  async present(response, artifact) {
    this.#table = new TableView(extensionOf(artifact.name), await response.text(), artifact.name);
    this.element.replaceChildren(this.#table.element);
    this.#table.start();
  }

  clear() {
    this.#table = null;
  }

  reason(error) {
    return error.reason ? t(`media.table_${error.reason}`) : null;
  }
}

export class FigureViewer extends FetchedViewer {
  #figure = null;
  #url = null;
  #hooks;

  constructor(hooks) {
    super();
    this.#hooks = hooks;
  }

  async present(response, artifact) {
    if (extensionOf(artifact.name) === 'svg') {
      // Within an image no script of the file runs and nothing else is loaded.
      this.#url = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'image/svg+xml' }));
      const image = h('img', { class: 'fit', alt: artifact.tag });
      image.addEventListener('error', () => this.element.replaceChildren(message(t('media.no_svg'))));
      image.src = this.#url;
      this.image = image;
      this.element.replaceChildren(h('button', { type: 'button', class: 'image-button', 'aria-label': t('media.open_image', { name: artifact.tag }), onclick: () => this.#hooks.onOpen() }, image));
      return;
    }
    let figure;
    try {
      figure = JSON.parse(await response.text());
    } catch {
      throw new FigureError('json');
    }
    const { traces, layout } = checkFigure(figure);
    const titled = Boolean(layout.title?.text ?? layout.title);
    layout.margin = { t: titled ? TITLE_PX : 16, r: 16, b: 40, l: 48, ...layout.margin };
    const place = h('div', { class: 'figure-place' });
    this.element.replaceChildren(place);
    this.#figure = createFigure(place, { label: artifact.tag, traces, layout });
  }

  clear() {
    this.image = null;
    this.#figure?.dispose();
    this.#figure = null;
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }

  reason(error) {
    return error instanceof FigureError ? t(`media.figure_${error.reason}`, { detail: error.detail }) : null;
  }
}
