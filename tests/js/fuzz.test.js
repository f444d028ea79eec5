// Whatever a text of a run, an address or an answer says: what reads it ends, soon, in what it may give or the error that it says it throws.
// A fixed corpus and seed; LOSSBOARD_LONG=1 goes on for half a minute each.

import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeColumns } from '../../wwwroot/js/columns.js';
import { csvField } from '../../wwwroot/js/download.js';
import { imageAddress, linkAddress } from '../../wwwroot/js/markdown/addresses.js';
import { parseMarkdown } from '../../wwwroot/js/markdown/blocks.js';
import { MAX_CELLS, MAX_COLUMNS, numberOf, parseTable, TableError } from '../../wwwroot/js/media/tabular.js';
import { unpackRows } from '../../wwwroot/js/projections/selected.js';
import { escapeXml } from '../../wwwroot/js/charts/svg.js';
import { formatView, parseView } from '../../wwwroot/js/viewstate.js';

const BUDGET = process.env.LOSSBOARD_LONG === '1' ? 30000 : 150;
// Inputs have some kilobytes: this is a thousand times what one takes.
const LONGEST = 2000;
const ODD = ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'javascript:alert(1)', 'data:text/html,x', '\u0000', '\ud800', '\u202e', '=1+1', '\t', '\r\n', '"', "'", '`', '\\', '__proto__', 'constructor', 'toString', '1e400', '-0', '9'.repeat(30), '../..', '%00', '😀'];

function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return Math.floor(((Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 0) / 2 ** 32) * below);
  };
}

/** Changes a text: cuts, repeats, swaps, words of the format, deep nesting. */
function mutated(text, words, next) {
  let made = text;
  for (let changes = 1 + next(6); changes > 0; changes--) {
    const at = next(made.length + 1);
    const end = Math.min(made.length, at + 1 + next(1 << next(8)));
    switch (next(7)) {
      case 0: made = made.slice(0, at) + made.slice(end); break;
      case 1: made = made.slice(0, end) + made.slice(at); break;
      case 2: made = made.slice(0, at) + ODD[next(ODD.length)] + made.slice(at); break;
      case 3: made = made.slice(0, at) + words[next(words.length)] + made.slice(at); break;
      case 4: made = made.slice(0, at) + words[next(words.length)].repeat(1 + next(next(20) === 0 ? 5000 : 20)) + made.slice(at); break;
      case 5: made = made.slice(0, at) + String.fromCharCode(next(next(2) ? 128 : 65536)) + made.slice(at + 1); break;
      default: made = made.replace(/\d+/, () => ['0', '-1', '1e9', '4294967296', '9'.repeat(40), 'NaN'][next(6)]);
    }
  }
  return made.slice(0, 64 << 10);
}

function fuzz(name, corpus, words, read) {
  test(`${name}: any input is read or refused`, () => {
    const next = random(7);
    const began = performance.now();
    let tried = 0;
    for (const input of corpus) read(input);
    while (performance.now() - began < BUDGET || tried < 50) {
      const input = mutated(corpus[next(corpus.length)], words, next);
      const spent = process.cpuUsage();
      try {
        read(input);
      } catch (error) {
        throw new Error(`${name}, input ${tried} (${JSON.stringify(input.slice(0, 1500))}): ${error.stack}`);
      }
      // Processor time: others may have had the machine meanwhile.
      const { user, system } = process.cpuUsage(spent);
      assert.ok((user + system) / 1000 < LONGEST, `${name} took too long: ${JSON.stringify(input.slice(0, 1500))}`);
      tried++;
    }
  });
}

const INLINE = new Set(['text', 'em', 'strong', 'del', 'code', 'link', 'image', 'break']);
const BLOCKS = new Set(['heading', 'paragraph', 'code', 'quote', 'list', 'table', 'rule']);

function checkInline(nodes) {
  for (const node of nodes) {
    assert.ok(INLINE.has(node.type), node.type);
    if (node.type === 'link') assert.match(linkAddress(node.href) ?? 'https:', /^(https?|mailto):/);
    if (node.type === 'image') assert.match(imageAddress(node.src, 'r', 'http://h/') ?? 'api/', /^(api\/v1\/runs\/|http:\/\/h\/api\/v1\/runs\/|api\/)/);
    if (node.inline) checkInline(node.inline);
  }
}

function checkBlocks(blocks) {
  for (const block of blocks) {
    assert.ok(BLOCKS.has(block.type), block.type);
    if (block.inline) checkInline(block.inline);
    if (block.blocks) checkBlocks(block.blocks);
    for (const item of block.items ?? []) checkBlocks(item);
    for (const cells of [block.head ?? [], ...(block.rows ?? [])]) cells.forEach(checkInline);
  }
}

