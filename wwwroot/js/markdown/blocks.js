// Markdown as a tree. Markup of HTML is text like any other; nothing here is ever parsed as a document. Every construct is found in one pass
// with a bounded stack, so no input costs more than its length.
//
// parseMarkdown(text) → blocks: { type: heading, level, inline } · { paragraph, inline } · { code, language, text } · { quote, blocks } ·
//   { list, ordered, start, items: [blocks] } · { table, align, head: [inline], rows: [[inline]] } · { rule }
// inline: { type: text, text } · { em | strong | del, inline } · { code, text } · { link, href, inline } · { image, src, alt } · { break }

import { parseInline } from './inline.js';

// Lists and quotes within each other; deeper ones are text.
const MAX_DEPTH = 8;
const MAX_COLUMNS = 100;

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+|$)/;
const QUOTE = /^ {0,3}> ?/;
const DIVIDER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The blocks of a text. */
export function parseMarkdown(text) {
  return parseBlocks(String(text).replace(/\r\n?/g, '\n').split('\n'), 0);
}

function parseBlocks(lines, depth) {
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line.trim() === '') {
      at++;
      continue;
    }
    const fence = FENCE.exec(line);
    if (fence) {
      const code = [];
      const end = new RegExp(`^ {0,3}${fence[1][0]}{${fence[1].length},}[ \\t]*$`);
      for (at++; at < lines.length && !end.test(lines[at]); at++) code.push(lines[at]);
      at++;
      blocks.push({ type: 'code', language: fence[2], text: code.join('\n') });
      continue;
    }
    const heading = line.length < 4000 ? HEADING.exec(line) : null;
    if (heading) {
      blocks.push({ type: 'heading', level: heading[1].length, inline: parseInline(heading[2] ?? '') });
      at++;
      continue;
    }
    if (line.length < 1000 && RULE.test(line)) {
      blocks.push({ type: 'rule' });
      at++;
      continue;
    }
    if (QUOTE.test(line) && depth < MAX_DEPTH) {
      const inner = [];
      while (at < lines.length && QUOTE.test(lines[at])) inner.push(lines[at++].replace(QUOTE, ''));
      blocks.push({ type: 'quote', blocks: parseBlocks(inner, depth + 1) });
      continue;
    }
    if (ITEM.test(line) && depth < MAX_DEPTH) {
      at = readList(lines, at, depth, blocks);
      continue;
    }
    if (line.includes('|') && at + 1 < lines.length && lines[at + 1].length < 4000 && DIVIDER.test(lines[at + 1])) {
      const head = cells(line);
      const align = cells(lines[at + 1]).map((cell) => (cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : cell.startsWith(':') ? 'left' : null));
      if (head.length === align.length) {
        const rows = [];
        for (at += 2; at < lines.length && lines[at].trim() !== '' && lines[at].includes('|'); at++) {
          const row = cells(lines[at]);
          rows.push(head.map((_, i) => parseInline(row[i] ?? '')));
        }
        blocks.push({ type: 'table', align, head: head.map(parseInline), rows });
        continue;
      }
    }
    const paragraph = [line.trimStart()];
    for (at++; at < lines.length && goesOn(lines[at], depth); at++) paragraph.push(lines[at].trimStart());
    blocks.push({ type: 'paragraph', inline: parseInline(paragraph.join('\n').trimEnd()) });
  }
  return blocks;
}

/** True where a line belongs to the paragraph above it. */
function goesOn(line, depth) {
  if (line.trim() === '' || FENCE.test(line) || /^ {0,3}#{1,6}(?:\s|$)/.test(line)) return false;
  return depth >= MAX_DEPTH || !(QUOTE.test(line) || ITEM.test(line) || (line.length < 1000 && RULE.test(line)));
}

function readList(lines, from, depth, blocks) {
  const first = ITEM.exec(lines[from])[2];
  const ordered = /\d/.test(first);
  const items = [];
  let at = from;
  while (at < lines.length) {
    const match = ITEM.exec(lines[at]);
    if (!match || /\d/.test(match[2]) !== ordered) break;
    const width = match[0].length;
    const inner = [lines[at++].slice(width)];
    while (at < lines.length) {
      const line = lines[at];
      const indent = line.length - line.trimStart().length;
      if (line.trim() === '') {
        // A blank line ends the item unless what follows is indented into it.
        const next = lines[at + 1];
        if (next === undefined || next.trim() === '' || next.length - next.trimStart().length < Math.min(width, 2)) break;
        inner.push('');
        at++;
      } else if (indent >= Math.min(width, 2)) {
        inner.push(line.slice(Math.min(indent, width)));
        at++;
      } else if (!ITEM.test(line) && goesOn(line, depth)) inner.push(lines[at++]);
      else break;
    }
    items.push(parseBlocks(inner, depth + 1));
    while (at < lines.length && lines[at].trim() === '' && at + 1 < lines.length && ITEM.test(lines[at + 1])) at++;
  }
  blocks.push({ type: 'list', ordered, start: ordered ? Number.parseInt(first, 10) : 1, items });
  return at;
}

function cells(line) {
  const trimmed = line.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  return trimmed.split(/(?<!\\)\|/).slice(0, MAX_COLUMNS).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}
