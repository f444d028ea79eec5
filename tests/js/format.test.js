import assert from 'node:assert/strict';
import test from 'node:test';
import { linearLabels, logLabels, logSplits } from '../../wwwroot/js/charts/axes.js';
import { formatDuration, formatNumber, formatRelative } from '../../wwwroot/js/format.js';
import { csvField } from '../../wwwroot/js/download.js';

test('numbers keep four digits and say what they are', () => {
  const cases = { 0: '0', 0.123456: '0.1235', 12.3456: '12.346', 1234.56: '1234.6', 12345678: '1.235e7', 0.00001234: '1.234e−5', '-2.5': '−2.5', 100: '100' };
  for (const [value, text] of Object.entries(cases)) assert.equal(formatNumber(Number(value)), text);
  assert.deepEqual([NaN, Infinity, -Infinity].map(formatNumber), ['NaN', '∞', '−∞']);
});

test('durations show their two largest units', () => {
  assert.deepEqual([5, 65, 3700, 90000].map(formatDuration), ['5s', '1m 5s', '1h 1m', '1d 1h']);
  assert.deepEqual([0, 0.25, 45, 90, 7500].map(formatRelative), ['0s', '250ms', '45s', '1:30', '2:05:00']);
});

test('labels of an axis tell its ticks apart', () => {
  assert.deepEqual(linearLabels([0, 0.05, 0.1]), ['0.00', '0.05', '0.10']);
  assert.deepEqual(linearLabels([1000000, 1250000]), ['1.00M', '1.25M']);
  assert.equal(new Set(linearLabels([1e-9, 2e-9, 3e-9])).size, 3);
});

test('a log axis is marked at powers of ten', () => {
  assert.deepEqual(logSplits(0.1, 10).map((x) => Number(x.toPrecision(6))), [0.1, 0.2, 0.5, 1, 2, 5, 10]);
  assert.deepEqual(logLabels([1e-7, 0.01, 1, 1e6]), ['10⁻⁷', '0.01', '1', '10⁶']);
});

test('a name in a CSV is quoted and never a formula', () => {
  assert.equal(csvField('a,"b"'), '"a,""b"""');
  assert.equal(csvField('=1+1'), "'=1+1");
});