fuzz('markdown', [
  '# Title\n\nA *b* **c** ~~d~~ `e` [f](https://g "h") ![i](artifact:j.png) <k>\n\n- l\n  1. m\n\n> n\n\n```py\no\n```\n\n| p | q |\n|---|--:|\n| 1 | 2 |\n\n---\n',
  '***a** b* [x][y] \\* &amp; http://z\n===\n    code\n* * *\n~~~\nq',
], ['*', '**', '_', '~~', '`', '```', '[', '](', ')', '![', '\n', '\n\n', '> ', '- ', '1. ', '# ', '|', '|---|', '<', '\\', 'https://', 'artifact:', '    '], (text) => checkBlocks(parseMarkdown(text)));

for (const extension of ['csv', 'tsv', 'json']) {
  fuzz(`table.${extension}`, ['a,b\n1,"x ""y"""\n', 'a\tb\n1\t2\n', '[{"a":1,"b":"x"},{"a":null}]', '{"columns":["a"],"data":[[1],[2]]}', 'a\nconstructor\n__proto__\n'],
    ['"', '""', ',', '\t', '\n', '\r\n', '[', ']', '{', '}', ':', 'null', '"__proto__":', '"columns"', '"data"'], (text) => {
      try {
        const { columns, rows } = parseTable(extension, text);
        assert.ok(columns.length <= MAX_COLUMNS && rows.reduce((sum, row) => sum + row.length, 0) <= MAX_CELLS);
        for (const cell of rows.flat()) assert.ok(numberOf(cell) === null || typeof numberOf(cell) === 'number', cell);
      } catch (error) {
        if (!(error instanceof TableError)) throw error;
      }
    });
}

fuzz('view of an address', ['tags=loss&smooth=mean:3&x=step&zoom=1:2:loss&add=loss%09lr%09right&early=0-5%09loss&tip=3:loss&pin=a&fold=b&window=1:5&sync=1'],
  ['&', '=', ':', 'zoom=', 'add=', 'early=', 'tip=', 'smooth=', 'gaussian:', '%09', '%00', '__proto__', 'add=constructor%09x', 'early=1-2%09__proto__', '1:2:', '%E2%80%A6'], (text) => {
    const state = parseView(new URLSearchParams(text));
    formatView(state);
    assert.deepEqual(Object.keys(Object.prototype), []);
  });

fuzz('chosen rows of an address', ['0', '1-5.3.z-2', 'a.b.c-d'], ['.', '-', 'z', '0', 'zzzzzz', '1-1j0ny'], (text) => {
  const rows = unpackRows(text);
  assert.ok(rows === null || rows.length <= 2e6);
});

function columns(header, bytes) {
  const text = new TextEncoder().encode(header);
  const padded = new Uint8Array(8 + Math.ceil(text.length / 8) * 8 + bytes).fill(32, 8, 8 + Math.ceil(text.length / 8) * 8);
  padded.set(new TextEncoder().encode('LBC1'));
  new DataView(padded.buffer).setUint32(4, Math.ceil(text.length / 8) * 8, true);
  padded.set(text, 8);
  return padded.buffer;
}

fuzz('packed columns', ['{"seq":1,"series":[{"tag":"a","count":2,"columns":{"steps":{"type":"i64","offset":0},"values":{"type":"f64","offset":16},"n":{"type":"i32","offset":32}}}]}'],
  ['"type"', '"offset"', '"count"', 'i64', 'f64', '[', ']', '{', '}', ',', ':', '-8', '1e300', 'null', '"__proto__"'], (header) => {
    try {
      decodeColumns(columns(header, 40));
    } catch (error) {
      // The answer of our own server: whatever is wrong with it is one of these, and the page says that it could not be read.
      if (!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)) throw error;
    }
  });

fuzz('fields of csv and texts of svg', ['=cmd|calc', '-1', '+a', '@x', '\tx', 'plain, "quoted"\nlines', '<svg onload=x>&amp;'], ['=', '+', '-', '@', '\t', '\r', '"', ',', '\n', '<', '>', '&', '\ud800'], (text) => {
  const field = csvField(text);
  const inner = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
  assert.doesNotMatch(inner, /^[=+\-@\t\r]/);
  assert.equal(inner.replace(/^'/, ''), text.replace(/^'/, ''));
  assert.doesNotMatch(escapeXml(text), /[<>"]|&(?!(amp|lt|gt|quot);)/);
});
