// What a model sees and does inside: saliency of its inputs, what its modules give out, and the gradient of each parameter.

import { readParams, writeParams } from '../address.js';
import { insist } from '../api.js';
import { hideBanner, showBanner } from '../banner.js';
import { onThemeChange } from '../charts/themewatch.js';
import { byId, h, reconcile, setText } from '../dom.js';
import { Activations } from '../features/activations.js';
import { openFeatures } from '../features/compute/open.js';
import { Gradients } from '../features/gradients.js';
import { num } from '../features/numbers.js';
import { Saliency } from '../features/saliency.js';
import { formatState, KINDS, parseState } from '../features/state.js';
import { JobBanner } from '../jobs/banner.js';
import { jobResult } from '../jobs/client.js';
import { JobList } from '../jobs/list.js';
import { RunNames } from '../jobs/runnames.js';
import { specFacts } from '../jobs/spec.js';
import { JobStore } from '../jobs/store.js';
import { kindWord, measured } from '../jobs/words.js';
import { t } from '../text.js';

const { project } = byId('features-page').dataset;
const store = new JobStore(project);
const names = new RunNames(project);
const results = new Map();
let state = parseState(readParams());
let failure = null;

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

async function load() {
  const wanted = job();
  if (!wanted || wanted.status !== 'succeeded' || results.has(wanted.id)) return;
  results.set(wanted.id, null);
  try {
    results.set(wanted.id, await insist(() => jobResult(wanted.id)));
    failure = null;
  } catch (error) {
    results.delete(wanted.id);
    failure = t('features.failed', { reason: error.message });
  }
  show();
}

function show() {
  const one = job();
  const jobs = mine();
  list.show(jobs, state.job);
  byId('features-empty').hidden = !store.loaded || jobs.length > 0 || Boolean(state.job);
  byId('features-gone').hidden = !store.loaded || !state.job || Boolean(one);
  byId('features-head').hidden = !one;
  banner.show(one);
  byId('features-failed').hidden = !failure;
  setText(byId('features-failed'), failure ?? '');
  const result = (one && results.get(one.id)) ?? null;
  if (one) showHead(one, result);
  const coming = !result && one?.status === 'succeeded' && !failure;
  byId('features-loading').hidden = !coming;
  // A report that is exported waits for it.
  byId('features-result').setAttribute('aria-busy', String(coming || !store.loaded));
  for (const [kind, view] of Object.entries(views)) view.element.hidden = !result || kind !== one.kind;
  if (result) views[one.kind].show(result);
  else load();
}

function showHead(one, result) {
  setText(byId('features-title'), one.name);
  const facts = specFacts(one, (id) => names.of(id));
  if (result) {
    const took = num(result.seconds);
    facts.push(['computed', [result.device, result.engine, took === null ? null : measured(took)].filter(Boolean).join(', ')]);
  }
  setText(byId('features-notes'), (result?.notes ?? []).join(' '));
  reconcile(byId('features-facts'), facts.filter(([, text]) => text), ([key]) => key, ([key]) => h('div', {}, h('dt', { text: t(`jobs.fact.${key}`) }), h('dd', { dir: 'auto' })), (row, [, text]) => setText(row.lastElementChild, text));
}

function posted(one) {
  store.upsert(one);
  set({ job: one.id, ...FRESH });
}

for (const button of document.querySelectorAll('[data-new]')) button.addEventListener('click', () => openFeatures({ project, kind: button.dataset.new, onPosted: posted }));
byId('features-again').addEventListener('click', () => openFeatures({ project, kind: job().kind, onPosted: posted, initial: { spec: job().spec } }));
addEventListener('popstate', () => {
  state = parseState(readParams());
  failure = null;
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
