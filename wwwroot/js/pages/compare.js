// Runs side by side: what they were started with, where they ran, what came of it, and where they differ.

import { readParams, writeParams } from '../address.js';
import { hideBanner, showBanner } from '../banner.js';
import { copyText } from '../clipboard.js';
import { RunLoader } from '../compare/loader.js';
import { PARTS, compareRows, markdownTable, plainText } from '../compare/rows.js';
import { CompareTable, cellText, rowName } from '../compare/table.js';
import { byId, setText } from '../dom.js';
import { saveCsv } from '../download.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';

const project = byId('compare-page').dataset.project;
// Beyond this many columns nobody compares by eye; the Runs page and the charts do that better.
const MOST = 24;
const QUIET_MS = 120;
const FOLLOW_MS = 1000;

const scope = new RunScope(project);
const loader = new RunLoader(scope.store);
const table = new CompareTable({
  store: scope.store,
  open: (id) => `runs?${new URLSearchParams({ project, run: id })}`,
  baseline(id) {
    view.base = id;
    remember();
    render();
  },
  remove: (id) => scope.select({ mode: 'only', ids: wanted().filter((other) => other !== id) }),
});
let view = read();
let found = [];

function read() {
  const params = readParams();
  const parts = params.getAll('part').filter((part) => PARTS.includes(part));
  return { differences: params.get('diff') === '1', base: params.get('base'), text: params.get('values') ?? '', parts: parts.length ? parts : ['last', 'min', 'max'] };
}

function remember() {
  const usual = view.parts.join() === 'last,min,max';
  writeParams({ diff: view.differences ? '1' : null, base: view.base, values: view.text || null, part: usual ? null : view.parts });
}

/** Ids to compare. Named runs keep the order of the link, and archived ones stay; otherwise those shown, the newest first. */
const wanted = () => (scope.selection.mode === 'only' ? scope.selection.ids : scope.ids);

function follow() {
  loader.want(wanted().slice(0, MOST));
}

function controls() {
  byId('compare-differences').checked = view.differences;
  if (document.activeElement !== byId('compare-filter')) byId('compare-filter').value = view.text;
  for (const part of PARTS) byId(`part-${part}`).checked = view.parts.includes(part);
}

function render() {
  const { runs } = loader;
  const base = Math.max(0, runs.findIndex((run) => run.id === view.base));
  const words = view.text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = compareRows(runs, PARTS.filter((part) => view.parts.includes(part)));
  found = all.map((section) => ({
    ...section,
    rows: section.rows.filter((row) => !(view.differences && row.same) && words.every((word) => rowName(section.key, row).toLowerCase().includes(word))),
  }));
  const count = found.reduce((sum, section) => sum + section.rows.length, 0);
  controls();
  const waiting = loader.loading && runs.length === 0;
  byId('compare-none').hidden = runs.length > 0 || waiting;
  byId('compare-no-match').hidden = runs.length === 0 || count > 0;
  setText(byId('compare-no-match').querySelector('h2'), t(view.text ? 'compare.no_match' : 'compare.all_same'));
  byId('compare-scroll').hidden = runs.length === 0 || count === 0;
  const notes = [];
  if (loader.gone.size > 0) notes.push(tCount('compare.gone', loader.gone.size));
  if (wanted().length > MOST) notes.push(t('compare.capped', { count: MOST, total: wanted().length.toLocaleString('en') }));
  if (runs.length === 1) notes.push(t('compare.one_run'));
  setText(byId('compare-notes'), notes.join(' '));
  byId('compare-notes').hidden = notes.length === 0;
  if (loader.failure) showBanner(t('error.list', { reason: loader.failure.message }), follow);
  else hideBanner();
  for (const id of ['compare-copy', 'compare-csv']) byId(id).disabled = count === 0 || runs.length === 0;
  table.render(runs, found, base);
}

const names = () => loader.runs.map((run) => run.name);

byId('compare-copy').addEventListener('click', async () => {
  const rows = found.flatMap((section) => section.rows.map((row) => ({ name: rowName(section.key, row), values: row.values.map((value) => cellText(row, value)) })));
  toast(t(await copyText(markdownTable(['', ...names()], rows)) ? 'snippets.copied' : 'shell.copy_failed'));
});
byId('compare-csv').addEventListener('click', () => {
  const rows = found.flatMap((section) => section.rows.map((row) => [t(`compare.section.${section.key}`), rowName(section.key, row), ...row.values.map((value) => (typeof value === 'number' ? value : plainText(value)))]));
  saveCsv([t('compare.csv_section'), t('compare.csv_value'), ...names()], rows, `${project}-compare`);
});
byId('compare-differences').addEventListener('change', (event) => {
  view.differences = event.target.checked;
  remember();
  render();
});
for (const part of PARTS) {
  byId(`part-${part}`).addEventListener('change', (event) => {
    view.parts = PARTS.filter((one) => (one === part ? event.target.checked : view.parts.includes(one)));
    remember();
    render();
  });
}
let timer = 0;
byId('compare-filter').addEventListener('input', (event) => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    view.text = event.target.value.trim();
    remember();
    render();
  }, QUIET_MS);
});
addEventListener('popstate', () => {
  view = read();
  follow();
});
let followTimer = 0;
scope.addEventListener('shown', follow);
// Changes of runs that stream come many a second; a table read by eye needs one.
scope.addEventListener('change', () => {
  followTimer ||= setTimeout(() => {
    followTimer = 0;
    follow();
  }, FOLLOW_MS);
});
loader.addEventListener('change', render);
controls();
await scope.start();
