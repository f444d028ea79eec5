// The scalars of the shown runs: toolbar and cards, all from one state that is the page's address.

import { readParams, writeParams } from '../address.js';
import { byId } from '../dom.js';
import { ScalarQueries } from '../query.js';
import { Card } from '../scalars/card.js';
import { Groups } from '../scalars/groups.js';
import { LivePoints } from '../scalars/livepoints.js';
import { TagIndex } from '../scalars/tagindex.js';
import { bindToolbar } from '../scalars/toolbar.js';
import { RunScope } from '../scope.js';
import { groupTags, tagMatcher } from '../tags.js';
import { formatView, parseView } from '../viewstate.js';

let view = parseView(readParams());
const scope = new RunScope(byId('scalars-page').dataset.project);
const { store } = scope;
const queries = new ScalarQueries();
let grouped = { all: null, pattern: null, found: [], groups: [] };

const groups = new Groups(byId('groups'), {
  makeCard: (tag) => new Card(tag, { queries, view: () => view, runs: () => scope.runs, zoom, fullScreen, loaded: () => points.update() }),
  onFold: (name, folded) => {
    view.folded = folded ? [...view.folded, name] : view.folded.filter((other) => other !== name);
    commit();
  },
  onSight: () => points.update(),
});
const points = new LivePoints(store.project, groups, () => scope.ids);
const tags = new TagIndex(store, showCards);
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

/** Writes the state into the address: a new entry for what Back should undo, else in place. */
function commit(push = false) {
  writeParams(formatView(view), push);
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
  show('scalars-none-selected', store.runs.length > 0 && scope.ids.length === 0);
  show('scalars-no-data', scope.ids.length > 0 && all.length === 0);
  show('scalars-no-match', all.length > 0 && found.length === 0);
  if (view.card !== null) showFullScreen();
}

addEventListener('popstate', () => {
  const before = view;
  view = parseView(readParams());
  toolbar.show();
  const moved = new Set([...Object.keys(before.zoom), ...Object.keys(view.zoom)].filter((tag) => String(before.zoom[tag]) !== String(view.zoom[tag])));
  for (const card of groups.cards()) {
    card.optionsChanged(view);
    if (moved.has(card.tag)) card.windowChanged();
  }
  showCards();
  showFullScreen();
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && view.card !== null) fullScreen(null);
});
byId('empty-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
byId('empty-clear-tags').addEventListener('click', () => {
  view.tagFilter = '';
  commit();
  toolbar.show();
  showCards();
});

scope.addEventListener('shown', () => {
  for (const card of groups.active()) card.runsChanged();
  points.update();
});
scope.addEventListener('change', () => {
  tags.update(scope.ids.map((id) => store.get(id)));
  showCards();
});
scope.addEventListener('highlight', ({ detail }) => groups.active().forEach((card) => card.highlight(detail)));
store.addEventListener('added', ({ detail }) => tags.added(detail.runId, detail.added));
scope.start().then(() => points.start(), () => byId('groups').replaceChildren());
