// Colours of points as packed bytes (red, green, blue, alpha in memory). Pure: what a colour of the style sheet is, the caller looks up.

import { colorAt } from '../colorscale.js';
import { tones } from '../landscape/ramp.js';
import { GHOST } from './order.js';

const GHOST_ALPHA = 110;
const STEPS = 256;
/** Ramps for numbers; `difference` is for values on both sides of a middle. */
export const POINT_RAMPS = ['viridis', 'dusk', 'sand', 'grey', 'difference'];

const pack = ([r, g, b], alpha = 255) => ((alpha << 24) | (b << 16) | (g << 8) | r) >>> 0;

/** `[r, g, b]` from 0 to 255 of `#rgb`, `#rrggbb` or `rgb(…)`. */
export function parseColor(text) {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) return hex.length === 3 ? [...hex].map((digit) => Number.parseInt(digit + digit, 16)) : [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(text.trim());
  if (!parts) throw new Error(`“${text}” is not a colour that points can have: use #rrggbb or rgb(r, g, b).`);
  return parts.slice(1, 4).map((part) => Math.min(255, Math.round(Number(part))));
}

/** The colours of a ramp as CSS, the lowest first, for a legend's bar. */
export const rampColors = (name, dark, count = STEPS) => Array.from({ length: count }, (_, i) => rampColor(name, i / (count - 1), dark));

export function rampColor(name, place, dark) {
  if (name === 'viridis') return colorAt(place, dark);
  const [r, g, b] = tones(name)[Math.round(Math.min(1, Math.max(0, place)) * (STEPS - 1))];
  return `rgb(${r} ${g} ${b})`;
}

/**
 * A colour for each row.
 * @param spec `{ codes, palette }` (a code below zero or beyond is `none`; past its end a palette starts again), `{ values, ramp, low, high }`, or null: all alike
 * @param theme `{ dark, plain, none }`: colours where there is no spec, and where a row has no class or number
 */
export function paintRows(rows, spec, theme, into = new Uint32Array(rows)) {
  const none = pack(parseColor(theme.none));
  if (spec?.codes) {
    const palette = Uint32Array.from(spec.palette, (color) => pack(parseColor(color)));
    const { codes } = spec;
    for (let row = 0; row < rows; row++) {
      const code = codes[row];
      into[row] = code >= 0 && palette.length ? palette[code % palette.length] : none;
    }
    return into;
  }
  if (spec?.values) {
    const { values, low, high } = spec;
    const ramp = Uint32Array.from(rampColors(spec.ramp ?? 'viridis', theme.dark), (color) => pack(parseColor(color)));
    const unit = high > low ? (STEPS - 1) / (high - low) : 0;
    const flat = unit === 0 ? (STEPS - 1) / 2 : 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row];
      into[row] = Number.isNaN(value) || value === undefined ? none : ramp[Math.round(unit === 0 ? flat : Math.min(STEPS - 1, Math.max(0, (value - low) * unit)))];
    }
    return into;
  }
  return into.fill(pack(parseColor(theme.plain)), 0, rows);
}

/** Takes ghosts back to a trace of one colour, which has to be faint itself: where many lie on each other it shows in full. */
export function fadeGhosts(colors, states, color) {
  const faint = pack(parseColor(color), GHOST_ALPHA);
  for (let row = 0; row < states.length; row++) if (states[row] === GHOST) colors[row] = faint;
}

/** CSS of one row's colour. */
export const cssOf = (packed) => `rgb(${packed & 255}, ${(packed >> 8) & 255}, ${(packed >> 16) & 255})`;
