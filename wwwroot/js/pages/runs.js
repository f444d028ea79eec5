// The runs of a project as a table: live, filtered, sorted, selected.

import { json } from '../api.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, h, icon, nameText, reconcile, setText } from '../dom.js';
import { formatAge, formatDuration, formatNumber, formatStep, formatTime } from '../format.js';
import { live } from '../live.js';
import { RunStore } from '../runstore.js';
import { chooseColumns, compareNames } from '../tags.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { columnsMenu } from './runcolumns.js';
import { Selection } from './runselection.js';

const page = byId('runs-page');
const project = page.dataset.project;
const store = new RunStore(project);
const selection = new Selection(() => visible().map((run) => run.id));
const KNOWN = ['running', 'finished', 'failed'];
const DURATION_TICK_MS = 1000;

const query = new URLSearchParams(location.search);
const view = {
  find: query.get('find') ?? '',
  sort: query.get('sort') ?? 'created',
  descending: query.get('dir') !== 'asc',
  columns: query.has('cols') ? query.getAll('cols').filter(Boolean) : null,
};
let points = null;
let headKey = '';

const columns = () => view.columns ?? chooseColumns(store.runs);
const value = (run, tag) => (run.summary?.[tag] ? Number(run.summary[tag].last) : NaN);
const seconds = (run) => (run.status === 'running' ? Date.now() / 1000 : run.updated) - run.created;

function remember() {
  const next = new URLSearchParams({ project });
  if (view.find) next.set('find', view.find);
  if (view.sort !== 'created') next.set('sort', view.sort);
  if (!view.descending) next.set('dir', 'asc');
  if (view.columns) (view.columns.length ? view.columns : ['']).forEach((tag) => next.append('cols', tag));
  history.replaceState(null, '', `${location.pathname}?${next}`);
}

const sortValue = {
  created: (run) => run.created,
  updated: (run) => run.updated,
  name: (run) => run.name,
  status: (run) => run.status,
  duration: seconds,
};

function visible() {
  const words = view.find.toLowerCase().split(/\s+/).filter(Boolean);
  const found = store.runs.filter((run) => words.every((word) => run.name.toLowerCase().includes(word)));
  const by = sortValue[view.sort] ?? ((run) => value(run, view.sort));
  const sign = view.descending ? -1 : 1;
  return found.sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (typeof x === 'string') return sign * compareNames(x, y);
    // Runs without the value come last whichever way it is sorted.
    return Number.isNaN(x) - Number.isNaN(y) || sign * (x - y) || compareNames(a.name, b.name);
  });
}

function header() {
  const tags = columns();
  const key = JSON.stringify([tags, view.sort, view.descending]);
  if (key === headKey) return;
  headKey = key;
  const head = (id, label, numeric) => {
    const sorted = view.sort === id;
    const mark = h('span', { class: 'sort-mark', 'aria-hidden': 'true', text: sorted ? (view.descending ? '↓' : '↑') : '' });
    return h('th', { scope: 'col', class: numeric ? 'num' : null, 'aria-sort': sorted ? (view.descending ? 'descending' : 'ascending') : null },
      h('button', { type: 'button', title: t('runs.sort', { column: label }), onclick: () => sortBy(id, numeric) }, nameText(label, numeric ? 'ellipsis tag-head' : ''), mark));
  };
  byId('runs-table').tHead.rows[0].replaceChildren(
    byId('check-all').closest('th'),
    head('name', t('runs.name')), head('status', t('runs.status')),
    ...tags.map((tag) => head(tag, tag, true)),
    head('updated', t('runs.updated'), true), head('duration', t('runs.duration'), true));
  points?.renew();
}

function sortBy(id, numeric) {
  if (view.sort === id) view.descending = !view.descending;
  else Object.assign(view, { sort: id, descending: Boolean(numeric) });
  remember();
  render();
}

function createRow(run) {
  const row = h('tr', { 'aria-selected': 'false' },
    h('td', { class: 'col-check' }, h('input', { type: 'checkbox' })),
    h('th', { scope: 'row', class: 'col-name' }, h('span', { class: 'run-dot' }), h('a')),
    h('td', { class: 'cell-status' }));
  row.append(h('td', { class: 'num cell-updated' }, h('time')), h('td', { class: 'num cell-duration' }));
  row.querySelector('input').addEventListener('click', (event) => selection.toggle(run.id, event.target.checked, event.shiftKey));
  return row;
}

function updateRow(row, run) {
  if (!row.querySelector('.cell-status')) {
    // The server's own first rendering: the same row, made anew with its controls.
    row.replaceChildren(...createRow(run).children);
  }
  const link = row.querySelector('a');
  if (link.title !== run.name) {
    link.replaceChildren(h('bdi', { text: run.name }));
    link.title = run.name;
    link.href = `scalars?${new URLSearchParams({ project, runs: run.id })}`;
    row.querySelector('input').setAttribute('aria-label', t('runs.select', { run: run.name }));
  }
  row.querySelector('.run-dot').style.setProperty('--run-color', `var(--run-${store.colors.get(run.id) ?? 0})`);
  const status = row.querySelector('.cell-status');
  if (status.dataset.status !== run.status) {
    status.dataset.status = run.status;
    const known = KNOWN.includes(run.status) ? run.status : 'unknown';
    status.replaceChildren(h('span', { class: 'status', data: { status: known } }, icon(`status-${known}`), t(`status.${known}`)));
  }
  const time = row.querySelector('time');
  time.dataset.age = run.updated;
  time.title = formatTime(run.updated);
  setText(time, formatAge(run.updated));
  setText(row.querySelector('.cell-duration'), formatDuration(seconds(run)));
  metrics(row, run);
  const chosen = selection.has(run.id);
  row.setAttribute('aria-selected', String(chosen));
  row.querySelector('input').checked = chosen;
}

