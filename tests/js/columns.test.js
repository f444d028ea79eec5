import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeColumns } from '../../wwwroot/js/columns.js';

function packed(header, columns) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const body = columns.map((column) => new Uint8Array(column.buffer));
  const buffer = new Uint8Array(8 + length + body.reduce((sum, part) => sum + Math.ceil(part.length / 8) * 8, 0)).fill(32);
  buffer.set(new TextEncoder().encode('LBC1'));
  new DataView(buffer.buffer).setUint32(4, length, true);
  buffer.set(text, 8);
  let at = 8 + length;
  for (const part of body) {
    buffer.set(part, at);
    at += Math.ceil(part.length / 8) * 8;
  }
  return buffer.buffer;
}

test('packed columns are read where the header says, shared ones too', () => {
  const at = (offset, type = 'f64') => ({ type, offset });
  const header = { seq: 7, series: [{ run_id: 'r', tag: 't', total: 3, count: 3, columns: { steps: at(0, 'i64'), wall_times: at(24), values: at(48), min: at(48), max: at(72), non_finite: at(96, 'i32') } }] };
  const { seq, series: [one] } = decodeColumns(packed(header, [
    BigInt64Array.of(1n, 2n, 9007199254740993n), Float64Array.of(1, 2, 3), Float64Array.of(NaN, -Infinity, 0.5), Float64Array.of(1, 2, 3), Int32Array.of(1, 0, 2),
  ]));
  assert.equal(seq, 7);
  assert.deepEqual([...one.steps], [1, 2, 9007199254740992]);
  assert.deepEqual([...one.values], [NaN, -Infinity, 0.5]);
  assert.deepEqual([...one.min], [...one.values]);
  assert.deepEqual([...one.non_finite], [1, 0, 2]);
  assert.equal(one.tag, 't');
});

test('another answer is refused', () => {
  assert.throws(() => decodeColumns(new TextEncoder().encode('{"series":[]}').buffer), TypeError);
});
