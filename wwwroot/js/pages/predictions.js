// What the predictions of the shown runs are worth: measures over steps, curves with an operating point, confusions, calibration; or what a regression leaves over.

import { readParams, writeParams } from '../address.js';
import { exportMenu } from '../analysis/exports.js';
import { Throttle } from '../analysis/throttle.js';
import { hideBanner, showBanner } from '../banner.js';
import { byId, h, setText } from '../dom.js';
import { formatStep } from '../format.js';
import { CalibrationPanel } from '../predictions/calibrationpanel.js';
import { ClassTable } from '../predictions/classtable.js';
import { ConfusionPanel } from '../predictions/confusionpanel.js';
import { Evaluations } from '../predictions/loader.js';
import { MeasuresTable } from '../predictions/measures.js';
import { nearest } from '../predictions/numbers.js';
import { OverTime } from '../predictions/overtime.js';
import { Ranking, usualClass } from '../predictions/ranking.js';
import { RegressionPanel } from '../predictions/regressionpanel.js';
import { formatState, parseState } from '../predictions/state.js';
import { classWord, reasonsOf } from '../predictions/words.js';
import { watchRuns } from '../records/freshness.js';
import { RecordTags } from '../records/tags.js';
import { RunScope } from '../scope.js';
import { t, tCount } from '../text.js';

// Curves of more runs than this hide each other, and each costs a request.
const MOST_RUNS = 8;
// Curves over steps are cheap to draw; the newest so many runs have them.
const MOST_CURVES = 20;
const REFETCH_MS = 4000;

let state = parseState(readParams());
let curves = new Map();
let asked = '';
let views = new Map();
let evaluationsAbort = null;
const scope = new RunScope(byId('predictions-page').dataset.project);
const { store } = scope;
const retrying = (error) => showBanner(`${error.message} ${t('error.retrying')}`);
const loader = new Evaluations(retrying);
const tags = new RecordTags(store, 'predictions', { onChange: () => { hideBanner(); refetch.now(); }, onRetry: retrying });
const refetch = new Throttle(loadCurves, REFETCH_MS);

const measures = new MeasuresTable(byId('measures'), (id) => change({ run: id, cell: null }));
const overTime = new OverTime(byId('steps-plot'), byId('measure'), { onMeasure: (measure) => change({ measure }), onStep: (step) => change({ step }), onPick: (id) => id && change({ run: id, cell: null }) });
const ranking = new Ranking({ onThreshold: (threshold) => change({ threshold }, { push: false, draw: false }), point: (...asked) => loader.point(...asked) });
const confusion = new ConfusionPanel({ onCell: (cell) => change({ cell }), samples: (...asked) => loader.samples(...asked) });
const calibration = new CalibrationPanel();
const classes = new ClassTable((id) => change({ class: id, threshold: null }));
const regression = new RegressionPanel((output) => change({ output }));

/** The tag that is shown: the one asked for, else the first. */
const tag = () => (tags.tags?.includes(state.tag) ? state.tag : tags.tags?.[0] ?? null);

/** Shown runs that have the tag, newest first, all of the chosen one's task. */
function series() {
  const found = scope.runs.map((run) => ({ run, series: curves.get(run.id) })).filter((one) => one.series?.steps.length);
  const { task } = (found.find(({ run }) => run.id === state.run) ?? found[0])?.series ?? {};
  return found.filter((one) => one.series.task === task);
}

const subjectOf = (all) => all.find(({ run }) => run.id === state.run) ?? all[0] ?? null;

/** The runs whose evaluations are compared: the chosen one and the newest others. */
function compared(all) {
  const subject = subjectOf(all);
  return all.filter((one) => one === subject || all.indexOf(one) < MOST_RUNS).slice(0, MOST_RUNS + 1);
}

function stepOf({ series: one }) {
  return one.steps[nearest(one.steps, state.step)];
}

async function loadCurves(signal) {
  const wanted = tag();
  const ids = scope.ids.slice(0, MOST_CURVES);
  if (wanted === null || ids.length === 0) {
    curves = new Map();
    show();
    return;
  }
  if (asked !== wanted) {
    asked = wanted;
    curves = new Map();
    views = new Map();
  }
  try {
    await loader.curves(ids, wanted, signal, (id, found) => {
      if (signal.aborted) return;
      curves.set(id, found);
      show();
    });
    fail(null);
  } catch (error) {
    if (signal.aborted) throw error;
    fail(error);
  }
  show();
}

function fail(error) {
  byId('predictions-failed').hidden = !error;
  setText(byId('predictions-failed'), error ? t('predictions.failed', { reason: error.message }) : '');
  if (error) byId('predictions').setAttribute('aria-busy', 'false');
}

