import assert from 'node:assert/strict';
import test from 'node:test';
import { parseMarkdown, parseSpans, safeLink } from '../../wwwroot/js/markdown.js';

test('blocks are told apart', () => {
  const blocks = parseMarkdown('# Title #\n\nOne\ntwo\n\n---\n\n- a\n- b\n  - c\n\n1. x\n2. y\n\n> said\n> **so**\n\n```py\nx = 1 < 2\n```\n| a | b |\n|:--|--:|\n| 1 | `|` |\n');
  assert.deepEqual(blocks.map((block) => block.type), ['heading', 'paragraph', 'rule', 'list', 'list', 'quote', 'code', 'table']);
  assert.deepEqual(blocks[0], { type: 'heading', level: 1, spans: ['Title'] });
  assert.deepEqual(blocks[1].spans, ['One', { type: 'break' }, 'two']);
  assert.equal(blocks[3].items.length, 2);
  assert.equal(blocks[3].items[1][1].type, 'list');
  assert.equal(blocks[4].ordered, true);
  assert.deepEqual(blocks[6], { type: 'code', language: 'py', text: 'x = 1 < 2' });
  assert.deepEqual(blocks[7].align, ['left', 'right']);
});

test('spans nest, names with underscores stay', () => {
  assert.deepEqual(parseSpans('a **b *c*** d'), ['a ', { type: 'strong', spans: ['b ', { type: 'em', spans: ['c'] }] }, ' d']);
  assert.deepEqual(parseSpans('**bold** and *em*'), [{ type: 'strong', spans: ['bold'] }, ' and ', { type: 'em', spans: ['em'] }]);
  assert.deepEqual(parseSpans('train_loss_ema'), ['train', '_loss_', 'ema']);
  assert.deepEqual(parseSpans('`a*b*`'), [{ type: 'code', text: 'a*b*' }]);
  assert.deepEqual(parseSpans('\\*x\\*'), ['*', 'x', '*']);
  assert.deepEqual(parseSpans('[t](https://e.org)'), [{ type: 'link', spans: ['t'], target: 'https://e.org' }]);
});

test('markup in a text stays text', () => {
  assert.deepEqual(parseMarkdown('<script>alert(1)</script>')[0].spans, ['<script>alert(1)</script>']);
});

test('only web and mail addresses are followed', () => {
  for (const bad of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'http://[']) assert.equal(safeLink(bad), null, bad);
  assert.equal(safeLink('https://example.org/a'), 'https://example.org/a');
  assert.equal(safeLink('mailto:a@b.c'), 'mailto:a@b.c');
});

test('hostile texts take linear time and no stack', () => {
  const begun = performance.now();
  for (const bad of ['>'.repeat(50000), '['.repeat(50000), '*'.repeat(50000), '`'.repeat(50000), `${'- '.repeat(2000)}x`, '**a'.repeat(20000), '|'.repeat(20000), '_a'.repeat(20000), '![['.repeat(20000), '~~'.repeat(20000), `|a|\n${'|-'.repeat(20000)}`]) parseMarkdown(bad);
  // Each takes milliseconds; a quadratic one would take minutes.
  assert.ok(performance.now() - begun < 20000);
});
