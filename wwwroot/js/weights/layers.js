// The histograms of the layers' weights over the steps, and their norms, of the chosen runs.

import { readParams, writeParams } from '../address.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, h } from '../dom.js';
import { formatView, parseView } from '../distributions/view.js';
import { Folders } from '../folders.js';
import { watchRuns } from '../records/freshness.js';
import { RecordQueries } from '../records/queries.js';
import { RecordTags } from '../records/tags.js';
import { groupTags } from '../tags.js';
import { t, tCount } from '../text.js';
import { LayerRow } from './layerrow.js';
import { layersOf } from './tags.js';

const PANEL_MARGIN = '300px';
const MODES = ['ridge', 'overlay', 'heat', 'bands'];
const EMPTY = ['no-runs', 'none-shown', 'no-data'];

function read() {
  const view = parseView(readParams());
  // Two steps side by side are for the Distributions page, which has the sliders.
  return { ...view, mode: MODES.includes(view.mode) ? view.mode : MODES[0], tagFilter: '' };
}

export class Layers {
  #page;
  #view = read();
  #root = byId('folders');
  #folders;
  #histograms;
  #scalars;
  #layers = new Map();
  #shown = false;

  /** @param page { scope, state(), set(change, push) } */
  constructor(page) {
    this.#page = page;
    const { scope } = page;
    const root = this.#root;
    const sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) target.panel[isIntersecting || target.panel.pinned ? 'activate' : 'deactivate']();
    }, { root: root.closest('.split-main'), rootMargin: PANEL_MARGIN });
    const context = {
      queries: new RecordQueries('api/v1/histograms/query'), view: () => this.#view, runs: () => scope.runs, watch: (panel) => sight.observe(panel.element), unwatch: (panel) => sight.unobserve(panel.element), loaded: () => {},
      zoom: (kind, tag, window) => this.#zoom(kind, tag, window), fullScreen: (key) => this.#fullScreen(key),
    };
    this.#folders = new Folders(root, {
      makeRow: (name) => new LayerRow(this.#layers.get(name), context), count: (count) => tCount('weights.layers', count),
      onFold: (name, folded) => this.#change({ folded: folded ? [...this.#view.folded, name] : this.#view.folded.filter((other) => other !== name) }, { push: false, draw: false }),
    });
    const tags = (type) => new RecordTags(scope.store, type, { onChange: () => { hideBanner(); this.#rows(); }, onRetry: (error) => showBanner(`${error.message} ${t('error.retrying')}`) });
    [this.#histograms, this.#scalars] = [tags('histogram'), tags('scalar')];
    this.#controls();
    scope.addEventListener('shown', () => {
      if (!this.#shown) return;
      this.#ask();
      for (const row of this.#folders.rows()) row.runsChanged();
    });
    scope.addEventListener('change', () => this.#shown && this.#rows());
    watchRuns(scope, (ids) => this.#shown && this.#folders.rows().forEach((row) => row.refresh(ids)));
    addEventListener('keydown', (event) => event.key === 'Escape' && this.#shown && this.#view.card !== null && this.#fullScreen(null));
  }

  /** The view is, or is no longer, the one in sight. */
  show(on) {
    this.#shown = on;
    this.#root.setAttribute('aria-busy', String(on));
    if (!on) {
      for (const row of this.#folders.rows()) row.deactivate();
      return;
    }
    this.#view = read();
    this.#toolbar();
    this.#ask();
    this.#rows();
    for (const row of this.#folders.rows()) row.refresh();
  }

  #ask() {
    this.#histograms.update(this.#page.scope.ids);
    this.#scalars.update(this.#page.scope.ids);
  }

  #change(changes, { push = true, draw = true, refetch = false } = {}) {
    Object.assign(this.#view, changes);
    writeParams(formatView(this.#view), push);
    this.#toolbar();
    if (draw) for (const row of this.#folders.rows()) row[refetch ? 'refresh' : 'draw']();
  }

  #zoom(kind, tag, window) {
    const without = (map) => { const { [tag]: _, ...others } = map; return others; };
    const view = this.#view;
    const refetch = kind !== 'values' && (kind === 'steps' || Boolean(view.steps[tag]));
    const change = kind === 'all' ? { values: without(view.values), steps: without(view.steps) } : { [kind]: { ...view[kind], [tag]: window } };
    this.#change(change, { draw: false });
    this.#folders.row(tag)?.[refetch ? 'refresh' : 'draw']();
  }

  #fullScreen(key) {
    this.#change({ card: key }, { draw: false });
    this.#showFullScreen();
  }

  #showFullScreen() {
    const { card } = this.#view;
    const split = card?.indexOf(':') ?? -1;
    if (split > 0) this.#folders.reveal(card.slice(split + 1))?.reveal(card.slice(0, split));
    for (const row of this.#folders.rows()) for (const panel of row.panels()) panel.setFullScreen(panel.key === card);
  }

  #rows() {
    const { scope } = this.#page;
    if (!this.#shown || !scope.store.loaded) return;
    const known = this.#histograms.tags !== null && this.#scalars.tags !== null;
    const layers = known ? layersOf(this.#histograms.tags, this.#scalars.tags) : [];
    this.#layers = new Map(layers.map((layer) => [layer.name, layer]));
    const { layer: chosen } = this.#page.state();
    const shown = layers.filter(({ name }) => !this.#layers.has(chosen) || name === chosen).map(({ name }) => name);
    const empty = scope.store.runs.length === 0 ? 'no-runs' : scope.ids.length === 0 ? 'none-shown' : known && layers.length === 0 ? 'no-data' : null;
    for (const id of EMPTY) byId(`layers-${id}`).hidden = id !== empty;
    if (known || empty) this.#root.setAttribute('aria-busy', 'false');
    this.#folders.show(empty ? [] : groupTags(shown), this.#view.folded);
    for (const row of this.#folders.rows()) row.update(this.#layers.get(row.tag));
    this.#options(layers, chosen);
    if (this.#view.card !== null) this.#showFullScreen();
  }

  #options(layers, chosen) {
    const select = byId('layer');
    const key = layers.map(({ name }) => name).join('\n');
    if (select.dataset.layers !== key) {
      select.dataset.layers = key;
      select.replaceChildren(h('option', { value: '', text: tCount('weights.all_layers', layers.length) }), ...layers.map(({ name }) => h('option', { value: name, text: name })));
    }
    select.value = this.#layers.has(chosen) ? chosen : '';
  }

  #toolbar() {
    const view = this.#view;
    byId('mode').value = view.mode;
    byId('points').value = String(view.points);
    byId('log-counts').checked = view.logCounts;
    byId('log-counts').closest('.switch').hidden = view.mode === 'heat' || view.mode === 'bands';
    byId('same-range').checked = view.sameRange;
  }

  #controls() {
    const on = (id, change, options) => byId(id).addEventListener('change', ({ target }) => this.#change(change(target), options));
    on('mode', ({ value }) => ({ mode: value }));
    on('points', ({ value }) => ({ points: Number(value) }), { refetch: true });
    on('log-counts', ({ checked }) => ({ logCounts: checked }));
    on('same-range', ({ checked }) => ({ sameRange: checked }));
    byId('layer').addEventListener('change', ({ target }) => {
      this.#page.set({ layer: target.value || null }, true);
      this.#rows();
    });
  }
}
