// One entry of the audit log, as a row, as values, and as text to search.

import { h, nameText } from '../dom.js';
import { formatTime } from '../format.js';
import { t } from '../text.js';

/** What was done in words, or its name where there are none. */
export function actionText(action) {
  const key = `audit.did.${action}`;
  const words = t(key);
  return words === key ? action : words;
}

const detailText = (detail) => (detail === null ? '' : Object.entries(detail).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`).join(', '));

/** The values of a row, for a table in a file. */
export const auditValues = (entry) => [
  new Date(entry.time * 1000).toISOString(), entry.actor, entry.action, entry.project, entry.subject, detailText(entry.detail), entry.address,
];

/** Whether an entry holds all words that are looked for. */
export function matches(entry, text) {
  const all = [...auditValues(entry), actionText(entry.action), t(`audit.by.${entry.actor_kind}`)].join('\n').toLowerCase();
  return text.trim().toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

export function auditRow(entry) {
  const detail = detailText(entry.detail);
  return h('tr', { data: { key: entry.id } },
    h('td', { text: formatTime(entry.time) }),
    h('td', {}, h('span', { class: 'audit-who' }, nameText(entry.actor), h('span', { class: 'muted', text: t(`audit.by.${entry.actor_kind}`) }))),
    h('td', { title: entry.action, text: actionText(entry.action) }),
    h('td', {}, entry.project === null ? null : nameText(entry.project)),
    h('td', {}, entry.subject === null ? null : nameText(entry.subject)),
    h('td', {}, h('span', { class: 'audit-detail ellipsis', title: detail, text: detail })),
    h('td', { class: 'muted', text: entry.address ?? '' }));
}
