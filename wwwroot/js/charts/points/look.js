// How large and how opaque points are when nobody has chosen, and which colours of the page they stand between.

import { isDark } from '../themewatch.js';
import { parseColor } from './colors.js';

const SIZE = [1.7, 9];
const CLOSE = [1.7, 15];
const OPACITY = [0.3, 0.92];
// Clouds leave most of the picture empty.
const FILLED = 0.3;
const RIM_FROM = 5;

const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));

/** Diameter in pixels for so many points in so large a picture; `closer`: how many times nearer than when all are in sight. */
export function sizeOf(shown, width, height, closer = 1) {
  const base = clamp(Math.sqrt((width * height) / Math.max(1, shown)) * 0.55, SIZE);
  return clamp(base * Math.max(0.8, closer) ** 0.3, CLOSE);
}

/** Opacity at which points that crowd still add up to a shape. */
export function opacityOf(shown, size, width, height, closer = 1) {
  const crowd = (shown * size * size * 0.785) / (width * height * FILLED) / Math.max(1, closer * closer);
  return clamp(1.05 - 0.3 * Math.sqrt(crowd), OPACITY);
}

/** Width of the rim that parts large points from each other. */
export const rimOf = (size) => (size >= RIM_FROM ? 1 : 0);

const unit = (color) => parseColor(color).map((value) => value / 255);

/** Colours of the page as it is now. */
export function themeOf() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const [surface, text] = [color('--surface'), color('--text')];
  return {
    dark: isDark(), surface, text, accent: color('--accent'), muted: color('--text-3'), plain: color('--run-0'), none: color('--border-strong'), ghost: color('--surface-3'),
    gl: { surface: unit(surface), text: unit(text), muted: unit(color('--text-3')) },
  };
}
