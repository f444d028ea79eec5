// Thumbnails of samples out of one picture that holds them all, in rows from the top left.

import { h } from '../dom.js';

export class Thumbnails {
  #url = null;
  #sheet = null;
  #onLoaded;

  /** @param onLoaded called when the picture is there */
  constructor(onLoaded) {
    this.#onLoaded = onLoaded;
  }

  /** Whether there is a picture, loaded or on its way. */
  get some() {
    return this.#url !== null;
  }

  /** @param sprite `{ run_id, name, width, height }`, or null for none */
  show(sprite) {
    const url = sprite?.name ? `api/v1/runs/${encodeURIComponent(sprite.run_id)}/artifacts/${sprite.name.split('/').map(encodeURIComponent).join('/')}` : null;
    if (url === this.#url) return;
    this.#url = url;
    this.#sheet = null;
    if (!url) return;
    const image = new Image();
    image.addEventListener('load', () => {
      if (this.#url !== url) return;
      this.#sheet = { image, width: sprite.width, height: sprite.height, perRow: Math.max(1, Math.floor(image.naturalWidth / sprite.width)) };
      this.#onLoaded();
    });
    // Without the picture the page is what it is without thumbnails.
    image.addEventListener('error', () => {
      if (this.#url === url) this.#url = null;
      this.#onLoaded();
    });
    image.src = url;
  }

  /** A canvas with the thumbnail at a position, its longer side so many pixels; null where there is none. */
  of(position, side) {
    if (!this.#sheet) return null;
    const { image, width, height, perRow } = this.#sheet;
    const [left, top] = [(position % perRow) * width, Math.floor(position / perRow) * height];
    if (top + height > image.naturalHeight) return null;
    const scale = side / Math.max(width, height);
    const canvas = h('canvas', { class: 'thumbnail', 'aria-hidden': 'true', width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });
    const context = canvas.getContext('2d');
    // Small pictures are enlarged pixel by pixel: smoothed, they would show what is not there.
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
    return canvas;
  }
}
