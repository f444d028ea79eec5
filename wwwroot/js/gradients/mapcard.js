// The heat map of all layers over the steps, with the marks of trouble.

import { LayerMap } from '../charts/layermap.js';
import { hideLines, showLines } from '../charts/tip.js';
import { h, setText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { t, tCount } from '../text.js';
import { makeCard } from './card.js';
import { statesOf, STATES, stretchesOf } from './numbers.js';

export const GLYPHS = {
  non_finite: { text: '×', color: '--bad' },
  exploding: { text: '▲', color: '--bad' },
  dead: { text: '○', color: '--text-2' },
  vanishing: { text: '▼', color: '--warn' },
};

export class MapCard {
  #context;
  #card;
  #map;
  #layers = [];
  #rows = [];
  #host;
  #spoken;

  /** @param context { state(), change(changes, push), name() } */
  constructor(context) {
    this.#context = context;
    this.#card = makeCard('map', { exports: { title: () => `${context.name()} ${t('gradients.card.map')}`, image: (format, title) => this.#map.toImage(format, title), csv: () => this.#csv() } });
    this.element = this.#card.element;
    this.#host = h('div', { class: 'gradient-map' });
    const { body } = this.#card;
    body.append(this.#host);
    body.classList.add('gradient-scroll');
    for (const [name, value] of Object.entries({ tabindex: '0', role: 'group', 'aria-label': t('gradients.card.map'), 'aria-description': t('gradients.map.keys') })) body.setAttribute(name, value);
    this.#spoken = h('p', { class: 'visually-hidden', 'aria-live': 'polite' });
    this.element.append(this.#spoken);
    this.#map = new LayerMap(this.#host, {
      label: t('gradients.card.map'),
      onHover: (cell, event) => this.#hover(cell, event),
      onPick: (row) => this.#pick(row),
      onZoom: (from, to) => context.change({ steps: [from, to] }, true),
      onReset: () => context.change({ steps: null }, true),
    });
    body.addEventListener('keydown', (event) => this.#key(event));
    body.addEventListener('blur', () => this.#map.hideCursor());
  }

  /** @param layers of the source, those that the filter leaves */
  show(source, layers, all) {
    const state = this.#context.state();
    const norms = all.map((layer) => source.normsOf(layer));
    const states = statesOf(norms);
    const shown = new Set(layers);
    this.#layers = layers;
    this.#rows = all.map((layer, i) => ({ name: layer.name, layer, ...norms[i], values: norms[i].norms, states: states[i], marks: stretchesOf(states[i]).map(({ state: kind, from, to }) => ({ kind, from, to })) }));
    this.statesByName = new Map(this.#rows.map((row) => [row.name, row.states]));
    this.#rows = this.#rows.filter((row) => shown.has(row.layer));
    this.element.hidden = all.length === 0;
    this.#map.update({ rows: this.#rows, glyphs: GLYPHS, chosen: state.layer, window: state.steps });
    this.#card.say(this.#words());
    const notes = [STATES.filter((kind) => this.#rows.some((row) => row.states.includes(kind))).map((kind) => `${GLYPHS[kind].text} ${t(`gradients.state.${kind}`)}`).join(' · '), this.#rows.some((row) => row.about) ? t('gradients.about') : ''];
    this.#card.note(notes.filter(Boolean).join(' · '));
    this.element.dataset.rows = String(this.#rows.length);
  }

  #words() {
    const now = this.#rows.map((row) => row.states.at(-1));
    const said = STATES.filter((kind) => now.includes(kind)).map((kind) => tCount(`gradients.now.${kind}`, now.filter((one) => one === kind).length, { names: this.#names(now, kind) }));
    if (said.length) return said.join(' ');
    const before = this.#rows.filter((row) => row.states.some(Boolean)).length;
    return before ? tCount('gradients.now.before', before) : t('gradients.now.none');
  }

  #names(now, kind) {
    const names = this.#rows.filter((_, i) => now[i] === kind).map((row) => row.name);
    return names.length > 3 ? t('gradients.more', { names: names.slice(0, 3).join(', '), count: names.length - 3 }) : names.join(', ');
  }

  #lines({ row, index }) {
    const one = this.#rows[row];
    const state = one.states[index];
    const lines = [[t('gradients.norm'), `${one.about ? '≈ ' : ''}${formatNumber(one.norms[index])}`]];
    if (one.size) lines.push([t('gradients.rms'), formatNumber(one.norms[index] / Math.sqrt(one.size))]);
    if (one.bad[index] > 0) lines.push([t('gradients.bad'), formatNumber(one.bad[index])]);
    if (state) lines.push([t('gradients.state'), t(`gradients.state.${state}`)]);
    return { head: `${one.name} · ${t('gradients.step')} ${formatStep(one.steps[index])}`, lines };
  }

  #hover(cell, event) {
    if (!cell || !event) return hideLines();
    const { head, lines } = this.#lines(cell);
    return showLines(head, lines, event.clientX, event.clientY);
  }

  #pick(row) {
    this.#context.change({ layer: this.#context.state().layer === row.name ? null : row.name }, true);
  }

  #key(event) {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) {
      const cell = this.#map.move(...moves[event.key].map((one) => one * (event.shiftKey ? 10 : 1)));
      if (cell && cell.index >= 0) {
        const { head, lines } = this.#lines(cell);
        setText(this.#spoken, `${head}. ${lines.map((line) => line.join(' ')).join(', ')}`);
      }
    } else if (event.key === 'Enter' && this.#map.state.cursor) this.#pick(this.#rows[this.#map.state.cursor.row]);
    else if (event.key === '0') this.#context.change({ steps: null }, true);
    else return;
    event.preventDefault();
  }

  #csv() {
    const rows = this.#rows.flatMap((row) => row.steps.map((step, i) => [row.name, row.size, step, row.norms[i], row.bad[i], row.states[i] ?? '']));
    return { header: ['layer', 'size', 'step', 'norm', 'non_finite', 'state'], rows };
  }

  dispose() {
    this.#map.dispose();
  }
}
