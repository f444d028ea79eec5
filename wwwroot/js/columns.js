// The packed answer of scalar queries (application/vnd.lossboard.columns, docs/binary-columns.md): "LBC1", a little-endian u32 with the length
// of a JSON header, the header, then the columns it names by type and offset. Columns become typed arrays over the answer itself: no copy.

export const COLUMNS_TYPE = 'application/vnd.lossboard.columns';
const PREFIX = 8;
const TYPES = { f64: Float64Array, i64: BigInt64Array, i32: Int32Array };

/** @param {ArrayBuffer} buffer @returns {{ seq: number, series: object[] }} the same shape as the JSON answer, with typed arrays */
export function decodeColumns(buffer) {
  const magic = new TextDecoder().decode(new Uint8Array(buffer, 0, 4));
  if (magic !== 'LBC1') throw new TypeError('The answer does not begin as packed columns do.');
  const length = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, PREFIX, length)));
  const base = PREFIX + length;
  const series = header.series.map(({ columns, count, ...rest }) => {
    const arrays = {};
    for (const [name, { type, offset }] of Object.entries(columns)) {
      const column = new TYPES[type](buffer, base + offset, count);
      arrays[name] = type === 'i64' ? Float64Array.from(column, Number) : column;
    }
    return { ...rest, ...arrays };
  });
  return { seq: header.seq, series };
}
