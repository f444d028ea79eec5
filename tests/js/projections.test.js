import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { Column, columnsOf, KEPT, likelyColor, likelyLabel } from '../../wwwroot/js/projections/columns.js';
import { isOn, isolated, maskOf, packMask, ranged, rowsOf, shownBy, toggled } from '../../wwwroot/js/projections/filters.js';
import { search, SearchFault } from '../../wwwroot/js/projections/find.js';
import { unpackFrame } from '../../wwwroot/js/projections/frames.js';
import { legendEntries, rangeOf, sharesOf } from '../../wwwroot/js/projections/legend.js';
import { idColumns, inverse, linkedPairs, linkRows, mostMoved, movements } from '../../wwwroot/js/projections/linking.js';
import { Model, slotsOf } from '../../wwwroot/js/projections/model.js';
import { combined, csvPieces, packRows, unpackRows } from '../../wwwroot/js/projections/selected.js';
import { seriesKey, siblings, sourceOf, specAt } from '../../wwwroot/js/projections/spec.js';
import { defaults, formatState, isWhole, parseState } from '../../wwwroot/js/projections/state.js';
import { readPicture, readTensors, TensorFault } from '../../wwwroot/js/projections/tensors.js';

const label = Column.of({ name: 'label', type: 'category', categories: ['cat', 'dog', 'ant'], codes: [0, 1, -1, 1, 2] });
const loss = Column.of({ name: 'loss', type: 'number', values: [0.5, 2, 'NaN', 1, 'Infinity'] });
const columns = [label, loss];
const plain = (mask) => (mask === null ? null : [...mask]);

/** A safetensors file with tensors `{ name: [dtype, shape, typed array] }`. */
function file(tensors, metadata) {
  let at = 0;
  const header = metadata ? { __metadata__: metadata } : {};
  for (const [name, [dtype, shape, values]] of Object.entries(tensors)) header[name] = { dtype, shape, data_offsets: [at, at += values.byteLength] };
  const head = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + head.length + at);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let place = 8 + head.length;
  for (const [, , values] of Object.values(tensors)) {
    bytes.set(new Uint8Array(values.buffer), place);
    place += values.byteLength;
  }
  return bytes.buffer;
}

test('columns of an answer are typed, with their finite extremes and what is missing', () => {
  assert.ok(label.codes instanceof Int32Array && loss.values instanceof Float64Array);
  assert.deepEqual([loss.low, loss.high, loss.missing, label.missing], [0.5, 2, 2, 1]);
  assert.deepEqual([label.text(1), label.text(2), loss.text(0), loss.text(2)], ['dog', '', '0.5', '']);
});

test('whole numbers of which there are few are classes, and of labels many may be', () => {
  const number = (name, values) => ({ name, type: 'number', values });
  const [digit, wide, share, ids] = columnsOf({ columns: [number('digit', [10, 2, 'NaN', 2]), number('label', Array.from({ length: 200 }, (_, i) => i)), number('share', [0.5, 1, 2, 3]), number('n', Array.from({ length: 200 }, (_, i) => i))] }, null);
  assert.deepEqual([digit.type, digit.categories, [...digit.codes]], ['category', ['2', '10'], [1, 0, -1, 0]]);
  assert.deepEqual([wide.type, share.type, ids.type], ['category', 'number', 'number']);
});

test('kept neighbours join the columns under a name that no column can have', () => {
  const all = columnsOf({ columns: [{ name: 'kept', type: 'number', values: [1] }] }, Float32Array.of(0.5));
  assert.deepEqual(all.map(({ name }) => name), ['kept', KEPT]);
});

test('a label is coloured by before anything else, and one text a row is no colour', () => {
  const id = Column.of({ name: 'id', type: 'category', categories: Array.from({ length: 500 }, (_, i) => `n${i}`), codes: [0, 1, 2, 3, 4] });
  assert.equal(likelyColor([loss, id, label]), 'label');
  assert.equal(likelyColor([id, loss]), 'loss');
  assert.equal(likelyColor([]), null);
  assert.equal(likelyLabel([loss, label, id], 'label'), 'id');
});

