// Draws a cloud of points with WebGL 2: one program for two and three dimensions, the depth by order. What was handed over is kept, so that a lost context comes back by itself.

import { LINE_FRAGMENT, LINE_VERTEX, POINT_FRAGMENT, POINT_VERTEX } from './shaders.js';

const POINT = { place: 0, before: 1, color: 2 };
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export class Renderer {
  #canvas;
  #gl;
  #programs = {};
  #buffers = {};
  #kept = { place: new Float32Array(0), before: null, color: new Uint8Array(0), order: new Uint32Array(0), chosen: new Uint32Array(0), links: new Float32Array(0), cube: new Float32Array(0) };
  #dims = 2;
  #lost = false;
  #onLost;

  /**
   * Null where the browser offers no WebGL 2.
   * @param onBack the context was lost and is there again
   * @param fast only where a graphics processor does the work
   */
  static create(canvas, onBack, fast) {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, alpha: true, premultipliedAlpha: true, powerPreference: 'high-performance', failIfMajorPerformanceCaveat: fast });
    return gl ? new Renderer(canvas, gl, onBack) : null;
  }

  constructor(canvas, gl, onBack) {
    this.#canvas = canvas;
    this.#gl = gl;
    this.#onLost = (event) => {
      event.preventDefault();
      this.#lost = true;
    };
    this.onRestored = () => {
      this.#lost = false;
      this.#start();
      onBack();
    };
    canvas.addEventListener('webglcontextlost', this.#onLost);
    canvas.addEventListener('webglcontextrestored', this.onRestored);
    this.#start();
  }

  /** Name of what draws, as the browser tells it. */
  get name() {
    const info = this.#gl.getExtension('WEBGL_debug_renderer_info');
    return String(this.#gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : this.#gl.RENDERER) ?? '');
  }

  get isSoftware() {
    return SOFTWARE.test(this.name);
  }

  /** @param before where the points were, to move from there, or null */
  setPlaces(place, dims, before = null) {
    this.#dims = dims;
    this.#keep('place', place);
    this.#keep('before', before);
  }

  setColors(color) {
    this.#keep('color', new Uint8Array(color.buffer, color.byteOffset, color.byteLength));
  }

  /** Rows that are drawn, the first lowest. */
  setOrder(rows) {
    this.#keep('order', rows);
  }

  setChosen(rows) {
    this.#keep('chosen', rows);
  }

  /** Ends of lines, three numbers each. */
  setLines(name, ends) {
    this.#keep(name, ends);
  }

  /**
   * @param frame { view, ratio, size, opacity, share, rim, rimWidth, mist, chosen: { size, rim, rimWidth }, links: rgba, cube: rgba }; sizes in CSS pixels, colours from 0 to 1
   */
  draw(frame) {
    if (this.#lost) return;
    const { view, ratio } = frame;
    const canvas = this.#canvas;
    const [width, height] = [Math.max(1, Math.round(view.width * ratio)), Math.max(1, Math.round(view.height * ratio))];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    this.#paint(frame, width, height, [0, 0, 0, 0]);
  }

  /** Waits until everything asked for has been drawn. Slow: for measuring only. */
  finish() {
    this.#gl.readPixels(0, 0, 1, 1, this.#gl.RGBA, this.#gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  /** The picture as pixels, `{ width, height, data }`, at another sharpness than the screen's and on the surface's colour. A side is never larger than the processor can. */
  pixels(frame) {
    const gl = this.#gl;
    const most = Math.min(gl.getParameter(gl.MAX_RENDERBUFFER_SIZE), ...gl.getParameter(gl.MAX_VIEWPORT_DIMS));
    const ratio = Math.min(frame.ratio, most / frame.view.width, most / frame.view.height);
    const [width, height] = [Math.round(frame.view.width * ratio), Math.round(frame.view.height * ratio)];
    const target = gl.createFramebuffer();
    const store = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, store);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.RGBA8, width, height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target);
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, store);
    this.#paint({ ...frame, ratio }, width, height, [...frame.mist, 1]);
    const raw = new Uint8Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, raw);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.deleteFramebuffer(target);
    gl.deleteRenderbuffer(store);
    // The first row of a GL picture is the lowest.
    const data = new Uint8ClampedArray(raw.length);
    for (let row = 0; row < height; row++) data.set(raw.subarray((height - 1 - row) * width * 4, (height - row) * width * 4), row * width * 4);
    return { width, height, data };
  }

  dispose() {
    this.#canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.#canvas.removeEventListener('webglcontextrestored', this.onRestored);
    // Browsers keep a dozen contexts only; this one is given back at once.
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #keep(name, values) {
    this.#kept[name] = values;
    if (!this.#lost && values) this.#upload(name);
  }

  #upload(name) {
    const gl = this.#gl;
    const index = name === 'order' || name === 'chosen';
    const target = index ? gl.ELEMENT_ARRAY_BUFFER : gl.ARRAY_BUFFER;
    const buffer = this.#buffers[name] ??= { store: gl.createBuffer(), bytes: -1 };
    const values = this.#kept[name];
    gl.bindBuffer(target, buffer.store);
    // A buffer of the same size is filled again: in three dimensions the order changes with every frame.
    if (buffer.bytes === values.byteLength && values.byteLength > 0) gl.bufferSubData(target, 0, values);
    else gl.bufferData(target, values, gl.DYNAMIC_DRAW);
    buffer.bytes = values.byteLength;
  }

  #start() {
    const gl = this.#gl;
    this.#buffers = {};
    this.#programs = { point: program(gl, POINT_VERTEX, POINT_FRAGMENT), line: program(gl, LINE_VERTEX, LINE_FRAGMENT) };
    for (const [name, values] of Object.entries(this.#kept)) if (values) this.#upload(name);
  }

  #paint(frame, width, height, background) {
    const gl = this.#gl;
    gl.viewport(0, 0, width, height);
    gl.clearColor(...background);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.#lines(frame, 'cube', frame.cube);
    this.#lines(frame, 'links', frame.links);
    this.#points(frame, 'order', frame);
    if (this.#kept.chosen.length) this.#points(frame, 'chosen', { ...frame, ...frame.chosen });
  }

  #points(frame, order, { size, opacity, rim, rimWidth, mist }) {
    const count = this.#kept[order].length;
    if (count === 0 || this.#kept.color.length === 0) return;
    const gl = this.#gl;
    const { at, id } = this.#programs.point;
    const { view, ratio } = frame;
    gl.useProgram(id);
    this.#camera(at, view);
    const moves = this.#kept.before && frame.share < 1;
    gl.uniform1f(at.share, moves ? frame.share : 1);
    gl.uniform1f(at.size, size * ratio);
    gl.uniform1f(at.reference, view.reference);
    gl.uniform1f(at.opacity, opacity);
    gl.uniform1i(at.flat_, view.dims === 2 ? 1 : 0);
    gl.uniform2f(at.fog, view.reference - 0.5, 0.3);
    gl.uniform3fv(at.mist, mist);
    gl.uniform4fv(at.rim, rim);
    gl.uniform1f(at.rimWidth, rimWidth * ratio);
    this.#attribute('place', POINT.place, this.#dims, gl.FLOAT);
    this.#attribute(moves ? 'before' : 'place', POINT.before, this.#dims, gl.FLOAT);
    this.#attribute('color', POINT.color, 4, gl.UNSIGNED_BYTE);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#buffers[order].store);
    gl.drawElements(gl.POINTS, count, gl.UNSIGNED_INT, 0);
  }

  #lines(frame, name, stroke) {
    const count = this.#kept[name].length / 3;
    if (count === 0 || !stroke) return;
    const gl = this.#gl;
    const { at, id } = this.#programs.line;
    gl.useProgram(id);
    this.#camera(at, frame.view);
    gl.uniform4fv(at.stroke, stroke);
    this.#attribute(name, POINT.place, 3, gl.FLOAT);
    for (const other of [POINT.before, POINT.color]) gl.disableVertexAttribArray(other);
    gl.drawArrays(gl.LINES, 0, count);
  }

  #camera(at, view) {
    const gl = this.#gl;
    const middle = view.centre.map(Math.fround);
    gl.uniformMatrix4fv(at.matrix, false, Float32Array.from(view.matrix));
    gl.uniform3fv(at.middle, middle);
    gl.uniform3fv(at.rest, view.centre.map((value, axis) => value - middle[axis]));
  }

  #attribute(name, place, parts, type) {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[name].store);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, parts, type, type === gl.UNSIGNED_BYTE, 0, 0);
  }
}

function program(gl, vertex, fragment) {
  const id = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(id, shader);
  }
  for (const [name, place] of Object.entries(POINT)) gl.bindAttribLocation(id, place, name);
  gl.linkProgram(id);
  if (!gl.getProgramParameter(id, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(`The graphics processor refused the drawing program: ${gl.getProgramInfoLog(id)}`);
  const at = {};
  for (let i = 0; i < gl.getProgramParameter(id, gl.ACTIVE_UNIFORMS); i++) {
    const { name } = gl.getActiveUniform(id, i);
    at[name] = gl.getUniformLocation(id, name);
  }
  return { id, at };
}
