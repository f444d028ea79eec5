// Which settings matter: a forest's importance and the rank correlation, with what they rest on.

import { insist, json } from '../api.js';
import { nameOf } from '../analysis/fieldpicker.js';
import { createFigure } from '../charts/figure.js';
import { h, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { shown } from '../scatter/plot.js';
import { t, tCount } from '../text.js';
import { Throttle } from '../analysis/throttle.js';

// A forest costs the server a second or more: while runs go on, it is grown anew only now and then.
const AGAIN_MS = 30000;
// Below this share explained, the order of the bars is as likely chance as not.
const LOW = 0.3;
const MOST_BARS = 20;
const BAR = 26;
const thousandths = (value) => formatNumber(Math.round(value * 1000) / 1000);
const WHY = { too_few_runs: 'few', constant_metric: 'constant', no_fields: 'no_fields' };

export class ImportanceCard {
  #host = h('div', { class: 'importance-host' });
  #words = h('p', { class: 'analysis-words', role: 'status' });
  #warning = h('p', { class: 'analysis-warning', hidden: true });
  #note = h('p', { class: 'analysis-notes muted' });
  #empty = h('p', { class: 'empty-line', hidden: true });
  #figure = null;
  #asked = null;
  #throttle;
  answer = null;

  /** @param page { project } */
  constructor(body, page) {
    this.page = page;
    body.append(this.#words, this.#warning, this.#note, this.#host, this.#empty);
    this.#throttle = new Throttle((signal) => this.#load(signal), AGAIN_MS);
  }

  show(model, { metric, query, ids }) {
    const asked = { project: this.page.project, metric, query: query || null, run_ids: ids };
    const other = JSON.stringify(asked) !== JSON.stringify(this.#asked);
    this.#asked = asked;
    if (other) this.#throttle.now();
    else this.#throttle.soon();
  }

  brushed() {}

  light() {}

  image(format, title) {
    return this.#figure.toImage(format, title);
  }

  csv() {
    return { header: ['path', 'importance', 'spearman', 'runs', 'distinct'], rows: (this.answer?.fields ?? []).map((one) => [one.path, one.importance, one.correlation, one.runs, one.distinct]) };
  }

  async #load(signal) {
    const asked = this.#asked;
    this.#host.setAttribute('aria-busy', 'true');
    try {
      const answer = await insist(() => json('api/v1/hyperparameters/importance', { method: 'POST', body: asked, signal }), { signal });
      this.answer = answer;
      this.#draw(answer);
    } catch (error) {
      if (signal.aborted) throw error;
      this.#say(null, t('hyper.failed', { reason: error.message }));
    } finally {
      if (!signal.aborted) this.#host.setAttribute('aria-busy', 'false');
    }
  }

  #say(words, empty) {
    setText(this.#words, words ?? '');
    this.#empty.hidden = !empty;
    setText(this.#empty, empty ?? '');
    this.#host.hidden = Boolean(empty);
    if (empty) {
      this.#warning.hidden = true;
      setText(this.#note, '');
    }
  }

  #draw(answer) {
    if (answer.why_code) {
      this.#say(null, tCount(`hyper.importance.${WHY[answer.why_code]}`, answer.runs));
      return;
    }
    const r2 = Number(answer.r2);
    const values = { n: answer.runs.toLocaleString('en'), r2: formatNumber(Math.round(r2 * 1000) / 1000), share: `${Math.round(100 * r2)} %`, metric: nameOf(this.#asked.metric) };
    this.#say(t(r2 > 0 ? 'hyper.importance.said' : 'hyper.importance.nothing', values), null);
    this.#warning.hidden = r2 >= LOW;
    setText(this.#warning, t('hyper.importance.low'));
    const notes = [t('hyper.importance.shared')];
    if (answer.left_out) notes.unshift(tCount('hyper.importance.left', answer.left_out));
    const rest = answer.fields_left_out + Math.max(0, answer.fields.length - MOST_BARS);
    if (rest) notes.push(tCount('hyper.importance.fields_left', rest));
    setText(this.#note, notes.join(' '));
    const narrow = this.#host.clientWidth < 560;
    const fields = answer.fields.slice(0, MOST_BARS).reverse();
    this.#host.style.height = `${fields.length * BAR + 84}px`;
    const correlation = (one) => (one.correlation === null ? t('hyper.importance.text') : formatNumber(Math.round(one.correlation * 100) / 100));
    const bar = (x, text, color, axis) => ({
      type: 'bar', orientation: 'h', x, y: fields.map((_, at) => at), text, textposition: 'outside', cliponaxis: false, xaxis: axis, marker: { color }, hovertemplate: '%{customdata}<extra></extra>',
      customdata: fields.map((one) => `<b>${shown(one.name)}</b><br>${t('hyper.importance.importance_short')}: ${thousandths(one.importance)}<br>${t('hyper.importance.correlation_short')}: ${correlation(one)}<br>${tCount('field.runs', one.runs)}, ${tCount('field.distinct', one.distinct)}`), showlegend: false,
    });
    const traces = [
      bar(fields.map((one) => one.importance), fields.map((one) => (narrow && one.importance < 0 ? '' : thousandths(one.importance))), 'var(--accent)', 'x'),
      bar(fields.map((one) => one.correlation ?? 0), fields.map(correlation), fields.map((one) => ((one.correlation ?? 0) < 0 ? 'var(--run-1)' : 'var(--run-2)')), 'x2'),
    ];
    const head = (name) => ({ text: t(`hyper.importance.${name}${narrow ? '_short' : ''}`), font: { size: 11 }, standoff: 6 });
    const most = Math.max(0.01, ...fields.map((one) => one.importance));
    const least = Math.min(0, ...fields.map((one) => one.importance));
    // Room for the numbers beside the bars.
    const room = (most - least) * (narrow ? 0.45 : 0.14);
    const layout = {
      yaxis: { tickmode: 'array', tickvals: fields.map((_, at) => at), ticktext: fields.map((one) => this.#short(one.name, narrow ? 14 : 28)), showgrid: false, zeroline: false, fixedrange: true },
      xaxis: { domain: [0, narrow ? 0.5 : 0.54], title: head('importance'), fixedrange: true, range: [least < 0 && !narrow ? least - room : least, most + room], nticks: narrow ? 3 : 5 },
      xaxis2: { domain: [0.6, 1], title: head('correlation'), range: narrow ? [-1.7, 1.7] : [-1.25, 1.25], fixedrange: true, tickvals: [-1, 0, 1], anchor: 'y' },
      margin: { t: 8, r: 16, b: 48, l: 24 }, bargap: 0.32, dragmode: false, showlegend: false,
    };
    if (this.#figure) this.#figure.update({ traces, layout });
    else {
      this.#figure = createFigure(this.#host, { label: t('hyper.importance.figure'), traces, layout, config: { displayModeBar: false } });
      this.#figure.ready.catch(() => {});
    }
    this.#host.dataset.first = answer.fields[0]?.path ?? '';
  }

  #short(name, most) {
    const letters = [...name];
    // The end of a path says more than its beginning.
    return shown(letters.length > most ? `…${letters.slice(1 - most).join('')}` : name);
  }
}
