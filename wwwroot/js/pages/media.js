// What the shown runs logged to be looked at, and their files: one kind at a time, all from one state that is the page's address.

import { readParams, writeParams } from '../address.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, setText } from '../dom.js';
import { Folders } from '../folders.js';
import { FileList } from '../media/files.js';
import { Library } from '../media/library.js';
import { Lightbox } from '../media/lightbox.js';
import { KINDS } from '../media/naming.js';
import { MediaRow } from '../media/row.js';
import { Texts } from '../media/texts.js';
import { formatView, parseView } from '../media/view.js';
import { watchRuns } from '../records/freshness.js';
import { RunScope } from '../scope.js';
import { groupTags, tagMatcher } from '../tags.js';
import { t, tCount } from '../text.js';

const PANEL_MARGIN = '200px';
const LISTED = ['file', 'checkpoint'];

let view = parseView(readParams());
const scope = new RunScope(byId('media-page').dataset.project);
const { store } = scope;
const root = byId('folders');
const tabs = [...document.querySelectorAll('[data-kind]')];
let kind = null;
let folders = null;
let files = null;
let series = new Map();
const box = new Lightbox();

const retrying = (error) => showBanner(`${error.message} ${t('error.retrying')}`);
const library = new Library({ onChange: show, onRetry: retrying, onLoaded: hideBanner });
const texts = new Texts(store, {
  onTags: show,
  onText: (tag) => kind === 'text' && folders?.row(tag)?.update(),
  onRetry: retrying,
  onFailed: (tag, error) => showBanner(t('media.failed', { reason: error.message }), () => { hideBanner(); texts.load(tag, scope.ids); }),
});
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting || target.panel.pinned) target.panel.activate();
    else target.panel.deactivate();
  }
}, { root: root.closest('.split-main'), rootMargin: PANEL_MARGIN });

const context = {
  view: () => view,
  runs: () => scope.runs,
  entries: (of, tag) => (of === 'text' ? texts.entries(tag) : series.get(tag) ?? new Map()),
  note: (row) => (row.kind === 'text' && texts.thinned(row.tag) ? t('media.texts_thinned') : null),
  wake: (row) => row.kind === 'text' && texts.load(row.tag, scope.ids),
  chosen: (row) => (view.linked && row.stepped ? view.step : view.at[row.tag] ?? null),
  choose,
  open,
  watch: (panel) => sight.observe(panel.element),
  unwatch: (panel) => sight.unobserve(panel.element),
};

function commit(push = false) {
  writeParams(formatView(view), push);
}

function choose(row, position) {
  if (view.linked && row.stepped) view.step = position;
  else {
    const { [row.tag]: _, ...others } = view.at;
    view.at = position === null ? others : { ...others, [row.tag]: position };
  }
  commit();
  if (view.linked) folders.rows().forEach((other) => other.draw());
  else row.draw();
  box.show();
}

function open(row, panel) {
  if (panel.entry && panel.image) {
    box.open(row, panel);
    return;
  }
  const on = !panel.element.classList.contains('fullscreen');
  panel.setFullScreen(on);
}

/** The first kind that there is something of, unless one was chosen. */
function chosenKind(counts) {
  return view.kind ?? KINDS.find((one) => (counts.get(one) ?? 0) > 0) ?? 'image';
}

function show() {
  const counts = library.counts();
  counts.set('text', texts.tags?.length ?? 0);
  const loading = !store.loaded || library.loading || texts.tags === null;
  // Until everything is listed the first kind is not certain, and a page that changes its mind is worse than one that waits.
  if (!store.loaded || (view.kind === null && loading)) return;
  const wanted = chosenKind(counts);
  if (wanted !== kind) enter(wanted);
  for (const tab of tabs) {
    const on = tab.dataset.kind === kind;
    const turned = on && tab.getAttribute('aria-selected') !== 'true';
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
    // On a phone the chosen tab may lie beyond the edge.
    if (turned) tab.scrollIntoView({ block: 'nearest', inline: 'center' });
    setText(tab.querySelector('.count'), loading && !counts.get(tab.dataset.kind) ? '' : String(counts.get(tab.dataset.kind) ?? 0));
  }
  if (library.failure) showBanner(t('media.failed', { reason: library.failure.error.message }), () => { hideBanner(); library.refresh(new Set(scope.ids)); });
  let matches;
  try {
    matches = tagMatcher(view.tagFilter);
    setText(byId('tag-filter-error'), '');
  } catch (error) {
    setText(byId('tag-filter-error'), t('toolbar.bad_regex', { reason: error.message }));
    return;
  } finally {
    byId('tag-filter').closest('.search').classList.toggle('invalid', Boolean(byId('tag-filter-error').textContent));
  }
  const total = LISTED.includes(kind) ? showFiles(matches) : showRows(matches);
  const busy = loading && total.all === 0;
  byId('media-content').setAttribute('aria-busy', String(busy));
  byId('media-skeleton').hidden = !busy;
  const runs = scope.ids.length;
  const empty = (id, on) => { byId(id).hidden = !on; };
  empty('media-no-runs', store.runs.length === 0);
  empty('media-none-selected', store.runs.length > 0 && runs === 0);
  empty('media-no-match', total.all > 0 && total.found === 0);
  const none = runs > 0 && !busy && total.all === 0;
  for (const one of KINDS) empty(`media-none-${one}`, none && kind === one);
}

