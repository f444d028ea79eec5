// Markdown's tree as elements. Texts become text nodes, addresses pass addresses.js, and that is all a text can bring in.

import { h } from '../dom.js';
import { t } from '../text.js';
import { parseMarkdown } from './blocks.js';
import { imageAddress, linkAddress } from './addresses.js';

// Beyond this many characters the rest is shown as plain text: a log of a megabyte is no document.
const MAX_RENDERED = 100_000;
const LAST_HEADING = 6;

/**
 * An element for a text.
 * @param options { runId: run whose artifacts the text's pictures may be, level: heading of the page that the text stands below }
 */
export function renderMarkdown(text, { runId = null, level = 4 } = {}) {
  const context = { runId, level };
  const cut = text.length > MAX_RENDERED ? text.lastIndexOf('\n', MAX_RENDERED) : -1;
  const end = text.length > MAX_RENDERED ? (cut > 0 ? cut : MAX_RENDERED) : text.length;
  const view = h('div', { class: 'markdown', dir: 'auto' }, ...parseMarkdown(text.slice(0, end)).map((block) => blockElement(block, context)));
  if (end < text.length) view.append(h('p', { class: 'muted', text: t('media.text_plain') }), h('pre', { text: text.slice(end) }));
  return view;
}

function blockElement(block, context) {
  const inline = (nodes) => nodes.map((node) => inlineElement(node, context.runId));
  const blocks = (list) => list.map((one) => blockElement(one, context));
  switch (block.type) {
    case 'heading': {
      const level = block.level + context.level;
      const role = level > LAST_HEADING ? { role: 'heading', 'aria-level': Math.min(9, level) } : {};
      return h(level > LAST_HEADING ? 'div' : `h${level}`, { class: `md-heading md-h${block.level}`, ...role }, ...inline(block.inline));
    }
    case 'code': return h('pre', {}, h('code', { text: block.text }));
    case 'quote': return h('blockquote', {}, ...blocks(block.blocks));
    case 'rule': return h('hr');
    case 'list': return h(block.ordered ? 'ol' : 'ul', { start: block.ordered && block.start !== 1 ? block.start : null }, ...block.items.map((item) => h('li', {}, ...listItem(item, blocks, inline))));
    case 'table': return h('div', { class: 'md-table' }, h('table', {},
      h('thead', {}, h('tr', {}, ...block.head.map((cell, i) => h('th', { class: block.align[i] && `md-${block.align[i]}` }, ...inline(cell))))),
      h('tbody', {}, ...block.rows.map((row) => h('tr', {}, ...row.map((cell, i) => h('td', { class: block.align[i] && `md-${block.align[i]}` }, ...inline(cell))))))));
    default: return h('p', {}, ...inline(block.inline));
  }
}

/** An item of one paragraph is a line, not a paragraph. */
function listItem(item, blocks, inline) {
  return item[0]?.type === 'paragraph' ? [...inline(item[0].inline), ...blocks(item.slice(1))] : blocks(item);
}

function inlineElement(node, runId) {
  const inline = (nodes) => nodes.map((one) => inlineElement(one, runId));
  switch (node.type) {
    case 'em': case 'strong': case 'del': return h(node.type, {}, ...inline(node.inline));
    case 'code': return h('code', { text: node.text });
    case 'break': return h('br');
    case 'link': {
      const href = linkAddress(node.href);
      return href ? h('a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, ...inline(node.inline)) : h('span', {}, ...inline(node.inline));
    }
    case 'image': {
      const src = imageAddress(node.src, runId, document.baseURI);
      return src ? h('img', { src, alt: node.alt, loading: 'lazy' }) : h('span', { class: 'md-blocked', title: t('media.image_blocked') }, `[${node.alt || node.src}]`);
    }
    default: return document.createTextNode(node.text);
  }
}
