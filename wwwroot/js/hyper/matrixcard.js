// The scatter matrix of the first settings and the metric.

import { Matrix } from '../charts/matrix.js';
import { h, setText } from '../dom.js';
import { t } from '../text.js';

// More cells would be too small to read.
const MOST_AXES = 6;

export class MatrixCard {
  #chart;
  #note;
  #host;
  #empty = h('p', { class: 'empty-line', hidden: true, text: t('hyper.no_fields') });

  constructor(body, page) {
    const host = this.#host = h('div', { class: 'matrix-host' });
    this.#note = h('p', { class: 'analysis-notes muted' });
    body.append(this.#note, h('div', { class: 'matrix-scroll' }, host), this.#empty);
    this.#chart = new Matrix(host, { label: t('hyper.matrix.figure'), onHover: (row) => page.hover(row), onPick: (row) => page.pick(row) });
  }

  show(model) {
    this.#host.hidden = model.axes.length < 2;
    this.#empty.hidden = model.axes.length > 1;
    const settings = model.axes.slice(0, -1);
    const axes = [...settings.slice(0, MOST_AXES - 1), model.metric];
    setText(this.#note, settings.length > MOST_AXES - 1 ? t('hyper.matrix.first', { count: MOST_AXES - 1 }) : '');
    this.#chart.update({ axes, tint: model.metric, rows: model.drawn, held: model.held });
  }

  brushed(model) {
    this.#chart.update({ held: model.held });
  }

  light(model, row) {
    this.#chart.update({ lit: row });
  }

  image(format, title) {
    return this.#chart.toImage(format, title);
  }
}
