// One account in the list of people, with what may be done to it.

import { h, nameText } from '../dom.js';
import { formatAge } from '../format.js';
import { t } from '../text.js';

const ROLES = ['viewer', 'member', 'owner'];

/** What an account is in a project (null: on every project), or null. */
export const roleOf = (person, project) => person.roles.find((role) => role.project === project)?.role ?? null;

/** `page`: `{ project, account, isOwner, setRole, remove, setDisabled, passwordLink }`. Without a project the row is about the whole server. */
export function personRow(person, page) {
  const { project } = page;
  const everywhere = roleOf(person, null);
  const own = roleOf(person, project);
  // Who has a role on every project is not decided about by the owner of one.
  const foreign = project !== null && own === null;
  const others = project === null ? person.roles.filter((role) => role.project !== null) : [];
  return h('li', { class: 'person', data: { disabled: String(person.disabled) } },
    h('div', { class: 'person-who' },
      h('span', { class: 'person-name' }, nameText(person.name), person.id === page.account ? h('span', { class: 'muted', text: ` ${t('people.you')}` }) : null),
      h('span', { class: 'muted person-said' }, said(person, everywhere, project)),
      ...others.map((role) => h('a', { class: 'person-role', href: `people?${new URLSearchParams({ project: role.project })}` }, nameText(role.project), h('span', { class: 'muted', text: t(`people.role.${role.role}`) })))),
    h('div', { class: 'person-tools' },
      foreign ? h('span', { class: 'muted', text: t(`people.role.${everywhere}`) }) : roleSelect(person, own, page),
      project !== null && !foreign ? h('button', { type: 'button', class: 'button small', text: t('people.remove'), 'aria-label': t('people.remove_of', { name: person.name }), onclick: () => page.remove(person) }) : null,
      project === null ? h('button', { type: 'button', class: 'button small', text: t('people.password_link'), 'aria-label': t('people.password_link_of', { name: person.name }), disabled: person.disabled, onclick: () => page.passwordLink(person) }) : null,
      project === null ? h('button', { type: 'button', class: 'button small', text: t(person.disabled ? 'people.enable' : 'people.disable'), 'aria-label': t(person.disabled ? 'people.enable_of' : 'people.disable_of', { name: person.name }), onclick: () => page.setDisabled(person, !person.disabled) }) : null));
}

function said(person, everywhere, project) {
  const parts = [];
  if (person.disabled) parts.push(t('people.disabled'));
  if (project !== null && everywhere) parts.push(t('people.everywhere'));
  if (person.email) parts.push(person.email);
  if (person.last_seen) parts.push(t('people.seen', { age: formatAge(person.last_seen) }));
  return parts.join(' · ');
}

function roleSelect(person, own, page) {
  const select = h('select', { class: 'select', 'aria-label': t('people.role_of', { name: person.name }) },
    page.project === null ? h('option', { value: '', text: t('people.role.none') }) : null,
    ...ROLES.map((role) => h('option', { value: role, text: t(`people.role.${role}`) })));
  select.value = own ?? '';
  select.addEventListener('change', () => page.setRole(person, select.value || null));
  return select;
}