test('filters of categories and ranges hold together; none is no mask', () => {
  const shown = (filters, options) => plain(shownBy(5, columns, filters, options).mask);
  assert.equal(shown([]), null);
  assert.deepEqual(shown([{ column: 'label', only: ['dog'] }]), [0, 1, 0, 1, 0]);
  assert.deepEqual(shown([{ column: 'label', not: ['dog'] }]), [1, 0, 1, 0, 1]);
  assert.deepEqual(shown([{ column: 'label', only: ['', 'ant'] }]), [0, 0, 1, 0, 1]);
  assert.deepEqual(shown([{ column: 'loss', from: 0.5, to: 1 }]), [1, 0, 0, 1, 0]);
  assert.deepEqual(shown([{ column: 'label', only: ['dog'] }, { column: 'loss', from: 0, to: 1 }]), [0, 0, 0, 1, 0]);
  assert.deepEqual(shown([{ column: 'label', only: ['dog'] }], { also: [maskOf(5, [0, 3])] }), [0, 0, 0, 1, 0]);
  assert.equal(shown([{ column: 'gone', only: ['dog'] }]), null);
  assert.equal(shown([{ column: 'label', only: ['dog'] }], { except: 'label' }), null);
});

test('a legend toggles, isolates and shows all again', () => {
  let filters = toggled([], 'label', 'dog', 3);
  assert.deepEqual(filters, [{ column: 'label', not: ['dog'] }]);
  assert.deepEqual([isOn(filters, 'label', 'dog'), isOn(filters, 'label', 'cat')], [false, true]);
  assert.deepEqual(toggled(filters, 'label', 'dog', 3), []);
  filters = isolated(filters, 'label', 'cat');
  assert.deepEqual(filters, [{ column: 'label', only: ['cat'] }]);
  assert.deepEqual(toggled(filters, 'label', 'dog', 3), [{ column: 'label', only: ['cat', 'dog'] }]);
  assert.deepEqual(toggled([{ column: 'label', only: ['cat', 'dog'] }], 'label', 'ant', 3), []);
  assert.deepEqual(isolated(filters, 'label', 'cat'), []);
  assert.deepEqual(ranged(ranged([], 'loss', [0, 1]), 'loss', null), []);
});

test('a legend counts what is shown, by name where there are few', () => {
  const said = (mask, by) => legendEntries(label, mask, by).map(({ text, count }) => `${text}:${count}`);
  assert.deepEqual(said(null), ['ant:1', 'cat:1', 'dog:2', ':1']);
  assert.deepEqual(said(Uint8Array.of(1, 1, 0, 0, 0)), ['ant:0', 'cat:1', 'dog:1', ':0']);
  assert.deepEqual(said(null, 2), ['dog:2', 'ant:1', 'cat:1', ':1']);
});

test('shares of a selection, and the range of a number over it', () => {
  assert.deepEqual(sharesOf(label, [1, 3, 4]).map(({ text, count, of }) => [text, count, of]), [['dog', 2, 1], ['ant', 1, 1]]);
  assert.deepEqual(rangeOf(loss, [0, 1, 2, 3]), { low: 0.5, high: 2, mean: 3.5 / 3, count: 3 });
  assert.equal(rangeOf(loss, [2]), null);
});

test('search finds text and patterns in all columns or one', () => {
  assert.equal(search(columns, 5, ''), null);
  assert.deepEqual(plain(search(columns, 5, 'DOG')), [0, 1, 0, 1, 0]);
  assert.deepEqual(plain(search(columns, 5, '/^.a/')), [1, 0, 0, 0, 0]);
  assert.deepEqual(plain(search(columns, 5, '/^(cat|ant)$/g')), [1, 0, 0, 0, 1]);
  assert.deepEqual(plain(search(columns, 5, '2')), [0, 1, 0, 0, 0]);
  assert.deepEqual(plain(search(columns, 5, '2', 'label')), [0, 0, 0, 0, 0]);
  assert.throws(() => search(columns, 5, '/(/'), (error) => error instanceof SearchFault && error.code === 'pattern' && error.message.length > 0);
});

test('a search that takes too long gives up', () => {
  let time = 0;
  assert.throws(() => search(columns, 5, 'dog', null, () => (time += 2000)), (error) => error.code === 'slow');
});

test('a mask goes to the server as bits, the lowest first', () => {
  assert.deepEqual([...atob(packMask(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1)))].map((letter) => letter.charCodeAt(0)), [1, 2]);
  assert.deepEqual([...rowsOf(Uint8Array.of(0, 1, 1))], [1, 2]);
});

test('a safetensors file gives coordinates and kept shares, aligned or not', () => {
  for (const metadata of [undefined, { a: 'b' }, { a: 'bc' }, { a: 'bcd' }]) {
    const picture = readPicture(file({ coordinates: ['F32', [2, 2], Float32Array.of(1, 2, NaN, 4)], preservation: ['F32', [2], Float32Array.of(0.5, 1)] }, metadata));
    assert.deepEqual([picture.rows, picture.dims, ...picture.coordinates, ...picture.kept], [2, 2, 1, 2, NaN, 4, 0.5, 1]);
  }
});

