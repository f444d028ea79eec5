// The share links of a project: what each shows, who made it, whether anybody looks, and an end to it.

import { insist, json } from '../api.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, h, icon, nameText, reconcile, setText } from '../dom.js';
import { formatAge, formatTime } from '../format.js';
import { ownPath } from '../frame/views.js';
import { confirmDialog } from '../runs/dialog.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';

// Links are opened by others at any time.
const REFRESH_MS = 5000;
const { project } = byId('links-page').dataset;
const list = byId('links');

const name = (link) => link.title || ownPath(link.view.slice(1)).split('?')[0];
const fact = (label, ...content) => h('div', {}, h('dt', { text: label }), h('dd', {}, ...content));

function create(link) {
  const revoke = h('button', { type: 'button', class: 'button danger', disabled: !link.revocable, title: link.revocable ? null : t('links.not_yours'), onclick: () => end(link) }, icon('trash'), t('links.revoke'));
  return h('li', { class: 'card link-card' },
    h('div', { class: 'link-head' }, h('a', { class: 'link-name ellipsis', href: ownPath(link.view.slice(1)) }, nameText(name(link))), h('span', { class: 'link-marks' }), revoke),
    h('dl', { class: 'link-facts' }));
}

function update(element, link) {
  const marks = [
    link.expired ? h('span', { class: 'link-mark bad', text: t('links.expired') }) : null,
    link.powerless ? h('span', { class: 'link-mark bad', text: t('links.powerless') }) : null,
    link.password ? h('span', { class: 'link-mark', text: t('links.password') }) : null,
    ...link.embed_origins.map((origin) => h('span', { class: 'link-mark', text: origin })),
  ];
  element.querySelector('.link-marks').replaceChildren(...marks.filter(Boolean));
  element.querySelector('.link-facts').replaceChildren(
    fact(t('links.view'), h('code', { text: ownPath(link.view.slice(1)).split('?')[0] })),
    fact(t('links.shows'), `${tCount('share.runs', link.run_ids.length)}, ${link.tags === null ? t('share.tags.all') : tCount('links.tags', link.tags.length)}`),
    fact(t('links.maker'), nameText(link.created_by), ' ', h('time', { title: formatTime(link.created), text: formatAge(link.created) })),
    fact(t('links.expires'), link.expires === null ? t('share.expires.never') : formatTime(link.expires)),
    fact(t('links.opened'), link.opened === 0 ? t('links.never') : `${tCount('links.times', link.opened)}, ${formatAge(link.last_opened)}`));
}

async function end(link) {
  const sure = await confirmDialog({ title: t('links.revoke_title', { name: name(link) }), body: [t('links.revoke_text')], action: t('links.revoke'), danger: true });
  if (!sure) return;
  try {
    await json(`api/v1/share-links/${link.id}`, { method: 'DELETE' });
    toast(t('links.revoked'));
  } catch (error) {
    toast(t('links.revoke_failed', { reason: error.message }));
  }
  refresh();
}

async function refresh() {
  try {
    const { items } = await insist(() => json(`api/v1/share-links?${new URLSearchParams({ project })}`), { onRetry: (error) => showBanner(`${error.message} ${t('error.retrying')}`) });
    reconcile(list, items, (link) => link.id, create, update);
    list.removeAttribute('aria-busy');
    setText(byId('links-count'), items.length > 0 ? tCount('links.count', items.length) : '');
    byId('links-empty').hidden = items.length > 0;
    hideBanner();
    return true;
  } catch (error) {
    list.removeAttribute('aria-busy');
    showBanner(t('error.list', { reason: error.message }), () => location.reload());
    return false;
  }
}

if (await refresh()) setInterval(() => document.hidden || refresh(), REFRESH_MS);
