// The measures of the shown runs at their step, side by side.

import { h, nameText, reconcile, setText } from '../dom.js';
import { formatStep } from '../format.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { bestOf } from './numbers.js';
import { reasonsOf, said } from './words.js';

/** `[key, value(view), less is better: true | false | null for neither, field of its reasons]` */
const CLASSIFICATION = [
  ['accuracy', (view) => view.accuracy, false, 'samples'], ['f1_macro', (view) => view.f1.macro, false, 'samples'], ['f1_micro', (view) => view.f1.micro, false, 'samples'],
  ['f1_weighted', (view) => view.f1.weighted, false, 'samples'], ['auc_macro', (view) => view.auc.macro, false, 'auc'], ['average_precision_macro', (view) => view.average_precision.macro, false, 'samples'],
  ['log_loss', (view) => view.log_loss, true, 'calibration'], ['ece', (view) => view.calibration?.ece ?? null, true, 'calibration'], ['matthews', (view) => view.matthews, false, 'matthews'],
];
const REGRESSION = [
  ['r2', (view) => view.mean.r2, false, 'r2'], ['mae', (view) => view.mean.mae, true, 'samples'], ['rmse', (view) => view.mean.rmse, true, 'samples'], ['median_absolute', (view) => view.mean.median_absolute, true, 'samples'],
  ['mape', (view) => view.mean.mape, true, 'mape'], ['max_error', (view) => view.mean.max_error, true, 'samples'], ['bias', (view) => view.mean.bias, null, 'samples'],
];

export class MeasuresTable {
  #head = h('tr');
  #body = h('tbody');
  #choose;
  #shown = { entries: [], measures: [] };

  /** @param onChoose(runId) */
  constructor(host, onChoose) {
    this.#choose = onChoose;
    host.replaceChildren(h('table', { class: 'table' }, h('caption', { class: 'visually-hidden', text: t('predictions.measures') }), h('thead', {}, this.#head), this.#body));
  }

  /** @param entries [{ run, step, view or null, message or null }] */
  show(entries, task, chosen) {
    const measures = task === 'regression' ? REGRESSION : CLASSIFICATION;
    this.#shown = { entries, measures };
    const columns = ['run', 'step', 'samples', ...measures.map(([key]) => key)];
    reconcile(this.#head, columns, (key) => key, (key) => h('th', { scope: 'col', class: key === 'run' ? null : 'num', text: t(`predictions.measure.${key}`) }));
    const best = measures.map(([, value, less]) => (less === null ? -1 : bestOf(entries.map(({ view }) => (view ? num(value(view)) : null)), less)));
    reconcile(this.#body, entries, ({ run }) => run.id, ({ run }) => h('tr', {},
      h('th', { scope: 'row' }, h('button', { type: 'button', class: 'row-name', onclick: () => this.#choose(run.id) }, h('span', { class: 'run-dot', 'aria-hidden': 'true' }), nameText(''))),
    ), (row, { run, step, view, message }) => {
      const at = entries.findIndex((one) => one.run.id === run.id);
      while (row.children.length > columns.length) row.lastElementChild.remove();
      while (row.children.length < columns.length) row.append(h('td', { class: 'num' }));
      const button = row.querySelector('button');
      const name = button.lastElementChild;
      if (setText(name, run.name)) name.title = run.name;
      button.firstElementChild.style.setProperty('--run-color', `var(--run-${run.color})`);
      button.setAttribute('aria-pressed', String(run.id === chosen));
      row.toggleAttribute('data-chosen', run.id === chosen);
      setText(row.children[1], step === null ? '–' : formatStep(step));
      setText(row.children[2], view ? view.samples.toLocaleString('en') : message ?? '…');
      measures.forEach(([, value, , field], column) => {
        const cell = row.children[column + 3];
        const number = view ? num(value(view)) : null;
        setText(cell, view ? said(number) : '');
        cell.title = view && number === null ? reasonsOf(view, field, 'samples').join(' ') : '';
        cell.classList.toggle('undefined', Boolean(view) && number === null);
        cell.toggleAttribute('data-best', best[column] === at);
      });
    });
  }

  csv() {
    const { entries, measures } = this.#shown;
    return {
      header: ['run_id', 'run', 'step', 'samples', ...measures.map(([key]) => key)],
      rows: entries.filter(({ view }) => view).map(({ run, step, view }) => [run.id, run.name, step, view.samples, ...measures.map(([, value]) => num(value(view)))]),
    };
  }
}
