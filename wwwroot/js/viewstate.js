// What the Scalars page shows, as parameters of its address and back. Pure functions: what a teammate opens is what was shared.

import { KINDS, tidyAmount } from './charts/smoothing.js';
import { formatWindows, parseWindows } from './charts/windows.js';

/** Tags that may join another one's chart: as many as line styles tell apart beside it. */
export const MAX_EXTRAS = 5;

export const defaults = () => ({
  tagFilter: '',
  smoother: 'exponential',
  smoothing: 0,
  x: 'step',
  xTag: null,
  logX: false,
  logY: false,
  ignoreOutliers: false,
  sync: false,
  /** Window of x that all cards share while `sync` is on. */
  window: null,
  zoom: {},
  groupBy: null,
  center: 'mean',
  band: 'std',
  pins: [],
  /** By tag of the card: `[{ tag, axis: 'y' | 'y2' }]`. */
  extras: {},
  /** By tag of the card: `{ percent }` or `{ early, late }`. */
  windows: {},
  tables: [],
  /** The pinned tooltip: `{ tag, x }`. */
  tip: null,
  folded: [],
  card: null,
});

const AXES = ['step', 'time', 'relative'];
const CENTERS = ['mean', 'median'];
const BANDS = ['std', 'se', 'ci', 'range', 'none'];
// No name holds a control character, so one can stand between two of them.
const BETWEEN = '\t';

const range = (text) => {
  const match = /^(-?[\d.e+-]+):(-?[\d.e+-]+)$/.exec(text ?? '');
  const [from, to] = match ? [Number(match[1]), Number(match[2])] : [NaN, NaN];
  return from < to ? [from, to] : null;
};
const chosen = (value, choices) => (choices.includes(value) ? value : choices[0]);

function parseSmoothing(state, text) {
  const [, kind, amount] = /^(?:(mean|gaussian):)?([\d.]+)$/.exec(text ?? '') ?? [];
  if (amount === undefined || Number(amount) > KINDS[kind ?? 'exponential'].max) return;
  state.smoother = kind ?? 'exponential';
  state.smoothing = tidyAmount(state.smoother, amount);
}

/** What a map by tag has for a tag, whatever the tag is called: an object brings along what `constructor` names. */
export const ofTag = (map, tag) => (Object.hasOwn(map, tag) ? map[tag] : undefined);

/** State from the address's parameters. What it does not understand it leaves at its default. */
export function parseView(params) {
  const state = defaults();
  state.tagFilter = params.get('tags') ?? '';
  parseSmoothing(state, params.get('smooth'));
  state.x = chosen(params.get('x'), AXES);
  if (params.get('xtag')) [state.x, state.xTag] = ['metric', params.get('xtag')];
  state.logX = params.get('logx') === '1';
  state.logY = params.get('logy') === '1';
  state.ignoreOutliers = params.get('outliers') === '0';
  state.sync = params.get('sync') === '1';
  state.window = state.sync ? range(params.get('window')) : null;
  for (const entry of params.getAll('zoom')) {
    const match = /^([^:]+:[^:]+):(.+)$/s.exec(entry);
    const window = match && range(match[1]);
    if (window) state.zoom = { ...state.zoom, [match[2]]: window };
  }
  state.groupBy = params.get('group') || null;
  state.center = chosen(params.get('center'), CENTERS);
  state.band = chosen(params.get('band'), BANDS);
  state.pins = params.getAll('pin');
  for (const entry of params.getAll('add')) {
    const [card, tag, side] = entry.split(BETWEEN);
    const known = ofTag(state.extras, card) ?? [];
    if (tag && tag !== card && known.length < MAX_EXTRAS && known.every((one) => one.tag !== tag)) state.extras = { ...state.extras, [card]: [...known, { tag, axis: side === 'right' ? 'y2' : 'y' }] };
  }
  for (const entry of params.getAll('early')) {
    const [text, card] = entry.split(BETWEEN);
    const windows = parseWindows(text);
    if (windows && card) state.windows = { ...state.windows, [card]: windows };
  }
  state.tables = params.getAll('table');
  const tip = /^(-?[\d.e+-]+):(.+)$/s.exec(params.get('tip') ?? '');
  if (tip && Number.isFinite(Number(tip[1]))) state.tip = { tag: tip[2], x: Number(tip[1]) };
  state.folded = params.getAll('fold');
  state.card = params.get('card');
  return state;
}

/** The parameters of a state; a default is null, so an untouched view has a short address. */
export function formatView(state) {
  const kind = state.smoother === 'exponential' ? '' : `${state.smoother}:`;
  const flag = (on, text = '1') => (on ? text : null);
  return {
    tags: state.tagFilter || null,
    smooth: state.smoothing || kind ? `${kind}${state.smoothing}` : null,
    x: ['step', 'metric'].includes(state.x) ? null : state.x,
    xtag: state.x === 'metric' ? state.xTag : null,
    logx: flag(state.logX),
    logy: flag(state.logY),
    outliers: flag(state.ignoreOutliers, '0'),
    sync: flag(state.sync),
    window: state.sync && state.window ? state.window.join(':') : null,
    zoom: Object.entries(state.zoom).map(([tag, window]) => `${window.join(':')}:${tag}`),
    group: state.groupBy,
    center: state.center === 'mean' ? null : state.center,
    band: state.band === 'std' ? null : state.band,
    pin: state.pins,
    add: Object.entries(state.extras).flatMap(([card, extras]) => extras.map(({ tag, axis }) => [card, tag, ...(axis === 'y2' ? ['right'] : [])].join(BETWEEN))),
    early: Object.entries(state.windows).map(([card, windows]) => `${formatWindows(windows)}${BETWEEN}${card}`),
    table: state.tables,
    tip: state.tip ? `${state.tip.x}:${state.tip.tag}` : null,
    fold: state.folded,
    card: state.card,
  };
}
