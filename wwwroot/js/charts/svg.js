// Vector pictures: what is drawn on a canvas, recorded as paths, in a document of its own. Pure text: no elements.

const two = (value) => String(Math.round(value * 100) / 100);

/** Text as it may stand in an SVG document: markup is text, and what XML forbids (control characters, halves of pairs) is replaced. */
export function escapeXml(text) {
  const whole = text.toWellFormed?.() ?? text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
  return whole.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export function svgText(text, { x, y, size = 11, fill, anchor = 'start', weight = 400 }) {
  const lines = text.split('\n').map((line, i) => `<tspan x="${two(x)}" dy="${i === 0 ? 0 : two(size * 1.2)}">${escapeXml(line)}</tspan>`).join('');
  return `<text x="${two(x)}" y="${two(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${weight === 400 ? '' : ` font-weight="${weight}"`}>${lines}</text>`;
}

export const svgLine = (x1, y1, x2, y2, stroke, width = 1, dash = []) =>
  `<path d="M${two(x1)} ${two(y1)}L${two(x2)} ${two(y2)}" fill="none" stroke="${stroke}" stroke-width="${two(width)}"${dash.length ? ` stroke-dasharray="${dash.join(' ')}"` : ''}/>`;

export const svgRect = (x, y, width, height, fill) => `<rect x="${two(x)}" y="${two(y)}" width="${two(width)}" height="${two(height)}" fill="${fill}"/>`;

/** A whole document. `body`: its elements as text; `clip`: the area that curves stay within. */
export function svgDocument(width, height, body, clip) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${two(width)}" height="${two(height)}" viewBox="0 0 ${two(width)} ${two(height)}" font-family="Inter, Helvetica, Arial, sans-serif">\n<clipPath id="plot"><rect x="${two(clip.left)}" y="${two(clip.top)}" width="${two(clip.width)}" height="${two(clip.height)}"/></clipPath>\n${body}\n</svg>\n`;
}

/** The part of a canvas context that draw.js uses, written down instead of filled. `elements` are the result. */
export class SvgContext {
  elements = [];
  strokeStyle = '#000';
  fillStyle = '#000';
  lineWidth = 1;
  lineJoin = 'round';
  globalAlpha = 1;
  #path = [];
  #dash = [];
  #clipped = false;
  #stack = [];

  save() {
    this.#stack.push([this.strokeStyle, this.fillStyle, this.lineWidth, this.lineJoin, this.globalAlpha, this.#dash, this.#clipped]);
  }

  restore() {
    [this.strokeStyle, this.fillStyle, this.lineWidth, this.lineJoin, this.globalAlpha, this.#dash, this.#clipped] = this.#stack.pop();
  }

  beginPath() {
    this.#path = [];
  }

  moveTo(x, y) {
    this.#path.push(`M${two(x)} ${two(y)}`);
  }

  lineTo(x, y) {
    this.#path.push(`L${two(x)} ${two(y)}`);
  }

  /** Whole circles only: the points that stand alone. */
  arc(x, y, radius) {
    this.#path.push(`M${two(x - radius)} ${two(y)}a${two(radius)} ${two(radius)} 0 1 0 ${two(2 * radius)} 0a${two(radius)} ${two(radius)} 0 1 0 ${two(-2 * radius)} 0`);
  }

  rect() {
    this.#path = [];
  }

  closePath() {
    this.#path.push('Z');
  }

  /** Curves are clipped to the plot, whose rectangle the document knows. */
  clip() {
    this.#clipped = true;
  }

  setLineDash(dash) {
    this.#dash = dash;
  }

  stroke() {
    const dash = this.#dash.length ? ` stroke-dasharray="${this.#dash.join(' ')}"` : '';
    this.#write(`fill="none" stroke="${this.strokeStyle}" stroke-width="${two(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dash}`);
  }

  fill() {
    this.#write(`fill="${this.fillStyle}"`);
  }

  #write(attributes) {
    if (this.#path.length < 1) return;
    const alpha = this.globalAlpha < 1 ? ` opacity="${two(this.globalAlpha)}"` : '';
    this.elements.push(`<path d="${this.#path.join('')}" ${attributes}${alpha}${this.#clipped ? ' clip-path="url(#plot)"' : ''}/>`);
  }
}
