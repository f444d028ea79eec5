// The scalars of the shown runs: toolbar and cards, all from one state that is the page's address.

import { readParams, writeParams } from '../address.js';
import { byId, setText } from '../dom.js';
import { embedded } from '../embedded.js';
import { COLORS } from '../palette.js';
import { ScalarQueries } from '../query.js';
import { Card } from '../scalars/card.js';
import { Groups } from '../scalars/groups.js';
import { LivePoints } from '../scalars/livepoints.js';
import { RunFields, groupRuns } from '../scalars/runfields.js';
import { bindToolbar } from '../scalars/toolbar.js';
import { RunScope } from '../scope.js';
import { TagIndex } from '../tagindex.js';
import { groupTags, tagMatcher, WATCHED } from '../tags.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { formatView, parseView } from '../viewstate.js';

// More lines than this are a carpet in which none can be followed, and cost the server, the wire and the canvas.
const MAX_DRAWN = 200;
// No tag's folder has a control character.
const PINNED = '\u0001';

let view = parseView(readParams());
const scope = new RunScope(byId('scalars-page').dataset.project);
const { store } = scope;
const queries = new ScalarQueries();
let grouped = { key: null, found: [], groups: [] };
let grouping = null;
const fields = new RunFields(scope.project, regroup);

const context = {
  queries, fullScreen, zoom,
  view: () => view,
  runs: drawnRuns,
  tags: () => tags.tags,
  grouping: () => grouping,
  pick: (id) => id && id !== scope.picked ? scope.pick(id) : scope.picked && scope.pick(scope.picked),
  pinTip: (tag, x) => {
    view.tip = x === null ? null : { tag, x: Number(x.toPrecision(10)) };
    commit();
    groups.cards().forEach((card) => card.tipChanged());
  },
  /** Changes a list of tags: pinned cards, tables. */
  set: (name, value) => {
    view[name] = value;
    commit(true);
    if (name === 'pins') showCards();
    else groups.cards().forEach((card) => card.tableChanged());
  },
  /** Changes what one card has of its own: joined tags, windows. */
  change: (name, tag, value) => {
    const { [tag]: _, ...others } = view[name];
    view[name] = value ? { ...others, [tag]: value } : others;
    // A window of x means another one now.
    if (name === 'windows') view.zoom = Object.fromEntries(Object.entries(view.zoom).filter(([other]) => other !== tag));
    commit(true);
    groups.card(tag)?.configChanged();
    points.update();
  },
  failed: (error) => {
    if (view.x !== 'metric' || ![404, 405].includes(error.status)) return;
    toolbar.withoutJoin();
    toast(t('toolbar.no_join'));
    change({ x: 'step', xTag: null });
    toolbar.show();
  },
  loaded: () => points.update(),
};
const groups = new Groups(byId('groups'), {
  makeCard: (tag) => {
    const card = new Card(tag, context);
    card.highlight(scope.picked);
    return card;
  },
  onFold: (name, folded) => {
    view.folded = folded ? [...view.folded, name] : view.folded.filter((other) => other !== name);
    commit();
  },
  onSight: () => points.update(),
});
const points = new LivePoints(store.project, groups, () => drawnRuns().map((run) => run.id));
const tags = new TagIndex('scalar', showCards);
const toolbar = bindToolbar(() => view, {
  options: change,
  tags: () => tags.tags,
  fields: (text) => fields.find(text),
  tagFilter: (pattern) => {
    view.tagFilter = pattern;
    commit();
    showCards();
  },
});

/** The newest of the shown runs, as many as can be told apart at all. */
function drawnRuns() {
  return scope.runs.length > MAX_DRAWN ? scope.runs.slice(0, MAX_DRAWN) : scope.runs;
}

/** Takes options of the toolbar into the view and tells the cards. */
function change(options, push) {
  const axis = options.x !== undefined && (options.x !== view.x || options.xTag !== view.xTag);
  const fetch = axis && (options.x === 'metric' || view.x === 'metric');
  const sync = options.sync !== undefined;
  // A window of steps means nothing on an axis of time.
  if (axis) Object.assign(view, { zoom: {}, window: null, tip: null });
  if (sync) {
    const [window] = Object.values(view.zoom);
    Object.assign(view, { zoom: {}, window: options.sync ? window ?? null : null });
  }
  Object.assign(view, options);
  commit(push);
  const otherGroups = ['groupBy', 'center', 'band'].some((name) => options[name] !== undefined);
  if (otherGroups) updateGrouping();
  for (const card of groups.cards()) {
    if (axis) card.tipChanged();
    card.optionsChanged(fetch);
    if ((axis && !fetch) || sync) card.windowChanged();
    if (otherGroups) card.groupingChanged();
  }
  toolbar.show();
}

function updateGrouping() {
  const { groupBy, center, band } = view;
  grouping = groupBy === null ? null : { ...groupRuns(drawnRuns(), (run) => fields.valueOf(groupBy, run), t('toolbar.group.missing'), COLORS), center, band };
}

