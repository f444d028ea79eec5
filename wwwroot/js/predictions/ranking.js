// ROC and precision-recall curves of the shown runs, and the operating point that is dragged along those of one.

import { Throttle } from '../analysis/throttle.js';
import { UnitPlot } from '../charts/unitplot.js';
import { byId, setText } from '../dom.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { countsAt, measuresOf, nearestOnRoc, nearestPoint, pointAt } from './numbers.js';
import { OperatingFigures } from './operating.js';
import { showReason } from './reason.js';
import { said, whyNot } from './words.js';

// A threshold that is dragged is asked for so often at the most.
const ASK_MS = 150;

/** The curves of a class, `micro` or `macro` in an answer; null where there are none. */
export function curvesOf(view, chosen) {
  if (chosen === 'micro') return { roc: view.roc_micro ?? null, pr: view.pr_micro ?? null, auc: num(view.auc.micro), ap: num(view.average_precision.micro) };
  if (chosen === 'macro') return { roc: view.roc_macro ?? null, pr: null, auc: num(view.auc.macro), ap: num(view.average_precision.macro) };
  const at = view.classes.indexOf(chosen);
  return {
    roc: view.roc.find((one) => one.class === chosen) ?? null, pr: view.pr.find((one) => one.class === chosen) ?? null,
    auc: at < 0 ? null : num(view.auc.per_class[at]), ap: at < 0 ? null : num(view.average_precision.per_class[at]),
  };
}

/** What is shown where the reader has not chosen: class 1 of two, else all decisions together. */
export const usualClass = (view) => (view.class_count === 2 ? 1 : view.roc_micro ? 'micro' : view.roc[0]?.class ?? 'macro');

/** The threshold that predictions have: a half, zero for logits; with a score a class there is none, so that of the best F1. */
export function usualThreshold(view, chosen, roc) {
  if (chosen !== 'micro' && chosen !== 'macro' && view.class_count === 2 && (view.probabilities || view.threshold !== undefined)) return view.threshold ?? 0.5;
  let best = 1;
  let most = -1;
  for (let i = 1; i < roc.thresholds.length; i++) {
    const { f1 } = measuresOf(countsAt(roc, i));
    if (f1 !== null && f1 > most) [best, most] = [i, f1];
  }
  return num(roc.thresholds[best]);
}

export class Ranking {
  #page;
  #roc;
  #pr;
  #figures = new OperatingFigures();
  #entries = [];
  #subject = null;
  #chosen = null;
  #threshold = null;
  #exact = new Map();
  #ask;

