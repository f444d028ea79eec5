// A loss over steps as a line as small as a word.

import { t } from '../text.js';
import { formatNumber } from '../format.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 120;
const HEIGHT = 28;
const EDGE = 2;

/** Pieces of the line, as lists of places; where a loss is missing or no number it is broken. */
export function sparkPieces(losses, width = WIDTH, height = HEIGHT) {
  const finite = losses.filter((loss) => loss !== null && Number.isFinite(loss));
  if (finite.length === 0) return [];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const x = (at) => EDGE + (losses.length < 2 ? (width - 2 * EDGE) / 2 : (at / (losses.length - 1)) * (width - 2 * EDGE));
  const y = (loss) => (high === low ? height / 2 : EDGE + (1 - (loss - low) / (high - low)) * (height - 2 * EDGE));
  const pieces = [];
  let piece = null;
  losses.forEach((loss, at) => {
    if (loss === null || !Number.isFinite(loss)) {
      piece = null;
      return;
    }
    if (!piece) pieces.push(piece = []);
    piece.push([x(at), y(loss)]);
  });
  return pieces;
}

export function sparkline(losses) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('class', 'spark');
  svg.setAttribute('role', 'img');
  const known = losses.filter((loss) => loss !== null);
  svg.setAttribute('aria-label', known.length ? t('samples.list.spark', { first: formatNumber(known[0]), last: formatNumber(known.at(-1)) }) : t('common.none'));
  for (const piece of sparkPieces(losses)) {
    const shape = document.createElementNS(SVG, piece.length === 1 ? 'circle' : 'polyline');
    if (piece.length === 1) {
      shape.setAttribute('cx', piece[0][0].toFixed(1));
      shape.setAttribute('cy', piece[0][1].toFixed(1));
      shape.setAttribute('r', '1.5');
    } else shape.setAttribute('points', piece.map((place) => place.map((value) => value.toFixed(1)).join(',')).join(' '));
    svg.append(shape);
  }
  return svg;
}