/** Asks for what is not known of the compared runs, the chosen one first. */
async function evaluate(all) {
  const subject = subjectOf(all);
  const queue = [subject, ...compared(all).filter((one) => one !== subject)];
  const requests = queue.map((one) => {
    const step = stepOf(one);
    const stamp = one.series.wall_times[one.series.steps.lastIndexOf(step)];
    return { runId: one.run.id, tag: asked, step, stamp, task: one.series.task, ...(one.series.task === 'regression' ? { output: state.output } : {}) };
  });
  const key = JSON.stringify([requests, state.class]);
  if (evaluationsAbort?.key === key) return;
  evaluationsAbort?.abort();
  const controller = evaluationsAbort = Object.assign(new AbortController(), { key });
  const { signal } = controller;
  try {
    for (const request of requests) {
      const view = await loader.evaluation(request, signal).catch((error) => (signal.aborted ? Promise.reject(error) : { message: error.message }));
      const extra = await outside(view, request, signal);
      if (signal.aborted) return;
      views.set(request.runId, { step: request.step, ...(view.message ? { view: null, message: view.message } : { view: extra, message: null }) });
      draw();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** An answer holds the curves of the most frequent classes; those of another are asked for alone. */
async function outside(view, request, signal) {
  if (view.message || request.task === 'regression' || typeof state.class !== 'number' || state.class >= view.class_count || view.roc.some((one) => one.class === state.class) || view.class_count <= view.roc.length) return view;
  try {
    const alone = await loader.evaluation({ ...request, class: state.class }, signal);
    return { ...view, roc: [...view.roc, ...alone.roc], pr: [...view.pr, ...alone.pr] };
  } catch {
    return view;
  }
}

function show() {
  const none = (id, on) => { byId(id).hidden = !on; };
  const all = series();
  none('predictions-no-runs', store.loaded && store.runs.length === 0);
  none('predictions-none-shown', store.runs.length > 0 && scope.ids.length === 0);
  none('predictions-no-data', scope.ids.length > 0 && tags.tags !== null && tags.tags.length === 0);
  none('predictions-common', all.length > 0);
  if (all.length === 0) for (const id of ['classification', 'regression']) byId(id).hidden = true;
  const waiting = scope.ids.length > 0 && (tags.tags === null || (tags.tags.length > 0 && curves.size === 0));
  byId('predictions').setAttribute('aria-busy', String(!store.loaded || waiting || (all.length > 0 && !views.get(subjectOf(all).run.id))));
  showToolbar(all);
  if (all.length === 0) return;
  overTime.show(all, subjectOf(all).series.task, state.measure, stepOf(subjectOf(all)));
  const dropped = Math.max(0, scope.ids.length - MOST_CURVES);
  setText(byId('steps-notes'), [t('predictions.over_steps.note'), dropped ? t('predictions.first_runs', { most: MOST_CURVES }) : ''].filter(Boolean).join(' '));
  draw();
  evaluate(all);
}

/** Everything that hangs on evaluations. */
function draw() {
  const all = series();
  const subject = subjectOf(all);
  if (!subject) return;
  const { task } = subject.series;
  const entries = compared(all).map(({ run, series: one }) => ({ run, step: stepOf({ series: one }), view: null, message: null, ...fresh(run.id, task) }));
  measures.show(entries, task, subject.run.id);
  const known = entries.filter(({ view }) => view);
  const chosen = known.find(({ run }) => run.id === subject.run.id);
  byId('classification').hidden = !chosen || task === 'regression';
  byId('regression').hidden = !chosen || task !== 'regression';
  const missing = scope.runs.filter((run) => curves.has(run.id) && !all.some((one) => one.run.id === run.id)).length;
  setText(byId('measures-notes'), [
    ...(chosen ? reasonsOf(chosen.view, 'samples', ...(task === 'regression' ? [] : ['auc', 'matthews'])) : []),
    all.length > entries.length ? t('predictions.compared', { most: MOST_RUNS }) : '', missing ? tCount('predictions.without', missing) : '',
  ].filter(Boolean).join(' '));
  if (!chosen) return;
  byId('predictions').setAttribute('aria-busy', 'false');
  if (task === 'regression') regression.show(chosen.view, chosen.run);
  else showClassification(known, chosen);
}

function fresh(runId, task) {
  const found = views.get(runId);
  return found?.view && (found.view.outputs ? 'regression' : 'classification') !== task ? {} : found ?? {};
}

function showClassification(known, { run, view }) {
  const chosen = state.class ?? usualClass(view);
  showClasses(view, chosen);
  ranking.show(known, run.id, chosen, state.threshold);
  confusion.show(view, state);
  calibration.show(known, run.id);
  classes.show(view, chosen);
}

function showClasses(view, chosen) {
  const select = byId('class');
  const key = JSON.stringify([view.class_count, view.class_names, view.classes.length, Boolean(view.roc_micro)]);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    const option = (value, text) => h('option', { value, text });
    select.replaceChildren(...(view.roc_micro ? [option('micro', t('predictions.micro'))] : []), option('macro', t('predictions.macro')), ...view.classes.map((id) => option(String(id), classWord(view, id))));
  }
  select.value = String(chosen);
  setText(byId('class-note'), reasonsOf(view, 'roc').join(' '));
}

function showToolbar(all) {
  const fill = (select, options, value) => {
    const key = JSON.stringify(options);
    if (select.dataset.key !== key) {
      select.dataset.key = key;
      select.replaceChildren(...options.map(([id, text]) => h('option', { value: id, text })));
    }
    select.disabled = options.length === 0;
    if (value !== null) select.value = value;
  };
  fill(byId('tag'), (tags.tags ?? []).map((one) => [one, one]), tag());
  const subject = subjectOf(all);
  fill(byId('run'), all.map(({ run }) => [run.id, run.name]), subject?.run.id ?? null);
  const steps = stepsOf(all);
  const slider = byId('step');
  slider.max = String(Math.max(0, steps.length - 1));
  slider.disabled = steps.length < 2;
  const at = nearest(steps, state.step);
  if (document.activeElement !== slider || Number(slider.value) !== at) slider.value = String(Math.max(0, at));
  const text = steps.length === 0 ? '' : state.step === null ? t('predictions.last_step') : formatStep(steps[at]);
  setText(byId('step-value'), text);
  slider.setAttribute('aria-valuetext', text);
  for (const radio of document.querySelectorAll('[name="scale"]')) radio.checked = radio.value === state.scale;
}

const stepsOf = (all) => [...new Set(all.flatMap(({ series: one }) => one.steps))].sort((a, b) => a - b);

function change(changes, { push = true, draw: redraw = true } = {}) {
  state = { ...state, ...changes };
  writeParams(formatState(state), push);
  if ('tag' in changes) refetch.now();
  else if (redraw) show();
}

function exports() {
  const menu = (host, key, image, csv) => byId(`${host}-tools`).append(exportMenu(`${t('common.export')}: ${t(key)}`, { title: () => `${tag()} ${t(key)}`, image, csv }));
  menu('measures', 'predictions.measures', null, () => measures.csv());
  menu('steps', 'predictions.over_steps', (...asked) => overTime.toImage(...asked), () => overTime.csv());
  for (const name of ['roc', 'pr']) menu(name, `predictions.${name}`, ranking.image(name), () => ranking.csv(name));
  menu('confusion', 'predictions.confusion', confusion.image, () => confusion.csv());
  menu('calibration', 'predictions.calibration', calibration.image, () => calibration.csv());
  menu('classes', 'predictions.classes', null, () => classes.csv());
  for (const name of ['fitted', 'residuals', 'histogram']) menu(name, `predictions.${name}`, regression.image(name), () => regression.csv(name));
  menu('outputs', 'predictions.outputs', null, () => regression.csv('outputs'));
}

byId('tag').addEventListener('change', ({ target }) => change({ tag: target.value, step: null, cell: null, threshold: null, class: null, output: 0 }));
byId('run').addEventListener('change', ({ target }) => change({ run: target.value, cell: null }));
byId('step').addEventListener('input', ({ target }) => {
  const steps = stepsOf(series());
  change({ step: Number(target.value) === steps.length - 1 ? null : steps[target.value], cell: null }, { push: false });
});
byId('class').addEventListener('change', ({ target }) => change({ class: /^\d+$/.test(target.value) ? Number(target.value) : target.value, threshold: null }));
for (const radio of document.querySelectorAll('[name="scale"]')) radio.addEventListener('change', () => change({ scale: radio.value }));
byId('predictions-newest').addEventListener('click', () => scope.select({ mode: 'newest', ids: [] }));
addEventListener('popstate', () => {
  const before = tag();
  state = parseState(readParams());
  if (tag() === before) show();
  else refetch.now();
});
scope.addEventListener('shown', () => {
  tags.update(scope.ids);
  if (tags.tags !== null) refetch.now();
  show();
});
scope.addEventListener('highlight', ({ detail }) => overTime.highlight(detail));
let listed = -1;
scope.addEventListener('change', () => {
  if (listed === store.runs.length) return;
  listed = store.runs.length;
  show();
});
// A run that logged more may have new steps.
watchRuns(scope, () => refetch.soon());
exports();
show();
scope.start().catch(() => byId('predictions').setAttribute('aria-busy', 'false'));
