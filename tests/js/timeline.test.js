import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { bytesWords, lossTraces, measureGroups, measureWords, shareTraces } from '../../wwwroot/js/timeline/figures.js';
import { blocksOf, lanesOf, marks, zoomed } from '../../wwwroot/js/timeline/lanes.js';
import { formatState, parseState } from '../../wwwroot/js/timeline/state.js';
import { rateWords } from '../../wwwroot/js/timeline/words.js';

test('a whole state survives the address', () => {
  const state = { run: 'a&b', window: [1.5, 20.25], loss: 'train/loss', losses: 'share' };
  assert.deepEqual(parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString())), state);
  assert.equal(withChanges(new URLSearchParams(), formatState(parseState(new URLSearchParams()))).size, 0);
  assert.equal(parseState(new URLSearchParams('window=5,2&losses=pie')).window, null);
});

test('lanes come in the order they began, without what is no span', () => {
  const lanes = lanesOf([{ name: 'b', started: 12, ended: 13 }, { name: 'a', started: 15, ended: 16 }, { name: 'a', started: 10, ended: 11 }, { name: 'c', started: 3, ended: NaN }, { name: 'c', started: 9, ended: 8 }], 10);
  assert.deepEqual(lanes, [{ name: 'a', spans: [[0, 1], [5, 6]] }, { name: 'b', spans: [[2, 3]] }]);
});

test('phases that are pixels apart stay apart', () => {
  assert.deepEqual(blocksOf([[0, 10], [20, 30]], 0, 100, 100).map(({ x, width, count }) => [x, width, count]), [[0, 10, 1], [20, 10, 1]]);
});

test('thousands of phases become few blocks that say how many they are and how much they cover', () => {
  const spans = Array.from({ length: 10000 }, (_, at) => [at, at + 0.25]);
  const blocks = blocksOf(spans, 0, 10000, 500);
  assert.ok(blocks.length <= 500);
  assert.equal(blocks.reduce((sum, block) => sum + block.count, 0), 10000);
  assert.ok(Math.abs(blocks.reduce((sum, block) => sum + block.seconds, 0) - 2500) < 1e-6);
});

test('zoomed in, the same phases are told one by one', () => {
  const spans = Array.from({ length: 10000 }, (_, at) => [at, at + 0.25]);
  const blocks = blocksOf(spans, 100, 120, 500);
  assert.equal(blocks.length, 21);
  assert.ok(blocks.every((block) => block.count === 1));
});

test('a phase shorter than a pixel is drawn as one', () => {
  assert.deepEqual(blocksOf([[50, 50]], 0, 100, 100), [{ x: 50, width: 1, count: 1, started: 50, ended: 50, seconds: 0 }]);
});

test('marks are round and few', () => {
  assert.deepEqual(marks(0, 100, 5), [0, 30, 60, 90]);
  assert.deepEqual(marks(3590, 3670, 4), [3600, 3630, 3660]);
});

test('zooming keeps the place under the pointer and stays within the whole', () => {
  const [from, to] = zoomed([0, 100], [0, 100], 0.5, 50);
  assert.deepEqual([from, to], [25, 75]);
  assert.deepEqual(zoomed([0, 50], [0, 100], 1, -40), [0, 50]);
  assert.deepEqual(zoomed([25, 75], [0, 100], 10, 50), [0, 100]);
});

test('shares of a run add up to one, what no phase covers included', () => {
  const rows = [{ run: { name: '<r>' }, process: { started: 0, heard: 10, phases: { shares: [{ name: 'a', count: 2, seconds: 6, own_seconds: 4 }, { name: 'b', count: 1, seconds: 2, own_seconds: 2 }], uncovered: 4 } } }];
  const traces = shareTraces(rows, ['a', 'b']);
  assert.equal(traces.reduce((sum, trace) => sum + trace.x[0], 0), 1);
  assert.equal(traces[0].y[0], '&lt;r&gt;');
});

test('terms of a loss are stacked, and the total is no term', () => {
  const curves = new Map(['train/loss', 'train/loss/data', 'train/loss/l2'].map((tag) => [tag, { tag, steps: [0, 1], values: [1, 2] }]));
  const loss = { tag: 'train/loss', terms: ['train/loss/data', 'train/loss/l2', 'train/loss/gone'] };
  assert.deepEqual(lossTraces(loss, curves, 'stack').map((trace) => [trace.name, trace.stackgroup ?? null]), [['data', 'terms'], ['l2', 'terms'], ['train/loss', null]]);
  assert.equal(lossTraces(loss, curves, 'share').length, 2);
});

test('measures with one unit share a picture', () => {
  assert.deepEqual(measureGroups(['system/cpu_percent', 'system/gpu/0/watts', 'system/disk_read_bytes_per_second', 'system/process_memory_bytes', 'system/gpu/0/percent']).map((group) => [group.key, group.tags.length]),
    [['percent', 2], ['bytes', 1], ['rate', 1], ['watts', 1]]);
  assert.equal(measureWords('system/process_memory_bytes', 1536), '1.5 KiB');
  assert.equal(measureWords('system/disk_read_bytes_per_second', 2 ** 20), '1 MiB/s');
  assert.equal(bytesWords(NaN), 'NaN');
});

test('a speed that is none is not told as one', () => {
  assert.equal(rateWords(NaN), '—');
  assert.equal(rateWords(0), '—');
});
