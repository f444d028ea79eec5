// What each class of the chosen run gets.

import { RowTable } from '../analysis/rowtable.js';
import { byId, setText } from '../dom.js';
import { t } from '../text.js';
import { classRows } from './numbers.js';
import { classWord, reasonsOf, said } from './words.js';

const COLUMNS = ['precision', 'recall', 'f1', 'auc', 'average_precision', 'support', 'predicted'];

export class ClassTable {
  #table;
  #rows = [];
  #chosen = null;

  /** @param onChoose(class) its curves are shown */
  constructor(onChoose) {
    this.#table = new RowTable(byId('classes'), { label: t('predictions.classes'), onPick: (row) => onChoose(row.id), onHover: () => {}, mark: (row) => (row.id === this.#chosen ? 'picked' : '') });
  }

  show(view, chosen) {
    this.#chosen = chosen;
    this.#rows = classRows(view).map((row) => ({ ...row, key: String(row.id), color: 'transparent', word: classWord(view, row.id) }));
    this.#table.show([
      { key: 'name', text: t('predictions.class_head'), value: (row) => row.word, show: (row) => row.word },
      ...COLUMNS.map((key) => ({ key, text: t(`predictions.measure.${key}`), numeric: true, value: (row) => row[key], show: (row) => (Number.isInteger(row[key]) && (key === 'support' || key === 'predicted') ? row[key].toLocaleString('en') : said(row[key])) })),
    ], this.#rows);
    this.#table.refresh();
    byId('classes').dataset.drawn = String(this.#rows.length);
    setText(byId('classes-notes'), reasonsOf(view, 'classes', 'recall.per_class', 'precision.per_class', 'f1.per_class').join(' '));
  }

  csv() {
    return { header: ['class', 'name', ...COLUMNS], rows: this.#rows.map((row) => [row.id, row.name, ...COLUMNS.map((key) => row[key])]) };
  }
}
