// Reports of a project: a list of them, or one with its blocks.

import { readParams, writeParams } from '../address.js';
import { insist, json } from '../api.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, h, icon, nameText } from '../dom.js';
import { formatAge } from '../format.js';
import { Editor } from '../reports/editor.js';
import { exportReport } from '../reports/exportpage.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

const { project } = byId('reports-page').dataset;
// A link shows one report, and knows of no list.
const isShared = document.body.dataset.links !== undefined;
let editor = null;

async function show() {
  editor?.close();
  editor = null;
  const id = readParams().get('report');
  byId('report-list').hidden = id !== null || isShared;
  byId('report').hidden = true;
  byId('report-gone').hidden = true;
  try {
    if (id === null && isShared) byId('report-gone').hidden = false;
    else if (id === null) await list();
    else await open(id);
    hideBanner();
  } catch (error) {
    if (id !== null && error.status === 404) byId('report-gone').hidden = false;
    else showBanner(t('error.list', { reason: error.message }), show);
  }
}

async function list() {
  const { items } = await insist(() => json(`api/v1/views?${new URLSearchParams({ project, kind: 'report' })}`), { onRetry: (error) => showBanner(`${error.message} ${t('error.retrying')}`) });
  byId('reports').replaceChildren(...items.map((report) => {
    const query = new URLSearchParams({ project, report: report.id });
    return h('li', { class: 'card project' },
      h('a', { class: 'project-name', href: `reports?${query}`, title: report.name, onclick: (event) => { if (!event.ctrlKey && !event.metaKey) { event.preventDefault(); go(report.id); } } }, nameText(report.name)),
      h('span', { class: 'muted', text: `${t('projects.updated')} ${formatAge(report.updated)}` }),
      h('button', { type: 'button', class: 'button quiet icon-only report-delete', data: { needs: 'write' }, title: t('reports.delete', { name: report.name }), 'aria-label': t('reports.delete', { name: report.name }), onclick: () => remove(report) }, icon('trash')));
  }));
  byId('reports-empty').hidden = items.length > 0;
}

async function open(id) {
  const report = await insist(() => json(`api/v1/views/${encodeURIComponent(id)}`), { onRetry: (error) => showBanner(`${error.message} ${t('error.retrying')}`) });
  byId('report').hidden = false;
  editor = new Editor(report, project);
}

function go(id) {
  writeParams({ report: id }, true);
  show();
}

async function remove(report) {
  try {
    const whole = await json(`api/v1/views/${report.id}`);
    await json(`api/v1/views/${report.id}`, { method: 'DELETE' });
    toast(t('reports.deleted', { name: report.name }), {
      label: t('common.undo'),
      run: async () => {
        await json('api/v1/views', { method: 'POST', body: { project, kind: 'report', name: whole.name, body: whole.body } });
        show();
      },
    });
  } catch (error) {
    toast(t('reports.save_failed', { reason: error.message }));
  }
  show();
}

byId('report-new').addEventListener('click', async () => {
  try {
    const report = await json('api/v1/views', { method: 'POST', body: { project, kind: 'report', name: t('reports.untitled'), body: { blocks: [] } } });
    go(report.id);
  } catch (error) {
    toast(t('reports.save_failed', { reason: error.message }));
  }
});
byId('report-export').addEventListener('click', async () => {
  const button = byId('report-export');
  button.disabled = true;
  try {
    await exportReport(editor.name, byId('report-blocks'));
  } catch (error) {
    toast(t('reports.export_failed', { reason: error.message }));
  } finally {
    button.disabled = false;
  }
});
addEventListener('popstate', show);
show();
