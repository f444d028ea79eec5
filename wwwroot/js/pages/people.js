// Who is in a project, or on the server: roles, invitations, new passwords.

import { faultWords } from '../accounts/faults.js';
import { personRow } from '../accounts/person.js';
import { json, send } from '../api.js';
import { hideBanner, showBanner } from '../banner.js';
import { copyText } from '../clipboard.js';
import { byId, h, nameText, setText } from '../dom.js';
import { formatDuration } from '../format.js';
import { showModelUploads } from '../models/uploads.js';
import { confirmDialog } from '../runs/dialog.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

const root = byId('people-page');
const project = root.dataset.project || null;
const form = byId('invite-form');
const query = project === null ? '' : `?${new URLSearchParams({ project })}`;

const page = {
  project,
  account: root.dataset.account,
  setRole: (person, role) => change(() => (role === null ? remove(person) : json(`api/v1/people/${person.id}`, { method: 'PUT', body: { project, role } })), 'people.changed'),
  async remove(person) {
    const sure = await confirmDialog({ title: t('people.remove_of', { name: person.name }), body: [t('people.remove_text', { name: person.name })], action: t('people.remove'), danger: true });
    if (sure) change(() => remove(person), 'people.removed');
  },
  async setDisabled(person, disabled) {
    const sure = !disabled || await confirmDialog({ title: t('people.disable_of', { name: person.name }), body: [t('people.disable_text')], action: t('people.disable'), danger: true });
    if (sure) change(() => json(`api/v1/people/${person.id}`, { method: 'PATCH', body: { disabled } }), 'people.changed');
  },
  passwordLink: (person) => invite({ account_id: person.id, days: 1 }),
};

const remove = (person) => send(`api/v1/people/${person.id}${query}`, { method: 'DELETE' });

async function change(work, done) {
  try {
    await work();
    toast(t(done));
  } catch (error) {
    toast(faultWords(error));
  }
  load();
}

async function invite(body) {
  setText(byId('invite-error'), '');
  try {
    const made = await json('api/v1/invitations', { method: 'POST', body });
    byId('invite-link').hidden = false;
    byId('invite-url').value = made.url;
    byId('invite-url').focus();
    byId('invite-url').select();
    load();
  } catch (error) {
    setText(byId('invite-error'), faultWords(error));
  }
}

function pendingRow(invitation) {
  const what = invitation.account ? t('people.pending_password', { name: invitation.account }) : t(`people.role.${invitation.role}`);
  const left = Math.max(0, invitation.expires - Date.now() / 1000);
  return h('li', { class: 'person' },
    h('div', { class: 'person-who' },
      h('span', { class: 'person-name' }, h('span', { text: what }), project === null && !invitation.account ? h('span', { class: 'muted' }, ' ', invitation.project === null ? t('people.everywhere') : nameText(invitation.project)) : null),
      h('span', { class: 'muted person-said', text: t('people.pending_by', { by: invitation.created_by, left: formatDuration(left) }) })),
    h('div', { class: 'person-tools' }, h('button', { type: 'button', class: 'button small', text: t('people.revoke'), onclick: () => change(() => send(`api/v1/invitations/${invitation.id}`, { method: 'DELETE' }), 'people.revoked') })));
}

async function load() {
  try {
    const [people, pending] = await Promise.all([json(`api/v1/people${query}`), json(`api/v1/invitations${query}`)]);
    fill(byId('people-list'), people.items.map((person) => personRow(person, page)));
    fill(byId('pending-list'), pending.items.length ? pending.items.map(pendingRow) : [h('li', { class: 'muted', text: t('people.none_pending') })]);
    hideBanner();
  } catch (error) {
    showBanner(t('error.list', { reason: error.message }), load);
  }
}

function fill(list, rows) {
  list.replaceChildren(...rows);
  list.setAttribute('aria-busy', 'false');
}

if (form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { role, days } = form.elements;
    invite({ project: project ?? (form.elements.project.value.trim() || null), role: role.value, days: Number(days.value) });
  });
  byId('invite-copy').addEventListener('click', async () => toast(t(await copyText(byId('invite-url').value) ? 'snippets.copied' : 'shell.copy_failed')));
  load();
  // Who sees this page's form may change it. Where it cannot be read it stays away, and the lists say why.
  if (project !== null) showModelUploads(true).catch(() => {});
}
