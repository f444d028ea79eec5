// Saved views: the address of a page under a name, kept in the project for everyone.

import { json } from '../api.js';
import { byId, h, icon, nameText } from '../dom.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { openReportPicker } from '../reports/picker.js';

/** Where this page is, relative to the server's base, so that a view survives another host or path. */
export const presentPath = () => location.href.slice(document.baseURI.length);

/** Fills the menu of views whenever it is opened. */
export function viewsMenu(project) {
  const menu = byId('views-menu');
  if (!menu) return;
  const panel = byId('views-panel');
  const name = h('input', { type: 'text', placeholder: t('views.name'), 'aria-label': t('views.name'), autocomplete: 'off', required: true, maxlength: '200' });
  const list = h('ul', { class: 'menu-list view-list', 'aria-label': t('views.title') });
  const form = h('form', { class: 'menu-form', data: { needs: 'write' } }, h('label', { class: 'search' }, icon('bookmark'), name), h('button', { class: 'button primary', text: t('views.save') }));
  const report = h('button', { type: 'button', class: 'menu-foot menu-item', data: { needs: 'write' }, text: t('reports.add_view'), onclick: () => { menu.open = false; openReportPicker(project, { path: presentPath(), title: document.title.split(' · ')[0] }); } });
  panel.replaceChildren(form, list, report);

  async function load() {
    list.replaceChildren(h('li', { class: 'muted menu-item', text: t('common.loading') }));
    try {
      const { items } = await json(`api/v1/views?${new URLSearchParams({ project, kind: 'view', bodies: 'true' })}`);
      list.replaceChildren(...items.map(row));
      if (items.length === 0) list.append(h('li', { class: 'muted view-none', text: t('views.none') }));
    } catch (error) {
      list.replaceChildren(h('li', { class: 'field-error', text: t('views.load_failed', { reason: error.message }) }));
    }
  }

  function row(view) {
    const tool = (symbol, label, action) => h('button', { type: 'button', class: 'button quiet icon-only', data: { needs: 'write' }, title: label, 'aria-label': label, onclick: action }, icon(symbol));
    return h('li', { class: 'view-row' },
      h('a', { href: ownPath(view.body.path) }, nameText(view.name)),
      tool('reset', t('views.update', { name: view.name }), () => update(view)),
      tool('trash', t('views.delete', { name: view.name }), () => remove(view)));
  }

  async function attempt(work, done) {
    try {
      await work();
      toast(done);
    } catch (error) {
      toast(error.code === 'view_changed' ? t('views.changed') : t('views.save_failed', { reason: error.message }));
    }
    load();
  }

  const update = (view) => attempt(() => json(`api/v1/views/${view.id}`, { method: 'PUT', body: { name: view.name, body: { path: presentPath() }, version: view.version } }), t('views.updated'));
  const remove = (view) => attempt(() => json(`api/v1/views/${view.id}`, { method: 'DELETE' }), t('views.deleted'));

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(() => json('api/v1/views', { method: 'POST', body: { project, kind: 'view', name: name.value.trim(), body: { path: presentPath() } } }), t('views.saved'));
    name.value = '';
  });
  const opened = () => {
    if (!menu.open) return;
    load();
    name.focus();
  };
  menu.addEventListener('toggle', opened);
  // It may have been opened before this module came.
  opened();
}

/** A saved path as an address of this server; whatever leads elsewhere leads home. */
export function ownPath(path) {
  const target = new URL(String(path ?? ''), document.baseURI);
  return target.href.startsWith(document.baseURI) ? target.href.slice(document.baseURI.length) || './' : './';
}
