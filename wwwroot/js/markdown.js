// Markdown as notes and logged texts use it: headings, emphasis, code, lists, quotes, tables, links, rules. Parsed to a plain tree, then built
// as elements: nothing of a text is ever taken for markup, so a hostile text is just odd to read.

import { h } from './dom.js';

// Deeper quotes and lists than this are shown as they stand; a text of a hundred thousand brackets must not exhaust the stack.
const MAX_DEPTH = 8;
const MAX_LENGTH = 1 << 20;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+-]*)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const SPLIT = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Blocks of a text: `{ type: 'heading' | 'paragraph' | 'code' | 'list' | 'quote' | 'table' | 'rule', … }`; `spans` hold what stands within a line. */
export function parseMarkdown(text, depth = 0) {
  const lines = text.slice(0, MAX_LENGTH).replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n');
  const blocks = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) blocks.push({ type: 'paragraph', spans: parseSpans(paragraph.join('\n')) });
    paragraph = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    const fence = FENCE.exec(line);
    const heading = HEADING.exec(line);
    if (fence) {
      flush();
      const code = [];
      while (++i < lines.length && !lines[i].trimStart().startsWith(fence[1])) code.push(lines[i]);
      blocks.push({ type: 'code', language: fence[2], text: code.join('\n') });
    } else if (heading) {
      flush();
      blocks.push({ type: 'heading', level: heading[1].length, spans: parseSpans(heading[2]) });
    } else if (RULE.test(line)) {
      flush();
      blocks.push({ type: 'rule' });
    } else if (line.trim() === '') flush();
    else if (QUOTE.test(line) && depth < MAX_DEPTH) {
      flush();
      const inner = [];
      for (; i < lines.length && QUOTE.test(lines[i]); i++) inner.push(QUOTE.exec(lines[i])[1]);
      i--;
      blocks.push({ type: 'quote', blocks: parseMarkdown(inner.join('\n'), depth + 1) });
    } else if (ITEM.test(line) && depth < MAX_DEPTH) {
      flush();
      const [list, next] = parseList(lines, i, depth);
      blocks.push(list);
      i = next - 1;
    } else if (line.includes('|') && i + 1 < lines.length && lines[i + 1].includes('-') && SPLIT.test(lines[i + 1])) {
      flush();
      const align = cells(lines[i + 1]).map((cell) => (cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : 'left'));
      const rows = [cells(line)];
      for (i += 2; i < lines.length && lines[i].includes('|') && lines[i].trim() !== ''; i++) rows.push(cells(lines[i]));
      i--;
      blocks.push({ type: 'table', align, rows: rows.map((row) => align.map((_, at) => parseSpans(row[at] ?? ''))) });
    } else paragraph.push(line.trim());
  }
  flush();
  return blocks;
}

function parseList(lines, start, depth) {
  const first = ITEM.exec(lines[start]);
  const ordered = /\d/.test(first[2]);
  const items = [];
  let i = start;
  while (i < lines.length) {
    const match = ITEM.exec(lines[i]);
    if (!match || /\d/.test(match[2]) !== ordered) break;
    const indent = match[1].length + match[2].length + 1;
    const inner = [match[3]];
    for (i++; i < lines.length; i++) {
      const own = lines[i].length - lines[i].trimStart().length;
      if (lines[i].trim() === '') {
        const after = lines[i + 1] ?? '';
        if (after.length - after.trimStart().length < indent || after.trim() === '') break;
        inner.push('');
      } else if (own >= Math.min(indent, 2)) inner.push(lines[i].slice(Math.min(own, indent)));
      else break;
    }
    items.push(parseMarkdown(inner.join('\n'), depth + 1));
    if (lines[i]?.trim() === '' && ITEM.test(lines[i + 1] ?? '')) i++;
  }
  return [{ type: 'list', ordered, start: ordered ? Number.parseInt(first[2], 10) : 1, items }, i];
}

