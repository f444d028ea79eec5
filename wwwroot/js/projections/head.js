// What stands above the pictures: which projection it is, how it was made, how far it can be trusted, and how far it is.

import { h, nameText, reconcile, setText } from '../dom.js';
import { JobBanner } from '../jobs/banner.js';
import { FoldedDetails } from '../jobs/folded.js';
import { isOpen, runOf } from '../jobs/state.js';
import { showStatus, statusBadge } from '../jobs/words.js';
import { t } from '../text.js';
import { measures, quality, sentences, sourceWords } from './words.js';

export class Head {
  #options;
  #title = h('h2', { class: 'ellipsis', dir: 'auto' });
  #badge = statusBadge({ status: 'queued' });
  #measures = h('p', { class: 'projection-measures', dir: 'auto' });
  #quality = h('ul', { class: 'quality' });
  #said = h('p', { class: 'projection-said muted', dir: 'auto' });
  #error = h('p', { class: 'field-error projection-error', role: 'alert' });
  #banner;
  #again;
  #more = h('details', { class: 'projection-more' }, h('summary', { text: t('landscapes.details') }));
  #details;
  #job = null;

  /** @param options { store: of jobs, project, runName(id), tools: elements at the right, again(spec) } */
  constructor(root, options) {
    this.#options = options;
    const host = h('div', { class: 'job-banner', hidden: true });
    this.#banner = new JobBanner(host, options.store, options.project);
    this.#again = h('button', { type: 'button', class: 'button small', data: { needs: 'write' }, text: t('landscapes.again'), hidden: true, onclick: () => options.again(this.#job.spec) });
    root.append(h('div', { class: 'projection-head-line' }, this.#title, this.#badge, h('span', { class: 'toolbar-space' }), this.#again, ...options.tools), this.#measures, this.#error, host, this.#quality, this.#said, this.#more);
    this.#details = new FoldedDetails(this.#more, options.runName);
  }

  /** @param source see source.js @param error why it could not be read, or null */
  show({ job, picture, facts, pointsError }, error) {
    const name = job?.name ?? '';
    if (this.#title.textContent !== name) this.#title.replaceChildren(nameText(name));
    this.#badge.hidden = !job;
    setText(this.#error, [error, pointsError ? t('projections.points_failed', { reason: pointsError.message }) : null].filter(Boolean).join(' '));
    this.#more.hidden = this.#again.hidden = !job;
    this.#again.hidden = !job || isOpen(job);
    this.#banner.show(error ? null : job);
    if (!job) {
      setText(this.#measures, '');
      return;
    }
    const run = this.#options.runName(runOf(job));
    setText(this.#measures, [run, sourceWords(job.spec), ...measures(job.spec, picture, facts)].filter(Boolean).join(' · '));
    this.#showQuality(quality(facts));
    setText(this.#said, sentences(facts).join(' '));
    showStatus(this.#badge, job);
    this.#job = job;
    this.#details.show(job);
  }

  #showQuality(all) {
    this.#quality.hidden = all.length === 0;
    const create = ({ key }) => h('li', { data: { key }, tabindex: '0' }, h('span', { class: 'quality-name', text: t(`projections.quality.${key}`) }), h('strong', {}), h('span', { class: 'quality-words' }),
      h('span', { class: 'quality-meaning', role: 'tooltip', id: `quality-${key}` }));
    reconcile(this.#quality, all, ({ key }) => key, create, (item, { rank, value, text, title }) => {
      item.dataset.rank = rank;
      setText(item.children[1], value);
      setText(item.children[2], text);
      setText(item.children[3], title);
      item.setAttribute('aria-describedby', item.children[3].id);
    });
  }
}
