// The part of a canvas's drawing that our own charts use, written down as SVG: one drawing serves the screen and the picture for a paper.

const escape = (text) => String(text).replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]);
const short = (value) => Number(value.toFixed(2));

export class SvgContext {
  #parts = [];
  #path = '';
  #dash = [];
  strokeStyle = '#000';
  fillStyle = '#000';
  lineWidth = 1;
  globalAlpha = 1;
  font = '12px sans-serif';
  textAlign = 'start';
  textBaseline = 'alphabetic';

  constructor(width, height) {
    this.width = width;
    this.height = height;
  }

  beginPath() {
    this.#path = '';
  }

  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.#path += `L${short(x)} ${short(y)}`;
  }

  closePath() {
    this.#path += 'Z';
  }

  setLineDash(dash) {
    this.#dash = dash;
  }

  arc(x, y, radius) {
    const [left, right] = [short(x - radius), short(x + radius)];
    this.#path += `M${left} ${short(y)}A${radius} ${radius} 0 1 0 ${right} ${short(y)}A${radius} ${radius} 0 1 0 ${left} ${short(y)}`;
  }

  stroke() {
    this.#parts.push(`<path d="${this.#path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"${this.#dash.length ? ` stroke-dasharray="${this.#dash.join(' ')}"` : ''}${this.#alpha()}/>`);
  }

  fill() {
    this.#parts.push(`<path d="${this.#path}" fill="${this.fillStyle}"${this.#alpha()}/>`);
  }

  fillRect(x, y, width, height) {
    this.#parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${this.fillStyle}"${this.#alpha()}/>`);
  }

  strokeRect(x, y, width, height) {
    this.#parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}"${this.#alpha()}/>`);
  }

  /** The rim around a text that is then written over it. */
  strokeText(text, x, y) {
    this.#write(text, x, y, `fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`);
  }

  fillText(text, x, y) {
    this.#write(text, x, y, `fill="${this.fillStyle}"`);
  }

  /** Elements that were made elsewhere. */
  raw(elements) {
    this.#parts.push(elements);
  }

  #write(text, x, y, look) {
    const anchor = { center: 'middle', right: 'end', end: 'end' }[this.textAlign] ?? 'start';
    const baseline = { middle: 'central', top: 'hanging' }[this.textBaseline] ?? 'alphabetic';
    this.#parts.push(`<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" dominant-baseline="${baseline}" style="font:${escape(this.font)}" ${look}>${escape(text)}</text>`);
  }

  /** Width of a text: SVG has no font to ask, so as wide as a usual sans-serif would be, rather more than less. */
  measureText(text) {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 11);
    return { width: String(text).length * size * (/^[5-9]\d\d /.test(this.font) ? 0.64 : 0.55) };
  }

  toString() {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}">${this.#parts.join('')}</svg>`;
  }

  #alpha() {
    return this.globalAlpha === 1 ? '' : ` opacity="${this.globalAlpha}"`;
  }
}
