// The losses of a run's samples: over steps, and by label at one of them.

import { exportMenu } from '../analysis/exports.js';
import { createFigure, escapeMarkup } from '../charts/figure.js';
import { createLosses } from '../charts/losses.js';
import { isDark, onThemeChange } from '../charts/themewatch.js';
import { byId, h, icon, nameText, reconcile, setText } from '../dom.js';
import { formatNumber, formatStep } from '../format.js';
import { t, tCount } from '../text.js';
import { classColors, className } from './source.js';

const KEYS = { '+': [0.7, 0, 0], '=': [0.7, 0, 0], '-': [1 / 0.7, 0, 0], ArrowLeft: [1, -0.15, 0], ArrowRight: [1, 0.15, 0], ArrowUp: [1, 0, 0.15], ArrowDown: [1, 0, -0.15] };

export class LossesView {
  #page;
  #chart;
  #figure = null;
  #answer = null;
  #notes = [];

  /** @param page { state(), change(changes, options), title(), thumbnail(id, side) → canvas | null } */
  constructor(page) {
    this.#page = page;
    const plot = byId('scatter-plot');
    this.#chart = createLosses(plot, {
      label: t('samples.scatter.figure'),
      onZoom: (window) => page.change({ window }),
      onPick: (sample) => page.change({ pick: sample === null ? null : this.#answer.points.ids[sample] }),
    });
    plot.addEventListener('keydown', (event) => {
      if (event.key === '0' || event.key === 'Escape') page.change(event.key === '0' ? { window: null } : { pick: null });
      else if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) this.#chart.move(...KEYS[event.key]);
      else return;
      event.preventDefault();
    });
    byId('losses-log').addEventListener('change', ({ target }) => page.change({ log: target.checked, window: null }));
    byId('spread-step').addEventListener('input', ({ target }) => {
      const { steps } = this.#answer;
      page.change({ step: Number(target.value) === steps.length - 1 ? null : steps[target.value] }, { push: false });
    });
    const reset = h('button', { type: 'button', class: 'button quiet icon-only', id: 'scatter-reset', 'aria-label': t('samples.scatter.reset'), title: t('samples.scatter.reset'), onclick: () => page.change({ window: null }) }, icon('reset'));
    byId('scatter-tools').append(reset, exportMenu(t('common.export'), { title: () => `${page.title()}: ${t('samples.scatter.title')}`, image: (format, name) => this.#chart.toImage(format, name), csv: () => this.#csv() }));
    byId('spread-tools').append(exportMenu(t('common.export'), { title: () => `${page.title()}: ${t('samples.spread.title')}`, image: (format, name) => this.#figure.toImage(format, name), csv: () => this.#spreadCsv() }));
    onThemeChange(() => this.#answer && !byId('losses-view').hidden && this.draw());
  }

  /** New losses, as the server tells them, and what else there is to say of the samples. */
  show(answer, notes) {
    this.#notes = notes;
    // JSON has no NaN: it comes as text.
    const groups = answer.groups.map((group) => ({ ...group, ...Object.fromEntries(['min', 'q1', 'median', 'q3', 'max', 'mean'].map((name) => [name, group[name].map(Number)])) }));
    this.#answer = { ...answer, groups };
    this.draw();
  }

  draw() {
    const { steps, groups, points, total } = this.#answer;
    const state = this.#page.state();
    const picked = state.pick === null ? -1 : points.ids.indexOf(state.pick);
    byId('losses-log').checked = state.log;
    byId('scatter-reset').disabled = state.window === null;
    this.#chart.show({
      steps, groups: groups.length, points, log: state.log, window: state.window, picked: picked < 0 ? null : picked, color: (group, dark) => classColors(dark)(groups[group].label), xTitle: t('samples.scatter.step'), yTitle: t('samples.scatter.loss'), tip: (at) => this.#tip(at),
    });
    byId('scatter-plot').dataset.drawn = points.loss.length;
    this.#showWords(points.loss.length, total);
    this.#showLegend(groups, state);
    this.#showPicked(state.pick, picked);
    this.#drawSpread(state);
  }

  #nameOf(group) {
    return group.label === null ? t(this.#answer.groups.length > 1 ? 'samples.scatter.others' : 'samples.scatter.every') : group.name ?? String(group.label);
  }

  #tip(at) {
    const { steps, groups, points } = this.#answer;
    const id = points.ids[points.sample[at]];
    return {
      head: id,
      lines: [[t('samples.scatter.step'), formatStep(steps[points.step[at]])], [t('samples.label'), this.#nameOf(groups[points.group[at]])], [t('samples.scatter.loss'), formatNumber(points.loss[at])]],
      picture: this.#page.thumbnail(id, 64),
    };
  }

  #showWords(drawn, total) {
    const { groups, loss_source: source, why_no_losses: partly } = this.#answer;
    const broken = groups.reduce((sum, group) => sum + group.non_finite.reduce((all, one) => all + one, 0), 0);
    const words = [t(`samples.source.${source}`)];
    if (partly && source !== 'none') words.push(t('samples.source.partly'));
    setText(byId('scatter-words'), words.join(' '));
    const notes = [];
    if (total > 0) notes.push(t(drawn < total ? 'samples.scatter.thinned' : 'samples.scatter.all', { drawn: drawn.toLocaleString('en'), total: total.toLocaleString('en') }));
    else if (source !== 'none') notes.push(t('samples.scatter.none'));
    if (broken) notes.push(tCount('samples.scatter.nonfinite', broken));
    setText(byId('scatter-notes'), [...notes, ...this.#notes].join(' '));
    for (const id of ['scatter-plot', 'scatter-keys', 'scatter-legend', 'spread-card']) byId(id).hidden = total === 0;
  }

  #showLegend(groups, state) {
    const color = classColors(isDark());
    reconcile(byId('scatter-legend'), groups, (group) => String(group.label), (group) => h('button', { type: 'button', class: 'legend-item', onclick: () => this.#page.change({ label: this.#page.state().label === group.label ? null : group.label }) }, h('span', { class: 'swatch', 'aria-hidden': 'true' }), nameText('')), (element, group) => {
      const name = element.lastElementChild;
      setText(name, this.#nameOf(group));
      name.title = name.textContent;
      element.firstElementChild.style.setProperty('--run-color', color(group.label));
      element.disabled = group.label === null;
      element.setAttribute('aria-pressed', String(group.label !== null && state.label === group.label));
    });
  }

  #showPicked(id, at) {
    const bar = byId('scatter-picked');
    bar.hidden = id === null;
    if (id === null) return;
    bar.replaceChildren(h('span', { text: t('samples.scatter.following', { id }) }), ...(at < 0 ? [h('span', { class: 'muted', text: t('samples.scatter.not_drawn') })] : []),
      h('button', { type: 'button', class: 'button small', text: t('samples.scatter.unfollow'), onclick: () => this.#page.change({ pick: null }) }));
  }

  /** The step whose spread is shown: the one chosen, or the nearest that there is, or the last. */
  #stepAt({ step }) {
    const { steps } = this.#answer;
    if (step === null) return steps.length - 1;
    return steps.reduce((best, one, at) => (Math.abs(one - step) < Math.abs(steps[best] - step) ? at : best), 0);
  }

  #drawSpread(state) {
    const { steps, groups } = this.#answer;
    if (steps.length === 0) return;
    const at = this.#stepAt(state);
    const slider = byId('spread-step');
    slider.max = steps.length - 1;
    slider.disabled = steps.length < 2;
    if (document.activeElement !== slider || Number(slider.value) !== at) slider.value = at;
    const text = state.step === null ? t('samples.spread.last') : formatStep(steps[at]);
    setText(byId('spread-step-value'), text);
    slider.setAttribute('aria-valuetext', text);
    const color = classColors(isDark());
    const short = (name) => escapeMarkup([...name].length > 20 ? `${[...name].slice(0, 20).join('')}…` : name);
    const traces = groups.flatMap((group, place) => (group.count[at] === 0 ? [] : [{
      type: 'box', name: short(this.#nameOf(group)), x: [place], q1: [group.q1[at]], median: [group.median[at]], q3: [group.q3[at]], lowerfence: [group.min[at]], upperfence: [group.max[at]], mean: [group.mean[at]], boxpoints: false,
      line: { color: color(group.label), width: 1.5 }, fillcolor: group.label === null ? 'rgba(128, 128, 128, 0.2)' : `${color(group.label)}33`, showlegend: false, hoverinfo: 'y+name', width: 0.6,
    }]));
    const log = state.log && groups.every((group) => group.count[at] === 0 || group.min[at] > 0);
    const layout = {
      margin: { t: 12, r: 12, b: 56, l: 60 }, yaxis: { title: { text: t('samples.scatter.loss'), standoff: 8 }, type: log ? 'log' : 'linear', exponentformat: 'power', zeroline: false },
      xaxis: { tickmode: 'array', tickvals: groups.map((_, place) => place), ticktext: groups.map((group) => `${short(this.#nameOf(group))}<br>${group.count[at].toLocaleString('en')}`), range: [-0.6, groups.length - 0.4], zeroline: false },
    };
    if (this.#figure) this.#figure.update({ traces, layout }).catch(() => {});
    else {
      this.#figure = createFigure(byId('spread-figure'), { label: t('samples.spread.figure'), traces, layout });
      this.#figure.ready.catch(() => {});
    }
    byId('spread-figure').dataset.step = steps[at];
  }

  #csv() {
    const { steps, groups, points } = this.#answer;
    return { header: ['sample', 'step', 'label', 'loss'], rows: points.loss.map((loss, at) => [points.ids[points.sample[at]], steps[points.step[at]], className(groups[points.group[at]].label, null) === null ? '' : this.#nameOf(groups[points.group[at]]), loss]) };
  }

  #spreadCsv() {
    const { steps, groups } = this.#answer;
    const fields = ['count', 'non_finite', 'min', 'q1', 'median', 'q3', 'max', 'mean'];
    return { header: ['step', 'label', ...fields], rows: steps.flatMap((step, at) => groups.map((group) => [step, this.#nameOf(group), ...fields.map((field) => group[field][at])])) };
  }
}
