// The sections of the rail keep what is shown: a reader who goes from Scalars to Media sees the same runs.

import { addressOf, readParams, withChanges } from '../address.js';

const SHARED = ['runs', 'find'];

/** Keeps the links marked `data-keeps-runs` in step with the address. */
export function keepRuns() {
  const update = () => {
    const here = readParams();
    for (const link of document.querySelectorAll('a[data-keeps-runs]')) {
      const target = new URL(link.getAttribute('href'), document.baseURI);
      const changes = Object.fromEntries(SHARED.map((name) => [name, here.get(name)]));
      const { search, hash } = addressOf(withChanges(target.searchParams, changes));
      link.setAttribute('href', `${target.pathname}${search}${hash}`);
    }
  };
  addEventListener('addresschange', update);
  addEventListener('popstate', update);
  update();
}
