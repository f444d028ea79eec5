// The list of projects, refreshed while it is looked at.

import { insist, json } from '../api.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, h, icon, reconcile, setText } from '../dom.js';
import { formatAge } from '../format.js';
import { importDialog } from '../projects/importdialog.js';
import { t, tCount } from '../text.js';

// Projects appear and change far more slowly than points; the pages within a project are live.
const REFRESH_MS = 3000;

function create(project) {
  return h('li', { class: 'card project' },
    h('a', { class: 'project-name', href: `runs?project=${encodeURIComponent(project.name)}`, title: project.name }, h('bdi', { text: project.name })),
    h('span', { class: 'project-runs' }),
    h('span', { class: 'project-running' }, icon('status-running'), h('span')),
    h('span', { class: 'project-updated muted' }, `${t('projects.updated')} `, h('time')), project.managed ? menu(project) : null);
}

const menu = (project) => h('details', { class: 'menu project-menu', data: { menu: '' } },
  h('summary', { class: 'button quiet', 'aria-label': t('projects.menu', { name: project.name }) }, icon('more')),
  h('div', { class: 'menu-panel' },
    h('a', { class: 'menu-item', href: `api/v1/projects/${encodeURIComponent(project.name)}/export`, download: '', text: t('projects.export') })));

function update(element, project) {
  setText(element.querySelector('.project-runs'), tCount('projects.runs', project.runs));
  element.querySelector('.project-running').hidden = project.running === 0;
  setText(element.querySelector('.project-running span'), tCount('projects.running', project.running));
  const time = element.querySelector('time');
  time.dataset.age = project.updated;
  setText(time, formatAge(project.updated));
}

async function refresh() {
  const answer = await insist(() => json('api/v1/projects'), { onRetry: (error) => showBanner(`${error.message} ${t('error.retrying')}`) });
  hideBanner();
  const projects = answer.items ?? answer;
  reconcile(byId('projects'), projects, (project) => project.name, create, update);
  byId('projects-empty').hidden = projects.length > 0;
  setText(byId('projects-count'), projects.length ? tCount('projects.count', projects.length) : '');
}

async function keep() {
  try {
    if (!document.hidden) await refresh();
  } catch (error) {
    showBanner(t('error.list', { reason: error.message }));
  }
  setTimeout(keep, REFRESH_MS);
}

byId('projects-import')?.addEventListener('click', async () => {
  if (await importDialog()) refresh().catch(() => {});
});
document.addEventListener('visibilitychange', () => document.hidden || refresh().catch(() => {}));
keep();