test('a file that is none says so', () => {
  const good = file({ coordinates: ['F32', [2, 2], new Float32Array(4)] });
  assert.throws(() => readTensors(good.slice(0, 4)), TensorFault);
  assert.throws(() => readTensors(good.slice(0, 30)), TensorFault);
  assert.throws(() => readTensors(good.slice(0, good.byteLength - 4)), TensorFault);
  assert.throws(() => readPicture(file({ coordinates: ['F32', [1, 4], new Float32Array(4)] })), TensorFault);
  assert.throws(() => readPicture(file({ other: ['F32', [2, 2], new Float32Array(4)] })), TensorFault);
});

test('a frame spans from the least to the most of each direction', () => {
  const packed = btoa(String.fromCharCode(...new Uint8Array(Uint16Array.of(0, 65535, 65535, 0).buffer)));
  const frame = unpackFrame({ iteration: 5, iterations: 10, rows: 2, low: [-1, 0], high: [1, 4], packed });
  assert.deepEqual([...frame.coordinates], [-1, 4, 1, 0]);
  assert.equal(unpackFrame({ iteration: 5, iterations: 10, rows: 3, low: [-1, 0], high: [1, 4], packed }), null);
});

test('rows stand in an address as runs, and come back', () => {
  for (const rows of [[], [0], [5, 6, 7, 8], [0, 2, 3, 100000], [1, 3, 5]]) {
    const text = packRows(Uint32Array.from(rows));
    assert.deepEqual([...(unpackRows(text) ?? [])], rows);
  }
  assert.equal(packRows(Uint32Array.from({ length: 5000 }, (_, i) => 2 * i)), null);
  assert.equal(packRows(Uint32Array.from({ length: 5000 }, (_, i) => i)), '0-3uw');
  for (const text of ['', '-', 'a b', '0-zzzzzzzz', '0..1']) assert.equal(unpackRows(text), null);
});

test('a selection is replaced, added to and taken from, and stays in order', () => {
  assert.deepEqual([...combined(null, [10, 9, 2], 'replace')], [2, 9, 10]);
  assert.deepEqual([...combined(Uint32Array.of(2, 9), [100, 9], 'add')], [2, 9, 100]);
  assert.deepEqual([...combined(Uint32Array.of(2, 9), [9], 'subtract')], [2]);
});

test('CSV of a selection has coordinates and metadata, and no formulas', () => {
  const odd = Column.of({ name: '=x', type: 'category', categories: ['=1+1', 'a,b'], codes: [0, 1] });
  const picture = { rows: 2, dims: 2, coordinates: Float32Array.of(1, 2, 3, 4) };
  const kept = new Column({ name: KEPT, type: 'number', values: Float32Array.of(0.5, NaN) });
  assert.equal([...csvPieces(picture, [odd, kept], null, 1)].join(''), "row,x,y,'=x,preservation\n0,1,2,'=1+1,0.5\n1,3,4,\"a,b\",\n");
  assert.equal([...csvPieces(picture, [], Uint32Array.of(1))].join(''), 'row,x,y\n1,3,4\n');
});

test('the whole state stands in the address and comes back', () => {
  const state = { ...defaults(), job: 'j', other: 'k', color: KEPT, filters: [{ column: 'label', only: ['a, b', ''] }, { column: 'x', not: ['c'] }, { column: KEPT, from: 0.25, to: 1 }], query: '/a+/', within: 'label', onlyFound: true, labels: 'points', label: 'id',
    sprites: true, size: 5, opacity: 0.5, ghosts: false, pick: 7, metric: 'cosine', neighbors: 12, amongShown: true, selected: Uint32Array.of(1, 2, 9), isolated: Uint32Array.of(3), camera: [0.5, -1, 2], otherCamera: [1, 2, 3], aligned: true, links: true, linkBy: 'id' };
  assert.deepEqual(parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString())), state);
  assert.equal(withChanges(new URLSearchParams(), formatState(defaults())).toString(), '');
  assert.equal(parseState(withChanges(new URLSearchParams(), formatState({ ...defaults(), color: '' }))).color, '');
});

test('an address that is none leaves the defaults', () => {
  const odd = new URLSearchParams('where=range\tx\t2\t1&where=nothing&where=only\tlabel&pick=-1&size=abc&opacity=7&camera=1,x&labels=all&metric=l7&k=0&selected=%');
  assert.deepEqual(parseState(odd), { ...defaults(), neighbors: 1 });
  assert.equal(isWhole({ ...defaults(), selected: Uint32Array.from({ length: 5000 }, (_, i) => 2 * i) }), false);
});

