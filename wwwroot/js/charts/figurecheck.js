// A figure from a run's file, before the chart library sees it: only kinds of traces that need nothing from elsewhere, no addresses, no buttons.

/** How the name of a file with a figure as plotly's JSON ends. */
export const FIGURE_SUFFIX = '.plotly.json';

export const MAX_TRACES = 500;
const MAX_DEPTH = 24;
const KINDS = new Set(['scatter', 'bar', 'box', 'violin', 'histogram', 'histogram2d', 'histogram2dcontour', 'heatmap', 'contour', 'contourcarpet', 'carpet', 'scattercarpet', 'image', 'pie', 'sunburst', 'treemap',
  'icicle', 'funnel', 'funnelarea', 'waterfall', 'indicator', 'table', 'sankey', 'parcoords', 'parcats', 'splom', 'scatterpolar', 'barpolar', 'scatterternary', 'scattersmith', 'candlestick', 'ohlc',
  'scatter3d', 'surface', 'mesh3d', 'isosurface', 'volume', 'cone', 'streamtube']);
// The library needs another drawing path for these, which draw the same.
const SAME = { scattergl: 'scatter', heatmapgl: 'heatmap', scatterpolargl: 'scatterpolar' };
const DROPPED = new Set(['updatemenus', 'sliders', 'images', 'mapbox', 'map', 'geo', 'template']);
const NUMBERS = { NaN: null, Infinity: null, '-Infinity': null };

/** A file that holds no figure this page draws; `reason` is `shape`, `empty`, `traces` or `kind`. */
export class FigureError extends Error {
  constructor(reason, detail = '') {
    super(`${reason} ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}

/** `{ traces, layout }` of plotly's JSON, made safe; throws FigureError. */
export function checkFigure(figure) {
  if (!isObject(figure) || !Array.isArray(figure.data)) throw new FigureError('shape');
  if (figure.data.length === 0) throw new FigureError('empty');
  if (figure.data.length > MAX_TRACES) throw new FigureError('traces', String(figure.data.length));
  const traces = figure.data.map((trace) => {
    if (!isObject(trace)) throw new FigureError('shape');
    const named = trace.type ?? 'scatter';
    const type = SAME[named] ?? named;
    if (typeof type !== 'string' || !KINDS.has(type)) throw new FigureError('kind', String(named).slice(0, 60));
    return { ...clean(trace, 0), type };
  });
  const layout = isObject(figure.layout) ? figure.layout : {};
  const kept = Object.fromEntries(Object.entries(layout).filter(([name]) => !DROPPED.has(name.replace(/\d+$/, ''))));
  const cleaned = clean(kept, 0);
  // Sizes are the card's business.
  for (const name of ['width', 'height', 'autosize', 'paper_bgcolor', 'plot_bgcolor']) delete cleaned[name];
  return { traces, layout: cleaned };
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

function clean(value, depth) {
  if (depth > MAX_DEPTH) throw new FigureError('shape');
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) {
    // NaN and infinities come as their names; among numbers they are gaps.
    const numbers = value.some((one) => typeof one === 'number') || value.every((one) => typeof one === 'string' && one in NUMBERS);
    return value.map((one) => (numbers && typeof one === 'string' && one in NUMBERS ? null : clean(one, depth + 1)));
  }
  if (!isObject(value)) return value;
  // The image trace alone takes an address, and only one that holds the picture itself.
  const entries = Object.entries(value).filter(([name, one]) => name !== '__proto__' && !(name === 'source' && typeof one === 'string' && !/^data:image\/(?:png|jpeg|gif|webp);/i.test(one)));
  return Object.fromEntries(entries.map(([name, one]) => [name, clean(one, depth + 1)]));
}

/** The library takes a few tags for markup; links are the only ones that lead somewhere. */
const cleanText = (text) => text.replace(/<(?=\s*\/?\s*a[\s>/])/gi, '&lt;');