/** Values of runs came or changed: the groups may be others. */
function regroup() {
  const before = JSON.stringify(grouping && [grouping.groups, [...grouping.of]]);
  updateGrouping();
  if (before !== JSON.stringify(grouping && [grouping.groups, [...grouping.of]])) groups.cards().forEach((card) => card.groupingChanged());
}

/** Writes the state into the address: a new entry for what Back should undo, else in place. */
function commit(push = false) {
  writeParams(formatView(view), push);
}

function zoom(tag, window) {
  if (view.sync) {
    if (!window && !view.window) return;
    view.window = window;
  } else if (window) view.zoom = { ...view.zoom, [tag]: window };
  else {
    if (!view.zoom[tag]) return;
    const { [tag]: _, ...others } = view.zoom;
    view.zoom = others;
  }
  commit(true);
  if (view.sync) groups.cards().forEach((card) => card.windowChanged());
  else groups.card(tag)?.windowChanged();
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
  // Within a report one card may be all there is; the others would only be fetched and drawn behind it.
  const all = embedded && view.card !== null ? tags.tags.filter((tag) => tag === view.card) : tags.tags;
  if (grouped.all !== all || grouped.pattern !== view.tagFilter || grouped.pins !== view.pins) {
    const found = all.filter(matches);
    const pinned = new Set(view.pins);
    const kept = pinned.size ? view.pins.filter((tag) => all.includes(tag)) : [];
    const folders = groupTags(pinned.size ? found.filter((tag) => !pinned.has(tag)) : found, WATCHED);
    grouped = { all, pattern: view.tagFilter, pins: view.pins, found, kept, groups: kept.length ? [{ name: PINNED, label: t('scalars.group.pinned'), tags: kept }, ...folders] : folders };
  }
  const { found, kept } = grouped;
  byId('groups').setAttribute('aria-busy', 'false');
  if (byId('groups').firstElementChild?.classList.contains('cards')) byId('groups').replaceChildren();
  groups.show(grouped.groups, view.folded);
  const show = (id, on) => { byId(id).hidden = !on; };
  show('scalars-no-runs', store.runs.length === 0);
  show('scalars-none-selected', store.runs.length > 0 && scope.ids.length === 0);
  show('scalars-no-data', scope.ids.length > 0 && all.length === 0);
  show('scalars-no-match', all.length > 0 && found.length === 0 && kept.length === 0);
  show('scalars-many', scope.runs.length > MAX_DRAWN);
  if (scope.runs.length > MAX_DRAWN) setText(byId('scalars-many-text'), t('scalars.many', { shown: scope.runs.length.toLocaleString('en'), drawn: MAX_DRAWN }));
  if (view.card !== null) showFullScreen();
}

/** Brings the run forward that the address names. */
function showPicked() {
  const id = readParams().get('pick');
  if ((id ?? null) !== scope.picked) scope.pick(id ?? scope.picked);
}

addEventListener('popstate', () => {
  const before = view;
  view = parseView(readParams());
  toolbar.show();
  updateGrouping();
  showPicked();
  const differs = (name, tag) => JSON.stringify(before[name][tag]) !== JSON.stringify(view[name][tag]);
  const fetch = before.x !== view.x ? [before.x, view.x].includes('metric') : before.xTag !== view.xTag;
  for (const card of groups.cards()) {
    if (differs('extras', card.tag) || differs('windows', card.tag) || before.tables.includes(card.tag) !== view.tables.includes(card.tag)) card.configChanged();
    else card.optionsChanged(fetch);
    card.groupingChanged();
    card.tipChanged();
    if (differs('zoom', card.tag) || String(before.window) !== String(view.window)) card.windowChanged();
  }
  showCards();
  showFullScreen();
});
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || document.querySelector('[data-menu][open], dialog[open]')) return;
  if (view.tip !== null) context.pinTip(null, null);
  else if (view.card !== null) fullScreen(null);
}, true);
const newest = () => scope.select({ mode: 'newest', ids: [] });
byId('empty-newest').addEventListener('click', newest);
byId('many-newest').addEventListener('click', newest);
byId('empty-clear-tags').addEventListener('click', () => {
  view.tagFilter = '';
  commit();
  toolbar.show();
  showCards();
});

scope.addEventListener('shown', () => {
  updateGrouping();
  for (const card of groups.active()) card.runsChanged();
  points.update();
});
scope.addEventListener('change', () => {
  if (view.groupBy !== null) regroup();
  tags.update(scope.ids);
  showCards();
});
scope.addEventListener('highlight', ({ detail }) => groups.cards().forEach((card) => card.highlight(detail)));
scope.addEventListener('picked', ({ detail }) => writeParams({ pick: detail }));
store.addEventListener('added', ({ detail }) => tags.added(detail.runId, detail.added));
scope.start().then(() => {
  showPicked();
  points.start();
}, () => byId('groups').replaceChildren());
