// One measure of several layers as curves over the steps.

import { create } from '../charts/chart.js';
import { h } from '../dom.js';
import { formatNumber } from '../format.js';
import { COLORS } from '../palette.js';
import { t } from '../text.js';
import { makeCard } from './card.js';

const GUIDE = 'guide';
const OPTIONS = { x: 'step', logX: false, logY: true, smoother: 'exponential', smoothing: 0, ignoreOutliers: false };

export class CurvesCard {
  #context;
  #card;
  #chart = null;
  #curves = [];
  #key = null;
  #options;
  #guide;
  #legend;

  /**
   * @param key text of its title
   * @param options { logY, guide: value drawn across, or null }
   */
  constructor(key, context, { logY = true, guide = null } = {}) {
    this.#context = context;
    this.#options = { ...OPTIONS, logY, xLabel: t('gradients.step') };
    this.#guide = guide;
    this.#card = makeCard(key, {
      exports: {
        title: () => `${context.name()} ${t(`gradients.card.${key}`)}`,
        image: async (format, title) => (format === 'svg' ? new Blob([this.#chart.toSvg(title, false)], { type: 'image/svg+xml' }) : this.#chart.toImage(title)),
        csv: () => ({ header: ['series', 'step', 'value'], rows: this.#curves.flatMap(({ name, series }) => series.steps.map((step, i) => [name, step, series.values[i]])) }),
      },
    });
    this.element = this.#card.element;
    this.#card.body.classList.add('gradient-chart');
    this.#card.body.tabIndex = 0;
    this.#card.body.setAttribute('role', 'img');
    this.#card.body.setAttribute('aria-label', t(`gradients.card.${key}`));
    this.#card.body.addEventListener('keydown', (event) => {
      const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!direction || !this.#chart) return;
      this.#chart.moveCursor(direction, event.shiftKey);
      event.preventDefault();
    });
    this.#card.body.addEventListener('blur', () => this.#chart?.hideCursor());
    this.#legend = h('ul', { class: 'gradient-legend' });
    this.element.append(this.#legend);
  }

  /** @param curves `[{ id, name, series, lit }]`; @param note what is not in sight */
  show(curves, note = '') {
    this.#curves = curves.filter(({ series }) => series?.steps.length > 0);
    this.element.hidden = this.#curves.length === 0;
    if (this.element.hidden) return;
    this.#chart ??= create(this.#card.body, {
      label: this.element.getAttribute('aria-label'), options: this.#options, onZoom: (from, to) => this.#context.change({ steps: [Math.floor(from), Math.ceil(to)] }, true),
      onReset: () => this.#context.change({ steps: null }, true), onChange: () => {}, onPick: (id) => id && id !== GUIDE && this.#context.pick(id), onPin: () => {},
    });
    const runs = this.#curves.map(({ id, name }, at) => ({ id, runId: id, name, color: at % COLORS, dash: Math.floor(at / COLORS) % 3 }));
    const first = Math.min(...this.#curves.map(({ series }) => series.steps[0]));
    const last = Math.max(...this.#curves.map(({ series }) => series.steps.at(-1)));
    const guided = this.#guide !== null && last > first;
    if (guided) runs.push({ id: GUIDE, runId: GUIDE, name: t('gradients.guide', { value: formatNumber(this.#guide) }), color: 8, dash: 1 });
    const key = JSON.stringify(runs.map((run) => run.id));
    if (key !== this.#key) {
      this.#chart.setRuns(runs);
      this.#showLegend(runs);
    }
    this.#key = key;
    for (const { id, series } of this.#curves) this.#chart.replace(id, { steps: series.steps, wall_times: series.times, values: series.values, total: series.steps.length }, true);
    if (guided) this.#chart.replace(GUIDE, { steps: [first, last], wall_times: [0, 0], values: [this.#guide, this.#guide], total: 2 }, true);
    const { steps, layer } = this.#context.state();
    this.#chart.setWindow(steps);
    this.#chart.highlight(this.#curves.some(({ id }) => id === layer) ? layer : null);
    this.#card.note(note);
    this.element.dataset.curves = String(this.#curves.length);
  }

  #showLegend(runs) {
    this.#legend.replaceChildren(...runs.map((run) => {
      const swatch = h('span', { class: run.dash ? 'dash' : 'swatch' });
      swatch.style.setProperty('--run-color', `var(--run-${run.color})`);
      return h('li', {}, swatch, h('bdi', { text: run.name }));
    }));
  }

  dispose() {
    this.#chart?.dispose();
  }
}
