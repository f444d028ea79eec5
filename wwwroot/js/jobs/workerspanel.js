// Who computes: the workers that are connected, what they compute on and what they do just now, and how another one joins.

import { copyText } from '../clipboard.js';
import { h, icon, reconcile, setText } from '../dom.js';
import { formatAge } from '../format.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { listWorkers } from './client.js';
import { localWords } from './workers.js';

const AGAIN_MS = 3000;
// A worker that was heard of this recently is simply there.
const FRESH_S = 20;

export class WorkersPanel {
  #store;
  #expand;
  #note = h('p', { class: 'workers-note', role: 'status', text: t('jobs.workers.loading') });
  #list = h('ul', { class: 'workers-list' });
  #workers = null;

  /** @param store jobs by id; @param expand(id) opens a job in the list */
  constructor(host, store, expand) {
    this.#store = store;
    this.#expand = expand;
    const command = `dotnet run -c Release --project src/Dashboard.Worker -- --server ${document.baseURI.replace(/\/$/, '')}`;
    host.append(this.#note, this.#list, h('details', { class: 'workers-add' }, h('summary', { text: t('jobs.workers.add') }), h('p', { text: t('jobs.workers.add_text') }),
      h('pre', { tabindex: '0' }, h('code', { text: command })), h('button', { type: 'button', class: 'button small', onclick: async () => toast(t(await copyText(command) ? 'jobs.copied' : 'shell.copy_failed')) }, icon('copy'), t('jobs.workers.copy')),
      h('p', { class: 'muted', text: t('jobs.workers.add_tunnel', { port: location.port || (location.protocol === 'https:' ? '443' : '80') }) })));
    this.#ask();
    store.addEventListener('change', () => this.#show());
  }

  async #ask() {
    if (!document.hidden) {
      try {
        this.#workers = await listWorkers();
        this.#show();
      } catch (error) {
        // What was known stays, with the word that it may be old.
        setText(this.#note, t('jobs.workers.failed', { reason: error.message }));
        this.#note.hidden = false;
      }
    }
    setTimeout(() => this.#ask(), AGAIN_MS);
  }

  #show() {
    if (!this.#workers) return;
    const { items } = this.#workers;
    const words = [items.length ? null : t('jobs.workers.none'), localWords(this.#workers), items.length ? null : t('jobs.workers.none_waits')].filter(Boolean);
    setText(this.#note, words.join('\n'));
    this.#note.hidden = words.length === 0;
    reconcile(this.#list, items, (worker) => worker.id, () => this.#create(), (row, worker) => this.#update(row, worker));
  }

  #create() {
    return h('li', { class: 'worker' }, h('div', { class: 'worker-head' }, h('strong', { class: 'worker-name ellipsis', dir: 'auto' }), h('span', { class: 'worker-lanes' })),
      h('p', { class: 'worker-engine muted' }), h('p', { class: 'worker-problem', hidden: true }), h('ul', { class: 'worker-jobs' }));
  }

  #update(row, worker) {
    const part = (name) => row.querySelector(`.worker-${name}`);
    setText(part('name'), worker.name);
    reconcile(part('lanes'), worker.lanes, (lane) => lane, (lane) => h('code', { class: 'lane', text: lane }));
    const age = Date.now() / 1000 - worker.seen > FRESH_S ? t('jobs.workers.seen', { age: formatAge(worker.seen) }) : null;
    setText(part('engine'), [worker.engine ?? t('jobs.workers.no_engine'), age].filter(Boolean).join(' · '));
    part('problem').hidden = !worker.problem;
    setText(part('problem'), worker.problem ?? '');
    const does = worker.jobs.length ? worker.jobs : [''];
    reconcile(part('jobs'), does, (id) => id || 'idle', () => h('li', {}), (item, id) => this.#does(item, id));
  }

  #does(item, id) {
    const job = this.#store.get(id);
    const words = !id ? t('jobs.workers.idle') : job ? job.name : t('jobs.workers.other_job');
    const percent = job ? t('jobs.percent', { count: Math.round(100 * (job.progress ?? 0)) }) : '';
    if (item.dataset.said === `${words} ${percent}`) return;
    item.dataset.said = `${words} ${percent}`;
    if (!job) item.replaceChildren(h('span', { class: 'muted', text: words }));
    else if (item.firstElementChild?.tagName === 'BUTTON') [item.firstElementChild.textContent, item.lastElementChild.textContent] = [words, percent];
    else item.replaceChildren(h('button', { type: 'button', class: 'worker-job ellipsis', text: words, onclick: () => this.#expand(id) }), h('span', { class: 'muted', text: percent }));
  }
}
