// The histograms of the shown runs: toolbar and cards, all from one state that is the page's address.

import { readParams, writeParams } from '../address.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, setText } from '../dom.js';
import { Row } from '../distributions/row.js';
import { formatView, parseView } from '../distributions/view.js';
import { Folders } from '../folders.js';
import { formatStep } from '../format.js';
import { watchRuns } from '../records/freshness.js';
import { RecordQueries } from '../records/queries.js';
import { RecordTags } from '../records/tags.js';
import { RunScope } from '../scope.js';
import { groupTags, tagMatcher } from '../tags.js';
import { t, tCount } from '../text.js';

const PANEL_MARGIN = '300px';

let view = parseView(readParams());
const scope = new RunScope(byId('distributions-page').dataset.project);
const { store } = scope;
const root = byId('folders');
let sliderSteps = [];
let told = false;

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting || target.panel.pinned) target.panel.activate();
    else target.panel.deactivate();
  }
}, { root: root.closest('.split-main'), rootMargin: PANEL_MARGIN });

const context = {
  queries: new RecordQueries('api/v1/histograms/query'),
  view: () => view,
  runs: () => scope.runs,
  watch: (panel) => sight.observe(panel.element),
  unwatch: (panel) => sight.unobserve(panel.element),
  loaded: stepsSoon,
  zoom,
  fullScreen,
};
const folders = new Folders(root, {
  makeRow: (tag) => new Row(tag, context),
  count: (count) => tCount('distributions.tags', count),
  onFold: (name, folded) => {
    view.folded = folded ? [...view.folded, name] : view.folded.filter((other) => other !== name);
    commit();
  },
});
const tags = new RecordTags(store, 'histogram', {
  onChange: () => { hideBanner(); showRows(); },
  onRetry: (error) => showBanner(`${error.message} ${t('error.retrying')}`),
});

function commit(push = false) {
  writeParams(formatView(view), push);
}

function change(changes, { push = true, refetch = false } = {}) {
  Object.assign(view, changes);
  commit(push);
  showToolbar();
  for (const row of folders.rows()) {
    if (refetch) row.refresh();
    else row.draw();
  }
}

function zoom(kind, tag, window) {
  const without = (map) => { const { [tag]: _, ...others } = map; return others; };
  const refetch = kind !== 'values' && (kind === 'steps' || Boolean(view.steps[tag]));
  if (kind === 'all') {
    if (!view.values[tag] && !view.steps[tag]) return;
    view.values = without(view.values);
    view.steps = without(view.steps);
  } else view[kind] = { ...view[kind], [tag]: window };
  commit(true);
  const row = folders.row(tag);
  if (refetch) row?.refresh();
  else row?.draw();
}

function fullScreen(key) {
  view.card = key;
  commit(true);
  showFullScreen();
}

function showFullScreen() {
  const split = view.card?.indexOf(':') ?? -1;
  if (split > 0) folders.reveal(view.card.slice(split + 1))?.reveal(view.card.slice(0, split));
  for (const row of folders.rows()) for (const panel of row.panels()) panel.setFullScreen(panel.key === view.card);
}

function showRows() {
  let matches;
  const error = byId('tag-filter-error');
  try {
    matches = tagMatcher(view.tagFilter);
    setText(error, '');
  } catch (wrong) {
    setText(error, t('toolbar.bad_regex', { reason: wrong.message }));
  }
  byId('tag-filter').closest('.search').classList.toggle('invalid', Boolean(error.textContent));
  if (!matches || !store.loaded || tags.tags === null) return;
  const found = tags.tags.filter(matches);
  root.setAttribute('aria-busy', 'false');
  root.querySelector(':scope > .placeholder')?.remove();
  folders.show(groupTags(found), view.folded);
  const show = (id, on) => { byId(id).hidden = !on; };
  show('distributions-no-runs', store.runs.length === 0);
  show('distributions-none-selected', store.runs.length > 0 && scope.ids.length === 0);
  show('distributions-no-data', scope.ids.length > 0 && tags.tags.length === 0);
  show('distributions-no-match', tags.tags.length > 0 && found.length === 0);
  if (view.card !== null) showFullScreen();
}

