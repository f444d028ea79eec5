import assert from 'node:assert/strict';
import test from 'node:test';
import { drawTraces, mapping } from '../../wwwroot/js/charts/draw.js';
import { SvgContext, escapeXml, svgDocument, svgText } from '../../wwwroot/js/charts/svg.js';
import { Trace } from '../../wwwroot/js/charts/trace.js';

test('markup and what XML forbids are text in a picture', () => {
  assert.equal(escapeXml('<script>&"\u0000\ud800x'), '&lt;script&gt;&amp;&quot;\ufffd\ufffdx');
  assert.equal(escapeXml('🚀 مرحبا'), '🚀 مرحبا');
  assert.ok(!svgText('</text><script>', { x: 0, y: 0, fill: '#000' }).includes('<script'));
});

const view = (from, to) => ({
  box: { left: 0, top: 0, width: 100, height: 50 }, logX: false, logY: false, from, to, ratio: 1,
  toX: mapping(from, to, 0, 100, false), toY: { y: mapping(-1, 1, 50, -50, false) },
});
const drawn = (count) => {
  const steps = Array.from({ length: count }, (_, i) => i);
  const values = steps.map((i) => (i === 5 ? NaN : Math.sin(i)));
  const trace = new Trace({ id: 'r', css: '#123456', dash: 1 });
  trace.replace({ steps, wall_times: steps, values, total: count }, true);
  const ctx = new SvgContext();
  drawTraces(ctx, [trace], view(0, count - 1), { smoothing: 0, lit: null });
  return ctx.elements;
};

test('a curve becomes paths, dashed as on the screen, clipped to the plot, its marks outside the clip', () => {
  const elements = drawn(20);
  assert.match(elements[0], /^<path d="M0 25L/);
  assert.match(elements[0], /stroke="#123456".*stroke-dasharray="7 4".*clip-path/);
  assert.ok(elements.some((element) => !element.includes('clip-path')), 'the mark of the NaN');
});

test('a picture of a million points is as large as its pixels', () => {
  const bytes = drawn(1000000).join('').length;
  // A hundred columns with at most four corners of about a dozen characters each, and the head of the path.
  assert.ok(bytes < 100 * 4 * 14 + 500, `${bytes} bytes`);
});

test('a document holds what it is given', () => {
  const text = svgDocument(10, 20, '<g/>', { left: 1, top: 2, width: 3, height: 4 });
  assert.match(text, /viewBox="0 0 10 20"/);
  assert.match(text, /<rect x="1" y="2" width="3" height="4"\/>/);
});

test('a band has the extremes of every pixel column and breaks where nothing is known', () => {
  const trace = new Trace({ id: 'r', css: '#000' });
  const steps = [0, 1, 1.2, 50, 60, 70];
  trace.replace({ steps, wall_times: steps, values: [0, 0, 0, NaN, 0, 0], min: [0, -0.5, -1, NaN, 0, 0], max: [0, 1, 0.5, NaN, 0.5, 0.5], non_finite: [0, 0, 0, 1, 0, 0], total: 6 }, true);
  const ctx = new SvgContext();
  drawTraces(ctx, [trace], view(0, 100), { smoothing: 0, lit: null });
  // y runs from 1 at the top to −1 fifty pixels below; steps 1 and 1.2 share a column.
  assert.match(ctx.elements[0], /d="M0 25L1 0L1 50L0 25ZM60 12.5L70 12.5L70 25L60 25Z"/);
});
