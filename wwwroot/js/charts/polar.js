// A polar histogram of angles from 0° to 180°, as half a disc, with the outline of what chance alone would give.
//
// new Polar(element, label) · .update({ shares, expected, mean, color, labels: { same, across, opposite } }) · .toImage(format, title)
// Shares go with the area of a wedge, so that twice as many look twice as many.

import { Drawing } from './drawing.js';
import { parseColor, withAlpha } from './paint.js';

const FOOT = 22;
const SIDE = 40;
const RINGS = 2;

export class Polar {
  #drawing;
  #state = { shares: [], expected: null, mean: NaN, color: 0, labels: {} };

  constructor(element, label) {
    this.#drawing = new Drawing(element, label, (context, surface) => this.#paint(context, surface));
    element.lossboardPolar = this;
  }

  update(state) {
    this.#state = state;
    this.#drawing.draw();
  }

  get state() {
    return this.#state;
  }

  toImage = (format, title) => this.#drawing.toImage(format, title);

  dispose() {
    this.#drawing.dispose();
  }

  #paint(context, surface) {
    const { shares, expected, mean, color, labels } = this.#state;
    const { width, height, top } = surface;
    const radius = Math.max(20, Math.min(width / 2 - SIDE, height - FOOT - 22));
    const center = [width / 2, top + height - FOOT];
    const bins = shares.length;
    const most = Math.max(1e-9, ...shares, ...(expected ?? []));
    const reach = (share) => radius * Math.sqrt(share / most);
    const at = (angle, r) => [center[0] + r * Math.cos(angle), center[1] - r * Math.sin(angle)];
    this.#paintGrid(context, surface, center, radius, at, most);
    const fill = withAlpha(parseColor(surface.color(`--run-${color}`)), 0.6);
    for (let i = 0; i < bins; i++) {
      if (!(shares[i] > 0)) continue;
      wedge(context, at, (i * Math.PI) / bins, ((i + 1) * Math.PI) / bins, reach(shares[i]));
      context.fillStyle = fill;
      context.fill();
      context.strokeStyle = surface.color(`--run-${color}`);
      context.lineWidth = 1;
      context.stroke();
    }
    if (expected) {
      context.strokeStyle = surface.color('--text');
      context.lineWidth = 1.4;
      context.setLineDash([4, 3]);
      for (let i = 0; i < bins; i++) {
        // A wedge too small to see would only thicken the centre.
        if (reach(expected[i]) < 3) continue;
        wedge(context, at, (i * Math.PI) / bins, ((i + 1) * Math.PI) / bins, reach(expected[i]));
        context.stroke();
      }
      context.setLineDash([]);
    }
    if (Number.isFinite(mean)) {
      const angle = Math.acos(Math.max(-1, Math.min(1, mean)));
      context.strokeStyle = surface.color('--accent');
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(...center);
      context.lineTo(...at(angle, radius + 6));
      context.stroke();
    }
    context.font = surface.font(11);
    context.fillStyle = surface.color('--text-2');
    context.textBaseline = 'middle';
    for (const [text, angle, align] of [[labels.same, 0, 'right'], [labels.opposite, Math.PI, 'left']]) {
      context.textAlign = align;
      context.fillText(text ?? '', center[0] + Math.cos(angle) * (radius + SIDE - 2), center[1] + 13);
    }
    context.textAlign = 'center';
    context.fillText(labels.across ?? '', center[0], center[1] + 13);
  }

  #paintGrid(context, surface, center, radius, at, most) {
    context.strokeStyle = surface.color('--grid');
    context.lineWidth = 1;
    context.fillStyle = surface.color('--axis');
    context.font = surface.font(10.5);
    context.textBaseline = 'middle';
    for (let ring = 1; ring <= RINGS; ring++) {
      const r = radius * Math.sqrt(ring / RINGS);
      arc(context, at, 0, Math.PI, r);
      context.stroke();
      const share = (most * ring * 100) / RINGS;
      context.textAlign = 'center';
      const [x, y] = at(Math.PI / 12, r);
      context.fillText(`${share >= 10 ? Math.round(share) : share.toFixed(1)} %`, x, y);
    }
    for (let degrees = 0; degrees <= 180; degrees += 30) {
      const angle = (degrees * Math.PI) / 180;
      context.beginPath();
      context.moveTo(...center);
      context.lineTo(...at(angle, radius));
      context.stroke();
      const [x, y] = at(angle, radius + 14);
      context.textAlign = 'center';
      context.fillText(`${degrees}°`, x, y);
    }
  }
}

// Straight pieces short enough to look round, on a canvas and as SVG.
const PIECE = Math.PI / 90;

function arc(context, at, from, to, r) {
  context.beginPath();
  context.moveTo(...at(from, r));
  for (let angle = from + PIECE; angle < to; angle += PIECE) context.lineTo(...at(angle, r));
  context.lineTo(...at(to, r));
}

function wedge(context, at, from, to, r) {
  context.beginPath();
  context.moveTo(...at(from, 0));
  context.lineTo(...at(from, r));
  for (let angle = from + PIECE; angle < to; angle += PIECE) context.lineTo(...at(angle, r));
  context.lineTo(...at(to, r));
  context.closePath();
}
