// Planes of numbers as pixels: one number, one pixel. What enlarges it is the style sheet, so that a pixel stays a square.

import { colorAt } from './colorscale.js';

const STEPS = 256;
const tables = new Map();

/** 256 colours from dark to bright, as `[r, g, b]` each. */
export function heatTable(dark) {
  if (!tables.has(dark)) tables.set(dark, Array.from({ length: STEPS }, (_, at) => colorAt(at / (STEPS - 1), dark).match(/\d+/g).map(Number)));
  return tables.get(dark);
}

// What is no number is marked, not left out.
const STRANGE = [214, 51, 108];

/** Draws a plane; `paint(value)` gives `[r, g, b]`. */
function draw(canvas, width, height, paint) {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) image.data.set([...paint(at), 255], 4 * at);
  canvas.getContext('2d').putImageData(image, 0, 0);
}

const place = (value, [low, high]) => Math.min(1, Math.max(0, (value - low) / (high - low)));

/** A plane in colours between two values. */
export function drawHeat(canvas, values, width, height, range, dark) {
  const table = heatTable(dark);
  draw(canvas, width, height, (at) => (Number.isFinite(values[at]) ? table[Math.round(place(values[at], range) * (STEPS - 1))] : STRANGE));
}

/** A picture as it is: grey, or red, green and blue where there are three channels. */
export function drawPicture(canvas, values, { width, height, channels, index }, range) {
  const colored = channels === 3 || channels === 4;
  const grey = (x, y) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += values[index(c, y, x)] / channels;
    return [sum, sum, sum];
  };
  draw(canvas, width, height, (at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const pixel = colored ? [0, 1, 2].map((c) => values[index(c, y, x)]) : grey(x, y);
    return pixel.every(Number.isFinite) ? pixel.map((value) => Math.round(255 * place(value, range))) : STRANGE;
  });
}

/**
 * A plane over a picture: the brighter a pixel, the more it covers. Half-way through `share` (0 to 1) what is bright covers and what is dark lets through; at 1 there is the plane alone.
 */
export function drawOver(canvas, under, values, width, height, range, dark, share) {
  drawHeat(canvas, values, width, height, range, dark);
  const ctx = canvas.getContext('2d');
  const over = ctx.getImageData(0, 0, width, height);
  const all = Math.max(0, 2 * share - 1) ** 2;
  for (let at = 0; at < width * height; at++) over.data[4 * at + 3] = Math.round(255 * Math.min(1, 1.6 * share * place(values[at], range) + all));
  const veil = new OffscreenCanvas(width, height);
  veil.getContext('2d').putImageData(over, 0, 0);
  ctx.drawImage(under, 0, 0);
  ctx.drawImage(veil, 0, 0);
}

const CELL = 128;
const GAP = 10;
const LINE = 16;

/**
 * Canvases side by side as one file.
 * @param rows `[{ caption, canvases }]`
 * @param format 'png', or 'svg': the same pixels within a document
 */
export async function sheetImage(rows, columns, title, format, style) {
  const perRow = Math.max(...rows.map((row) => row.canvases.length));
  const across = Math.min(columns, rows.length);
  const [width, height] = [across * (perRow * (CELL + 4) + GAP) + GAP, Math.ceil(rows.length / across) * (CELL + LINE + GAP) + GAP + 24];
  const canvas = new OffscreenCanvas(width * 2, height * 2);
  const ctx = canvas.getContext('2d');
  ctx.scale(2, 2);
  ctx.fillStyle = style.background;
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = style.text;
  ctx.font = '600 13px Inter, system-ui, sans-serif';
  ctx.fillText(title, GAP, 18, width - 2 * GAP);
  ctx.font = '11px Inter, system-ui, sans-serif';
  ctx.imageSmoothingEnabled = false;
  rows.forEach(({ caption, canvases }, at) => {
    const left = GAP + (at % across) * (perRow * (CELL + 4) + GAP);
    const top = 28 + Math.floor(at / across) * (CELL + LINE + GAP);
    canvases.forEach((one, i) => {
      const scale = Math.min(CELL / one.width, CELL / one.height);
      ctx.drawImage(one, left + i * (CELL + 4), top, one.width * scale, one.height * scale);
    });
    ctx.fillText(caption, left, top + CELL + 12, perRow * (CELL + 4));
  });
  const png = await canvas.convertToBlob({ type: 'image/png' });
  if (format === 'png') return png;
  const bytes = new Uint8Array(await png.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return new Blob([`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${btoa(text)}"/></svg>`], { type: 'image/svg+xml' });
}
