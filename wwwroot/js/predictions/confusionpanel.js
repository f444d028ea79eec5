// The confusion matrix of the chosen run, and beside it the samples of a cell.

import { Confusion } from '../charts/confusion.js';
import { byId, setText } from '../dom.js';
import { t } from '../text.js';
import { sharesOf } from './numbers.js';
import { showReason } from './reason.js';
import { SampleList } from './samplelist.js';
import { classWord, percent, whyNot } from './words.js';

export class ConfusionPanel {
  #matrix;
  #samples;
  #view = null;
  #key = '';
  #abort = null;
  #page;

  /** @param page { onCell(cell or null), samples(runId, query, signal) → answer } */
  constructor(page) {
    this.#page = page;
    this.#samples = new SampleList((cell) => page.onCell(cell));
    this.#matrix = new Confusion(byId('confusion'), {
      label: t('predictions.confusion.figure'),
      onOpen: (label, predicted) => page.onCell([label, predicted]),
      onCursor: (label, predicted) => setText(byId('confusion-said'), this.#spoken(label, predicted)),
      tip: (label, predicted) => ({ head: `${classWord(this.#view, label)} → ${classWord(this.#view, predicted)}`, lines: this.#lines(label, predicted) }),
    });
  }

  show(view, { scale, cell }) {
    this.#view = view;
    const { confusion } = view;
    if (confusion) {
      const shares = sharesOf(confusion, scale);
      const text = (label, predicted) => (scale === 'count' ? confusion[label][predicted].toLocaleString('en') : shares[label][predicted] === null || confusion[label][predicted] === 0 ? '' : percent(shares[label][predicted]));
      this.#matrix.update({ shares, names: confusion.map((_, id) => view.class_names?.[view.classes.indexOf(id)] ?? String(id)), texts: text, open: cell });
    } else this.#matrix.update({ shares: [], names: [], open: null });
    showReason(byId('confusion'), confusion && view.samples ? [] : whyNot(view, 'confusion'));
    this.#showSamples(view, cell);
  }

  image = (format, title) => this.#matrix.toImage(format, title);

  csv() {
    const { confusion, mistakes } = this.#view;
    const rows = confusion ? confusion.flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count }))) : mistakes;
    return { header: ['label', 'predicted', 'count'], rows: rows.map(({ label, predicted, count }) => [classWord(this.#view, label), classWord(this.#view, predicted), count]) };
  }

  #showSamples(view, cell) {
    if (!cell || cell[0] >= view.class_count || cell[1] >= view.class_count) {
      this.#key = '';
      this.#abort?.abort();
      this.#samples.showMistakes(view);
      return;
    }
    const key = [view.run_id, view.tag, view.step, view.wall_time, ...cell].join(' ');
    if (key === this.#key) return;
    this.#key = key;
    this.#abort?.abort();
    this.#load(view, cell, (this.#abort = new AbortController()).signal);
  }

  async #load(view, cell, signal) {
    this.#samples.showCell(view, cell, null);
    try {
      const answer = await this.#page.samples(view.run_id, { tag: view.tag, step: view.step, label: cell[0], predicted: cell[1], limit: 200 }, signal);
      if (!signal.aborted) this.#samples.showCell(view, cell, answer);
    } catch (error) {
      if (signal.aborted) return;
      this.#key = '';
      this.#samples.showCell(view, cell, null, t('predictions.samples.failed', { reason: error.message }));
    }
  }

  #lines(label, predicted) {
    const { confusion } = this.#view;
    const [rows, columns] = [sharesOf(confusion, 'row'), sharesOf(confusion, 'column')];
    return [
      [t('predictions.measure.samples'), confusion[label][predicted].toLocaleString('en')],
      [t('predictions.of_label', { label: classWord(this.#view, label) }), percent(rows[label][predicted])],
      [t('predictions.of_predicted', { predicted: classWord(this.#view, predicted) }), percent(columns[label][predicted])],
    ];
  }

  #spoken(label, predicted) {
    return `${classWord(this.#view, label)} ${t('predictions.taken_for')} ${classWord(this.#view, predicted)}: ${this.#lines(label, predicted).map((line) => line.join(' ')).join(', ')}`;
  }
}
