// Keys of jobs, scripts and workers: listed, made, revoked.

import { json } from '../api.js';
import { KeyRow } from '../access/keyrow.js';
import { openNewKey } from '../access/newkey.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, reconcile, setText } from '../dom.js';
import { t, tCount } from '../text.js';

const { project } = byId('keys-page').dataset;
const list = byId('keys-list');
const filter = byId('keys-filter');
const rows = new Map();
let keys = [];
let everywhere = false;

function show() {
  const words = filter.value.trim().toLowerCase();
  const found = keys.filter((key) => !words || [key.name, key.project ?? '', key.role, key.maker ?? '', key.hint].some((text) => text.toLowerCase().includes(words)));
  reconcile(list, found, (key) => key.id, create, (_, key) => rows.get(key.id).show(key));
  for (const id of rows.keys()) if (!found.some((key) => key.id === id)) rows.delete(id);
  list.setAttribute('aria-busy', 'false');
  list.hidden = found.length === 0;
  byId('keys-search').hidden = keys.length === 0;
  byId('keys-empty').hidden = keys.length > 0;
  byId('keys-no-match').hidden = keys.length === 0 || found.length > 0;
  setText(byId('keys-count'), keys.length ? tCount('keys.count', keys.length) : '');
}

function create(key) {
  const row = new KeyRow(key, load);
  rows.set(key.id, row);
  return row.element;
}

async function load() {
  try {
    const answer = await json('api/v1/keys');
    keys = answer.items;
    everywhere = answer.everywhere;
    byId('keys-local').hidden = answer.required;
    hideBanner();
    show();
  } catch (error) {
    list.hidden = true;
    showBanner(t('error.list', { reason: error.message }), load);
  }
}

filter.addEventListener('input', show);
for (const button of document.querySelectorAll('[data-new]')) {
  button.addEventListener('click', () => openNewKey({ project, everywhere, onMade: load }));
}
await load();
