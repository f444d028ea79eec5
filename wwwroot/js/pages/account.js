// One's own account: password, sessions, the provider.

import { faultWords } from '../accounts/faults.js';
import { providerButton } from '../accounts/provider.js';
import { send } from '../api.js';
import { showBanner } from '../banner.js';
import { byId, setText } from '../dom.js';
import { signOut } from '../frame/account.js';
import { confirmDialog } from '../runs/dialog.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

const form = byId('password-form');
form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  setText(byId('password-error'), '');
  try {
    await send('api/v1/session/password', { method: 'PUT', body: { current: form.elements.current.value, password: form.elements.password.value } });
    form.reset();
    toast(t('account.changed'));
  } catch (error) {
    setText(byId('password-error'), faultWords(error));
  }
});
byId('sign-out-everywhere')?.addEventListener('click', async () => {
  if (await confirmDialog({ title: t('account.sign_out_everywhere'), body: [t('account.sessions_text')], action: t('account.sign_out_everywhere') })) signOut({ everywhere: true });
});
providerButton(() => ({ return: '/account' }), showBanner);
