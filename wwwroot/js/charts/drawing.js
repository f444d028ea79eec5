// What our own canvas charts have in common: a canvas as sharp as the screen, redrawn when its size or the theme changes, and its pictures.

import { SvgContext } from './svgcontext.js';
import { isDark, onThemeChange } from './themewatch.js';

const FONT = 'Inter, ui-sans-serif, system-ui, sans-serif';
const TITLE = 34;
const EXPORT_SCALE = 2;

export class Drawing {
  #element;
  #paint;
  #asked = false;
  #unwatch;
  #observer;
  canvas = document.createElement('canvas');

  /** @param label what it shows, or null for a layer over another drawing
   *  @param paint (context, { width, height, top, dark, color(name) → css, font(size, weight) }) draws everything, on a canvas or as SVG. */
  constructor(element, label, paint) {
    this.#element = element;
    this.#paint = paint;
    this.canvas.className = 'drawing';
    if (label) {
      this.canvas.setAttribute('role', 'img');
      this.canvas.setAttribute('aria-label', label);
    } else {
      this.canvas.setAttribute('aria-hidden', 'true');
      this.canvas.classList.add('overlay');
    }
    element.append(this.canvas);
    this.#observer = new ResizeObserver(() => this.draw());
    this.#observer.observe(element);
    this.#unwatch = onThemeChange(() => this.draw());
  }

  get width() {
    return this.#element.clientWidth;
  }

  get height() {
    return this.#element.clientHeight;
  }

  /** Draws before the next frame, once however often it is asked. */
  draw() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#now();
    });
  }

  /** A picture with its title above. */
  async toImage(format, title) {
    const { width, height } = this;
    const surface = this.#surface(width, height);
    if (format === 'svg') {
      const context = new SvgContext(width, height + TITLE);
      this.#titled(context, surface, title, { ...surface, top: TITLE });
      return new Blob([context.toString()], { type: 'image/svg+xml' });
    }
    const canvas = document.createElement('canvas');
    canvas.width = width * EXPORT_SCALE;
    canvas.height = (height + TITLE) * EXPORT_SCALE;
    const context = canvas.getContext('2d');
    context.scale(EXPORT_SCALE, EXPORT_SCALE);
    this.#titled(context, surface, title, { ...surface, top: TITLE });
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  }

  dispose() {
    this.#unwatch();
    this.#observer.disconnect();
    this.canvas.remove();
  }

  #titled(context, surface, title, moved) {
    context.fillStyle = surface.color('--surface');
    context.fillRect(0, 0, surface.width, surface.height + TITLE);
    context.fillStyle = surface.color('--text');
    context.font = surface.font(15, 600);
    context.textBaseline = 'middle';
    context.fillText(title, 12, TITLE / 2);
    this.#paint(context, moved);
  }

  #now() {
    const { width, height } = this;
    if (width === 0 || height === 0) return;
    const ratio = devicePixelRatio || 1;
    const { canvas } = this;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#paint(context, this.#surface(width, height));
  }

  #surface(width, height) {
    const style = getComputedStyle(document.documentElement);
    return { width, height, top: 0, dark: isDark(), color: (name) => style.getPropertyValue(name).trim(), font: (size, weight = 400) => `${weight} ${size}px ${FONT}` };
  }
}

/** A text cut to a width, with an ellipsis. */
export function cut(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  const letters = [...text];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${letters.slice(0, middle).join('')}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}