test('vectors are linked by row or by an id, and back', () => {
  const id = (texts) => Column.of({ name: 'id', type: 'category', categories: [...new Set(texts)], codes: texts.map((text) => [...new Set(texts)].indexOf(text)) });
  const a = { rows: 3, columns: [id(['x', 'y', 'z']), Column.of({ name: 'n', type: 'number', values: [1, 1, 1] })] };
  const b = { rows: 4, columns: [id(['z', 'x', 'w', 'x'])] };
  assert.deepEqual([...linkRows(a, b).map], [0, 1, 2]);
  const link = linkRows(a, b, 'id');
  assert.deepEqual([[...link.map], link.linked, link.doubled], [[1, -1, 0], 2, 1]);
  assert.deepEqual([...inverse(link.map, 4)], [2, 0, -1, -1]);
  assert.deepEqual(linkedPairs(link.map).map((rows) => [...rows]), [[0, 2], [1, 0]]);
  assert.deepEqual(idColumns(a, { rows: 3, columns: [id(['z', 'x', 'w'])] }), ['id']);
  assert.deepEqual(idColumns(a, b), []);
});

test('movement is told in parts of the first picture, the farthest first', () => {
  const a = { rows: 3, dims: 2, coordinates: Float32Array.of(0, 0, 10, 0, 5, 5) };
  const b = { rows: 3, dims: 2, coordinates: Float32Array.of(0, 0, 10, 5, 5, 6) };
  const moved = movements(a, b, Int32Array.of(0, 1, -1));
  assert.deepEqual([...moved], [0, 0.5, NaN]);
  assert.deepEqual(mostMoved(moved, 2), [1, 0]);
  assert.deepEqual(mostMoved(moved, 2, Uint8Array.of(1, 0, 1)), [0]);
});

test('steps of one series hang together whatever the server filled in', () => {
  const spec = (step, more = {}) => ({ embedding: { run_id: 'r', tag: 'e', step }, method: 'umap', dims: 2, perplexity: null, ...more });
  assert.equal(seriesKey(spec(1)), seriesKey({ dims: 2, method: 'umap', embedding: { tag: 'e', run_id: 'r' } }));
  assert.notEqual(seriesKey(spec(1)), seriesKey(spec(1, { dims: 3 })));
  assert.equal(seriesKey({ artifact: { run_id: 'r', name: 'x.npy' }, method: 'pca' }), null);
  const job = (id, step, status, more) => ({ id, status, spec: spec(step, more) });
  const all = [job('1', 1, 'failed'), job('2', 1, 'succeeded'), job('3', 2, 'running'), job('4', 3, 'succeeded', { dims: 3 })];
  assert.deepEqual([...siblings(all, all[1])].map(([step, { id }]) => [step, id]), [[1, '2'], [2, '3']]);
  assert.equal(siblings(all, all[0]).get(1).id, '1');
  assert.deepEqual(specAt(spec(1), 5).embedding, { run_id: 'r', tag: 'e', step: 5 });
  assert.deepEqual(sourceOf({ features: { model: { run_id: 'r', name: 'm.pt' }, module: 'fc' } }), { kind: 'features', runId: 'r', name: 'm.pt', step: null, part: 'fc' });
});

test('a model computes again only what changed', () => {
  const model = new Model();
  const state = { ...defaults(), filters: [{ column: 'loss', from: 0.5, to: 1 }], query: 'dog' };
  model.set({ rows: 5, columns }, state);
  const { shown, found, legend } = model;
  assert.deepEqual([shown.shown, model.foundCount], [2, 2]);
  assert.deepEqual(legend.map(({ text, count }) => [text, count]), [['ant', 0], ['cat', 1], ['dog', 1], ['', 0]]);
  model.set({ rows: 5, columns }, { ...state, pick: 3 });
  assert.ok(model.shown === shown && model.found === found && model.legend === legend);
  assert.deepEqual(plain(model.set({ rows: 5, columns }, { ...state, onlyFound: true }).shown.mask), [0, 0, 0, 1, 0]);
  model.set({ rows: 5, columns }, { ...state, query: '/(/' });
  assert.equal(model.found.fault.code, 'pattern');
});

test('one text has one place in the palette of two pictures', () => {
  const other = Column.of({ name: 'label', type: 'category', categories: ['dog', 'emu', 'cat'], codes: [0, 1, 2] });
  assert.deepEqual([...slotsOf(label)], [1, 2, 0]);
  assert.deepEqual([...slotsOf(other, label)], [2, 3, 1]);
});