function enter(next) {
  kind = next;
  root.replaceChildren();
  root.hidden = LISTED.includes(kind);
  byId('files').hidden = !root.hidden;
  byId('size').closest('.field').hidden = kind !== 'image' && kind !== 'video';
  byId('linked').closest('.switch').hidden = root.hidden;
  byId('media-content').setAttribute('aria-labelledby', `kind-${kind}`);
  folders?.rows().forEach((row) => row.deactivate());
  folders = root.hidden ? null : new Folders(root, {
    makeRow: (tag) => new MediaRow(kind, tag, context),
    count: (count) => tCount('distributions.tags', count),
    onFold: (name, folded) => {
      view.folded = folded ? [...view.folded, name] : view.folded.filter((other) => other !== name);
      commit();
    },
  });
}

function showRows(matches) {
  series = kind === 'text' ? new Map() : library.series(kind);
  const all = kind === 'text' ? texts.tags ?? [] : [...series.keys()];
  const found = all.filter(matches);
  folders.show(groupTags(found), view.folded);
  folders.rows().forEach((row) => row.update());
  return { all: all.length, found: found.length };
}

function showFiles(matches) {
  files ??= new FileList(byId('files'), {
    view: () => view,
    sort: (by, descending) => {
      Object.assign(view, { sort: by, descending });
      commit(true);
      show();
    },
    run: (id) => scope.runs.find((run) => run.id === id),
    removed: (runId) => library.refresh(new Set([runId])),
  });
  const all = library.newest((artifact) => kind === 'file' || artifact.kind === 'checkpoint');
  const found = all.filter(({ artifact }) => matches(artifact.name));
  byId('files').hidden = all.length === 0;
  files.show(found);
  return { all: all.length, found: found.length };
}

function showToolbar() {
  byId('size').value = view.size;
  byId('linked').checked = view.linked;
  if (byId('tag-filter').value !== view.tagFilter) byId('tag-filter').value = view.tagFilter;
}

function pick(next) {
  view.kind = next;
  commit(true);
  show();
}

for (const tab of tabs) {
  tab.addEventListener('click', () => pick(tab.dataset.kind));
  tab.addEventListener('keydown', (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const next = tabs[(tabs.indexOf(tab) + way + tabs.length) % tabs.length];
    next.focus();
    pick(next.dataset.kind);
    event.preventDefault();
  });
}
byId('size').addEventListener('change', (event) => {
  view.size = event.target.value;
  commit(true);
  folders?.rows().forEach((row) => row.draw());
});
byId('linked').addEventListener('change', (event) => {
  view.linked = event.target.checked;
  commit(true);
  folders?.rows().forEach((row) => row.draw());
});
byId('tag-filter').addEventListener('input', (event) => {
  view.tagFilter = event.target.value;
  commit();
  show();
});
byId('empty-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
byId('empty-clear-tags').addEventListener('click', () => {
  view.tagFilter = '';
  commit();
  showToolbar();
  show();
});
addEventListener('popstate', () => {
  view = parseView(readParams());
  showToolbar();
  show();
});
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const row of folders?.rows() ?? []) for (const panel of row.panels()) if (panel.pinned) panel.setFullScreen(false);
});

scope.addEventListener('shown', () => {
  library.show(scope.ids);
  texts.show(scope.ids);
  if (kind === 'text') for (const row of folders.rows()) if (row.panels().some((panel) => panel.active)) texts.load(row.tag, scope.ids);
});
// Most changes are a step or a summary; what this page shows depends on other things.
let listed = -1;
scope.addEventListener('change', () => {
  if (kind !== null && listed === store.runs.length) return;
  listed = store.runs.length;
  show();
});
watchRuns(scope, (ids) => {
  library.refresh(ids);
  if (kind === 'text') for (const row of folders.rows()) if (row.panels().some((panel) => panel.active)) texts.load(row.tag, scope.ids, ids);
});
showToolbar();
scope.start().catch(() => byId('media-skeleton').remove());
