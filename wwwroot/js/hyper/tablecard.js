// All runs with their settings and metric.

import { RowTable } from '../analysis/rowtable.js';
import { h } from '../dom.js';
import { t } from '../text.js';

export class TableCard {
  #table;
  #model = null;
  #lit = -1;

  /** @param page { hover(row), pick(row), picked() } */
  constructor(body, page) {
    const host = h('div', { class: 'analysis-table' });
    body.append(host);
    this.#table = new RowTable(host, {
      label: t('hyper.table'),
      onPick: (row) => page.pick(row.at),
      onHover: (row) => page.hover(row ? row.at : -1),
      mark: (row) => (row.key === page.picked() || row.at === this.#lit ? 'picked' : this.#model.held ? (this.#model.held[row.at] ? 'held' : 'apart') : ''),
    });
  }

  show(model) {
    this.#model = model;
    const rows = model.runs.map((run, at) => ({ key: run.id, run, at, color: model.colors(run) }));
    // What the brushes hold comes first, or among thousands it would not be found.
    if (model.held) rows.sort((a, b) => model.held[b.at] - model.held[a.at] || a.at - b.at);
    this.#table.show([
      { key: 'name', text: t('hyper.run'), value: (row) => row.run.name, show: (row) => row.run.name },
      ...[model.metric, ...model.axes.slice(0, -1)].map((axis) => ({
        key: axis.path, text: axis.name, numeric: axis.column.numeric, value: (row) => (axis.column.numeric ? axis.values[row.at] : model.text(axis, row.at)), show: (row) => model.text(axis, row.at),
      })),
    ], rows);
  }

  /** @param done false while a brush is being drawn: the order then stays */
  brushed(model, done) {
    if (done) this.show(model);
    else this.#table.refresh();
  }

  light(model, row) {
    this.#lit = row;
    this.#table.refresh();
  }
}
