// What a safetensors file says of itself at its start: names, types and shapes of its tensors. The rest of the file is not read.

import { send } from '../api.js';

// A batch has a handful of tensors; a header beyond this is none of a batch.
const MOST_BYTES = 1 << 20;

/** `{ inputs: { dtype, shape }, targets: … }` of the file's first bytes, or null: more are needed, or it is no such file. */
export function parseHeader(bytes) {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MOST_BYTES || bytes.length < 8 + length) return null;
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    return header && typeof header === 'object' ? header : null;
  } catch {
    return null;
  }
}

/** Reads the header of an artifact; null where it has none. */
export async function readHeader({ run_id: run, name }, signal) {
  const response = await send(`api/v1/runs/${encodeURIComponent(run)}/artifacts/${name.split('/').map(encodeURIComponent).join('/')}`, { accept: '*/*', signal });
  const reader = response.body.getReader();
  let bytes = new Uint8Array(0);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      const more = new Uint8Array(bytes.length + value.length);
      more.set(bytes);
      more.set(value, bytes.length);
      bytes = more;
      const header = parseHeader(bytes);
      if (header || bytes.length > MOST_BYTES + 8) return header;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** How many samples a batch has, from its header; null where it does not tell. */
export const samplesOf = (header) => header?.inputs?.shape?.[0] ?? header?.targets?.shape?.[0] ?? null;
