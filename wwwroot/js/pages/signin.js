// Signing in by name and password, or with the configured provider.

import { faultWords } from '../accounts/faults.js';
import { providerButton } from '../accounts/provider.js';
import { json } from '../api.js';
import { byId, setText } from '../dom.js';

const { return: target } = byId('sign-in-page').dataset;
const form = byId('sign-in');
const failed = (words) => setText(byId('sign-in-error'), words);

form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = byId('sign-in-go');
  button.disabled = true;
  failed('');
  try {
    await json('api/v1/session', { method: 'POST', body: { name: form.elements.name.value.trim(), password: form.elements.password.value } });
    // The server has checked that it leads to itself; what stands behind # comes along.
    location.assign(new URL(target.slice(1) + location.hash, document.baseURI));
  } catch (error) {
    failed(faultWords(error));
    button.disabled = false;
    form.elements.password.select();
  }
});
providerButton(() => ({ return: target }), failed);
