// The layers as a table: what each is now, and how its norm went.

import { h, nameText, reconcile, setText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { t } from '../text.js';
import { makeCard } from './card.js';
import { GLYPHS } from './mapcard.js';

const SPARK = [110, 22];
const COLUMNS = ['size', 'norm', 'update_ratio', 'zeros', 'weight'];
const SVG = 'http://www.w3.org/2000/svg';

export class TableCard {
  #context;
  #body;
  #rows = [];

  constructor(context) {
    this.#context = context;
    const card = makeCard('table', { exports: { title: () => `${context.name()} ${t('gradients.card.table')}`, csv: () => ({ header: ['layer', ...COLUMNS, 'state'], rows: this.#rows.map(({ layer, values, state }) => [layer.name, ...values, state ?? '']) }) } });
    this.element = card.element;
    this.#body = h('tbody', {});
    const head = (text, number) => h('th', { scope: 'col', class: number ? 'num' : null, text });
    card.body.append(h('div', { class: 'table-scroll gradient-table', tabindex: '0', role: 'group', 'aria-label': t('gradients.card.table') },
      h('table', { class: 'table' }, h('thead', {}, h('tr', {}, head(t('gradients.layer')), ...COLUMNS.map((name) => head(t(`gradients.column.${name}`), true)), head(t('gradients.state')), head(t('gradients.course')))), this.#body)));
  }

  /** @param states by layer's name */
  show(source, layers, states) {
    const chosen = this.#context.state().layer;
    this.element.hidden = layers.length === 0;
    this.#rows = layers.map((layer) => {
      const norms = source.normsOf(layer);
      const last = (what) => source.points(layer.tags[what] ?? '')?.values.at(-1) ?? layer.last[what] ?? null;
      return { layer, norms, state: states.get(layer.name)?.at(-1) ?? null, values: [layer.size, norms.norms.at(-1) ?? null, last('update_ratio'), last('zeros'), last('weight')] };
    });
    reconcile(this.#body, this.#rows, ({ layer }) => layer.name, ({ layer }) => h('tr', {},
      h('th', { scope: 'row' }, h('button', { type: 'button', class: 'row-name', onclick: () => this.#context.pick(layer.name) }, nameText(layer.name))),
      ...COLUMNS.map(() => h('td', { class: 'num' })), h('td', {}, h('span', { class: 'gradient-state' })), h('td', {}, spark())), (row, { layer, norms, state, values }) => {
      values.forEach((value, i) => setText(row.children[i + 1], said(COLUMNS[i], value, norms.about)));
      const mark = row.querySelector('.gradient-state');
      mark.dataset.state = state ?? '';
      setText(mark, state ? `${GLYPHS[state].text} ${t(`gradients.state.${state}`)}` : norms.norms.length ? t('gradients.state.fine') : '–');
      draw(row.querySelector('path'), norms.norms);
      row.toggleAttribute('data-chosen', layer.name === chosen);
      row.querySelector('button').setAttribute('aria-pressed', String(layer.name === chosen));
    });
  }
}

function said(column, value, about) {
  if (value === null || value === undefined) return '–';
  if (column === 'size') return formatStep(value);
  if (column === 'zeros') return `${formatNumber(Math.round(value * 1000) / 10)} %`;
  return `${column === 'norm' && about ? '≈ ' : ''}${formatNumber(value)}`;
}

function spark() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'spark');
  svg.setAttribute('viewBox', `0 0 ${SPARK.join(' ')}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(SVG, 'path'));
  return svg;
}

/** The logarithms of positive values as a line as high as there is room. */
function draw(path, values) {
  const logs = values.map((value) => (value > 0 && Number.isFinite(value) ? Math.log10(value) : null));
  const known = logs.filter((one) => one !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  let line = '';
  let up = true;
  logs.forEach((one, i) => {
    if (one === null) {
      up = true;
      return;
    }
    const x = logs.length > 1 ? (i / (logs.length - 1)) * (SPARK[0] - 2) + 1 : SPARK[0] / 2;
    const y = high > low ? SPARK[1] - 2 - ((one - low) / (high - low)) * (SPARK[1] - 4) : SPARK[1] / 2;
    line += `${up ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    up = false;
  });
  if (path.getAttribute('d') !== line) path.setAttribute('d', line);
}
