// The same as renderer.js without WebGL: on a canvas, by the main processor.

import { haze, project, scaled } from './camera.js';
import { stampPoints, strokeLines } from './raster.js';

// About a frame's worth of points.
const SLICE = 100000;

const packed = ([r, g, b]) => ((255 << 24) | (Math.round(b * 255) << 16) | (Math.round(g * 255) << 8) | Math.round(r * 255)) >>> 0;

export class CanvasRenderer {
  #canvas;
  #context;
  #image = null;
  #kept = { place: new Float32Array(0), before: null, colors: new Uint32Array(0), order: new Uint32Array(0), chosen: new Uint32Array(0), links: new Float32Array(0), cube: new Float32Array(0) };
  #dims = 2;
  isSoftware = true;
  name = 'canvas';

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false });
  }

  setPlaces(place, dims, before = null) {
    this.#dims = dims;
    Object.assign(this.#kept, { place, before });
  }

  setColors(colors) {
    this.#kept.colors = colors;
  }

  setOrder(order) {
    this.#kept.order = order;
  }

  setChosen(rows) {
    this.#kept.chosen = rows;
  }

  setLines(name, ends) {
    this.#kept[name] = ends;
  }

  draw(frame) {
    toEnd(this.slices(frame));
  }

  /** Draws a part with each step, and shows the whole at the end: between the steps a page can answer. */
  *slices(frame) {
    const [width, height] = [Math.max(1, Math.round(frame.view.width * frame.ratio)), Math.max(1, Math.round(frame.view.height * frame.ratio))];
    if (this.#image?.width !== width || this.#image.height !== height) this.#image = new ImageData(width, height);
    const image = this.#image;
    yield* this.#paint(frame, image);
    if (this.#canvas.width !== width || this.#canvas.height !== height) [this.#canvas.width, this.#canvas.height] = [width, height];
    this.#context.putImageData(image, 0, 0);
  }

  finish() {
    this.#context.getImageData(0, 0, 1, 1);
  }

  pixels(frame) {
    const image = new ImageData(Math.round(frame.view.width * frame.ratio), Math.round(frame.view.height * frame.ratio));
    toEnd(this.#paint(frame, image));
    return image;
  }

  dispose() {
    this.#image = null;
  }

  *#paint(frame, image) {
    const { ratio, mist, share } = frame;
    const { links, cube, place, before, colors, order, chosen } = this.#kept;
    const pixels = { width: image.width, height: image.height, data: new Uint32Array(image.data.buffer) };
    const view = scaled(frame.view, image.width, image.height);
    const surface = packed(mist);
    pixels.data.fill(surface);
    for (const [ends, stroke] of [[cube, frame.cube], [links, frame.links]]) if (stroke) strokeLines(pixels, ends, view, packed(stroke), Math.round(stroke[3] * 256), project);
    if (colors.length === 0) return;
    const points = { positions: place, before: share < 1 ? before : null, share, colors, dims: this.#dims };
    const look = ({ size, opacity, rim, rimWidth }) => ({ size: size * ratio, opacity, rim: packed(rim), rimWidth: rimWidth * ratio, mist: surface, stamps: new Map(), haze: (w) => Math.round(haze(view, w) * 256) });
    for (const [rows, style] of [[order, look(frame)], [chosen, look(frame.chosen)]]) {
      for (let from = 0; from < rows.length; from += SLICE) {
        stampPoints(pixels, { ...points, order: rows.subarray(from, from + SLICE) }, view, style);
        yield;
      }
    }
  }
}

function toEnd(steps) {
  while (!steps.next().done);
}
