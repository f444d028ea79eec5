// What the modules inside a model give out: a table of them, and the maps and numbers of the chosen one.

import { exportMenu } from '../analysis/exports.js';
import { drawHeat, sheetImage } from '../charts/raster.js';
import { isDark } from '../charts/themewatch.js';
import { Picture } from '../curvature/picture.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { num } from '../numbers.js';
import { t, tCount } from '../text.js';
import { channelsOf, pageOf, rangeOf } from './numbers.js';
import { paper, percent, said, shapeWords } from './words.js';

const PAGE = 48;
const SHEET_COLUMNS = 8;

export class Activations {
  #page;
  #view = null;
  #channels = new Map();
  #histogram = new Picture(byId('activations-histogram'), t('features.activations.histogram'));
  #units = new Picture(byId('activations-units'), t('features.activations.units'));
  #drawn = [];
  element = byId('features-activations');

  /** @param page { state(), set(change, push), title() } */
  constructor(page) {
    this.#page = page;
    byId('activations-sample').addEventListener('change', ({ target }) => page.set({ sample: Number(target.value) }));
    byId('activations-before').addEventListener('click', () => page.set({ page: page.state().page - 1 }));
    byId('activations-after').addEventListener('click', () => page.set({ page: page.state().page + 1 }));
    const menu = (host, key, image, csv) => byId(host).append(exportMenu(`${t('common.export')}: ${t(key)}`, { title: () => `${page.title()} ${this.#module?.name ?? ''} ${t(key)}`, image, csv }));
    menu('activations-tools', 'features.activations.title', null, this.#csv);
    menu('activations-maps-tools', 'features.activations.maps', this.#image, this.#mapsCsv);
    menu('activations-histogram-tools', 'features.activations.histogram', (format, title) => this.#histogram.toImage(format, title), () => {
      const { edges, counts } = this.#module.histogram;
      return { header: ['from', 'to', 'count'], rows: counts.map((count, at) => [edges[at], edges[at + 1], count]) };
    });
  }

  get #module() {
    const asked = this.#page.state().module;
    const { modules } = this.#view;
    return modules.find((one) => one.name === asked) ?? modules.find((one) => !one.why && one.map_shape?.length > 2) ?? modules.find((one) => !one.why);
  }

  show(view) {
    if (view !== this.#view) this.#channels.clear();
    this.#view = view;
    const chosen = this.#module;
    const dead = view.modules.filter((one) => num(one.dead_share) > 0);
    setText(byId('activations-words'), dead.length ? tCount('features.activations.some_dead', dead.length, { of: view.modules.length }) : t('features.activations.none_dead', { samples: view.batch_samples.toLocaleString('en') }));
    reconcile(byId('activations-rows'), view.modules, (one) => one.name, (one) => this.#row(one), (row, one) => {
      const current = one === chosen;
      row.toggleAttribute('data-chosen', current);
      row.querySelector('button')?.setAttribute('aria-pressed', String(current));
    });
    this.#showChosen(chosen);
  }

  #row(one) {
    const name = one.why
      ? h('span', { dir: 'auto', text: one.name })
      : h('button', { type: 'button', class: 'link-button', dir: 'auto', text: one.name, onclick: () => this.#page.set({ module: one.name, page: 0 }) });
    if (one.why) return h('tr', { 'data-module': one.name }, h('th', { scope: 'row' }, name), h('td', { text: one.type ?? '' }), h('td', { colspan: '5', class: 'muted features-why', text: one.why }));
    const share = num(one.dead_share);
    const dead = h('td', { class: 'num', text: percent(share) });
    if (share > 0) dead.dataset.flag = 'dead';
    const strange = num(one.non_finite);
    const cells = [shapeWords(one.shape), `${said(one.mean)} ± ${said(one.standard_deviation)}`, percent(one.zeros)].map((text) => h('td', { class: 'num', text }));
    const last = h('td', { class: 'num', text: strange ? strange.toLocaleString('en') : '–' });
    if (strange) last.dataset.flag = 'non_finite';
    return h('tr', { 'data-module': one.name }, h('th', { scope: 'row' }, name), h('td', { text: one.type ?? '' }), ...cells, dead, last);
  }

  #showChosen(chosen) {
    byId('activations-detail').hidden = !chosen;
    if (!chosen) return;
    setText(byId('activations-name'), chosen.name);
    const notes = [num(chosen.dead_share) > 0 ? tCount('features.activations.dead', chosen.dead.length, { of: chosen.units.toLocaleString('en'), list: chosen.dead.slice(0, 20).join(', ') + (chosen.dead.length > 20 ? ', …' : '') }) : null, chosen.cut];
    setText(byId('activations-notes'), notes.filter(Boolean).join(' '));
    this.#showHistogram(chosen.histogram);
    this.#showMaps(chosen);
  }

