import assert from 'node:assert/strict';
import test from 'node:test';
import { column, labelOf, likelyMetric, metricPath, parsePath, readValue } from '../../wwwroot/js/analysis/values.js';

test('a metric path survives any tag', () => {
  for (const tag of ['loss', 'val/loss', 'a "quoted" tag', 'back\\slash', '梯度 🙂', 'line\nbreak', ').min']) {
    assert.deepEqual(parsePath(metricPath(tag, 'min')), { kind: 'metric', tag, statistic: 'min' });
  }
});

test('config paths are called as the job called them', () => {
  assert.equal(labelOf('config.optimizer.name'), 'optimizer.name');
  assert.equal(labelOf('config["odd key"].x'), 'odd key.x');
  assert.equal(labelOf(metricPath('loss', 'last'), { last: 'letzter' }), 'loss (letzter)');
});

test('what is no path of a value is none', () => {
  for (const path of ['', null, 'name', 'summary(loss).min', 'summary("loss").mean', 'javascript:1']) assert.equal(parsePath(path), null);
});

test('numbers that JSON cannot write come back, but a setting may be the word', () => {
  assert.ok(Number.isNaN(readValue('NaN', metricPath('loss', 'last'))));
  assert.equal(readValue('-Infinity', metricPath('loss', 'min')), -Infinity);
  assert.equal(readValue('NaN', 'config.fill'), 'NaN');
  assert.equal(readValue(false, 'config.augment'), 'false');
});

test('a column of numbers keeps its gaps and counts what cannot be drawn', () => {
  const found = column([1, null, 'NaN', 2], metricPath('loss', 'last'));
  assert.ok(found.numeric);
  assert.deepEqual(found.values, [1, NaN, NaN, 2]);
  assert.equal(found.missing, 2);
});

test('texts and mixed values are categories in natural order', () => {
  const found = column(['b10', 'b2', null, 3], 'config.name');
  assert.ok(!found.numeric);
  assert.deepEqual(found.categories, ['3', 'b2', 'b10']);
  assert.deepEqual(found.values, [2, 1, NaN, 0]);
  assert.equal(found.missing, 1);
});

test('the metric that is meant is a loss on held-out data where there is one', () => {
  assert.equal(likelyMetric(['acc', 'train/loss', 'val/loss']), 'val/loss');
  assert.equal(likelyMetric(['acc', 'train/loss']), 'train/loss');
  assert.equal(likelyMetric(['acc', 'lossy_bits']), 'acc');
  assert.equal(likelyMetric([]), null);
});
