// What of a page would be shared: its address, its runs, its tags.

import { addressOf, paramsOf, readParams, withChanges } from '../address.js';
import { json } from '../api.js';
import { byId } from '../dom.js';
import { ownPath } from '../frame/views.js';
import { parseSelection, shownRuns } from '../selection.js';

// Runs by their ids in the address, where it stays short; else all that the link shows.
const MAX_NAMED = 40;
const MAX_LISTED = 20000;
// Of this page alone, or of what stands around it.
const OTHERS = ['embed', 'share', 'find'];

/** Whether the page is the list of reports, which is nothing that a link shows; an open report is. */
export const isListOfReports = () => Boolean(byId('reports-page')) && byId('report').hidden;

/** The runs that the page shows, as `{ shown: [{ id, name }], left: number }`, the newest first; `left` counts blocks of a report that links do not show. */
export async function runsOfPage(project) {
  const { runs } = await json('api/v1/runs/table', { method: 'POST', body: { project, offset: 0, limit: MAX_LISTED } });
  const present = runs.filter((run) => !run.trashed && !run.archived).sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  const pages = byId('reports-page') ? pagesOfReport() : [readParams()];
  const ofLink = pages.filter(Boolean);
  const ids = new Set(ofLink.flatMap((params) => shownRuns(parseSelection(params.get('runs')), present)));
  return { shown: present.filter((run) => ids.has(run.id)), left: pages.length - ofLink.length };
}

/** Parameters of the pages in the open report; null for one that a link does not show. */
function pagesOfReport() {
  const { project, shareableSections } = byId('reports-page').dataset;
  const sections = shareableSections.split(' ');
  return [...byId('report-blocks').children].filter(({ block }) => block.type === 'page').map(({ block }) => {
    const path = ownPath(block.path);
    const { search, hash } = new URL(path, document.baseURI);
    const params = paramsOf(search, hash);
    return sections.includes(path.split(/[?#]/)[0]) && params.get('project') === project ? params : null;
  });
}

/** Tags that stand on the page: those of the card in full screen alone, where there is one. */
export function tagsOfPage() {
  const main = document.getElementById('main');
  const full = main.querySelector('.fullscreen[data-tag], .fullscreen [data-tag]');
  const tags = new Set((full ? [full] : [...main.querySelectorAll('[data-tag]')].filter((element) => !element.closest('[hidden]'))).map((element) => element.dataset.tag));
  const params = readParams();
  // What is drawn within the cards beside their own tag.
  for (const entry of params.getAll('add')) {
    const [card, tag] = entry.split('\t');
    if (tag && tags.has(card)) tags.add(tag);
  }
  if (params.get('xtag') && tags.size > 0) tags.add(params.get('xtag'));
  return [...tags].sort();
}

/** The page's address from the server's root, showing these runs. */
export function viewOfPage(runIds) {
  const runs = runIds.length <= MAX_NAMED ? runIds.map(encodeURIComponent).join(',') : 'all';
  const { search } = addressOf(withChanges(readParams(), { runs, ...Object.fromEntries(OTHERS.map((name) => [name, null])) }));
  return `/${location.pathname.slice(new URL(document.baseURI).pathname.length)}${search}`;
}
