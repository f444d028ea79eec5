// A chart as a picture to put somewhere else: title above, legend below, on the card's background or on white.

import { t, tCount } from '../text.js';
import { DASHES } from './draw.js';
import { ticksOf } from './plot.js';
import { SvgContext, svgDocument, svgLine, svgRect, svgText } from './svg.js';

const HEAD = 34;
const AXIS_TITLE = 18;
const LEGEND_ROW = 20;
// Width of an entry: what the longest name needs, within reason.
const LEGEND_CELL = [120, 320];
const LETTER = 6.8;
const MAX_LEGEND = 60;
const FONT = 'Inter, ui-sans-serif, system-ui, sans-serif';

const labelOf = (entry) => {
  const right = entry.axis === 'y2' ? ` (${t('chart.legend.right')})` : '';
  return `${entry.name}${right}${entry.count === undefined ? '' : ` · ${tCount('chart.legend.runs', entry.count)}`}`;
};

/** Where the legend's entries stand below a chart of this width: `{ shown, rest, height, place(i) → { left, top, room } }`. */
function layLegend(legend, width) {
  const shown = legend.slice(0, MAX_LEGEND);
  const longest = Math.max(0, ...shown.map((entry) => labelOf(entry).length));
  const columns = Math.max(1, Math.floor((width - 12) / Math.min(LEGEND_CELL[1], Math.max(LEGEND_CELL[0], longest * LETTER + 44))));
  const cell = width / columns;
  const rest = legend.length - shown.length;
  const rows = Math.ceil((shown.length + (rest ? 1 : 0)) / columns);
  return { shown, rest, height: rows * LEGEND_ROW + 14, place: (i) => ({ left: (i % columns) * cell + 12, top: Math.floor(i / columns) * LEGEND_ROW + 12, room: cell - 48 }) };
}

/** A PNG of the canvas. `legend`: `{ name, css, dash, axis, count }`. `style` gives the theme's colours. */
export function composeImage(source, title, legend, style) {
  const ratio = devicePixelRatio;
  const color = (name) => style.getPropertyValue(name).trim();
  const width = source.width / ratio;
  const { shown, rest, height, place } = layLegend(legend, width);
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = source.height + (HEAD + height) * ratio;
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = color('--surface');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(source, 0, HEAD * ratio);
  ctx.scale(ratio, ratio);
  ctx.textBaseline = 'middle';
  ctx.fillStyle = color('--text');
  ctx.font = `600 14px ${FONT}`;
  ctx.fillText(title, 12, 18, width - 24);
  ctx.font = `12px ${FONT}`;
  const foot = HEAD + source.height / ratio;
  shown.forEach((entry, i) => {
    const { left, top, room } = place(i);
    ctx.strokeStyle = entry.css;
    ctx.lineWidth = 2.5;
    ctx.setLineDash(DASHES[entry.dash] ?? []);
    ctx.beginPath();
    ctx.moveTo(left, foot + top);
    ctx.lineTo(left + 24, foot + top);
    ctx.stroke();
    ctx.fillText(labelOf(entry), left + 31, foot + top + 1, room);
  });
  if (rest) ctx.fillText(tCount('chart.tooltip.hidden', rest), place(shown.length).left, foot + place(shown.length).top);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(t('card.picture_failed')))), 'image/png'));
}

/**
 * The chart as an SVG document of true vectors, its text as text. On white it takes the light theme's colours.
 * @param xTitle what x is
 * @param paint `(context, box, color) → void` draws the curves into a plot area in CSS pixels
 */
export function composeSvg(plot, title, xTitle, legend, white, style, paint) {
  const light = white ? lightTokens() : null;
  const color = (name) => light?.getPropertyValue(name).trim() || style.getPropertyValue(name).trim();
  const ratio = devicePixelRatio;
  const [width, height] = [plot.width, plot.height];
  const box = { left: plot.bbox.left / ratio, top: plot.bbox.top / ratio + HEAD, width: plot.bbox.width / ratio, height: plot.bbox.height / ratio };
  const { shown, rest, height: foot, place } = layLegend(legend, width);
  const right = box.left + box.width;
  const below = HEAD + height + AXIS_TITLE;
  const whole = below + foot;
  const bottom = box.top + box.height;
  const parts = [svgRect(0, 0, width, whole, white ? '#ffffff' : color('--surface')), svgText(title, { x: 12, y: 22, size: 14, weight: 600, fill: color('--text') })];
  for (const { at, text } of ticksOf(plot, 0)) {
    parts.push(svgLine(at, box.top, at, bottom, color('--grid')), svgText(text, { x: at, y: bottom + 16, anchor: 'middle', fill: color('--axis') }));
  }
  for (const { at, text } of ticksOf(plot, 1)) {
    parts.push(svgLine(box.left, at + HEAD, right, at + HEAD, color('--grid')), svgText(text, { x: box.left - 5, y: at + HEAD + 4, anchor: 'end', fill: color('--axis') }));
  }
  if (plot.axes[2]) for (const { at, text } of ticksOf(plot, 2)) parts.push(svgText(text, { x: right + 5, y: at + HEAD + 4, fill: color('--axis') }));
  parts.push(svgText(xTitle, { x: box.left + box.width / 2, y: HEAD + height + 10, anchor: 'middle', fill: color('--text') }));
  const ctx = new SvgContext();
  paint(ctx, box, (slot) => color(`--run-${slot}`));
  parts.push(...ctx.elements, svgLine(box.left, bottom, right, bottom, color('--axis')), svgLine(box.left, box.top, box.left, bottom, color('--axis')));
  shown.forEach((entry, i) => {
    const { left, top } = place(i);
    const y = below + top;
    parts.push(svgLine(left, y, left + 24, y, color(`--run-${entry.color}`), 2.5, DASHES[entry.dash] ?? []), svgText(labelOf(entry), { x: left + 31, y: y + 4, size: 12, fill: color('--text') }));
  });
  if (rest) parts.push(svgText(tCount('chart.tooltip.hidden', rest), { x: place(shown.length).left, y: below + place(shown.length).top + 4, size: 12, fill: color('--text') }));
  return svgDocument(width, whole, parts.join('\n'), box);
}

/** The values of the light theme, also while the dark one is in use; null where the style sheet cannot be read. */
function lightTokens() {
  for (const sheet of document.styleSheets) {
    try {
      for (const rule of sheet.cssRules) if (rule.selectorText === ':root' && rule.style.getPropertyValue('--run-0')) return rule.style;
    } catch {
      // A sheet of another origin.
    }
  }
  return null;
}
