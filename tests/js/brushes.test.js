import assert from 'node:assert/strict';
import test from 'node:test';
import { column } from '../../wwwroot/js/analysis/values.js';
import { scaleOf } from '../../wwwroot/js/charts/scale.js';
import { brushOver, brushed, formatBrushes, parseBrushes, placesOf } from '../../wwwroot/js/hyper/brushes.js';

const lr = column([0.001, 0.01, null, 0.1], 'config.lr');
const name = column(['sgd', 'adam', 'adamw', null], 'config.name');

test('brushes survive the address, whatever the names', () => {
  const brushes = new Map([['config.lr', [0.001, 0.1]], ['config["a:b,\\"c\\""]', ['', '"x"']]]);
  assert.deepEqual(parseBrushes(formatBrushes(brushes)), brushes);
});

test('what a link was cut to is no brush', () => {
  for (const text of ['', '["config.lr",1', '{}', '["config.lr",2,1]', '["config.lr",1,"a"]', '[1,2,3]', '["config.lr",null,1]']) {
    assert.equal(parseBrushes([text]).size, 0, text);
  }
});

test('rows lie in every brush, those without a value in none', () => {
  assert.deepEqual(brushed([lr, name], new Map([['config.lr', [0.005, 1]]]), 4), [false, true, false, true]);
  assert.deepEqual(brushed([lr, name], new Map([['config.lr', [0.005, 1]], ['config.name', ['adam', 'adamw']]]), 4), [false, true, false, false]);
  assert.equal(brushed([lr, name], new Map([['config.other', [0, 1]]]), 4), null);
  assert.equal(brushed([lr], new Map([['config.lr', ['a', 'b']]]), 4), null);
});

test('a stretch of an axis becomes values and comes back', () => {
  const scale = scaleOf(lr, true);
  const brush = brushOver(lr, scale, 0.25, 0.75);
  assert.ok(Math.abs(brush[0] - 10 ** -2.5) < 1e-12 && Math.abs(brush[1] - 10 ** -1.5) < 1e-12);
  placesOf(lr, scale, brush).forEach((place, at) => assert.ok(Math.abs(place - [0.25, 0.75][at]) < 1e-12));
  assert.deepEqual(brushOver(name, scaleOf(name), 0.4, 1), ['adamw', 'sgd']);
  assert.deepEqual(placesOf(name, scaleOf(name), ['adamw', 'sgd']), [0.5, 1]);
  assert.equal(brushOver(name, scaleOf(name), 0.6, 0.9), null);
});

test('a brush beyond the axis, or from zero on a log axis, is cut to it', () => {
  const scale = scaleOf(lr, true);
  assert.deepEqual(placesOf(lr, scale, [0, 100]), [0, 1]);
  assert.equal(placesOf(lr, scale, [5, 9]), null);
  assert.equal(placesOf(lr, scale, [-2, -1]), null);
});
