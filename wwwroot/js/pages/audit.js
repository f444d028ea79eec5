// Who did what, and when.

import { json } from '../api.js';
import { auditRow, auditValues, matches } from '../access/auditrow.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, setText } from '../dom.js';
import { saveCsv } from '../download.js';
import { t, tCount } from '../text.js';

const PAGE = 200;
const COLUMNS = ['time', 'who', 'action', 'project', 'subject', 'detail', 'address'];

const { project } = byId('audit-page').dataset;
const filter = byId('audit-filter');
const body = byId('audit-rows');
let entries = [];
let before = null;
let scoped = Boolean(project);
let round = 0;

const found = () => entries.filter((entry) => matches(entry, filter.value));

function show() {
  const shown = found();
  body.replaceChildren(...shown.map(auditRow));
  byId('audit-scroll').hidden = shown.length === 0;
  byId('audit-empty').hidden = entries.length > 0;
  byId('audit-no-match').hidden = entries.length === 0 || shown.length > 0;
  byId('audit-more').hidden = before === null;
  byId('audit-csv').disabled = shown.length === 0;
  body.parentElement.setAttribute('aria-busy', 'false');
  setText(byId('audit-count'), entries.length ? tCount('audit.count', shown.length) : '');
}

async function load(older) {
  const mine = older ? round : ++round;
  const query = new URLSearchParams({ limit: PAGE });
  if (scoped) query.set('project', project);
  if (older) query.set('before', before);
  try {
    const answer = await json(`api/v1/audit?${query}`);
    if (mine !== round) return;
    entries = older ? [...entries, ...answer.items] : answer.items;
    ({ before } = answer);
    hideBanner();
    show();
  } catch (error) {
    if (mine !== round) return;
    // What belongs to another choice is not left standing.
    if (!older) {
      entries = [];
      before = null;
      show();
      byId('audit-empty').hidden = true;
    }
    showBanner(t('error.list', { reason: error.message }), () => load(older));
  }
}

filter.addEventListener('input', show);
for (const input of document.querySelectorAll('[name="scope"]')) {
  input.addEventListener('change', () => {
    scoped = input.value === 'project';
    load(false);
  });
}
byId('audit-more').addEventListener('click', () => load(true));
byId('audit-csv').addEventListener('click', () => saveCsv(COLUMNS.map((column) => t(`audit.${column}`)), found().map(auditValues), `audit ${scoped ? project : ''}`.trim()));
await load(false);
