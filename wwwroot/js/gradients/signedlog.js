// Values on a signed logarithmic scale: a decade is as wide as the next, to either side of zero; within ±10^-10, where the bins of watch() say zero, it is linear.

const FIRST_DECADE = -10;
const LEAST = 10 ** FIRST_DECADE;
// Half a decade's width lies on each side of zero before the first decade begins.
const HALF = 0.5;
const PER_DECADE = 4;
// A histogram's outermost bins reach to the largest double; a picture need not.
const FARTHEST = 1e12;

/** Place of a value in decades. */
export function placeOf(value) {
  const size = Math.min(FARTHEST, Math.abs(value));
  return size <= LEAST ? (value / LEAST) * HALF : Math.sign(value) * (HALF + Math.log10(size) - FIRST_DECADE);
}

/** The value at a place. */
export function valueAt(place) {
  const size = Math.abs(place);
  return size <= HALF ? (place / HALF) * LEAST : Math.sign(place) * 10 ** (size - HALF + FIRST_DECADE);
}

/** Whether every histogram has bins of that scale, as watch() and log_gradients() make them. */
export const isSignedLog = (series) => series.edges.every(onGrid);

function onGrid(edges) {
  return edges.length > 1 && edges.every((edge) => {
    const at = (Math.log10(Math.abs(edge)) - FIRST_DECADE) * PER_DECADE;
    return Math.abs(edge) > 1e300 || (Math.abs(at - Math.round(at)) < 1e-6 && at > -1e-6);
  });
}

/** The series with its edges at their places. */
export const onSignedLog = (series) => ({ ...series, edges: series.edges.map((edges) => edges.map(placeOf)) });

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Ticks within a range of places: zero and powers of ten, every second or third where they would touch. `[{ at, text }]` */
export function signedTicks([low, high], most) {
  const last = Math.floor(Math.max(Math.abs(low), Math.abs(high)) - HALF);
  const every = Math.max(1, Math.ceil((high - low) / Math.max(1, most)));
  const found = low <= 0 && high >= 0 ? [{ at: 0, text: '0' }] : [];
  for (let decade = 0; decade <= last; decade++) {
    if ((decade + FIRST_DECADE) % every) continue;
    for (const sign of [-1, 1]) {
      const at = sign * (decade + HALF);
      // Right beside zero a power has no room for its label.
      if (at >= low && at <= high && (found[0]?.at !== 0 || decade + HALF >= every * 0.6)) found.push({ at, text: powerText(sign, decade + FIRST_DECADE) });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

function powerText(sign, power) {
  return `${sign < 0 ? '−' : ''}10${String(power).replace(/\d/g, (digit) => SUPERSCRIPT[digit]).replace('-', '⁻')}`;
}
