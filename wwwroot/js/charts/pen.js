// One drawing, two papers: a canvas for the screen and PNG, an SVG document to put into a paper. Points are flat: [x0, y0, x1, y1, …].

const FONT = 'Inter, ui-sans-serif, system-ui, sans-serif';
const NAMESPACE = 'http://www.w3.org/2000/svg';
const BASELINES = { top: 'hanging', middle: 'central', bottom: 'text-after-edge' };
const ANCHORS = { left: 'start', center: 'middle', right: 'end' };

/** Draws on a canvas whose context is scaled to CSS pixels. */
export class CanvasPen {
  #ctx;

  constructor(ctx) {
    this.#ctx = ctx;
    ctx.lineJoin = 'round';
  }

  rect(x, y, width, height, fill) {
    this.#ctx.fillStyle = fill;
    this.#ctx.fillRect(x, y, width, height);
  }

  line(points, { stroke, width = 1, dash = null }) {
    const ctx = this.#ctx;
    this.#path(points);
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.setLineDash(dash ?? []);
    ctx.stroke();
  }

  area(points, fill) {
    this.#path(points);
    this.#ctx.closePath();
    this.#ctx.fillStyle = fill;
    this.#ctx.fill();
  }

  text(x, y, text, { fill, size = 11, align = 'left', baseline = 'middle', weight = 400 }) {
    const ctx = this.#ctx;
    ctx.font = `${weight} ${size}px ${FONT}`;
    ctx.textAlign = align;
    ctx.textBaseline = baseline;
    ctx.fillStyle = fill;
    ctx.fillText(text, x, y);
  }

  /** Draws only within the rectangle. */
  within(x, y, width, height, draw) {
    const ctx = this.#ctx;
    ctx.save();
    ctx.beginPath();
    ctx.rect(x, y, width, height);
    ctx.clip();
    draw();
    ctx.restore();
  }

  #path(points) {
    const ctx = this.#ctx;
    ctx.beginPath();
    ctx.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) ctx.lineTo(points[i], points[i + 1]);
  }
}

/** Draws an SVG document of the given size. */
export class SvgPen {
  #root;
  #place;
  #clips = 0;

  constructor(width, height) {
    this.#root = document.createElementNS(NAMESPACE, 'svg');
    this.#root.setAttribute('xmlns', NAMESPACE);
    this.#root.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#root.setAttribute('width', width);
    this.#root.setAttribute('height', height);
    this.#place = this.#root;
  }

  rect(x, y, width, height, fill) {
    this.#add('rect', { x: short(x), y: short(y), width: short(width), height: short(height), ...paint('fill', fill) });
  }

  line(points, { stroke, width = 1, dash = null }) {
    this.#add('polyline', { points: listed(points), fill: 'none', ...paint('stroke', stroke), 'stroke-width': width, 'stroke-linejoin': 'round', 'stroke-dasharray': dash?.join(' ') });
  }

  area(points, fill) {
    this.#add('polygon', { points: listed(points), ...paint('fill', fill) });
  }

  text(x, y, text, { fill, size = 11, align = 'left', baseline = 'middle', weight = 400 }) {
    const element = this.#add('text', { x: short(x), y: short(y), ...paint('fill', fill), 'font-family': FONT, 'font-size': size, 'font-weight': weight, 'text-anchor': ANCHORS[align], 'dominant-baseline': BASELINES[baseline] });
    element.textContent = text;
  }

  within(x, y, width, height, draw) {
    const id = `clip-${++this.#clips}`;
    const clip = this.#add('clipPath', { id });
    const before = this.#place;
    this.#place = clip;
    this.#add('rect', { x: short(x), y: short(y), width: short(width), height: short(height) });
    this.#place = before;
    this.#place = this.#add('g', { 'clip-path': `url(#${id})` });
    draw();
    this.#place = before;
  }

  toBlob() {
    return new Blob([new XMLSerializer().serializeToString(this.#root)], { type: 'image/svg+xml' });
  }

  #add(name, attributes) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) element.setAttribute(key, value);
    this.#place.append(element);
    return element;
  }
}

const short = (value) => Math.round(value * 100) / 100;

function listed(points) {
  let text = '';
  for (let i = 0; i < points.length; i += 2) text += `${short(points[i])},${short(points[i + 1])} `;
  return text.trimEnd();
}

/** A colour as SVG 1.1 has it: the alpha apart. */
function paint(name, color) {
  const match = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(color);
  return match ? { [name]: `rgb(${match[1]}, ${match[2]}, ${match[3]})`, [`${name}-opacity`]: match[4] } : { [name]: color };
}