function metrics(row, run) {
  const tags = columns();
  const cells = [...row.querySelectorAll('.cell-metric')];
  cells.slice(tags.length).forEach((cell) => cell.remove());
  tags.forEach((tag, i) => {
    const cell = cells[i] ?? row.insertBefore(h('td', { class: 'num cell-metric' }), row.querySelector('.cell-updated'));
    const summary = run.summary?.[tag];
    const same = cell.dataset.tag === tag;
    cell.dataset.tag = tag;
    const changed = setText(cell, summary ? formatNumber(Number(summary.last)) : '–');
    if (!summary) cell.title = t('runs.no_value');
    else cell.title = `${tag}: ${formatNumber(Number(summary.last))} · ${t('axis.step')} ${formatStep(summary.step)}`;
    if (same && changed) {
      cell.classList.remove('changed');
      requestAnimationFrame(() => cell.classList.add('changed'));
    }
  });
}

function render() {
  header();
  const shown = visible();
  selection.keep(new Set(store.runs.map((run) => run.id)));
  reconcile(byId('runs-table').tBodies[0], shown, (run) => run.id, createRow, updateRow);
  const any = store.runs.length > 0;
  byId('runs-empty').hidden = any || !store.loaded;
  byId('runs-scroll').hidden = shown.length === 0;
  byId('runs-no-match').hidden = !any || shown.length > 0;
  byId('runs-more').hidden = !store.hasMore;
  setText(byId('runs-count'), any ? tCount('runs.count', store.runs.length) : '');
  showSelection();
}

function showSelection() {
  const ids = selection.ids();
  setText(byId('selection-count'), ids.length ? tCount('runs.selected', ids.length) : '');
  byId('trash-selected').disabled = ids.length === 0;
  const all = byId('check-all');
  const shown = visible();
  const chosen = shown.filter((run) => selection.has(run.id)).length;
  all.checked = shown.length > 0 && chosen === shown.length;
  all.indeterminate = chosen > 0 && chosen < shown.length;
  const open = byId('open-scalars');
  const next = new URLSearchParams({ project });
  if (ids.length) next.set('runs', ids.map(encodeURIComponent).join(','));
  open.href = `scalars?${next}`;
  setText(open.querySelector('span'), ids.length ? tCount('runs.open_scalars_of', ids.length) : t('runs.open_scalars'));
}

async function trash() {
  const runs = selection.ids().map((id) => store.get(id)).filter(Boolean);
  try {
    await Promise.all(runs.map((run) => json(`api/v1/runs/${encodeURIComponent(run.id)}`, { method: 'DELETE' })));
  } catch (error) {
    toast(t('runs.trash_failed', { reason: error.message }));
    store.load();
    return;
  }
  for (const run of runs) store.upsert({ ...run, trashed: Date.now() / 1000 });
  selection.clear();
  toast(tCount('runs.trashed', runs.length), {
    label: t('runs.undo'),
    run: async () => {
      try {
        const restored = await Promise.all(runs.map((run) => json(`api/v1/runs/${encodeURIComponent(run.id)}`, { method: 'PATCH', body: { trashed: false } })));
        restored.forEach((run) => store.upsert(run));
        toast(t('runs.restored'));
      } catch (error) {
        toast(t('runs.restore_failed', { reason: error.message }));
      }
    },
  });
}

/** Live values of the shown columns: the last point of each frame. */
function hearPoints() {
  points = live.subscribe({
    afterSeq: store.seq,
    request: () => ({ project, run_ids: null, tags: columns() }),
    onReset: () => store.load(),
    onFrame: (frame) => {
      const run = frame.tag && store.get(frame.run_id);
      if (!run) return;
      const at = frame.steps.length - 1;
      const before = run.summary?.[frame.tag];
      run.summary = { ...run.summary, [frame.tag]: { ...before, last: frame.values[at], step: frame.steps[at] } };
      run.updated = Math.max(run.updated, frame.wall_times[at]);
      store.upsert(run);
    },
  });
}

let frameAsked = false;
store.addEventListener('change', () => {
  if (frameAsked) return;
  frameAsked = true;
  requestAnimationFrame(() => {
    frameAsked = false;
    render();
  });
});
store.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
store.addEventListener('loaded', hideBanner);
selection.addEventListener('change', render);
byId('runs-filter').value = view.find;
byId('runs-filter').addEventListener('input', (event) => {
  view.find = event.target.value;
  remember();
  render();
});
byId('check-all').addEventListener('click', (event) => selection.setAll(event.target.checked));
byId('trash-selected').addEventListener('click', trash);
byId('runs-more').querySelector('button').addEventListener('click', () => store.more());
columnsMenu(byId('columns-menu'), byId('columns-panel'), () => ({ runs: store.runs, chosen: columns() }), (tags) => {
  view.columns = tags;
  remember();
  render();
});
setInterval(() => {
  for (const row of byId('runs-table').tBodies[0].rows) {
    const run = store.get(row.dataset.key);
    if (run?.status === 'running' && row.querySelector('.cell-duration')) setText(row.querySelector('.cell-duration'), formatDuration(seconds(run)));
  }
}, DURATION_TICK_MS);

store.start().then(hearPoints, (error) => showBanner(t('error.list', { reason: error.message }), () => location.reload()));
