// The one door to plotly, which draws what is not a line over steps. It is large, so it is fetched when a page first needs it.
//
// createFigure(element, spec) → figure
//   spec    { label, traces, layout, config?, onSelect(points | null), onClick(point), onRestyle(update), onRelayout(update) } in plotly's words;
//           colours of text, axes, grid and paper are the theme's and need not be given; `var(--name)` as a colour is a token of the theme
//   figure  .update({ traces, layout }) · .toImage('png' | 'svg', title) → Promise<Blob> · .dispose()
//   figure.ready resolves when the first picture is drawn and rejects where the library cannot be loaded.
// The figure is also found at element.lossboardFigure.

import { t } from '../text.js';
import { escapeMarkup } from './markup.js';

export { escapeMarkup };

const SOURCE = new URL('../../lib/plotly.min.js', import.meta.url).href;
const FONT = 'Inter, ui-sans-serif, system-ui, sans-serif';
const EXPORT_SCALE = 2;
let library = null;

function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SOURCE;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => {
      // The next figure tries again.
      library = null;
      script.remove();
      reject(new Error(t('figure.failed')));
    };
    document.head.append(script);
  });
  return library;
}

const living = new Set();
const repaint = () => living.forEach((figure) => figure.update({}));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

export function createFigure(element, spec) {
  return new Figure(element, spec);
}

class Figure {
  #element;
  #spec;
  #traces;
  #layout;
  #plotly = null;
  #drawing = Promise.resolve();
  #observer;
  #disposed = false;

  constructor(element, spec) {
    this.#element = element;
    this.#spec = spec;
    this.#traces = spec.traces ?? [];
    this.#layout = spec.layout ?? {};
    element.classList.add('figure');
    element.setAttribute('role', 'figure');
    element.setAttribute('aria-label', spec.label);
    element.setAttribute('aria-busy', 'true');
    element.lossboardFigure = this;
    living.add(this);
    let width = 0;
    let height = 0;
    this.#observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      if (!this.#plotly || clientWidth === 0 || (clientWidth === width && clientHeight === height)) return;
      [width, height] = [clientWidth, clientHeight];
      this.#plotly.Plots.resize(element);
    });
    this.ready = load().then((plotly) => {
      if (this.#disposed) return undefined;
      this.#plotly = plotly;
      return this.#draw().then(() => this.#listen());
    });
    this.ready.catch((error) => this.#failed(error));
  }

  /** Draws other traces or another layout; what is left out stays. Calls that come while one is drawn are drawn after it. */
  update({ traces, layout }) {
    if (traces) this.#traces = traces;
    if (layout) this.#layout = layout;
    return this.#plotly ? this.#draw() : this.ready;
  }

  get traces() {
    return this.#traces;
  }

  async toImage(format, title) {
    await this.ready;
    const { clientWidth: width, clientHeight: height } = this.#element;
    const layout = this.#themed({ ...this.#layout, title: { text: escapeMarkup(title), font: { size: 15 } }, margin: { t: 48, ...this.#layout.margin } });
    const address = await this.#plotly.toImage({ data: this.#colored(this.#traces), layout }, { format, width, height, scale: format === 'png' ? EXPORT_SCALE : 1 });
    const [, type, base64, body] = /^data:([^;,]+)[^,]*?(;base64)?,(.*)$/s.exec(address) ?? [];
    if (!type) throw new Error(t('figure.image_failed'));
    // The page may not fetch data addresses, so they are unpacked here.
    return new Blob([base64 ? Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)) : decodeURIComponent(body)], { type });
  }

  dispose() {
    this.#disposed = true;
    living.delete(this);
    this.#observer.disconnect();
    if (this.#plotly) this.#plotly.purge(this.#element);
    delete this.#element.lossboardFigure;
  }

  #draw() {
    this.#drawing = this.#drawing.catch(() => {}).then(async () => {
      if (this.#disposed) return;
      const config = { displaylogo: false, responsive: false, displayModeBar: 'hover', modeBarButtonsToRemove: ['toImage', 'sendChartToCloud'], ...this.#spec.config };
      await this.#plotly.react(this.#element, this.#colored(this.#traces), this.#themed(this.#layout), config);
      this.#element.setAttribute('aria-busy', 'false');
      this.#observer.observe(this.#element);
    });
    return this.#drawing;
  }

  #listen() {
    const { onSelect, onClick, onRestyle, onRelayout } = this.#spec;
    const on = (event, handler) => handler && this.#element.on(event, handler);
    on('plotly_selected', onSelect && ((event) => event && onSelect(event.points ?? [])));
    on('plotly_deselect', onSelect && (() => onSelect(null)));
    on('plotly_click', onClick && ((event) => onClick(event.points[0])));
    on('plotly_restyle', onRestyle);
    on('plotly_relayout', onRelayout);
  }

  #failed(error) {
    this.#element.setAttribute('aria-busy', 'false');
    const message = document.createElement('p');
    message.className = 'empty-line';
    message.textContent = error.message;
    this.#element.replaceChildren(message);
  }

  #themed(layout) {
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const axis = { gridcolor: color('--grid'), zerolinecolor: color('--grid'), linecolor: color('--border'), tickcolor: color('--border'), automargin: true };
    const themed = {
      paper_bgcolor: color('--surface'), plot_bgcolor: color('--surface'), font: { family: FONT, size: 11.5, color: color('--text-2') }, margin: { t: 16, r: 16, b: 40, l: 48 },
      hoverlabel: { bgcolor: color('--surface'), bordercolor: color('--border-strong'), font: { family: FONT, color: color('--text') } }, hovermode: 'closest', autosize: true,
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: color('--text-3'), activecolor: color('--accent') }, transition: { duration: 0 },
      ...this.#resolved(layout, style),
    };
    const scene = { bgcolor: color('--surface') };
    for (const [name, value] of Object.entries(themed)) {
      if (/^[xy]axis\d*$/.test(name)) themed[name] = { ...axis, ...value };
      if (/^scene\d*$/.test(name)) themed[name] = { ...scene, ...value, ...Object.fromEntries(['xaxis', 'yaxis', 'zaxis'].map((one) => [one, { ...axis, ...value?.[one] }])) };
    }
    themed.xaxis ??= axis;
    themed.yaxis ??= axis;
    return themed;
  }

  #colored(traces) {
    return traces.map((trace) => this.#resolved(trace, getComputedStyle(document.documentElement)));
  }

  /** The same value with every `var(--name)` replaced by what it is in the present theme. Columns of numbers stay as they are. */
  #resolved(value, style) {
    if (typeof value === 'string') return value.startsWith('var(--') ? style.getPropertyValue(value.slice(4, -1)).trim() : value;
    if (Array.isArray(value)) return value.some((one) => typeof one === 'string' || (typeof one === 'object' && one !== null)) ? value.map((one) => this.#resolved(one, style)) : value;
    if (value && Object.getPrototypeOf(value) === Object.prototype) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.#resolved(one, style)]));
    return value;
  }
}
