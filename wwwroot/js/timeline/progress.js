// The table of the shown runs: how far each is, how fast, and what is left.

import { byId, h, nameText, reconcile, setText } from '../dom.js';
import { formatDuration, formatTime } from '../format.js';
import { t } from '../text.js';
import { leftWords, percent, rateWords, stepWords } from './words.js';

export class ProgressTable {
  #body = byId('timeline-progress');
  #rows = [];

  /** @param onPick(runId) the reader wants that run's timeline */
  constructor(onPick) {
    this.onPick = onPick;
    // What is left counts down between two answers.
    setInterval(() => this.#tick(), 1000);
  }

  /** @param rows [{ run, process }] · @param focus id of the run whose timeline is shown */
  show(rows, focus) {
    this.#rows = rows;
    reconcile(this.#body, rows, ({ run }) => run.id, () => this.#row(), (line, { run, process }) => this.#fill(line, run, process, focus));
    this.#tick();
  }

  #row() {
    const button = h('button', { type: 'button', class: 'row-name' });
    const cells = ['status', 'steps', 'rate', 'spent', 'left', 'phases'].map((name) => h('td', { 'data-cell': name, class: ['steps', 'rate', 'spent'].includes(name) ? 'num' : null }));
    return h('tr', {}, h('th', { scope: 'row', class: 'row-head' }, button), ...cells);
  }

  #fill(line, run, process, focus) {
    const button = line.querySelector('button');
    if (button.dataset.name !== run.name || button.dataset.color !== String(run.color)) {
      const dot = h('span', { class: 'swatch' });
      dot.style.setProperty('--run-color', `var(--run-${run.color})`);
      button.replaceChildren(dot, nameText(run.name));
      Object.assign(button.dataset, { name: run.name, color: run.color });
      button.onclick = () => this.onPick(run.id);
    }
    button.setAttribute('aria-pressed', String(run.id === focus));
    line.dataset.mark = run.id === focus ? 'picked' : '';
    const cell = (name, text, title = null) => {
      const element = line.querySelector(`[data-cell="${name}"]`);
      setText(element, text);
      if (title) element.title = title;
      else element.removeAttribute('title');
    };
    const { progress, throughput, phases } = process;
    cell('status', t(`status.${process.status}`));
    cell('steps', stepWords(progress), progress.total_from && t('timeline.total_from', { from: progress.total_from }));
    cell('rate', throughput ? rateWords(Number(throughput.recent)) : '—', throughput && t('timeline.rate_title', { overall: rateWords(Number(throughput.overall)), tag: throughput.tag, pauses: formatDuration(throughput.pauses) }));
    cell('spent', formatDuration(process.heard - process.started), `${formatTime(process.started)} – ${formatTime(process.heard)}`);
    const whole = process.heard - process.started;
    cell('phases', phases.shares.length ? t('timeline.covered', { share: percent(whole > 0 ? Math.min(1, phases.covered / whole) : 1) }) : t('timeline.no_phases_short'));
  }

  #tick() {
    const now = Date.now() / 1000;
    for (const { run, process } of this.#rows) {
      const cell = this.#body.querySelector(`[data-key="${CSS.escape(run.id)}"] [data-cell="left"]`);
      if (cell) setText(cell, leftWords(process.progress, now));
    }
  }
}
