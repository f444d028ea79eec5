// Where a surface is seen from. Pure functions.

export const START = { azimuth: -50, elevation: 34, zoom: 1, panX: 0, panY: 0 };
const ZOOM = [0.4, 6];
const PAN = [-2, 2];
const ELEVATION = [0, 90];

const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));
const wrapped = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** The camera turned, raised, moved or brought nearer, within its bounds. Degrees, parts of the picture's smaller side, a factor. */
export function moved(camera, { azimuth = 0, elevation = 0, zoom = 1, panX = 0, panY = 0 }) {
  return {
    azimuth: wrapped(camera.azimuth + azimuth), elevation: clamp(camera.elevation + elevation, ELEVATION), zoom: clamp(camera.zoom * zoom, ZOOM),
    panX: clamp(camera.panX + panX, PAN), panY: clamp(camera.panY + panY, PAN),
  };
}

/** Camera from `azimuth,elevation,zoom[,pan x,pan y]`. What is no camera is the one a picture starts with. */
export function parseCamera(text) {
  const [azimuth, elevation, zoom, panX = 0, panY = 0] = (text ?? '').split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (![azimuth, elevation, zoom, panX, panY].every(Number.isFinite)) return { ...START };
  return moved({ azimuth, elevation, zoom, panX, panY }, {});
}

/** The same as text; null for the camera a picture starts with. */
export function formatCamera(camera) {
  const parts = [camera.azimuth.toFixed(1), camera.elevation.toFixed(1), camera.zoom.toFixed(2), camera.panX.toFixed(3), camera.panY.toFixed(3)].map((part) => String(Number(part) || 0));
  const text = (parts[3] === '0' && parts[4] === '0' ? parts.slice(0, 3) : parts).join(',');
  return text === `${START.azimuth},${START.elevation},${START.zoom}` ? null : text;
}
