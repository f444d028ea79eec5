// One scale from dark to bright for numbers: even in lightness, and readable without telling red from green (viridis, by Nathaniel Smith and Stéfan van der Walt, CC0).

const STOPS = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30', '#fde725'];
const CHANNELS = STOPS.map((color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)));

/** The same colours in the chart library's words. */
export const colorScale = (dark) => STOPS.map((_, at) => [at / (STOPS.length - 1), colorAt(at / (STOPS.length - 1), dark)]);

// The ends of the scale are nearly the background of one theme each: thin lines keep away from them.
const KEPT = 0.86;

/** The colour at a place from 0 to 1, as it can be told from a light or a dark background. */
export function colorAt(place, dark) {
  const kept = Math.min(1, Math.max(0, place)) * KEPT + (dark ? 1 - KEPT : 0);
  const at = kept * (STOPS.length - 1);
  const low = Math.min(STOPS.length - 2, Math.floor(at));
  const mixed = CHANNELS[low].map((channel, i) => Math.round(channel + (at - low) * (CHANNELS[low + 1][i] - channel)));
  return `rgb(${mixed.join(' ')})`;
}
