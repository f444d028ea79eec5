// A page that is shown by share links goes dark when one of them ends: what it shows may be all that the link gave.

import { json } from '../api.js';
import { live } from '../live.js';
import { t } from '../text.js';

// Revoked to dark within five seconds, whatever becomes of the live connection.
const EVERY_MS = 3000;
const MAX_TIMER_MS = 2 ** 31 - 1;

// From a block of a report to the page of the report: its live connection has ended.
const ASK = 'lossboard-share-check';

/** Watches where the server says that the page is shown by links. */
export function watchShare() {
  const ids = document.body.dataset.links?.split(' ') ?? [];
  if (ids.length === 0) return;
  if (isWatchedAround(ids)) {
    live.addEventListener('state', ({ detail }) => detail === 'reconnecting' && parent.dispatchEvent(new Event(ASK)));
    return;
  }
  let timer = 0;
  let expiry = 0;
  let asking = false;

  async function check() {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    try {
      const { items } = await json('api/v1/share-links/current', { signal: AbortSignal.timeout(EVERY_MS) });
      if (!ids.every((id) => items.some((link) => link.id === id))) {
        goDark();
        return;
      }
      const ends = Math.min(...items.filter((link) => ids.includes(link.id) && link.expires !== null).map((link) => link.expires * 1000 - Date.now()));
      clearTimeout(expiry);
      // The clock here may differ from the server's, so it is asked rather than believed.
      if (ends < MAX_TIMER_MS) expiry = setTimeout(check, Math.max(0, ends) + 100);
    } catch (error) {
      if (error.status === 404) {
        goDark();
        return;
      }
      // The server is away: what is shown was shown rightly, and nothing new comes.
    } finally {
      asking = false;
    }
    timer = setTimeout(check, EVERY_MS);
  }

  // The server ends the live connection of a link that is revoked.
  live.addEventListener('state', ({ detail }) => detail === 'reconnecting' && check());
  addEventListener(ASK, check);
  document.addEventListener('visibilitychange', check);
  addEventListener('pageshow', (event) => event.persisted && check());
  check();
}

/** Whether this page is a block of a report that the same links show: it goes with the page around it. */
function isWatchedAround(ids) {
  const around = globalThis.frameElement?.ownerDocument.body.dataset.links?.split(' ') ?? [];
  return ids.every((id) => around.includes(id));
}

/** Leaves nothing of the view: neither on the page nor in memory, and nothing that a reload would bring back. */
function goDark() {
  // Hidden at once, and gone with the document: until then what runs on the page finds everything where it was.
  document.documentElement.hidden = true;
  if (new URLSearchParams(location.search).get('embed') !== '1') {
    location.replace(new URL('share', document.baseURI).href);
    return;
  }
  // In a frame the page of unknown links must not be shown, so the frame gets a document that is nobody's.
  const message = document.implementation.createHTMLDocument('Lossboard');
  message.documentElement.lang = document.documentElement.lang;
  const text = message.createElement('p');
  text.textContent = t('share.gone.title');
  text.style.cssText = 'font: 15px system-ui, sans-serif; text-align: center; margin-top: 20vh; color: GrayText';
  message.body.append(text);
  message.documentElement.style.colorScheme = 'light dark';
  location.replace(URL.createObjectURL(new Blob([`<!doctype html>${message.documentElement.outerHTML}`], { type: 'text/html; charset=utf-8' })));
}
