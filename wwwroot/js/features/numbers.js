// Tables of a result as planes to draw. Pure. Numbers come as JSON has them: NaN and infinities as their names.

import { num } from '../numbers.js';

/** Nested arrays as one flat array. */
export function flat(nested) {
  if (!Array.isArray(nested)) return Float32Array.of(Number(nested));
  const whole = nested.flat(Infinity);
  return Float32Array.from(whole, Number);
}

// Flat images, as people feed them to a perceptron: below this a row of numbers is a table, however square its length.
const SMALLEST_IMAGE = 196;

const side = (count) => (Number.isInteger(Math.sqrt(count)) ? Math.sqrt(count) : null);

/**
 * How an input or a map of this shape is read: `{ as: 'image' | 'sequence' | 'table', width, height, channels, index(channel, y, x) }`.
 * Two dimensions are positions and what each has, unless they are square; three are channels of an image, or an image of channels where the last is small.
 */
export function layoutOf(shape, asked = 'auto') {
  const count = shape.reduce((product, size) => product * size, 1);
  if (asked === 'table' || (asked === 'auto' && shape.length < 2 && (count < SMALLEST_IMAGE || !side(count)))) return { as: 'table', width: count, height: 1, channels: 1, index: (c, y, x) => x };
  if (asked === 'sequence' || (asked === 'auto' && shape.length === 2 && shape[0] !== shape[1])) {
    // Positions run to the right, what each has runs down.
    const positions = shape[0] ?? 1;
    const each = count / positions;
    return { as: 'sequence', width: positions, height: each, channels: 1, index: (c, y, x) => x * each + y };
  }
  if (shape.length < 2) {
    const width = side(count) ?? count;
    return { as: 'image', width, height: count / width, channels: 1, index: (c, y, x) => y * width + x };
  }
  if (shape.length === 2) return { as: 'image', width: shape[1], height: shape[0], channels: 1, index: (c, y, x) => y * shape[1] + x };
  if (shape.length === 3 && shape[2] <= 4 && shape[0] > 4) {
    const [height, width, channels] = shape;
    return { as: 'image', width, height, channels, index: (c, y, x) => (y * width + x) * channels + c };
  }
  const [height, width] = shape.slice(-2);
  return { as: 'image', width, height, channels: count / (width * height), index: (c, y, x) => (c * height + y) * width + x };
}

/** One plane of `width × height`: the largest over the channels, or their mean. */
export function plane(values, { width, height, channels, index }, how = 'max') {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let whole = how === 'max' ? -Infinity : 0;
      for (let c = 0; c < channels; c++) {
        const value = values[index(c, y, x)];
        whole = how === 'max' ? Math.max(whole, value) : whole + value / channels;
      }
      out[y * width + x] = whole;
    }
  }
  return out;
}

/** Lowest and highest finite value; 0 and 1 where there is none, and some width where there is one value alone. */
export function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) return [0, 1];
  return low === high ? [low, low + 1] : [low, high];
}

/** Numbers of the largest values, the largest first. */
export function largest(values, count) {
  return [...values.keys()].sort((a, b) => (Number.isFinite(values[b]) ? values[b] : -1) - (Number.isFinite(values[a]) ? values[a] : -1)).slice(0, count);
}

/** What of a sample's table lies where. */
export const part = (values, count, at) => values.subarray(at * (values.length / count), (at + 1) * (values.length / count));

/** Channels of a module's map: `{ count, layout, of(sample, channel): values }`; a row of numbers has one channel. */
export function channelsOf(module, samples) {
  const shape = module.map_shape;
  const values = flat(module.maps);
  const each = values.length / samples;
  if (shape.length < 3) return { count: 1, layout: layoutOf(shape, shape.length === 2 ? 'sequence' : 'table'), of: (sample) => values.subarray(sample * each, (sample + 1) * each) };
  const inner = shape.slice(1);
  const size = each / shape[0];
  return { count: shape[0], layout: layoutOf(inner.length > 2 ? inner.slice(-2) : inner, 'image'), of: (sample, channel) => values.subarray(sample * each + channel * size, sample * each + (channel + 1) * size) };
}

/** Channels of a page, and how many pages there are. */
export function pageOf(count, size, asked) {
  const pages = Math.max(1, Math.ceil(count / size));
  const page = Math.min(pages - 1, Math.max(0, asked));
  return { page, pages, first: page * size, last: Math.min(count, (page + 1) * size) };
}

/** What is wrong with a parameter's gradient: `non_finite`, `zero` (all of it), `zeros` (most of it), or null. */
export function flagOf({ non_finite: strange, zeros, norm }) {
  if (num(strange) > 0) return 'non_finite';
  if (num(norm) === 0) return 'zero';
  return num(zeros) > 0.5 ? 'zeros' : null;
}

/** Places of decades among signed logarithmic edges, as `[[edge's number, text]]`; zero is in the middle, and the two edges around it are too near to it for a mark. */
export function decades(edges) {
  const middle = edges.length / 2;
  const marks = edges.length ? [[middle - 0.5, '0']] : [];
  edges.forEach((edge, at) => {
    if (at === middle || at === middle - 1) return;
    const power = Math.log10(Math.abs(Number(edge)));
    if (Math.abs(power - Math.round(power)) > 1e-6) return;
    marks.push([at, `${edge < 0 ? '−' : ''}10${[...String(Math.round(power))].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit])).join('')}`]);
  });
  return marks.sort(([a], [b]) => a - b);
}
