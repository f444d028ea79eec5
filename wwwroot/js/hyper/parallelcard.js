// Parallel coordinates of the settings and the metric, with brushes.

import { Parallel } from '../charts/parallel.js';
import { h, setText } from '../dom.js';
import { t } from '../text.js';
import { brushOver } from './brushes.js';

export class ParallelCard {
  #chart;
  #model = null;
  #said;
  #host;
  #empty = h('p', { class: 'empty-line', hidden: true, text: t('hyper.no_fields') });

  /** @param page { brush(path, range | null), brushed(), flip(path), hover(row), pick(row) } */
  constructor(body, page) {
    const host = this.#host = h('div', { class: 'parallel-host' });
    this.#said = h('p', { class: 'analysis-notes muted parallel-said' });
    body.append(h('p', { class: 'analysis-notes muted', text: t('hyper.parallel.help') }), host, this.#said, this.#empty);
    this.#chart = new Parallel(host, {
      label: t('hyper.parallel.figure'),
      none: t('hyper.none'),
      brushLabel: (axis) => t('hyper.brush', { name: axis.name }),
      brushText: (axis) => (axis.brush ? t('hyper.brush_range', { from: this.#at(axis, 0), to: this.#at(axis, 1) }) : t('hyper.brush_none')),
      logLabel: (axis) => (axis.canLog ? t('hyper.log', { name: axis.name }) : axis.name),
      onBrush: (path, places) => {
        const axis = this.#model.axes.find((one) => one.path === path);
        page.brush(path, places && brushOver(axis.column, axis.scale, ...places));
      },
      onBrushed: () => page.brushed(),
      onHover: (row) => page.hover(row),
      onPick: (row) => page.pick(row),
      onLog: (path) => page.flip(path),
    });
  }

  #at(axis, end) {
    const value = axis.scale.value(axis.brush[end]);
    return axis.column.numeric ? axis.scale.text(value) : axis.column.categories[value];
  }

  show(model) {
    this.#host.hidden = model.axes.length < 2;
    this.#empty.hidden = model.axes.length > 1;
    this.#model = model;
    this.#chart.update({ axes: model.axes, rows: model.drawn, held: model.held });
  }

  brushed(model) {
    this.#chart.update({ axes: model.axes, held: model.held });
  }

  light(model, row) {
    this.#chart.update({ lit: row });
    const run = model.runs[row];
    setText(this.#said, run ? t('hyper.lit', { run: run.name, values: [model.metric, ...model.axes.slice(0, -1)].map((axis) => `${axis.name} ${model.text(axis, row) ?? t('hyper.none')}`).join(' · ') }) : '\u00a0');
  }

  image(format, title) {
    return this.#chart.toImage(format, title);
  }
}