  #showHistogram({ edges, counts }) {
    const middles = counts.map((_, at) => (Number(edges[at]) + Number(edges[at + 1])) / 2);
    this.#histogram.draw({
      traces: [{ type: 'bar', x: middles, y: counts, width: counts.map((_, at) => edges[at + 1] - edges[at]), marker: { color: 'var(--accent)' }, hovertemplate: '%{x:.4g}: %{y}<extra></extra>' }],
      layout: { xaxis: { title: { text: t('features.activations.value'), standoff: 8 } }, yaxis: { title: { text: t('features.count'), standoff: 8 }, fixedrange: true, rangemode: 'tozero' }, margin: { t: 8, r: 12, b: 44, l: 64 }, bargap: 0, dragmode: false },
    });
  }

  #showMaps(chosen) {
    const { samples } = this.#view;
    const state = this.#page.state();
    const sample = Math.min(state.sample, samples.length - 1);
    const select = byId('activations-sample');
    reconcile(select, samples.map((one, at) => [at, one]), ([at]) => String(at), ([at, one]) => h('option', { value: String(at), text: t('features.sample', { sample: one }) }), () => {});
    select.value = String(sample);
    const host = byId('activations-maps');
    const row = chosen.map_shape && chosen.map_shape.length < 2;
    host.hidden = !chosen.maps || row;
    byId('activations-units').hidden = !chosen.maps || !row;
    if (!chosen.maps) {
      this.#drawn = [];
      byId('activations-pages').hidden = true;
      return;
    }
    if (!this.#channels.has(chosen.name)) this.#channels.set(chosen.name, channelsOf(chosen, samples.length));
    const channels = this.#channels.get(chosen.name);
    const { page, pages, first, last } = pageOf(channels.count, PAGE, state.page);
    byId('activations-pages').hidden = pages < 2;
    setText(byId('activations-page'), t('features.activations.page', { first: first + 1, last, count: channels.count }));
    byId('activations-before').disabled = page === 0;
    byId('activations-after').disabled = page === pages - 1;
    if (row) this.#showUnits(channels.of(sample), chosen);
    else this.#showSheet(host, channels, sample, first, last, chosen);
  }

  #showSheet(host, channels, sample, first, last, chosen) {
    const dead = new Set(chosen.map_shape.length > 2 ? chosen.dead ?? [] : []);
    const { width, height, index } = channels.layout;
    this.#drawn = Array.from({ length: last - first }, (_, i) => {
      const channel = first + i;
      const values = channels.of(sample, channel);
      const ordered = Float32Array.from({ length: width * height }, (__, at) => values[index(0, Math.floor(at / width), at % width)]);
      const label = channels.count > 1 ? t('features.activations.channel', { number: channel }) : t('features.activations.whole');
      const canvas = h('canvas', { class: 'raster', role: 'img', 'aria-label': label });
      const range = rangeOf(ordered);
      drawHeat(canvas, ordered, width, height, range, isDark());
      return { channel, canvas, element: h('figure', { class: 'features-map', 'data-dead': dead.has(channel) ? '' : null, title: t('features.activations.range', { from: said(range[0]), to: said(range[1]) }) }, canvas,
        h('figcaption', { text: channels.count > 1 ? `${channel}${dead.has(channel) ? ` · ${t('features.dead')}` : ''}` : label })) };
    });
    host.dataset.single = String(channels.count === 1);
    host.replaceChildren(...this.#drawn.map((one) => one.element));
  }

  #showUnits(values, chosen) {
    this.#drawn = [];
    const dead = new Set(chosen.dead ?? []);
    this.#units.draw({
      traces: [{ type: 'bar', x: Array.from(values, (_, at) => at), y: Array.from(values), marker: { color: Array.from(values, (_, at) => (dead.has(at) ? 'var(--bad)' : 'var(--accent)')) }, hovertemplate: `${t('features.activations.unit')} %{x}: %{y:.4g}<extra></extra>` }],
      layout: { xaxis: { title: { text: t('features.activations.unit'), standoff: 8 } }, yaxis: { title: { text: t('features.activations.value'), standoff: 8 }, fixedrange: true }, margin: { t: 8, r: 12, b: 44, l: 64 }, dragmode: false },
    });
  }

  #image = (format, title) => (this.#drawn.length
    ? sheetImage(this.#drawn.map(({ channel, canvas }) => ({ caption: String(channel), canvases: [canvas] })), SHEET_COLUMNS, title, format, paper())
    : this.#units.toImage(format, title));

  #csv = () => ({
    header: ['module', 'type', 'shape', 'mean', 'standard_deviation', 'zeros', 'units', 'dead_share', 'non_finite', 'why'],
    rows: this.#view.modules.map((one) => [one.name, one.type ?? '', (one.shape ?? []).join('x'), num(one.mean), num(one.standard_deviation), num(one.zeros), num(one.units), num(one.dead_share), num(one.non_finite), one.why ?? '']),
  });

  #mapsCsv = () => {
    const { samples } = this.#view;
    const chosen = this.#module;
    const channels = this.#channels.get(chosen.name);
    const rows = [];
    if (channels) samples.forEach((sample, at) => {
      for (let channel = 0; channel < channels.count; channel++) channels.of(at, channel).forEach((value, i) => rows.push([sample, channel, i, value]));
    });
    return { header: ['sample', 'channel', 'index', 'value'], rows };
  };
}
