// Opens a share link: the secret goes to the server once, which answers with a cookie and where the view is.

import { ApiError, json } from '../api.js';
import { byId } from '../dom.js';
import { t } from '../text.js';

const { link } = byId('share-page').dataset;
const secret = globalThis.takeShareSecret?.() ?? '';
const form = byId('share-password');
const states = ['share-opening', 'share-password', 'share-gone', 'share-failed'];

function show(state) {
  for (const id of states) byId(id).hidden = id !== state;
}

function fail(text) {
  byId('share-failed-text').textContent = text;
  show('share-failed');
}

/** Where the view is, relative to the server's base; in a frame without the page around it. */
function target(view) {
  const address = new URL(view.replace(/^\/+/, ''), document.baseURI);
  if (!address.href.startsWith(document.baseURI)) return document.baseURI;
  if (link) {
    address.searchParams.set('embed', '1');
    address.searchParams.set('share', link);
  }
  return address.href;
}

async function open(password) {
  if (!secret) {
    show('share-gone');
    return;
  }
  const opened = await json('api/v1/share-links/open', { method: 'POST', body: { secret, password, embed: Boolean(link) } });
  // A browser that keeps no cookies here would be sent back and forth.
  try {
    await json('api/v1/share-links/current');
  } catch (error) {
    if (error.status !== 404) throw error;
    fail(t(link ? 'share.no_cookie.embed' : 'share.no_cookie'));
    return;
  }
  location.replace(target(opened.view));
}

async function attempt(password = null) {
  try {
    await open(password);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'share_link_not_found') show('share-gone');
    else if (error.code === 'password_required' || (password !== null && ['wrong_password', 'too_many_tries'].includes(error.code))) {
      byId('share-password-error').textContent = error.code === 'password_required' ? '' : error.code === 'wrong_password' ? t('share.password.wrong') : error.message;
      show('share-password');
      form.elements.password.select();
    } else fail(error.message);
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  await attempt(form.elements.password.value);
  button.disabled = false;
});
byId('share-again').addEventListener('click', () => {
  show('share-opening');
  attempt();
});
attempt();
