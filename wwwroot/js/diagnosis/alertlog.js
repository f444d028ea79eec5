// What was sent, the newest first.

import { h, icon, nameText } from '../dom.js';
import { formatAge, formatTime } from '../format.js';
import { t, tCount } from '../text.js';
import { titleOf } from './words.js';

const SYMBOLS = { pending: 'status-queued', sent: 'status-finished', failed: 'status-failed' };

/** Fills `root` with the messages of a project. */
export function showLog(root, items, project) {
  const key = JSON.stringify(items);
  if (root.dataset.shown === key) return;
  root.dataset.shown = key;
  if (items.length === 0) {
    root.replaceChildren(h('p', { class: 'muted', text: t('diagnosis.alerts.log_none') }));
    return;
  }
  const column = (name) => h('th', { scope: 'col', text: t(`diagnosis.alerts.log_${name}`) });
  root.replaceChildren(h('div', { class: 'alert-scroll', tabindex: '0', role: 'region', 'aria-label': t('diagnosis.alerts.log') },
    h('table', { class: 'table alert-table' }, h('thead', {}, h('tr', {}, ...['time', 'run', 'what', 'channel', 'status'].map(column))), h('tbody', {}, ...items.map((item) => row(item, project))))));
}

function row(alert, project) {
  const [first, ...rest] = alert.findings;
  const what = first ? `${titleOf(first.code)}${first.tag ? ` (${first.tag})` : ''}${rest.length ? ` ${t('diagnosis.alerts.and_more', { count: rest.length })}` : ''}` : '';
  return h('tr', { data: { status: alert.status } },
    h('td', {}, h('time', { text: formatAge(alert.created), title: formatTime(alert.created), data: { age: alert.created } })),
    h('td', {}, h('a', { href: `diagnosis?${new URLSearchParams({ project, runs: encodeURIComponent(alert.run_id) })}` }, nameText(alert.run))),
    h('td', { title: first?.sentence ?? '' }, nameText(what)),
    h('td', { text: t(`diagnosis.alerts.channel.${alert.channel}`) }),
    h('td', {}, h('span', { class: 'alert-status' }, icon(SYMBOLS[alert.status]), t(`diagnosis.alerts.status.${alert.status}`)),
      alert.error ? h('span', { class: 'muted', text: ` · ${tCount('diagnosis.alerts.tries', alert.attempts)} · ${alert.error}` }) : ''));
}
