// Colours for heights, made by formula in OKLab, where equal steps look equal: lightness rises evenly from the first colour to the last, so each ramp can be read
// in grey and without telling red from green.

export const RAMPS = ['dusk', 'sand', 'grey'];
const TONES = 256;
const LIGHTNESS = [0.27, 0.93];

// Hue (degrees) and chroma along each ramp; `sand` goes from blue to yellow straight through grey, which is the line that no common colour blindness takes away.
const COURSES = {
  dusk: (part) => polar(308 - 203 * part, 0.12 + 0.05 * Math.sin(Math.PI * part)),
  sand: (part) => [0.005 - 0.01 * part, -0.085 + 0.195 * part],
  grey: () => [0, 0],
};

const polar = (degrees, chroma) => [chroma * Math.cos((degrees * Math.PI) / 180), chroma * Math.sin((degrees * Math.PI) / 180)];

function linear(lightness, a, b) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s];
}

const encode = (value) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

/** `[r, g, b]` of a colour in OKLab; where a screen cannot show it, of the nearest greyer one of its lightness and hue. */
export function fromOklab(lightness, a, b) {
  let [low, high] = [0, 1];
  const shown = (part) => linear(lightness, a * part, b * part).every((value) => value >= -1e-6 && value <= 1 + 1e-6);
  if (!shown(1)) {
    for (let i = 0; i < 20; i++) {
      const middle = (low + high) / 2;
      if (shown(middle)) low = middle;
      else high = middle;
    }
  } else low = 1;
  return linear(lightness, a * low, b * low).map((value) => Math.round(255 * encode(Math.min(1, Math.max(0, value)))));
}

const made = new Map();

/** The 256 colours of a ramp as `[r, g, b]`, the darkest first. `difference`: from blue over a middle grey to orange, for values on both sides of zero. */
export function tones(name) {
  if (!made.has(name)) {
    const at = (i) => i / (TONES - 1);
    made.set(name, name === 'difference'
      ? Array.from({ length: TONES }, (_, i) => balance(2 * at(i) - 1))
      : Array.from({ length: TONES }, (_, i) => fromOklab(LIGHTNESS[0] + (LIGHTNESS[1] - LIGHTNESS[0]) * at(i), ...(COURSES[name] ?? COURSES.dusk)(at(i)))));
  }
  return made.get(name);
}

function balance(part) {
  const far = Math.abs(part);
  return fromOklab(0.9 - 0.42 * far, ...polar(part < 0 ? 255 : 55, 0.15 * far));
}

/** Colour at a place from 0 to 1 (what lies beyond has the colour of the end), darkened by `light` below 1. */
export function tone(ramp, place, light = 1) {
  const [r, g, b] = ramp[Math.min(TONES - 1, Math.max(0, Math.round(place * (TONES - 1))))];
  return light === 1 ? `rgb(${r}, ${g}, ${b})` : `rgb(${Math.round(r * light)}, ${Math.round(g * light)}, ${Math.round(b * light)})`;
}
