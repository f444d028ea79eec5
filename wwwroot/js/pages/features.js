// What a model sees and does inside: saliency of its inputs, what its modules give out, and the gradient of each parameter.

import { readParams, writeParams } from '../address.js';
import { hideBanner, showBanner } from '../banner.js';
import { onThemeChange } from '../charts/themewatch.js';
import { byId, setText } from '../dom.js';
import { Activations } from '../features/activations.js';
import { openFeatures } from '../features/compute/open.js';
import { Gradients } from '../features/gradients.js';
import { Saliency } from '../features/saliency.js';
import { formatState, KINDS, parseState } from '../features/state.js';
import { JobBanner } from '../jobs/banner.js';
import { JobList } from '../jobs/list.js';
import { Results, showFacts } from '../jobs/results.js';
import { RunNames } from '../jobs/runnames.js';
import { JobStore } from '../jobs/store.js';
import { kindWord } from '../jobs/words.js';
import { t } from '../text.js';

const { project } = byId('features-page').dataset;
const store = new JobStore(project);
const names = new RunNames(project);
const results = new Results(show);
let state = parseState(readParams());

const FRESH = { sample: 0, module: null, page: 0, parameter: null };
const about = (one) => [kindWord(one.kind), names.of(one.spec?.model?.run_id)].filter(Boolean).join(' · ');
const list = new JobList(byId('features-jobs'), { names, about, href: (job) => `features?${new URLSearchParams({ project, job: job.id })}`, choose: (id) => set({ job: id, ...FRESH }) });
const banner = new JobBanner(byId('features-status'), store, project);
const page = { state: () => state, set, title: () => job()?.name ?? '' };
const views = { saliency: new Saliency(page), activations: new Activations(page), gradients: new Gradients(page) };

const mine = () => store.jobs.filter((one) => KINDS.includes(one.kind));
const job = () => mine().find((one) => one.id === state.job) ?? null;

function set(change, push = true) {
  state = { ...state, ...change };
  writeParams(formatState(state), push);
  show();
}

/** A link without a job means the newest that has something to show; the address then names it, so that sharing shares it. */
function choose() {
  const jobs = mine();
  if (state.job || jobs.length === 0) return;
  set({ job: (jobs.find((one) => one.status === 'succeeded') ?? jobs[0]).id }, false);
}

function show() {
  const one = job();
  const jobs = mine();
  list.show(jobs, state.job);
  byId('features-empty').hidden = !store.loaded || jobs.length > 0 || Boolean(state.job);
  byId('features-gone').hidden = !store.loaded || !state.job || Boolean(one);
  byId('features-head').hidden = !one;
  banner.show(one);
  byId('features-failed').hidden = !results.failure;
  setText(byId('features-failed'), results.failure ? t('features.failed', { reason: results.failure }) : '');
  const result = results.of(one);
  if (one) showHead(one, result);
  const coming = results.isComing(one);
  byId('features-loading').hidden = !coming;
  // A report that is exported waits for it.
  byId('features-result').setAttribute('aria-busy', String(coming || !store.loaded));
  for (const [kind, view] of Object.entries(views)) view.element.hidden = !result || kind !== one.kind;
  if (result) views[one.kind].show(result);
  else results.read(one);
}

function showHead(one, result) {
  setText(byId('features-title'), one.name);
  setText(byId('features-notes'), (result?.notes ?? []).join(' '));
  showFacts(byId('features-facts'), one, names, result);
}

function posted(one) {
  store.upsert(one);
  set({ job: one.id, ...FRESH });
}

for (const button of document.querySelectorAll('[data-new]')) button.addEventListener('click', () => openFeatures({ project, kind: button.dataset.new, onPosted: posted }));
byId('features-again').addEventListener('click', () => openFeatures({ project, kind: job().kind, onPosted: posted, initial: { spec: job().spec } }));
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
onThemeChange(show);
try {
  await store.start();
  choose();
  show();
} catch (error) {
  showBanner(t('error.list', { reason: error.message }), () => location.reload());
}
