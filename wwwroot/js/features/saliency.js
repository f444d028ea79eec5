// Inputs, and what of them an output depends on.

import { exportMenu } from '../analysis/exports.js';
import { drawHeat, drawOver, drawPicture, sheetImage } from '../charts/raster.js';
import { isDark } from '../charts/themewatch.js';
import { Picture } from '../curvature/picture.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { flat, largest, layoutOf, part, plane, rangeOf } from './numbers.js';
import { paper } from './words.js';

// More bars than this are read by nobody; the file has them all.
const MOST_BARS = 40;
const SHEET_COLUMNS = 2;
// Of the figure of bars, in pixels.
const ROW = 17;
const AROUND = 62;
const LEAST_HEIGHT = 200;

export class Saliency {
  #page;
  #view = null;
  #maps = null;
  #inputs = null;
  #tiles = [];
  #bars = new Picture(byId('saliency-bars'), t('features.saliency.bars'));
  element = byId('features-saliency');

  /** @param page { state(), set(change, push), title() } */
  constructor(page) {
    this.#page = page;
    byId('saliency-overlay').addEventListener('input', ({ target }) => page.set({ overlay: Number(target.value) }, false));
    byId('saliency-sample').addEventListener('change', ({ target }) => page.set({ sample: Number(target.value) }));
    for (const input of document.querySelectorAll('[name="reading"]')) input.addEventListener('change', () => page.set({ as: input.value }));
    byId('saliency-tools').append(exportMenu(`${t('common.export')}: ${t('features.saliency.title')}`, { title: () => `${page.title()} ${t('features.saliency.title')}`, image: this.#image, csv: this.#csv }));
  }

  show(view) {
    const state = this.#page.state();
    if (view !== this.#view) {
      this.#view = view;
      [this.#maps, this.#inputs] = [flat(view.maps), flat(view.inputs)];
    }
    const layout = layoutOf(view.shape, state.as);
    for (const input of document.querySelectorAll('[name="reading"]')) input.checked = input.value === state.as;
    byId('saliency-overlay').value = String(state.overlay);
    setText(byId('saliency-overlay-said'), `${state.overlay} %`);
    const table = layout.as === 'table';
    byId('saliency-overlay-row').hidden = layout.as !== 'image';
    byId('saliency-sample-row').hidden = !table;
    byId('saliency-tiles').hidden = table;
    byId('saliency-bars').hidden = !table;
    setText(byId('saliency-words'), t(`features.saliency.words.${layout.as}`, { outputs: view.outputs.toLocaleString('en') }));
    if (table) this.#showBars(state);
    else this.#showTiles(layout, state);
    this.element.dataset.as = layout.as;
  }

  #showTiles(layout, { overlay }) {
    const { samples } = this.#view;
    const dark = isDark();
    const key = JSON.stringify([this.#view.shape, layout.as, dark]);
    if (this.#tiles.view !== this.#view || this.#tiles.key !== key) {
      this.#tiles = samples.map((sample, at) => this.#tile(layout, at, dark));
      Object.assign(this.#tiles, { view: this.#view, key });
      byId('saliency-tiles').replaceChildren(...this.#tiles.map((tile) => tile.element));
    }
    for (const { over, input, heat, range } of this.#tiles) drawOver(over, input, heat, layout.width, layout.height, range, dark, layout.as === 'image' ? overlay / 100 : 1);
  }

  #tile(layout, at, dark) {
    const { samples } = this.#view;
    const [input, over] = ['input', layout.as === 'image' ? 'over' : 'map'].map((what) => h('canvas', { class: 'raster', role: 'img', 'aria-label': t(`features.saliency.canvas.${what}`, { sample: samples[at] }), title: t(`features.saliency.canvas.${what}`, { sample: samples[at] }) }));
    const values = part(this.#inputs, samples.length, at);
    const heat = plane(part(this.#maps, samples.length, at), layout);
    if (layout.as === 'image') drawPicture(input, values, layout, rangeOf(values));
    else drawHeat(input, plane(values, layout), layout.width, layout.height, rangeOf(values), dark);
    // From zero: what nothing depends on is dark.
    const range = [0, rangeOf([...heat, 0])[1]];
    const caption = this.#caption(at);
    const element = h('figure', { class: 'saliency-tile' }, h('div', { class: 'saliency-pictures' }, input, over), h('figcaption', { dir: 'auto' }, ...caption.map((text) => h('span', { text }))));
    element.dataset.wrong = String(this.#view.labels ? this.#view.labels[at] !== this.#view.predicted[at] : false);
    return { element, input, over, heat, range };
  }

  #caption(at) {
    const { samples, targets, predicted, labels, scores } = this.#view;
    return [t('features.sample', { sample: samples[at] }), t('features.saliency.target', { target: targets[at], score: formatNumber(num(scores[at])) }),
      predicted[at] === targets[at] ? null : t('features.saliency.predicted', { target: predicted[at] }), labels ? t('features.saliency.label', { target: labels[at] }) : null].filter(Boolean);
  }

  #showBars({ sample }) {
    const { samples } = this.#view;
    const at = Math.min(sample, samples.length - 1);
    const select = byId('saliency-sample');
    reconcile(select, samples.map((one, i) => [i, one]), ([i]) => String(i), ([i]) => h('option', { value: String(i) }), (option, [i]) => setText(option, this.#caption(i).join(' · ')));
    select.value = String(at);
    const map = part(this.#maps, samples.length, at);
    const input = part(this.#inputs, samples.length, at);
    const shown = largest(map, MOST_BARS).reverse();
    setText(byId('saliency-bars-note'), map.length > MOST_BARS ? t('features.saliency.bars_cut', { shown: MOST_BARS, count: map.length.toLocaleString('en') }) : '');
    byId('saliency-bars').style.height = `${Math.max(LEAST_HEIGHT, AROUND + ROW * shown.length)}px`;
    this.#bars.draw({
      traces: [{
        type: 'bar', orientation: 'h', y: shown.map((one) => t('features.feature', { number: one })), x: shown.map((one) => map[one]), marker: { color: 'var(--accent)' },
        customdata: shown.map((one) => formatNumber(input[one])), hovertemplate: `%{y}: %{x:.4g}<br>${t('features.saliency.input')} %{customdata}<extra></extra>`,
      }],
      layout: { xaxis: { title: { text: t('features.saliency.axis'), standoff: 8 }, rangemode: 'tozero' }, yaxis: { automargin: true, fixedrange: true }, margin: { t: 8, r: 12, b: 44, l: 60 }, dragmode: false, bargap: 0.25 },
    });
  }

  #image = (format, title) => {
    if (this.element.dataset.as === 'table') return this.#bars.toImage(format, title);
    return sheetImage(this.#tiles.map((tile, at) => ({ caption: this.#caption(at).join(' · '), canvases: [tile.input, tile.over] })), SHEET_COLUMNS, title, format, paper());
  };

  #csv = () => {
    const { samples, shape } = this.#view;
    const each = this.#maps.length / samples.length;
    const place = (index) => {
      const places = [];
      for (let left = index, at = shape.length - 1; at >= 0; left = Math.floor(left / shape[at]), at--) places.unshift(left % shape[at]);
      return places;
    };
    return {
      header: ['sample', 'target', 'predicted', ...shape.map((_, at) => `dim_${at}`), 'input', 'saliency'],
      rows: Array.from(this.#maps, (value, at) => {
        const sample = Math.floor(at / each);
        return [samples[sample], this.#view.targets[sample], this.#view.predicted[sample], ...place(at % each), this.#inputs[at], value];
      }),
    };
  };
}
