// A turn of a surface as a WebM film, recorded from a canvas of its own while it is drawn.

import { isDark } from '../themewatch.js';

const FONT = 'Inter, ui-sans-serif, system-ui, sans-serif';
const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
const SECONDS = 6;
const FRAMES_PER_SECOND = 30;
const BITS_PER_SECOND = 6_000_000;
const TITLE = 34;
const [WIDTH, HEIGHT] = [960, 640];

/** The kind of film that this browser can record, or null. */
export const filmType = () => (globalThis.MediaRecorder && HTMLCanvasElement.prototype.captureStream ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null : null);

/**
 * @param picture a Picture of a surface
 * @param options { title, onProgress(part), signal }
 * @returns Promise of the film; rejects with the signal's reason. The angle follows the clock: a slow machine makes fewer pictures, not a slower turn.
 */
export async function film(picture, { title, onProgress, signal }) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const context = canvas.getContext('2d');
  const style = getComputedStyle(document.documentElement);
  const paper = { width: WIDTH, height: HEIGHT - TITLE, top: TITLE, dark: isDark(), color: (name) => style.getPropertyValue(name).trim(), font: (size, weight = 400) => `${weight} ${size * 1.2}px ${FONT}` };
  const { camera } = picture.model;
  const draw = (part) => {
    context.fillStyle = paper.color('--surface');
    context.fillRect(0, 0, WIDTH, HEIGHT);
    picture.paintOn(context, paper, { camera: { ...camera, azimuth: camera.azimuth + 360 * part }, moving: true });
    context.fillStyle = paper.color('--text');
    context.font = paper.font(14, 600);
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(title, 12, TITLE / 2, WIDTH - 24);
  };
  draw(0);
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks();
  const recorder = new MediaRecorder(stream, { mimeType: filmType(), videoBitsPerSecond: BITS_PER_SECOND });
  const pieces = [];
  recorder.ondataavailable = ({ data }) => data.size > 0 && pieces.push(data);
  const ended = new Promise((resolve, reject) => {
    recorder.onstop = resolve;
    recorder.onerror = ({ error }) => reject(error);
  });
  recorder.start();
  const begun = performance.now();
  try {
    for (let part = 0; part < 1;) {
      track.requestFrame();
      await new Promise((resolve) => { setTimeout(resolve, 1000 / FRAMES_PER_SECOND); });
      signal?.throwIfAborted();
      part = (performance.now() - begun) / 1000 / SECONDS;
      draw(Math.min(1, part));
      onProgress(Math.min(1, part));
    }
    track.requestFrame();
  } finally {
    recorder.stop();
    await ended;
    track.stop();
  }
  return new Blob(pieces, { type: 'video/webm' });
}