function cells(line) {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

// Every repetition is bounded, so that matching takes linear time whatever the text is.
const SPAN = /\\([\\`*_{}[\]()#+.!|>~-])|(`{1,9})([^`]{1,5000})\2|(!?)\[([^[\]]{0,500})\]\(([^()\s]{1,2000})\)|(\*\*|__)(?=\S)([^]{1,1000}?)\7(?![*_])|(\*|_)(?=\S)([^*_]{1,1000}?)\9|~~([^~]{1,1000})~~|\b(https?:\/\/[^\s<>()]{1,2000})/g;

/** What stands within a line: texts and `{ type: 'strong' | 'em' | 'del' | 'code' | 'link' | 'image' | 'break', … }`. */
export function parseSpans(text, depth = 0) {
  const spans = [];
  let last = 0;
  const plain = (part) => {
    const pieces = part.split(/ *\n/);
    pieces.forEach((piece, at) => {
      if (at > 0) spans.push({ type: 'break' });
      if (piece) spans.push(piece);
    });
  };
  const inner = (part) => (depth < MAX_DEPTH ? parseSpans(part, depth + 1) : [part]);
  for (const match of text.matchAll(SPAN)) {
    const [whole, escaped, , code, bang, label, target, , strong, , em, struck, bare] = match;
    plain(text.slice(last, match.index));
    last = match.index + whole.length;
    if (escaped !== undefined) spans.push(escaped);
    else if (code !== undefined) spans.push({ type: 'code', text: code.trim() || code });
    else if (target !== undefined) spans.push(bang ? { type: 'image', alt: label, source: target } : { type: 'link', spans: inner(label), target });
    else if (strong !== undefined) spans.push({ type: 'strong', spans: inner(strong) });
    else if (em !== undefined) {
      // An underscore within a word is part of a name.
      const word = whole[0] === '_' && (/\w/.test(text[match.index - 1] ?? '') || /\w/.test(text[last] ?? ''));
      if (word) plain(whole);
      else spans.push({ type: 'em', spans: inner(em) });
    } else if (struck !== undefined) spans.push({ type: 'del', spans: inner(struck) });
    else spans.push({ type: 'link', spans: [bare], target: bare });
  }
  plain(text.slice(last));
  return spans;
}

/** The address of a link that may be followed, or null: web pages and mail, nothing that runs. */
export function safeLink(target) {
  try {
    const url = new URL(target, globalThis.document?.baseURI ?? 'http://localhost/');
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * A text as elements. `image(source)` gives the address of a picture that may be shown, or null; by default none is, because a picture from
 * elsewhere would tell its server who reads.
 */
export function renderMarkdown(text, { image = () => null } = {}) {
  const fragment = document.createDocumentFragment();
  fragment.append(...parseMarkdown(text).map((block) => blockElement(block, image)));
  return fragment;
}

function blockElement(block, image) {
  const within = (spans) => spans.map((span) => spanNode(span, image));
  switch (block.type) {
    case 'heading': return h(`h${block.level}`, { dir: 'auto' }, ...within(block.spans));
    case 'code': return h('pre', { tabindex: '0' }, h('code', { text: block.text }));
    case 'rule': return h('hr');
    case 'quote': return h('blockquote', {}, ...block.blocks.map((one) => blockElement(one, image)));
    case 'list': return h(block.ordered ? 'ol' : 'ul', { start: block.ordered && block.start !== 1 ? block.start : null }, ...block.items.map((item) => itemElement(item, image)));
    case 'table': return h('div', { class: 'prose-table' }, h('table', {}, ...block.rows.map((row, at) => h('tr', {}, ...row.map((spans, column) => h(at === 0 ? 'th' : 'td', { class: `align-${block.align[column]}`, scope: at === 0 ? 'col' : null }, ...within(spans)))))));
    default: return h('p', { dir: 'auto' }, ...within(block.spans));
  }
}

function itemElement(blocks, image) {
  const task = blocks[0]?.type === 'paragraph' && typeof blocks[0].spans[0] === 'string' ? /^\[([ xX])\]\s+/.exec(blocks[0].spans[0]) : null;
  if (!task) return h('li', {}, ...(blocks.length === 1 && blocks[0].type === 'paragraph' ? blocks[0].spans.map((span) => spanNode(span, image)) : blocks.map((block) => blockElement(block, image))));
  const [first, ...rest] = blocks;
  const spans = [first.spans[0].slice(task[0].length), ...first.spans.slice(1)];
  return h('li', { class: 'task' }, task[1] === ' ' ? '☐ ' : '☑ ', ...spans.map((span) => spanNode(span, image)), ...rest.map((block) => blockElement(block, image)));
}

function spanNode(span, image) {
  if (typeof span === 'string') return document.createTextNode(span);
  const within = () => span.spans.map((one) => spanNode(one, image));
  switch (span.type) {
    case 'break': return h('br');
    case 'code': return h('code', { text: span.text });
    case 'image': {
      const source = image(span.source);
      return source ? h('img', { src: source, alt: span.alt, loading: 'lazy' }) : h('span', { class: 'muted', text: span.alt || span.source });
    }
    case 'link': {
      const target = safeLink(span.target);
      return target ? h('a', { href: target, rel: 'noopener noreferrer nofollow', target: '_blank' }, ...within()) : h('span', {}, ...within());
    }
    default: return h(span.type, {}, ...within());
  }
}