// The sliders run over the steps of all cards in sight, which arrive one after the other.
function stepsSoon() {
  if (told) return;
  told = true;
  requestAnimationFrame(() => {
    told = false;
    const union = new Set();
    for (const row of folders.rows()) for (const panel of row.panels()) if (panel.active && panel.model) for (const step of panel.model.steps) union.add(step);
    sliderSteps = [...union].sort((a, b) => a - b);
    showToolbar();
  });
}

function showSlider(id, value, fallback) {
  const slider = byId(id);
  const last = Math.max(0, sliderSteps.length - 1);
  slider.max = last;
  slider.disabled = sliderSteps.length < 2;
  let at = fallback;
  if (value !== null) {
    at = 0;
    for (let i = 1; i <= last; i++) if (Math.abs(sliderSteps[i] - value) < Math.abs(sliderSteps[at] - value)) at = i;
  }
  if (document.activeElement !== slider || Number(slider.value) !== at) slider.value = at;
  const text = value === null ? t(id === 'step-first' ? 'distributions.first_step' : 'distributions.last_step') : formatStep(value);
  setText(byId(`${id}-value`), text);
  slider.setAttribute('aria-valuetext', text);
}

function showToolbar() {
  byId('mode').value = view.mode;
  byId('points').value = String(view.points);
  byId('log-counts').checked = view.logCounts;
  byId('log-counts').closest('.switch').hidden = view.mode === 'heat' || view.mode === 'bands';
  byId('same-range').checked = view.sameRange;
  if (byId('tag-filter').value !== view.tagFilter) byId('tag-filter').value = view.tagFilter;
  byId('step-first').closest('.field').hidden = view.mode !== 'pair';
  showSlider('step-first', view.first, 0);
  showSlider('step-second', view.step, Math.max(0, sliderSteps.length - 1));
}

byId('mode').addEventListener('change', (event) => change({ mode: event.target.value }));
byId('points').addEventListener('change', (event) => change({ points: Number(event.target.value) }, { refetch: true }));
byId('log-counts').addEventListener('change', (event) => change({ logCounts: event.target.checked }));
byId('same-range').addEventListener('change', (event) => change({ sameRange: event.target.checked }));
byId('step-first').addEventListener('input', (event) => change({ first: Number(event.target.value) === 0 ? null : sliderSteps[event.target.value] }, { push: false }));
byId('step-second').addEventListener('input', (event) => change({ step: Number(event.target.value) === sliderSteps.length - 1 ? null : sliderSteps[event.target.value] }, { push: false }));
byId('tag-filter').addEventListener('input', (event) => {
  view.tagFilter = event.target.value;
  commit();
  showRows();
});
byId('empty-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
byId('empty-clear-tags').addEventListener('click', () => {
  view.tagFilter = '';
  commit();
  showToolbar();
  showRows();
});
addEventListener('popstate', () => {
  const before = view;
  view = parseView(readParams());
  showToolbar();
  const refetch = before.points !== view.points || JSON.stringify(before.steps) !== JSON.stringify(view.steps);
  for (const row of folders.rows()) {
    if (refetch) row.refresh();
    else row.draw();
  }
  showRows();
  showFullScreen();
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && view.card !== null) fullScreen(null);
});

scope.addEventListener('shown', () => {
  tags.update(scope.ids);
  folders.rows().forEach((row) => row.runsChanged());
  stepsSoon();
});
// Most changes are a step or a summary; what this page lists depends on other things.
let listed = -1;
scope.addEventListener('change', () => {
  if (listed === store.runs.length) return;
  listed = store.runs.length;
  showRows();
});
watchRuns(scope, (ids) => folders.rows().forEach((row) => row.refresh(ids)));
showToolbar();
scope.start().catch(() => root.replaceChildren());
