// The scalars of the shown runs: selector, toolbar, cards, all from one state that is the page's address.

import { hideBanner, showBanner } from '../banner.js';
import { byId, setText } from '../dom.js';
import { assignDashes } from '../palette.js';
import { ScalarQueries } from '../query.js';
import { RunStore } from '../runstore.js';
import { Card } from '../scalars/card.js';
import { Groups } from '../scalars/groups.js';
import { LivePoints } from '../scalars/livepoints.js';
import { Selector } from '../scalars/selector.js';
import { TagIndex } from '../scalars/tagindex.js';
import { bindToolbar } from '../scalars/toolbar.js';
import { groupTags, tagMatcher } from '../tags.js';
import { t } from '../text.js';
import { formatView, parseView, selectionOf, shownRuns } from '../viewstate.js';

const NEWEST = 20;
let view = parseView(location.search, location.hash);
const store = new RunStore(view.project);
const queries = new ScalarQueries();
let shownIds = [];
let shownKey = null;
let dashes = new Map();
let grouped = { all: null, pattern: null, found: [], groups: [] };

const groups = new Groups(byId('groups'), {
  makeCard: (tag) => new Card(tag, { queries, view: () => view, runs: chartRuns, zoom, fullScreen, loaded: () => points.update() }),
  onFold: (name, folded) => {
    view.folded = folded ? [...view.folded, name] : view.folded.filter((other) => other !== name);
    commit();
  },
  onSight: () => points.update(),
});
const points = new LivePoints(store.project, groups, () => shownIds);
const tags = new TagIndex(store, showCards);
const selector = new Selector({
  runs: () => store.runs,
  shown: () => new Set(shownIds),
  colors: store.colors,
  dashes: () => dashes,
  filter: () => view.runFilter,
  mode: () => view.runs.mode,
  partial: () => store.hasMore,
  choose: (ids) => select(selectionOf(ids, store.runs, view.runs)),
  all: (ids) => select(view.runFilter ? selectionOf([...shownIds, ...ids], store.runs, view.runs) : { mode: 'all', ids: [] }),
  none: (ids) => select(view.runFilter ? selectionOf(shownIds.filter((id) => !ids.includes(id)), store.runs, view.runs) : { mode: 'none', ids: [] }),
  newest: () => select({ mode: 'newest', ids: [] }),
  only: (id) => select({ mode: 'only', ids: [id] }),
  find: (text) => {
    view.runFilter = text;
    commit();
    selector.render();
  },
  highlight: (id) => groups.active().forEach((card) => card.highlight(id)),
});
const toolbar = bindToolbar(() => view, {
  options: (change, push) => {
    // A window of steps means nothing on an axis of time.
    if (change.x && change.x !== view.x) {
      view.zoom = {};
      groups.cards().forEach((card) => card.windowChanged());
    }
    Object.assign(view, change);
    commit(push);
    groups.cards().forEach((card) => card.optionsChanged(view));
  },
  tagFilter: (pattern) => {
    view.tagFilter = pattern;
    commit();
    showCards();
  },
});

function chartRuns() {
  return shownIds.map((id) => ({ id, name: store.get(id).name, color: store.colors.get(id) ?? 0, dash: dashes.get(id) ?? 0 }));
}

/** Writes the state into the address: a new entry for what Back should undo, else in place. */
function commit(push = false) {
  const { search, hash } = formatView(view);
  history[push ? 'pushState' : 'replaceState'](null, '', `${location.pathname}${search}${hash}`);
}

function select(runs) {
  view.runs = runs;
  commit(true);
  runsChanged();
}

function zoom(tag, window) {
  if (window) view.zoom = { ...view.zoom, [tag]: window };
  else {
    if (!view.zoom[tag]) return;
    const { [tag]: _, ...others } = view.zoom;
    view.zoom = others;
  }
  commit(true);
  groups.card(tag)?.windowChanged();
}

function fullScreen(tag) {
  view.card = tag;
  commit(true);
  showFullScreen();
}

function showFullScreen() {
  if (view.card !== null) groups.reveal(view.card);
  for (const card of groups.cards()) card.setFullScreen(card.tag === view.card);
}

/** Runs came, went or changed, or others were chosen. */
function runsChanged() {
  shownIds = shownRuns(view.runs, store.runs, NEWEST);
  dashes = assignDashes([...shownIds].reverse(), store.colors);
  selector.render();
  const key = shownIds.map((id) => `${id}\u0000${store.get(id).name}\u0000${store.colors.get(id)}`).join('\u0001');
  if (key !== shownKey) {
    shownKey = key;
    for (const card of groups.active()) card.runsChanged();
    points.update();
  }
  tags.update(shownIds.map((id) => store.get(id)));
  showCards();
}

function showCards() {
  let matches;
  try {
    matches = tagMatcher(view.tagFilter);
    toolbar.tagError(null);
  } catch (error) {
    toolbar.tagError(error.message);
    return;
  }
  if (!store.loaded || tags.loading) return;
  const all = tags.tags;
  if (grouped.all !== all || grouped.pattern !== view.tagFilter) {
    const found = all.filter(matches);
    grouped = { all, pattern: view.tagFilter, found, groups: groupTags(found) };
  }
  const { found } = grouped;
  byId('groups').setAttribute('aria-busy', 'false');
  if (byId('groups').firstElementChild?.classList.contains('cards')) byId('groups').replaceChildren();
  groups.show(grouped.groups, view.folded);
  const show = (id, on) => { byId(id).hidden = !on; };
  show('scalars-no-runs', store.runs.length === 0);
  show('scalars-none-selected', store.runs.length > 0 && shownIds.length === 0);
  show('scalars-no-data', shownIds.length > 0 && all.length === 0);
  show('scalars-no-match', all.length > 0 && found.length === 0);
  if (view.card !== null) showFullScreen();
}

function viewChanged() {
  const before = view;
  view = parseView(location.search, location.hash);
  toolbar.show();
  byId('selector-filter').value = view.runFilter;
  const moved = new Set([...Object.keys(before.zoom), ...Object.keys(view.zoom)].filter((tag) => String(before.zoom[tag]) !== String(view.zoom[tag])));
  for (const card of groups.cards()) {
    card.optionsChanged(view);
    if (moved.has(card.tag)) card.windowChanged();
  }
  runsChanged();
  showFullScreen();
}

addEventListener('popstate', viewChanged);
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && view.card !== null) fullScreen(null);
});
byId('empty-newest').addEventListener('click', () => select({ mode: 'newest', ids: [] }));
byId('empty-clear-tags').addEventListener('click', () => {
  view.tagFilter = '';
  commit();
  toolbar.show();
  showCards();
});

let asked = false;
store.addEventListener('change', () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    runsChanged();
  });
});
store.addEventListener('added', ({ detail }) => tags.added(detail.runId, detail.added));
store.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
store.addEventListener('loaded', hideBanner);
store.start().then(() => points.start(), (error) => {
  byId('groups').replaceChildren();
  setText(byId('selector-count'), '');
  byId('selector-list').replaceChildren();
  showBanner(t('error.list', { reason: error.message }), () => location.reload());
});
