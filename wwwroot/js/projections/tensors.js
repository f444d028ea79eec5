// Reading a safetensors file: eight bytes with the length of a JSON header, the header, the values. Pure.

const TYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array };
const PREFIX = 8;

/** The file is not what it should be. */
export class TensorFault extends Error {}

/** `{ name: { shape, values } }` of a file's tensors, values in place where their offset allows it; `__metadata__` under the name `metadata`. */
export function readTensors(buffer) {
  if (buffer.byteLength < PREFIX) throw new TensorFault('The file ends before its header.');
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (length > buffer.byteLength - PREFIX) throw new TensorFault('The file ends before its header.');
  let header;
  try {
    header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, PREFIX, length)));
  } catch {
    throw new TensorFault('The header of the file is no JSON.');
  }
  const base = PREFIX + length;
  const tensors = {};
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const Type = TYPES[dtype];
    if (!Type) continue;
    const [from, to] = offsets;
    const count = shape.reduce((product, size) => product * size, 1);
    if (to - from !== count * Type.BYTES_PER_ELEMENT || base + to > buffer.byteLength) throw new TensorFault(`The values of “${name}” do not fit its shape.`);
    const aligned = (base + from) % Type.BYTES_PER_ELEMENT === 0;
    tensors[name] = { shape, values: aligned ? new Type(buffer, base + from, count) : new Type(buffer.slice(base + from, base + to)) };
  }
  return { tensors, metadata: header.__metadata__ ?? {} };
}

/** The picture in a file of `/coordinates`: `{ rows, dims, coordinates: Float32Array, kept: Float32Array | null }`. */
export function readPicture(buffer) {
  const { tensors, metadata } = readTensors(buffer);
  const { coordinates, preservation } = tensors;
  const [rows, dims] = coordinates?.shape ?? [];
  if (!(coordinates?.values instanceof Float32Array) || (dims !== 2 && dims !== 3)) throw new TensorFault('The file holds no coordinates of two or three numbers a row.');
  const kept = preservation?.values instanceof Float32Array && preservation.values.length === rows ? preservation.values : null;
  return { rows, dims, coordinates: coordinates.values, kept, metadata };
}
