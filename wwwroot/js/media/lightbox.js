// A picture as large as the window. Left and right go through the steps, up and down through the runs, Escape closes.

import { send } from '../api.js';
import { h, icon, nameText, setText } from '../dom.js';
import { t } from '../text.js';
import { addressOf } from './viewers.js';

const MAX_ZOOM = 64;

export class Lightbox {
  #row = null;
  #panel = null;
  #zoom = 0;
  #address = null;
  #url = null;

  constructor() {
    this.image = h('img', { alt: '' });
    this.stage = h('div', { class: 'lightbox-stage', tabindex: '-1', autofocus: true }, this.image);
    this.name = h('h2', { class: 'lightbox-name ellipsis' });
    this.place = h('p', { class: 'muted', role: 'status' });
    const tool = (name, label, action) => h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': label, title: label, onclick: action }, icon(name));
    this.download = h('a', { class: 'button quiet icon-only', 'aria-label': t('media.download'), title: t('media.download') }, icon('download'));
    this.previous = h('button', { type: 'button', class: 'lightbox-turn previous', 'aria-label': t('media.previous_step'), title: t('media.previous_step'), onclick: () => this.#turn(-1) }, icon('chevron'));
    this.next = h('button', { type: 'button', class: 'lightbox-turn next', 'aria-label': t('media.next_step'), title: t('media.next_step'), onclick: () => this.#turn(1) }, icon('chevron'));
    this.element = h('dialog', { class: 'lightbox', 'aria-label': t('media.enlarged'), 'aria-description': t('media.lightbox_keys') },
      h('div', { class: 'lightbox-head' }, h('div', { class: 'lightbox-words' }, this.name, this.place), tool('plus', t('media.zoom_in'), () => this.#magnify(1)), tool('reset', t('media.zoom_reset'), () => this.#magnify(0)), this.download, tool('close', t('common.close'), () => this.element.close())),
      this.stage, this.previous, this.next);
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', (event) => event.target === this.stage && this.element.close());
    this.element.addEventListener('close', () => {
      this.#row = this.#panel = this.#address = null;
      this.#forget();
      this.image.removeAttribute('src');
    });
    this.image.addEventListener('load', () => this.#scale());
    this.image.addEventListener('error', () => this.#address && setText(this.place, t('media.no_image')));
    document.body.append(this.element);
  }

  open(row, panel) {
    this.#row = row;
    this.#panel = panel;
    this.#zoom = 0;
    if (!this.element.open) this.element.showModal();
    this.show();
  }

  /** Shows what the chosen panel shows now. */
  show() {
    const panel = this.#panel;
    if (!panel) return;
    const { entry } = panel;
    this.name.replaceChildren(nameText(`${this.#row.tag} · ${panel.run.name}`));
    setText(this.place, entry ? panel.place.textContent : t('media.none_yet'));
    const at = Number(this.#row.slider.value);
    this.previous.disabled = at === 0;
    this.next.disabled = at >= this.#row.positions.length - 1;
    if (!entry) {
      this.#address = null;
      this.image.removeAttribute('src');
      return;
    }
    const address = addressOf(entry.artifact);
    this.download.href = address;
    this.download.setAttribute('download', entry.artifact.name.split('/').pop());
    this.image.alt = `${this.#row.tag}, ${panel.run.name}`;
    if (this.#address === address) return;
    this.#address = address;
    if (entry.artifact.name.toLowerCase().endsWith('.svg')) this.#showSvg(address);
    else this.image.src = address;
  }

  /** The server sends an SVG to be saved; as an image of its bytes it is shown, and its scripts stay dead. */
  async #showSvg(address) {
    try {
      const content = await (await send(address, { accept: '*/*' })).arrayBuffer();
      if (this.#address !== address) return;
      this.#forget();
      this.#url = URL.createObjectURL(new Blob([content], { type: 'image/svg+xml' }));
      this.image.src = this.#url;
    } catch (error) {
      if (this.#address !== address) return;
      this.#address = null;
      setText(this.place, t('media.failed', { reason: error.message }));
    }
  }

  #forget() {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }

  #turn(by) {
    this.#row.move(by);
    this.show();
  }

  #otherRun(by) {
    const panels = this.#row.panels();
    const at = panels.indexOf(this.#panel);
    const next = panels[Math.max(0, Math.min(panels.length - 1, at + by))];
    if (next === this.#panel) return;
    this.#panel = next;
    // Its card may be out of sight and asleep; pictures are fetched by address, so it need not wake.
    this.show();
  }

  #magnify(way) {
    if (way === 0) this.#zoom = 0;
    else {
      const shown = this.image.clientWidth / (this.image.naturalWidth || 1);
      this.#zoom = Math.max(1 / MAX_ZOOM, Math.min(MAX_ZOOM, way > 0 ? 2 ** Math.floor(Math.log2(shown) + 1.001) : 2 ** Math.ceil(Math.log2(shown) - 1.001)));
    }
    this.#scale();
  }

  #scale() {
    const { image } = this;
    image.classList.toggle('fit', this.#zoom === 0);
    image.style.width = this.#zoom ? `${image.naturalWidth * this.#zoom}px` : '';
    image.style.height = this.#zoom ? `${image.naturalHeight * this.#zoom}px` : '';
    image.classList.toggle('pixelated', image.clientWidth > image.naturalWidth);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowRight': this.#turn(1); break;
      case 'ArrowLeft': this.#turn(-1); break;
      case 'ArrowDown': this.#otherRun(1); break;
      case 'ArrowUp': this.#otherRun(-1); break;
      case '+': case '=': this.#magnify(1); break;
      case '-': this.#magnify(-1); break;
      case '0': this.#magnify(0); break;
      default: return;
    }
    event.preventDefault();
  }
}
