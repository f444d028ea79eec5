import { byId, h } from './dom.js';
import { t } from './text.js';

/** Says above the page's content what went wrong; `retry` adds a button. */
export function showBanner(message, retry) {
  const banner = byId('page-banner');
  banner.replaceChildren(h('span', { text: message }));
  if (retry) banner.append(h('button', { type: 'button', class: 'button small', text: t('error.retry'), onclick: retry }));
  banner.hidden = false;
}

export function hideBanner() {
  byId('page-banner').hidden = true;
}
