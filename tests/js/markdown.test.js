import assert from 'node:assert/strict';
import test from 'node:test';
import { parseInline } from '../../wwwroot/js/markdown/inline.js';
import { parseMarkdown } from '../../wwwroot/js/markdown/blocks.js';
import { artifactAddress, imageAddress, linkAddress } from '../../wwwroot/js/markdown/addresses.js';

const text = (value) => ({ type: 'text', text: value });

test('blocks of every kind are told apart', () => {
  const blocks = parseMarkdown('# Title #\nline one\nline two\n\n- a\n- b\n  - c\n\n3. x\n4. y\n\n> quoted\n\n---\n\n```py\n<b>*x*\n```\n\n| a | b |\n|---|--:|\n| 1 | `|` \\| |\n');
  assert.deepEqual(blocks.map((block) => block.type), ['heading', 'paragraph', 'list', 'list', 'quote', 'rule', 'code', 'table']);
  assert.deepEqual(blocks[0], { type: 'heading', level: 1, inline: [text('Title')] });
  assert.deepEqual(blocks[1].inline, [text('line one\nline two')]);
  assert.deepEqual(blocks[2].items[1].map((block) => block.type), ['paragraph', 'list']);
  assert.equal(blocks[3].start, 3);
  assert.deepEqual(blocks[6], { type: 'code', language: 'py', text: '<b>*x*' });
  assert.deepEqual(blocks[7].align, [null, 'right']);
  assert.equal(blocks[7].rows.length, 1);
});

test('emphasis, code, links and images nest', () => {
  assert.deepEqual(parseInline('a **b *c* d** `e*f` ~~g~~'), [
    text('a '), { type: 'strong', inline: [text('b '), { type: 'em', inline: [text('c')] }, text(' d')] }, text(' '), { type: 'code', text: 'e*f' }, text(' '), { type: 'del', inline: [text('g')] },
  ]);
  assert.deepEqual(parseInline('***x***'), [{ type: 'strong', inline: [{ type: 'em', inline: [text('x')] }] }]);
  assert.deepEqual(parseInline('[a *b*](https://x.org/(1) "t") ![alt](artifact:images/a.png)'), [
    { type: 'link', href: 'https://x.org/(1)', inline: [text('a '), { type: 'em', inline: [text('b')] }] }, text(' '), { type: 'image', src: 'artifact:images/a.png', alt: 'alt' },
  ]);
  assert.deepEqual(parseInline('see https://x.org/a_b. Then'), [text('see '), { type: 'link', href: 'https://x.org/a_b', inline: [text('https://x.org/a_b')] }, text('. Then')]);
});

test('names with underscores, lone markers and escapes are text', () => {
  for (const plain of ['snake_case_name', '2 * 3 * 4', 'a * b', '[no link]', '[x](', '![', '**', 'a](b)', '`unclosed']) assert.deepEqual(parseInline(plain), [text(plain)], plain);
  assert.deepEqual(parseInline('\\*not\\*'), [text('*not*')]);
});

test('markup is text, never more', () => {
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  assert.deepEqual(parseMarkdown(hostile), [{ type: 'paragraph', inline: [text(hostile)] }]);
});

test('only absolute http, https and mailto addresses are links', () => {
  for (const bad of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,<script>', 'vbscript:x', 'file:///etc/passwd',
    '//evil.org', '/relative', 'relative', 'blob:https://x/1', 'https:', 'http://', '']) assert.equal(linkAddress(bad), null, JSON.stringify(bad));
  assert.equal(linkAddress('HTTPS://x.org/a b'), 'https://x.org/a%20b');
  assert.equal(linkAddress('mailto:a@b.org'), 'mailto:a@b.org');
});

test('images come from artifacts of this server alone', () => {
  const base = 'http://localhost:6006/board/';
  assert.equal(imageAddress('artifact:images/a b/1.png', 'r/1', base), 'api/v1/runs/r%2F1/artifacts/images/a%20b/1.png');
  assert.equal(imageAddress('api/v1/runs/r/artifacts/x.png', 'r', base), 'http://localhost:6006/board/api/v1/runs/r/artifacts/x.png');
  for (const bad of ['https://evil.org/t.png', '//evil.org/api/v1/runs/r/artifacts/x.png', 'http://localhost:6006/api/v1/runs/r/artifacts/x', 'data:image/png;base64,AA', 'javascript:1', 'artifact:../../x', 'artifact:',
    'api/v1/runs/r/artifacts/../../../../health', 'api/v1/runs/r', 'http://[', 'x.png']) assert.equal(imageAddress(bad, 'r', base), null, bad);
  assert.equal(artifactAddress('r', 'a/ü?#.png', 'i&d'), 'api/v1/runs/r/artifacts/a/%C3%BC%3F%23.png?id=i%26d');
});

test('inputs made to be slow are not', () => {
  const many = 60_000;
  const hostile = ['*'.repeat(many), '['.repeat(many), '![]('.repeat(many), '[a]('.repeat(many), '`a``'.repeat(many), '_a*'.repeat(many), '>'.repeat(many), '- '.repeat(many), `${' '.repeat(many)}- x`, '|'.repeat(many), `|${'-|'.repeat(many)}`,
    `a|b\n${'-|'.repeat(many)}`, '<https://'.repeat(many), 'https://'.repeat(many), '~~a'.repeat(many), `# ${'#'.repeat(many)}x`, `# ${' #'.repeat(many)}x`, '- - '.repeat(many), '* * '.repeat(many), '> \n'.repeat(many), '- a\n\n'.repeat(many / 4), '\\'.repeat(many), '][('.repeat(many)];
  for (const one of hostile) {
    const begun = process.cpuUsage();
    parseMarkdown(one);
    // A pass over 60,000 repeats takes milliseconds of processor time, however busy the machine; what is quadratic takes minutes.
    const took = process.cpuUsage(begun).user / 1000;
    assert.ok(took < 3000, `${one.slice(0, 12)}… took ${Math.round(took)} ms`);
  }
});

test('nesting is bounded', () => {
  const depth = (blocks) => Math.max(0, ...blocks.map((block) => 1 + Math.max(depth(block.blocks ?? []), ...(block.items ?? []).map(depth), 0)));
  assert.ok(depth(parseMarkdown(`${'>'.repeat(500)} x`)) <= 10);
  assert.ok(depth(parseMarkdown(`${'- '.repeat(500)} x`)) <= 10);
});
