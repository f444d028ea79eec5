// A picture on its way: 16 bits a coordinate between the extremes of each direction. Pure.

const STEPS = 65535;

/** `{ iteration, iterations, rows, dims, coordinates: Float32Array }` of a part of the stage `frame`; null where it is not whole. */
export function unpackFrame({ iteration, iterations, rows, low, high, packed }) {
  const dims = low.length;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  if (bytes.length !== rows * dims * 2) return null;
  const view = new DataView(bytes.buffer);
  const coordinates = new Float32Array(rows * dims);
  for (let d = 0; d < dims; d++) {
    const [from, step] = [Number(low[d]), (Number(high[d]) - Number(low[d])) / STEPS];
    for (let i = d; i < coordinates.length; i += dims) coordinates[i] = from + step * view.getUint16(2 * i, true);
  }
  return { iteration, iterations, rows, dims, coordinates };
}
