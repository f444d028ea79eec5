// A block of a report: a note, or a page of this server shown within it.

import { may } from '../access.js';
import { readParams } from '../address.js';
import { h, icon, nameText } from '../dom.js';
import { embedded } from '../embedded.js';
import { ownPath } from '../frame/views.js';
import { renderMarkdown } from '../markdown/view.js';
import { t } from '../text.js';

const HEIGHTS = ['small', 'medium', 'large'];

/** The address of a view as a page without its frame. */
function inBlock(path) {
  const target = new URL(ownPath(path), document.baseURI);
  target.searchParams.set('embed', '1');
  // Where the report itself stands in another site's page, the link says that the block may stand there too.
  const link = embedded && readParams().get('share');
  if (link) target.searchParams.set('share', link);
  return target.href;
}

/** @param hooks { changed(), move(by), remove() } The element has `startEditing()` where it is a note. */
export function createBlock(block, hooks) {
  const tool = (symbol, label, action) => h('button', { type: 'button', class: 'button quiet icon-only', data: { needs: 'write' }, title: label, 'aria-label': label, onclick: action }, icon(symbol));
  const handle = h('button', { type: 'button', class: 'button quiet icon-only block-handle', data: { needs: 'write' }, draggable: 'true', title: t('reports.move'), 'aria-label': t('reports.move') }, icon('more'));
  handle.addEventListener('keydown', (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    hooks.move(by);
  });
  const width = tool('columns', t('reports.width'), () => {
    block.width = block.width === 'half' ? 'full' : 'half';
    element.dataset.width = block.width;
    hooks.changed();
  });
  const common = [tool('up', t('reports.up'), () => hooks.move(-1)), tool('down', t('reports.down'), () => hooks.move(1)), width];
  const remove = tool('trash', t('reports.remove'), hooks.remove);
  const element = h('section', { class: `block block-${block.type === 'page' ? 'page card' : 'note'}`, data: { width: block.width === 'half' ? 'half' : 'full' } });
  if (block.type === 'page') page(element, block, [...common, height(element, block, hooks, tool), remove], handle, hooks);
  else note(element, block, [...common, remove], handle, hooks, tool);
  return element;
}

function height(element, block, hooks, tool) {
  element.dataset.height = HEIGHTS.includes(block.height) ? block.height : 'medium';
  return tool('expand', t('reports.height'), () => {
    block.height = HEIGHTS[(HEIGHTS.indexOf(element.dataset.height) + 1) % HEIGHTS.length];
    element.dataset.height = block.height;
    hooks.changed();
  });
}

function page(element, block, tools, handle, hooks) {
  // The server leaves out an address that the reader's link does not show.
  const isShown = block.path !== null;
  const name = nameText(block.title || block.path || '');
  // In a frame there is no way back from the page.
  const title = isShown && !embedded ? h('a', { class: 'block-title ellipsis', href: ownPath(block.path) }, name) : h('span', { class: 'block-title ellipsis' }, name);
  const rename = h('button', { type: 'button', class: 'button quiet icon-only', data: { needs: 'write' }, title: t('reports.rename'), 'aria-label': t('reports.rename') }, icon('edit'));
  rename.addEventListener('click', () => {
    const field = h('input', { type: 'text', class: 'input', value: block.title ?? '', 'aria-label': t('reports.rename'), maxlength: '200' });
    const done = () => {
      block.title = field.value.trim() || block.path;
      title.replaceChildren(nameText(block.title));
      field.replaceWith(title);
      hooks.changed();
    };
    field.addEventListener('blur', done, { once: true });
    field.addEventListener('keydown', (event) => event.key === 'Enter' && field.blur());
    title.replaceWith(field);
    field.select();
  });
  const content = isShown ? h('iframe', { src: inBlock(block.path), loading: 'lazy', title: block.title || block.path }) : h('p', { class: 'prose muted', text: t('reports.not_in_link') });
  element.append(h('div', { class: 'block-head' }, handle, title, h('div', { class: 'block-tools' }, rename, ...tools)), content);
}

function note(element, block, tools, handle, hooks, tool) {
  const prose = h('div', { class: 'prose', tabindex: '0', role: 'group', 'aria-label': t('reports.note') });
  const show = () => prose.replaceChildren(block.text.trim() ? renderMarkdown(block.text, { level: 1 }) : may('write') ? h('p', { class: 'muted', text: t('reports.note_empty') }) : '');
  element.startEditing = () => {
    if (!may('write')) return;
    if (!prose.isConnected) return;
    const field = h('textarea', { 'aria-label': t('reports.note'), placeholder: t('reports.note_hint') });
    field.value = block.text;
    field.addEventListener('input', () => {
      block.text = field.value;
      hooks.changed();
    });
    field.addEventListener('blur', () => {
      field.replaceWith(prose);
      show();
    }, { once: true });
    field.addEventListener('keydown', (event) => event.key === 'Escape' && field.blur());
    prose.replaceWith(field);
    field.focus();
  };
  block.text = typeof block.text === 'string' ? block.text : '';
  prose.addEventListener('dblclick', () => element.startEditing());
  prose.addEventListener('keydown', (event) => event.key === 'Enter' && event.target === prose && (event.preventDefault(), element.startEditing()));
  show();
  element.append(h('div', { class: 'block-tools' }, handle, tool('edit', t('reports.edit_note'), () => element.startEditing()), ...tools), prose);
}
