// How far probabilities come true: a reliability diagram of all shown runs, over the counts of the chosen one.

import { UnitPlot } from '../charts/unitplot.js';
import { byId, setText } from '../dom.js';
import { t } from '../text.js';
import { showReason } from './reason.js';
import { said, whyNot } from './words.js';

// Counts are a background: the fullest bin is this high.
const BARS = 0.28;

export class CalibrationPanel {
  #plot;
  #entries = [];

  constructor() {
    const [x, y] = [t('predictions.probability'), t('predictions.frequency')];
    this.#plot = new UnitPlot(byId('calibration'), {
      label: t('predictions.calibration.figure'), xLabel: x, yLabel: y,
      tip: (line, at) => ({ head: line.name, lines: [[x, said(line.x[at])], [y, said(line.y[at])], [t('predictions.measure.samples'), line.counts[at].toLocaleString('en')]] }),
    });
  }

  show(entries, subject) {
    this.#entries = entries.filter(({ view }) => view.calibration);
    const lines = this.#entries.map(({ run, view }) => {
      const bins = view.calibration.bins.filter((bin) => bin.count > 0);
      return { x: bins.map((bin) => bin.probability), y: bins.map((bin) => bin.frequency), counts: bins.map((bin) => bin.count), color: `--run-${run.color}`, dash: run.dash, dots: true, name: run.name, width: run.id === subject ? 2.4 : 1.5 };
    });
    const chosen = this.#entries.find(({ run }) => run.id === subject)?.view.calibration ?? null;
    const most = Math.max(1, ...(chosen?.bins.map((bin) => bin.count) ?? []));
    this.#plot.update({ lines, bars: chosen?.bins.map((bin) => ({ from: bin.from, to: bin.to, height: (BARS * bin.count) / most, color: '--surface-3' })) ?? [], diagonal: true });
    const first = entries.find(({ run }) => run.id === subject) ?? entries[0];
    showReason(byId('calibration'), lines.length || !first ? [] : whyNot(first.view, 'calibration'));
    setText(byId('calibration-words'), chosen ? t(`predictions.calibration.${chosen.of}`, { ece: said(chosen.ece), mce: said(chosen.mce) }) : '');
  }

  image = (format, title) => this.#plot.toImage(format, title);

  csv() {
    return {
      header: ['run_id', 'run', 'from', 'to', 'count', 'probability', 'frequency'],
      rows: this.#entries.flatMap(({ run, view }) => view.calibration.bins.map((bin) => [run.id, run.name, bin.from, bin.to, bin.count, bin.probability, bin.frequency])),
    };
  }
}
