// Asks which view to put into a report: a saved one, or any address of this server.

import { json } from '../api.js';
import { h, icon, nameText } from '../dom.js';
import { ownPath } from '../frame/views.js';
import { t } from '../text.js';

const block = (path, title) => ({ type: 'page', path, title, width: 'half', height: 'medium' });

/** @param {(block: object) => void} choose */
export async function askForPage(project, choose) {
  const address = h('input', { type: 'text', required: true, 'aria-label': t('reports.address'), placeholder: t('reports.address') });
  const fault = h('p', { class: 'field-error', role: 'alert' });
  const form = h('form', { class: 'menu-form' }, h('label', { class: 'search' }, icon('link'), address), h('button', { class: 'button primary', text: t('reports.add') }));
  const list = h('ul', { class: 'menu-list' }, h('li', { class: 'muted menu-item', text: t('common.loading') }));
  const dialog = h('dialog', { class: 'dialog', 'aria-label': t('reports.add_page') },
    h('h2', { text: t('reports.add_page') }), h('p', { class: 'muted', text: t('reports.add_page_hint') }), form, fault, list,
    h('p', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() })));
  const add = (one) => {
    dialog.close();
    choose(one);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const path = ownPath(address.value.trim());
    if (path === './') fault.textContent = t('reports.address_elsewhere');
    else add(block(path, new URLSearchParams(path.split('?')[1]).get('card') ?? path.split('?')[0]));
  });
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  try {
    const { items } = await json(`api/v1/views?${new URLSearchParams({ project, kind: 'view', bodies: 'true' })}`);
    list.replaceChildren(...items.map((view) => h('li', {}, h('button', { type: 'button', class: 'menu-item', onclick: () => add(block(view.body.path, view.name)) }, nameText(view.name)))));
    if (items.length === 0) list.append(h('li', { class: 'muted menu-item', text: t('views.none') }));
  } catch (error) {
    list.replaceChildren(h('li', { class: 'field-error', text: t('views.load_failed', { reason: error.message }) }));
  }
}
