// Curvature of a model at its weights, and along training: spectrum, trace, sharpness, and what kind of point it is.

import { readParams, writeParams } from '../address.js';
import { exportMenu } from '../analysis/exports.js';
import { hideBanner, showBanner } from '../banner.js';
import { openCurvature } from '../curvature/compute/open.js';
import { checkpointsOf, densityCurve, eigenvalueRows, pointAt } from '../curvature/numbers.js';
import { Density, Stems } from '../curvature/spectrum.js';
import { formatState, parseState } from '../curvature/state.js';
import { Training } from '../curvature/training.js';
import { figures, shapeWords } from '../curvature/words.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { JobBanner } from '../jobs/banner.js';
import { JobList } from '../jobs/list.js';
import { Results, showFacts } from '../jobs/results.js';
import { RunNames } from '../jobs/runnames.js';
import { JobStore } from '../jobs/store.js';
import { num } from '../numbers.js';
import { t, tCount } from '../text.js';

const { project } = byId('curvature-page').dataset;
const store = new JobStore(project, { kind: 'hessian' });
const names = new RunNames(project);
const results = new Results(show);
let state = parseState(readParams());

const list = new JobList(byId('curvature-jobs'), { names, href: (job) => `curvature?${new URLSearchParams({ project, job: job.id })}`, choose: (id) => set({ job: id, at: null }) });
const banner = new JobBanner(byId('curvature-status'), store, project);
const stems = new Stems(byId('curvature-stems'));
const density = new Density(byId('curvature-density'));
const training = new Training(byId('curvature-training'), byId('curvature-points'), (name) => set({ at: name === state.at ? null : name }));

const job = () => store.get(state.job) ?? null;
const view = () => results.of(job());

function set(change, push = true) {
  state = { ...state, ...change };
  writeParams(formatState(state), push);
  show();
}

/** A link without a job means the newest that has something to show; the address then names it, so that sharing shares it. */
function choose() {
  if (state.job || store.jobs.length === 0) return;
  set({ job: (store.jobs.find((one) => one.status === 'succeeded') ?? store.jobs[0]).id }, false);
}

function show() {
  const one = job();
  list.show(store.jobs, state.job);
  byId('curvature-empty').hidden = !store.loaded || store.jobs.length > 0 || Boolean(state.job);
  byId('curvature-gone').hidden = !store.loaded || !state.job || Boolean(one);
  byId('curvature-head').hidden = !one;
  banner.show(one);
  byId('curvature-failed').hidden = !results.failure;
  setText(byId('curvature-failed'), results.failure ? t('curvature.failed', { reason: results.failure }) : '');
  if (one) showHead(one);
  const result = view();
  byId('curvature-cards').hidden = !result;
  const coming = results.isComing(one);
  byId('curvature-loading').hidden = !coming;
  // A report that is exported waits for it.
  byId('curvature-cards').setAttribute('aria-busy', String(coming || !store.loaded));
  if (result) showResult(result);
  else results.read(one);
}

function showHead(one) {
  setText(byId('curvature-title'), one.name);
  showFacts(byId('curvature-facts'), one, names, view(), ['parameters', 'samples']);
}

function showResult(result) {
  const points = checkpointsOf(result);
  const at = points.some((point) => point.name === state.at) ? state.at : null;
  const point = pointAt(result, at);
  byId('curvature-shape').dataset.shape = point.shape ?? '';
  setText(byId('curvature-where'), at ? t('curvature.where.checkpoint', { name: at, step: num(point.step) ?? '–' }) : t('curvature.where.model'));
  byId('curvature-model').hidden = !at;
  setText(byId('curvature-words'), shapeWords(point));
  reconcile(byId('curvature-figures'), figures(point), ([key]) => key, ([key]) => h('div', { title: t(`curvature.figure.${key}.title`) }, h('dt', { text: t(`curvature.figure.${key}`) }), h('dd', {})), (row, [, text]) => setText(row.lastElementChild, text));
  const notes = [...(result.notes ?? []), result.converged === false ? t('curvature.not_converged') : null, num(result.products) ? tCount('curvature.products', num(result.products)) : null].filter(Boolean);
  setText(byId('curvature-notes'), notes.join(' '));
  stems.show(point, result.parameters);
  byId('curvature-density-card').hidden = !densityCurve(result.density);
  if (densityCurve(result.density)) density.show(result);
  byId('curvature-training-card').hidden = points.length === 0;
  byId('log-x').checked = state.logX;
  byId('log-y').checked = state.logY;
  if (points.length) training.show(result, { ...state, at });
}

function exports() {
  const title = (key) => () => `${job().name} ${t(key)}`;
  const menu = (host, key, image, csv) => byId(host).append(exportMenu(`${t('common.export')}: ${t(key)}`, { title: title(key), image, csv }));
  menu('curvature-stems-tools', 'curvature.card.stems', stems.toImage, () => ({ header: ['point', 'step', 'eigenvalue', 'value', 'residual'], rows: eigenvalueRows(view()) }));
  menu('curvature-density-tools', 'curvature.card.density', density.toImage, () => ({ header: ['eigenvalue', 'density'], rows: view().density.x.map((x, at) => [num(x), num(view().density.y[at])]) }));
  menu('curvature-training-tools', 'curvature.card.training', training.toImage, () => ({
    header: ['checkpoint', 'step', 'loss', 'gradient_norm', 'top', 'top_residual', 'bottom', 'bottom_residual', 'trace', 'trace_standard_error', 'sharpness', 'box_sharpness', 'condition_number', 'shape'],
    rows: checkpointsOf(view()).map((one) => [one.name, num(one.step), num(one.loss), num(one.gradient_norm), num(one.top?.[0]?.value), num(one.top?.[0]?.residual), num(one.bottom?.[0]?.value), num(one.bottom?.[0]?.residual),
      num(one.trace?.value), num(one.trace?.standard_error), num(one.sharpness), num(one.box_sharpness), num(one.condition_number), one.shape ?? null]),
  }));
}

function posted(one) {
  store.upsert(one);
  set({ job: one.id, at: null });
}

for (const button of document.querySelectorAll('[data-new]')) button.addEventListener('click', () => openCurvature({ project, onPosted: posted }));
byId('curvature-again').addEventListener('click', () => openCurvature({ project, onPosted: posted, initial: { spec: job().spec } }));
byId('curvature-model').addEventListener('click', () => set({ at: null }));
byId('log-x').addEventListener('change', ({ target }) => set({ logX: target.checked }));
byId('log-y').addEventListener('change', ({ target }) => set({ logY: target.checked }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  results.forgive();
  show();
});
store.addEventListener('change', () => {
  choose();
  show();
});
store.addEventListener('failed', ({ detail }) => showBanner(`${detail.message} ${t('error.retrying')}`));
store.addEventListener('loaded', hideBanner);
names.addEventListener('change', show);
exports();
try {
  await store.start();
  choose();
  show();
} catch (error) {
  showBanner(t('error.list', { reason: error.message }), () => location.reload());
}