  /** @param page { onThreshold(value, done), point(runId, threshold, signal) → answer } */
  constructor(page) {
    this.#page = page;
    const tip = (x, y) => (line, at) => ({ head: line.name, lines: [[x, said(line.x[at])], [y, said(line.y[at])], ...(line.thresholds?.[at] === undefined ? [] : [[t('predictions.threshold'), said(line.thresholds[at])]])] });
    const [fpr, tpr, recall, precision] = ['fpr', 'tpr', 'recall', 'precision'].map((key) => t(`predictions.measure.${key}`));
    this.#roc = new UnitPlot(byId('roc'), { label: t('predictions.roc.figure'), xLabel: fpr, yLabel: tpr, tip: tip(fpr, tpr), onDrag: (x, y) => this.#dragRoc(x, y) });
    this.#pr = new UnitPlot(byId('pr'), { label: t('predictions.pr.figure'), xLabel: recall, yLabel: precision, tip: tip(recall, precision), onDrag: (x, y) => this.#dragPr(x, y) });
    this.#ask = new Throttle((signal) => this.#askExact(signal), ASK_MS);
    const slider = byId('threshold');
    // To the right is a higher threshold, as on an axis of scores; the curve has them falling.
    slider.addEventListener('input', () => this.#set(num(this.#thresholds().at(-1 - Number(slider.value)))));
    byId('threshold-number').addEventListener('change', ({ target }) => {
      if (target.value.trim() !== '' && Number.isFinite(Number(target.value))) this.#set(Number(target.value));
    });
  }

  /** @param entries [{ run, view }]; `subject`: id of the run whose point is dragged */
  show(entries, subject, chosen, threshold) {
    this.#entries = entries.map((entry) => ({ ...entry, curves: curvesOf(entry.view, chosen) }));
    this.#subject = this.#entries.find(({ run }) => run.id === subject) ?? null;
    this.#chosen = chosen;
    const roc = this.#subject?.curves.roc ?? null;
    const movable = Boolean(roc?.thresholds && roc.thresholds.length > 1);
    this.#threshold = movable ? threshold ?? usualThreshold(this.#subject.view, chosen, roc) : null;
    this.#draw('roc', this.#roc, ({ roc: one }) => one && { x: one.fpr, y: one.tpr, thresholds: one.thresholds });
    this.#draw('pr', this.#pr, ({ pr: one }) => one && { x: one.recall, y: one.precision, thresholds: one.thresholds });
    this.#words('roc', 'auc', 'predictions.auc');
    this.#words('pr', 'ap', 'predictions.ap');
    byId('operating').hidden = !movable;
    setText(byId('operating-note'), this.#note(movable));
    if (movable) this.#showPoint();
    else for (const plot of [this.#roc, this.#pr]) plot.update({ marker: null });
  }

  image(name) {
    return (format, title) => (name === 'roc' ? this.#roc : this.#pr).toImage(format, title);
  }

  csv(name) {
    const rows = this.#entries.flatMap(({ run, curves }) => {
      const one = curves[name];
      if (!one) return [];
      const [x, y] = name === 'roc' ? [one.fpr, one.tpr] : [one.recall, one.precision];
      return x.map((value, at) => [run.id, run.name, value, y[at], one.thresholds?.[at] ?? null]);
    });
    return { header: ['run_id', 'run', ...(name === 'roc' ? ['fpr', 'tpr'] : ['recall', 'precision']), 'threshold'], rows };
  }

  #thresholds() {
    return this.#subject.curves.roc.thresholds;
  }

  #draw(name, plot, line) {
    const lines = this.#entries.flatMap(({ run, curves }) => {
      const found = line(curves);
      return found ? [{ ...found, color: `--run-${run.color}`, dash: run.dash, name: run.name, width: run.id === this.#subject?.run.id ? 2.6 : 1.6 }] : [];
    });
    plot.update({ lines, diagonal: name === 'roc' });
    showReason(byId(name), lines.length || this.#entries.length === 0 ? [] : this.#why(name));
  }

  #why(name) {
    if (name === 'pr' && this.#chosen === 'macro') return [t('predictions.reason.no_macro_pr')];
    const { view } = this.#subject ?? this.#entries[0];
    const found = whyNot(view, 'auc', 'auc.micro', 'recall.per_class');
    return found.length ? found : [t('predictions.reason.no_curve')];
  }

  #words(name, key, text) {
    const known = this.#entries.filter(({ curves }) => curves[key] !== null);
    setText(byId(`${name}-words`), known.length === 0 ? '' : known.length === 1 ? t(text, { value: said(known[0].curves[key]) }) : `${t(text, { value: '' }).trim()} ${known.map(({ run, curves }) => `${run.name} ${said(curves[key])}`).join(' · ')}`);
  }

  #note(movable) {
    if (movable) return t('predictions.operating.note', { run: this.#subject.run.name });
    return this.#chosen === 'macro' ? t('predictions.operating.macro') : t('predictions.operating.none');
  }

  #set(threshold) {
    if (threshold === null || !Number.isFinite(threshold) || !this.#subject) return;
    this.#threshold = threshold;
    this.#showPoint();
    this.#page.onThreshold(threshold);
  }

  #dragRoc(x, y) {
    const roc = this.#subject?.curves.roc;
    // The first point takes no sample, at a threshold above all scores.
    if (roc?.thresholds) this.#set(num(roc.thresholds[Math.max(1, nearestOnRoc(roc, x, y))]));
  }

  #dragPr(x, y) {
    const pr = this.#subject?.curves.pr;
    if (pr) this.#set(num(pr.thresholds[Math.min(pr.thresholds.length - 1, nearestPoint(pr.recall, pr.precision, x, y))]));
  }

  /** First from the drawn curve, which may be thinned; then from all samples, once the server has counted them. */
  #showPoint() {
    const { roc } = this.#subject.curves;
    const key = this.#key();
    const exact = this.#exact.get(key);
    const at = pointAt(roc.thresholds, this.#threshold);
    const counts = exact ?? countsAt(roc, at);
    this.#figures.show(counts, this.#threshold);
    const slider = byId('threshold');
    slider.max = String(roc.thresholds.length - 2);
    slider.value = String(roc.thresholds.length - 1 - Math.max(1, at));
    slider.setAttribute('aria-valuetext', said(this.#threshold));
    const number = byId('threshold-number');
    if (document.activeElement !== number) number.value = String(Number(this.#threshold.toPrecision(6)));
    const { fpr, recall, precision } = measuresOf(counts);
    const color = `--run-${this.#subject.run.color}`;
    this.#roc.update({ marker: fpr === null || recall === null ? null : { x: fpr, y: recall, color } });
    this.#pr.update({ marker: precision === null || recall === null ? null : { x: recall, y: precision, color } });
    byId('operating').dataset.exact = String(Boolean(exact));
    if (!exact && typeof this.#chosen === 'number') this.#ask.soon();
  }

  #key() {
    const { run, view } = this.#subject;
    return `${run.id} ${view.tag} ${view.step} ${view.wall_time} ${this.#chosen} ${this.#threshold}`;
  }

  async #askExact(signal) {
    const key = this.#key();
    const { run, view } = this.#subject;
    let answer;
    try {
      answer = await this.#page.point(run.id, { tag: view.tag, step: view.step, class: this.#chosen, threshold: this.#threshold }, signal);
    } catch {
      // What the curve says stays; the next move asks again.
      return;
    }
    if (this.#exact.size > 500) this.#exact.clear();
    this.#exact.set(key, { tp: answer.true_positives, fp: answer.false_positives, fn: answer.false_negatives, tn: answer.true_negatives });
    if (this.#subject && this.#threshold !== null && key === this.#key()) this.#showPoint();
  }
}
