// A picture of points to put somewhere else: title above, legend below.

import { placeLegend } from './legend.js';
import { paintOverlay } from './overlay.js';
import { svgPoints } from './svgpoints.js';
import { SvgContext } from '../svgcontext.js';

const HEAD = 38;
const FONT = 'Inter, ui-sans-serif, system-ui, sans-serif';
/** Beyond this an SVG would be slower to open than anyone waits. */
const MOST_CIRCLES = 20000;
const IMAGE_SCALE = 2;

/**
 * @param paper what the chart hands over
 * @param options `{ scale, title, legend: [{ name, color }] | { colors: css[], low, high, name } }`
 */
export async function toPng(paper, { scale = 2, title = '', legend = null }) {
  const { view, theme } = paper;
  const canvas = document.createElement('canvas');
  const foot = placeLegend(legend, view.width);
  const head = title ? HEAD : 0;
  const points = paper.pixels(scale);
  // The processor may have had room for less than was asked.
  const given = points.width / view.width;
  [canvas.width, canvas.height] = [points.width, Math.round((head + view.height + foot.height) * given)];
  const context = canvas.getContext('2d');
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.putImageData(new ImageData(points.data, points.width, points.height), 0, Math.round(head * given));
  context.setTransform(given, 0, 0, given, 0, head * given);
  paintOverlay(context, paper);
  context.setTransform(given, 0, 0, given, 0, 0);
  paintFrame(context, paper, title, foot, head);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture: it may be too large.'))), 'image/png'));
}

/** The same as vectors: `{ text, note }`. Beyond 20,000 points they are an image within the document, and the note is `image`; otherwise null. */
export function toSvg(paper, { title = '', legend = null }) {
  const { view, order } = paper;
  const foot = placeLegend(legend, view.width);
  const head = title ? HEAD : 0;
  const context = new SvgContext(view.width, head + view.height + foot.height);
  context.fillStyle = paper.theme.surface;
  context.fillRect(0, 0, context.width, context.height);
  const image = order.length > MOST_CIRCLES;
  context.raw(`<svg x="0" y="${head}" width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}">`);
  context.raw(image ? `<image width="${view.width}" height="${view.height}" href="${encoded(paper)}"/>` : svgPoints(paper));
  paintOverlay(context, { ...paper, sprites: null });
  context.raw('</svg>');
  paintFrame(context, paper, title, foot, head);
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${context}`, note: image ? 'image' : null };
}

function encoded(paper) {
  const points = paper.pixels(IMAGE_SCALE);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [points.width, points.height];
  canvas.getContext('2d').putImageData(new ImageData(points.data, points.width, points.height), 0, 0);
  return canvas.toDataURL('image/png');
}

function paintFrame(context, { theme, view }, title, foot, head) {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  if (title) {
    context.fillStyle = theme.text;
    context.font = `600 15px ${FONT}`;
    context.fillText(title, 12, HEAD / 2);
  }
  context.font = `400 12px ${FONT}`;
  const top = head + view.height;
  for (const { x, y, width, height, color } of foot.bars) {
    context.fillStyle = color;
    context.fillRect(x, top + y, width, height);
  }
  for (const { x, y, color } of foot.dots) {
    context.fillStyle = color;
    context.beginPath();
    context.arc(x, top + y, 5, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = theme.text;
  for (const { x, y, text } of foot.texts) context.fillText(text, x, top + y);
}
