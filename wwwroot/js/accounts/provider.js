import { json } from '../api.js';
import { byId } from '../dom.js';
import { faultWords } from './faults.js';

/** Wires the button that goes on at the provider. `options()`: `{ return, secret }`; `failed(words)` says why it did not work. */
export function providerButton(options, failed) {
  const button = byId('provider-go');
  button?.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const { location: target } = await json('api/v1/session/provider', { method: 'POST', body: options() });
      location.assign(target);
    } catch (error) {
      failed(faultWords(error));
      button.disabled = false;
    }
  });
  return button;
}
