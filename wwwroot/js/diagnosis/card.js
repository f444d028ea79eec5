// One finding: what it is, how sure, what to try, and its evidence on the curve.

import { exportMenu } from '../analysis/exports.js';
import { h, icon, nameText, setText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { t } from '../text.js';
import { Picture } from './picture.js';
import { stepsText, sureText, titleOf } from './words.js';

export class FindingCard {
  #context;
  #item;
  #said = '';
  picture = null;

  /** @param context { project, log(key): true | false | null, setLog(key, on), watch(card), unwatch(card) } */
  constructor(item, context) {
    this.#context = context;
    this.#item = item;
    this.key = item.key;
    this.element = h('article', { class: 'card finding', tabindex: '-1', data: { key: item.key, code: item.finding.code, severity: item.finding.severity } });
    this.element.card = this;
    this.#build();
    this.update(item);
    context.watch(this);
  }

  /** The same finding, read again. `refetch`: the run has new points. */
  update(item, refetch = false) {
    const other = item.run.color !== this.#item.run.color || item.run.name !== this.#item.run.name;
    this.#item = item;
    const said = JSON.stringify([item.finding, item.run.name, item.run.color]);
    if (said !== this.#said) this.#fill();
    if (refetch && said !== this.#said) this.picture?.refresh();
    else if (other) this.picture?.draw();
    this.#said = said;
  }

  activate() {
    this.picture?.activate();
  }

  deactivate() {
    this.picture?.deactivate();
  }

  dispose() {
    this.#context.unwatch(this);
    this.deactivate();
  }

  #build() {
    const { finding, run } = this.#item;
    this.severity = h('span', { class: 'severity' });
    this.title = h('h2', { class: 'finding-title' });
    this.sentence = h('p', { class: 'finding-sentence' });
    this.meta = h('p', { class: 'finding-meta muted' });
    this.steps = h('ul', { class: 'finding-try' });
    this.message = h('p', { class: 'muted', role: 'status', hidden: true });
    const body = h('div', { class: 'finding-words' }, this.sentence, this.meta, h('h3', { class: 'finding-try-title', text: t('diagnosis.try') }), this.steps);
    this.links = h('div', { class: 'finding-links' });
    this.element.append(h('header', { class: 'finding-head' }, this.severity, this.title, this.links), h('div', { class: 'finding-body' }, body, this.message));
    if (finding.evidence.curves.length) this.#buildPicture(run);
    else if (finding.evidence.counts) this.element.querySelector('.finding-body').append(this.counts = h('div', { class: 'finding-counts' }));
  }

  #buildPicture(run) {
    const { finding } = this.#item;
    const label = t('diagnosis.chart', { tag: finding.tag ?? '', run: run.name, title: titleOf(finding.code) });
    const plot = h('div', { class: 'finding-plot' });
    this.logBox = h('input', { type: 'checkbox', role: 'switch' });
    this.logBox.addEventListener('change', () => {
      this.#context.setLog(this.key, this.logBox.checked);
      this.picture.draw();
    });
    this.picture = new Picture(plot, {
      label,
      run: () => this.#item.run,
      finding: () => this.#item.finding,
      log: () => this.#context.log(this.key),
      loaded: (log) => { this.logBox.checked = log; },
      failed: (error) => this.#message(error && t('diagnosis.chart_failed', { reason: error.message })),
      retrying: (error) => this.#message(`${error.message} ${t('error.retrying')}`),
    });
    const title = () => `${titleOf(finding.code)} ${finding.tag ?? ''} ${this.#item.run.name}`;
    const image = async (format, text) => (format === 'png' ? this.picture.chart.toImage(text) : new Blob([this.picture.chart.toSvg(text, true)], { type: 'image/svg+xml' }));
    this.element.querySelector('.finding-body').append(h('figure', { class: 'finding-figure' }, plot, h('figcaption', { class: 'finding-legend' })));
    this.links.append(h('label', { class: 'switch' }, this.logBox, h('span', { text: t('diagnosis.log_y') })), this.scalars = h('a', { class: 'button small', text: t('diagnosis.open_scalars') }), exportMenu(t('common.export'), { title, image, csv: () => this.#csv() }));
  }

  #fill() {
    const { finding, run } = this.#item;
    this.element.dataset.severity = finding.severity;
    this.severity.dataset.severity = finding.severity;
    this.severity.replaceChildren(icon(`severity-${finding.severity}`), t(`diagnosis.severity.${finding.severity}`));
    const swatch = h('span', { class: 'swatch' });
    this.element.style.setProperty('--run-color', `var(--run-${run.color})`);
    this.title.replaceChildren(h('span', { class: 'finding-name', text: titleOf(finding.code) }), finding.tag ? nameText(finding.tag, 'ellipsis finding-tag') : '', h('span', { class: 'finding-run' }, swatch, nameText(run.name)));
    this.element.setAttribute('aria-label', `${t(`diagnosis.severity.${finding.severity}`)}: ${titleOf(finding.code)}${finding.tag ? `, ${finding.tag}` : ''}, ${run.name}`);
    setText(this.sentence, finding.sentence);
    const steps = stepsText(finding);
    this.meta.replaceChildren(h('span', { title: t('diagnosis.sure_title'), text: sureText(finding.confidence) }), steps ? ` · ${steps}` : '');
    this.steps.replaceChildren(...finding.try.map((text) => h('li', { text })));
    this.steps.hidden = finding.try.length === 0;
    this.element.querySelector('.finding-try-title').hidden = finding.try.length === 0;
    this.#fillLinks();
    this.#fillCounts();
    const legend = this.element.querySelector('.finding-legend');
    legend?.replaceChildren(...(finding.evidence.curves.length > 1 ? finding.evidence.curves.map((tag, i) => this.#legendEntry(tag, i)) : []));
    this.picture?.draw();
  }

  #legendEntry(tag, at) {
    const dash = h('span', { class: 'legend-dash', data: { dash: String(at) } });
    dash.style.setProperty('--run-color', `var(--run-${at === 0 ? this.#item.run.color : (this.#item.run.color + 2 * at) % 9})`);
    return h('span', { class: 'legend-entry' }, dash, nameText(tag));
  }

  #fillLinks() {
    if (!this.scalars) return;
    const { finding, run } = this.#item;
    const params = new URLSearchParams({ project: this.#context.project, runs: encodeURIComponent(run.id), tags: finding.evidence.curves.map((tag) => `^${tag.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`).join('|') });
    const [from, to] = [finding.from_step, finding.to_step];
    // The window of the page is wider than the finding, so that what led to it is in sight.
    if (from !== null && to !== null && to > from) for (const tag of finding.evidence.curves) params.append('zoom', `${Math.max(Math.min(0, from), from - (to - from))}:${to + (to - from) / 4}:${tag}`);
    this.scalars.href = `scalars?${params}`;
  }

  #fillCounts() {
    const { counts } = this.#item.finding.evidence;
    if (!this.counts || !counts) return;
    const splits = Object.keys(counts);
    const totals = Object.fromEntries(splits.map((split) => [split, Math.max(1, Object.values(counts[split]).reduce((sum, one) => sum + one, 0))]));
    const most = Math.max(...splits.flatMap((split) => Object.values(counts[split]).map((one) => one / totals[split])), 1e-9);
    const bar = (split, name) => {
      const share = (counts[split][name] ?? 0) / totals[split];
      const fill = h('span', { class: 'count-bar' });
      fill.style.setProperty('--share', String(share / most));
      return h('td', { class: 'count-cell' }, fill, h('span', { class: 'count-text', text: `${formatStep(counts[split][name] ?? 0)} (${formatNumber(100 * share)} %)` }));
    };
    this.counts.replaceChildren(h('table', { class: 'small-table' }, h('caption', { class: 'visually-hidden', text: t('diagnosis.count') }),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', text: t('diagnosis.class') }), ...splits.map((split) => h('th', { scope: 'col' }, nameText(split))))),
      h('tbody', {}, ...Object.keys(counts[splits[0]]).map((name) => h('tr', {}, h('th', { scope: 'row' }, nameText(name)), ...splits.map((split) => bar(split, name)))))));
  }

  #csv() {
    const rows = this.#item.finding.evidence.curves.flatMap((tag) => {
      const points = this.picture.chart.points(tag);
      return points ? points.steps.map((step, i) => [this.#item.run.name, tag, step, points.values[i]]) : [];
    });
    return { header: ['run', 'tag', 'step', 'value'], rows };
  }

  #message(text) {
    setText(this.message, text ?? '');
    this.message.hidden = !text;
  }
}
