// What all cards of the page draw: the runs, the columns with their scales, which runs the brushes hold.

import { nameOf } from '../analysis/fieldpicker.js';
import { asksForLog, scaleOf } from '../charts/scale.js';
import { thinned } from '../scatter/state.js';
import { brushed, placesOf } from './brushes.js';

/** Lines and dots of one picture at the most: beyond it a picture is a smear, and drawing it takes longer than a frame. */
export const MOST_DRAWN = 2000;

export class Model {
  #state;

  /**
   * @param table runs and columns; `paths` are the settings, then the metric
   * @param colors run → `var(--run-n)`
   */
  constructor(table, paths, state, colors) {
    this.table = table;
    this.runs = table.runs;
    this.colors = colors;
    this.#state = state;
    this.axes = paths.map((path) => this.axis(path));
    this.metric = this.axes.at(-1);
    // Those with a metric come last, so that they lie on top.
    const order = thinned(this.runs.length, MOST_DRAWN);
    this.drawn = [...order.filter((row) => !this.hasMetric(row)), ...order.filter((row) => this.hasMetric(row))];
    this.withMetric = this.runs.reduce((count, _, row) => count + Number(this.hasMetric(row)), 0);
    this.places = new Map(this.runs.map((run, row) => [run.id, row]));
    this.brush();
  }

  /** One value of the runs with its scale. */
  axis(path) {
    const column = this.table.columns.get(path);
    const canLog = column.numeric && path !== 'created' && column.values.some((value) => value > 0) && column.values.every((value) => Number.isNaN(value) || value > 0);
    const log = canLog && asksForLog(column) !== this.#state.flips.includes(path);
    return { path, name: nameOf(path), column, values: column.values, canLog, scale: scaleOf(column, log) };
  }

  hasMetric(row) {
    return this.metric.scale.place(this.metric.values[row]) !== null;
  }

  /** Takes the brushes as they are now. */
  brush() {
    const { brushes } = this.#state;
    for (const axis of this.axes) axis.brush = brushes.has(axis.path) ? placesOf(axis.column, axis.scale, brushes.get(axis.path)) : null;
    this.held = brushed(this.axes.map((axis) => axis.column), brushes, this.runs.length);
    this.heldIds = this.held ? new Set(this.runs.filter((_, row) => this.held[row]).map((run) => run.id)) : null;
  }

  /** A run's value on an axis as a reader sees it; null where it has none. */
  text(axis, row) {
    const value = axis.values[row];
    return axis.column.given[row] ? axis.scale.text(value) : null;
  }
}
