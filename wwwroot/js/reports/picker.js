// Puts a view into a report: an existing one or a new one.

import { json } from '../api.js';
import { h, icon, nameText } from '../dom.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

/** @param {{ path: string, title: string }} block where the view is (relative to the server's base) and what to call it */
export async function openReportPicker(project, block) {
  const list = h('ul', { class: 'menu-list' }, h('li', { class: 'muted menu-item', text: t('common.loading') }));
  const name = h('input', { type: 'text', required: true, maxlength: '200', 'aria-label': t('reports.new_name'), placeholder: t('reports.new_name') });
  const form = h('form', { class: 'menu-form' }, h('label', { class: 'search' }, icon('reports'), name), h('button', { class: 'button primary', text: t('reports.create') }));
  const dialog = h('dialog', { class: 'dialog', 'aria-label': t('reports.add_view') },
    h('h2', { text: t('reports.add_view') }), form, list,
    h('p', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() })));
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.showModal();

  async function add(save) {
    try {
      const report = await save();
      dialog.close();
      toast(t('reports.added', { name: report.name }), { label: t('reports.open'), run: () => { location.href = `reports?${new URLSearchParams({ project, report: report.id })}`; } });
    } catch (error) {
      toast(t('reports.save_failed', { reason: error.message }));
    }
  }

  const page = { type: 'page', path: block.path, title: block.title, width: 'half', height: 'medium' };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    add(() => json('api/v1/views', { method: 'POST', body: { project, kind: 'report', name: name.value.trim(), body: { blocks: [page] } } }));
  });
  try {
    const { items } = await json(`api/v1/views?${new URLSearchParams({ project, kind: 'report' })}`);
    list.replaceChildren(...items.map((report) => h('li', {}, h('button', {
      type: 'button', class: 'menu-item',
      onclick: () => add(async () => {
        const whole = await json(`api/v1/views/${report.id}`);
        return json(`api/v1/views/${report.id}`, { method: 'PUT', body: { name: whole.name, body: { ...whole.body, blocks: [...(whole.body.blocks ?? []), page] }, version: whole.version } });
      }),
    }, nameText(report.name)))));
  } catch (error) {
    list.replaceChildren(h('li', { class: 'field-error', text: t('views.load_failed', { reason: error.message }) }));
  }
  name.focus();
}
