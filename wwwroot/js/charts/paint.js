// Colours as numbers, and ticks: what drawings of our own need.

/** `[r, g, b]` of `#rrggbb` or `#rgb`. */
export function parseColor(text) {
  const hex = text.trim().replace('#', '');
  const whole = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  return [0, 2, 4].map((at) => parseInt(whole.slice(at, at + 2), 16) || 0);
}

/** A colour between two: `part` 0 gives `from`, 1 gives `to`. */
export function mix(from, to, part) {
  return `rgb(${from.map((value, i) => Math.round(value + (to[i] - value) * part)).join(', ')})`;
}

export const withAlpha = (color, alpha) => `rgba(${color.join(', ')}, ${alpha})`;

/** About `count` round numbers within a range, and how far apart they are. */
export function niceTicks(low, high, count) {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const gap = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough * 0.999) ?? power;
  const ticks = [];
  const first = Math.ceil(low / gap - 1e-9);
  for (let i = first; ticks.length <= 2 * count + 2; i++) {
    // Multiplied, because adding the gap again and again drifts.
    const tick = i * gap;
    if (tick > high + gap * 1e-9) break;
    ticks.push(Object.is(tick, -0) ? 0 : tick);
  }
  return ticks;
}
