// The gradient of a model, parameter by parameter.

import { exportMenu } from '../analysis/exports.js';
import { Picture } from '../curvature/picture.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { num } from '../numbers.js';
import { t, tCount } from '../text.js';
import { decades, flagOf } from './numbers.js';
import { percent, said, shapeWords } from './words.js';

const COLORS = { non_finite: 'var(--bad)', zero: 'var(--warn)', zeros: 'var(--warn)' };
const ROW = 22;
const AROUND = 90;
const MOST_MARKS = 9;
// Norms within this factor of each other are told apart on a linear axis as well.
const NEAR = 30;

export class Gradients {
  #page;
  #view = null;
  #norms = new Picture(byId('gradients-norms'), t('features.gradients.norms'), { onClick: (point) => this.#page.set({ parameter: point.customdata?.[0] ?? point.y }) });
  #histogram = new Picture(byId('gradients-histogram'), t('features.gradients.histogram'));
  element = byId('features-gradients');

  /** @param page { state(), set(change, push), title() } */
  constructor(page) {
    this.#page = page;
    const menu = (host, key, image, csv) => byId(host).append(exportMenu(`${t('common.export')}: ${t(key)}`, { title: () => `${page.title()} ${t(key)}`, image, csv }));
    menu('gradients-tools', 'features.gradients.norms', (format, title) => this.#norms.toImage(format, title), () => ({
      header: ['parameter', 'shape', 'size', 'norm', 'largest', 'weight_norm', 'zeros', 'non_finite'],
      rows: this.#view.parameters.map((one) => [one.name, one.shape.join('x'), num(one.size), num(one.norm), num(one.largest), num(one.weight_norm), num(one.zeros), num(one.non_finite)]),
    }));
    menu('gradients-histogram-tools', 'features.gradients.histogram', (format, title) => this.#histogram.toImage(format, title), () => {
      const { edges, counts } = this.#chosen.histogram;
      return { header: ['from', 'to', 'count'], rows: counts.map((count, at) => [num(edges[at]), num(edges[at + 1]), num(count)]) };
    });
  }

  get #chosen() {
    const asked = this.#page.state().parameter;
    return this.#view.parameters.find((one) => one.name === asked) ?? this.#view.parameters[0];
  }

  show(view) {
    this.#view = view;
    const flagged = view.parameters.filter(flagOf);
    setText(byId('gradients-words'), `${t('features.gradients.whole', { norm: said(view.norm), loss: said(view.loss), weights: said(view.weight_norm) })} ${flagged.length ? tCount('features.gradients.flagged', flagged.length) : t('features.gradients.sound')}`);
    this.#showNorms(view.parameters);
    reconcile(byId('gradients-rows'), view.parameters, (one) => one.name, (one) => this.#row(one), (row, one) => {
      const current = one === this.#chosen;
      row.toggleAttribute('data-chosen', current);
      row.querySelector('button').setAttribute('aria-pressed', String(current));
    });
    this.#showHistogram(this.#chosen);
  }

  #showNorms(parameters) {
    const shown = [...parameters].reverse();
    const host = byId('gradients-norms');
    host.style.height = `${Math.max(180, AROUND + ROW * shown.length)}px`;
    const norms = shown.map((one) => (num(one.norm) > 0 ? num(one.norm) : null));
    const known = norms.filter((norm) => norm !== null);
    const logged = known.length > 0 && Math.max(...known) > NEAR * Math.min(...known);
    this.#norms.draw({
      traces: [{
        type: 'bar', orientation: 'h', y: shown.map((one) => one.name), x: norms, marker: { color: shown.map((one) => COLORS[flagOf(one)] ?? 'var(--accent)') },
        customdata: shown.map((one) => [one.name, flagOf(one) ? t(`features.gradients.flag.${flagOf(one)}`) : '']), hovertemplate: '%{y}: %{x:.4g} %{customdata[1]}<extra></extra>',
      }],
      // Bars on a logarithmic axis begin at its left end: they are read by where they end.
      layout: { xaxis: { title: { text: t('features.gradients.norm'), standoff: 8 }, type: logged ? 'log' : 'linear', exponentformat: 'power', ...(logged ? { dtick: 1 } : { rangemode: 'tozero' }) }, yaxis: { automargin: true, fixedrange: true, type: 'category' }, margin: { t: 8, r: 12, b: 44, l: 60 }, dragmode: false, bargap: 0.3 },
    });
  }

  #row(one) {
    const flag = flagOf(one);
    const name = h('button', { type: 'button', class: 'link-button', dir: 'auto', text: one.name, onclick: () => this.#page.set({ parameter: one.name }) });
    const cells = [shapeWords(one.shape), said(one.norm), said(one.largest), said(one.weight_norm)].map((text) => h('td', { class: 'num', text }));
    const zeros = h('td', { class: 'num', text: percent(one.zeros) });
    if (flag === 'zero' || flag === 'zeros') zeros.dataset.flag = 'dead';
    const strange = h('td', { class: 'num', text: num(one.non_finite) ? num(one.non_finite).toLocaleString('en') : '–' });
    if (flag === 'non_finite') strange.dataset.flag = 'non_finite';
    return h('tr', { 'data-parameter': one.name }, h('th', { scope: 'row' }, name), ...cells, zeros, strange);
  }

  #showHistogram(one) {
    setText(byId('gradients-name'), one.name);
    const { edges, counts } = one.histogram;
    setText(byId('gradients-notes'), counts.length ? '' : t('features.gradients.nothing'));
    const marks = decades(edges);
    const zero = marks.findIndex(([, text]) => text === '0');
    const step = Math.max(1, Math.ceil(marks.length / MOST_MARKS));
    const shown = marks.filter((_, at) => (at - zero) % step === 0);
    this.#histogram.draw({
      traces: [{
        type: 'bar', x: counts.map((_, at) => at + 0.5), y: counts, width: 1, marker: { color: 'var(--accent)' }, text: counts.map((_, at) => `${said(edges[at])} … ${said(edges[at + 1])}`), textposition: 'none',
        hovertemplate: '%{text}: %{y}<extra></extra>',
      }],
      layout: {
        xaxis: { title: { text: t('features.gradients.value'), standoff: 8 }, tickmode: 'array', tickvals: shown.map(([at]) => at), ticktext: shown.map(([, text]) => text), tickangle: 0, fixedrange: true },
        yaxis: { title: { text: t('features.count'), standoff: 8 }, fixedrange: true, rangemode: 'tozero' }, margin: { t: 8, r: 12, b: 48, l: 64 }, bargap: 0, dragmode: false,
      },
    });
  }
}
