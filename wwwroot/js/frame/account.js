// The signed-in person in the top bar: signing out, and what happens when the session ends under an open page.

import { isSignedIn } from '../access.js';
import { send } from '../api.js';
import { byId, h } from '../dom.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

/** Ends the session of this browser, or all of the account's, and goes to the page where one signs in. */
export async function signOut({ everywhere = false, stay = false } = {}) {
  try {
    await send(`api/v1/session${everywhere ? '?everywhere=true' : ''}`, { method: 'DELETE' });
    if (stay) location.reload();
    else location.assign(new URL('sign-in', document.baseURI));
  } catch (error) {
    toast(t('account.sign_out_failed', { reason: error.message }));
  }
}

/** Where to sign in and come back from. */
const signInAddress = () => {
  const here = `/${location.href.slice(document.baseURI.length)}`;
  return new URL(`sign-in?${new URLSearchParams({ return: here })}`, document.baseURI);
};

/** Wires what the page has of it. */
export function accountMenu() {
  byId('sign-out')?.addEventListener('click', (event) => signOut({ stay: 'stay' in event.currentTarget.dataset }));
  if (!isSignedIn()) return;
  let said = false;
  addEventListener('sessionended', () => {
    if (said) return;
    said = true;
    // It stays: what stands on the page may be somebody's work, and going away would lose it.
    byId('toasts').append(h('div', { class: 'toast', id: 'session-ended' }, h('span', { text: t('account.ended') }), h('a', { class: 'button', href: signInAddress(), text: t('signin.action') })));
  });
}
