// An invitation: what it offers, then a name and a password. Its secret stands behind the # of the address and goes to the server in a body only.

import { faultWords } from '../accounts/faults.js';
import { providerButton } from '../accounts/provider.js';
import { json } from '../api.js';
import { byId, setText } from '../dom.js';
import { t } from '../text.js';

const secret = location.hash.slice(1);
const said = byId('invitation-said');
const form = byId('invitation-form');
const join = byId('invitation-join');
const failed = (words) => setText(form.hidden ? said : byId('invitation-error'), words);

async function open(body) {
  try {
    await json('api/v1/invitations/open', { method: 'POST', body: { secret, ...body } });
    // The link is used up: it has no place in the history.
    location.replace(new URL('./', document.baseURI));
  } catch (error) {
    failed(faultWords(error));
  }
}

function show(offer) {
  const where = offer.project ?? t('invitation.server');
  if (offer.account) setText(said, t('invitation.password_for', { name: offer.account }));
  else setText(said, t('invitation.offer', { by: offer.created_by === 'server start' ? t('invitation.server') : offer.created_by, project: where, role: t(`people.role.${offer.role}`) }));
  const provider = byId('provider-go');
  if (provider) provider.hidden = Boolean(offer.account) || Boolean(join);
  if (join && !offer.account) {
    join.hidden = false;
    return;
  }
  form.hidden = false;
  if (offer.account) {
    form.elements.name.value = offer.account;
    form.elements.name.readOnly = true;
    setText(byId('invitation-go'), t('account.change'));
  }
  (offer.account ? form.elements.password : form.elements.name).focus();
}

if (said) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    byId('invitation-go').disabled = true;
    failed('');
    await open({ name: form.elements.name.value.trim(), password: form.elements.password.value });
    byId('invitation-go').disabled = false;
  });
  byId('password-show').addEventListener('change', (event) => { form.elements.password.type = event.target.checked ? 'text' : 'password'; });
  byId('join-go')?.addEventListener('click', () => open({ join: true }));
  providerButton(() => ({ return: '/', secret }), failed);
  try {
    show(await json('api/v1/invitations/look', { method: 'POST', body: { secret } }));
  } catch (error) {
    setText(said, faultWords(error));
    said.classList.add('field-error');
  }
}
