// What a job has to tell once it is opened: what was asked for, why it failed, its log.

import { Throttle } from '../analysis/throttle.js';
import { copyText } from '../clipboard.js';
import { h, reconcile, setText } from '../dom.js';
import { formatTime } from '../format.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { jobLog } from './client.js';
import { curlOf } from './curl.js';
import { specFacts } from './spec.js';

// The log is read again as the job goes on, about as often as lines can be read.
const LOG_MS = 1000;
const CODES = ['bad_input', 'out_of_memory', 'time_limit', 'engine_died', 'worker_died', 'engine_failed'];

export class JobDetails {
  #job;
  #runName;
  #seen = null;
  #facts = h('dl', { class: 'facts' });
  #error = h('div', { class: 'job-error', hidden: true }, h('p', { class: 'job-error-text' }), h('p', { class: 'job-error-way' }));
  #deaths = h('p', { class: 'muted', hidden: true });
  #json = h('pre', { class: 'job-json', tabindex: '0' });
  #lines = h('ol', { class: 'job-log', 'aria-label': t('jobs.log'), tabindex: '0' });
  #none = h('p', { class: 'muted job-log-none', text: t('jobs.log.none') });
  #log;

  /** @param options { runName(id), actions: elements beside the copy buttons } */
  constructor(job, { runName, actions }) {
    this.#job = job;
    this.#runName = runName;
    this.#log = new Throttle((signal) => this.#readLog(signal), LOG_MS);
    const copy = (key, text) => h('button', { type: 'button', class: 'button small', text: t(key), onclick: async () => toast(t(await copyText(text()) ? 'jobs.copied' : 'shell.copy_failed')) });
    const asked = () => ({ kind: this.#job.kind, project: this.#job.project, name: this.#job.name, spec: this.#job.spec });
    this.element = h('div', { class: 'job-details' },
      this.#error, this.#deaths,
      h('section', {}, h('h3', { text: t('jobs.what') }), this.#facts, h('details', { class: 'job-raw' }, h('summary', { text: t('jobs.json') }), this.#json)),
      h('section', {}, h('h3', { text: t('jobs.log') }), this.#none, this.#lines),
      h('div', { class: 'job-actions' }, ...actions, h('span', { class: 'toolbar-space' }), copy('jobs.copy_json', () => JSON.stringify(asked(), null, 2)), copy('jobs.copy_curl', () => curlOf(asked(), document.baseURI))));
    this.show(job);
  }

  show(job) {
    const before = this.#job;
    this.#job = job;
    const facts = specFacts(job, this.#runName).map(([key, text]) => ({ key, text }));
    reconcile(this.#facts, facts, (fact) => fact.key, ({ key }) => h('div', {}, h('dt', { text: t(`jobs.fact.${key}`) }), h('dd', { dir: 'auto' })), (row, { text }) => setText(row.lastElementChild, text));
    setText(this.#json, JSON.stringify(job.spec, null, 2));
    const failed = job.status === 'failed';
    this.#error.hidden = !failed;
    if (failed) {
      setText(this.#error.firstElementChild, job.error ?? '');
      setText(this.#error.lastElementChild, CODES.includes(job.error_code) ? t(`jobs.error.${job.error_code}.way`) : '');
    }
    this.#deaths.hidden = !job.deaths;
    if (job.deaths) setText(this.#deaths, tCount('jobs.deaths', job.deaths));
    if (this.#seen === null || before !== job) this.#log[this.#seen === job.status ? 'soon' : 'now']();
    this.#seen = job.status;
  }

  async #readLog(signal) {
    try {
      const items = await jobLog(this.#job.id, signal);
      // Whoever reads the end keeps reading the end.
      const atEnd = this.#lines.scrollHeight - this.#lines.scrollTop - this.#lines.clientHeight < 30;
      setText(this.#none, t('jobs.log.none'));
      this.#none.hidden = items.length > 0;
      this.#lines.hidden = items.length === 0;
      reconcile(this.#lines, numbered(items), (line) => line.key, (line) => h('li', {}, h('time', { text: formatTime(line.wall_time).slice(11), title: formatTime(line.wall_time) }), h('span', { dir: 'auto', text: line.message })));
      if (atEnd) this.#lines.scrollTop = this.#lines.scrollHeight;
    } catch (error) {
      if (signal?.aborted) throw error;
      this.#none.hidden = false;
      setText(this.#none, t('jobs.log.failed', { reason: error.message }));
    }
  }
}

/** Lines with keys that hold when old ones go at the front: time and words, and which of several alike it is. */
function numbered(items) {
  const seen = new Map();
  return items.map((line) => {
    const same = `${line.wall_time} ${line.message}`;
    seen.set(same, (seen.get(same) ?? 0) + 1);
    return { ...line, key: `${same} ${seen.get(same)}` };
  });
}
