// What the Projections page shows, as parameters of its address and back. Pure.

import { KEPT } from './columns.js';
import { packRows, unpackRows } from './selected.js';

export const METRICS = ['euclidean', 'cosine'];
const LABELS = ['none', 'centroids', 'points'];
/** How many neighbours may be asked for, and are by default. */
export const NEIGHBORS = [1, 200];
const USUAL_NEIGHBORS = 20;
// Names have no control characters, so one can stand between them.
const BETWEEN = '\t';
// How the share of kept neighbours is called in an address, where a column name would stand.
const KEPT_WORD = '\u0001';

export const defaults = () => ({
  job: null,
  other: null,
  /** Name of the column that colours, KEPT, or null for what suits; '' for none. */
  color: null,
  filters: [],
  query: '',
  within: null,
  onlyFound: false,
  labels: 'none',
  label: null,
  sprites: false,
  /** Pixels; null for what suits. */
  size: null,
  opacity: null,
  ghosts: true,
  pick: null,
  metric: 'euclidean',
  neighbors: USUAL_NEIGHBORS,
  amongShown: false,
  selected: null,
  isolated: null,
  camera: null,
  otherCamera: null,
  aligned: false,
  links: false,
  linkBy: null,
});

/** What belongs to the vectors of one source, and means nothing for another's. */
export const ofSource = () => {
  const { color, filters, query, within, onlyFound, labels, label, pick, selected, isolated, linkBy } = defaults();
  return { color, filters, query, within, onlyFound, labels, label, pick, selected, isolated, linkBy };
};

const chosen = (value, choices) => (choices.includes(value) ? value : choices[0]);
const whole = (text, low, high, otherwise) => (/^\d+$/.test(text ?? '') ? Math.min(high, Math.max(low, Number(text))) : otherwise);
const share = (text) => (text !== null && Number(text) > 0 && Number(text) <= 1 ? Number(text) : null);
const toName = (word) => (word === KEPT_WORD ? KEPT : word);
const toWord = (name) => (name === KEPT ? KEPT_WORD : name);

function camera(text) {
  const numbers = (text ?? '').split(',').map(Number);
  return text && numbers.every(Number.isFinite) ? numbers : null;
}

function parseFilters(params) {
  const filters = [];
  const put = (filter) => { if (!filters.some(({ column }) => column === filter.column)) filters.push(filter); };
  for (const entry of params.getAll('where')) {
    const [kind, name, ...values] = entry.split(BETWEEN);
    if (!name) continue;
    if (kind === 'range') {
      const [from, to] = values.map(Number);
      if (values.length === 2 && from <= to) put({ column: toName(name), from, to });
    } else if ((kind === 'only' || kind === 'not') && values.length > 0) put({ column: toName(name), [kind]: values });
  }
  return filters;
}

function filterWord(filter) {
  const name = toWord(filter.column);
  if (filter.from !== undefined) return ['range', name, filter.from, filter.to].join(BETWEEN);
  const kind = filter.only ? 'only' : 'not';
  return [kind, name, ...filter[kind]].join(BETWEEN);
}

/** State from the address's parameters; what it does not understand it leaves at its default. */
export function parseState(params) {
  const state = defaults();
  state.job = params.get('job') || null;
  state.other = params.get('with') || null;
  state.color = params.has('color') ? toName(params.get('color')) : null;
  state.filters = parseFilters(params);
  state.query = params.get('q') ?? '';
  state.within = params.get('in') || null;
  state.onlyFound = params.get('found') === '1';
  state.labels = chosen(params.get('labels'), LABELS);
  state.label = params.get('label') || null;
  state.sprites = params.get('images') === '1';
  state.size = params.get('size') ? whole(params.get('size'), 1, 40, null) : null;
  state.opacity = share(params.get('opacity'));
  state.ghosts = params.get('ghosts') !== '0';
  state.pick = whole(params.get('pick'), 0, 2 ** 31 - 1, null);
  state.metric = chosen(params.get('metric'), METRICS);
  state.neighbors = whole(params.get('k'), ...NEIGHBORS, USUAL_NEIGHBORS);
  state.amongShown = params.get('among') === '1';
  state.selected = unpackRows(params.get('selected'));
  state.isolated = unpackRows(params.get('isolated'));
  state.camera = camera(params.get('camera'));
  state.otherCamera = camera(params.get('camera2'));
  state.aligned = params.get('aligned') === '1';
  state.links = params.get('lines') === '1';
  state.linkBy = params.get('by') || null;
  return state;
}

const rowsWord = (rows) => (rows?.length ? packRows(rows) : null);

/** The parameters of a state; a default is null, so an untouched view has a short address. */
export function formatState(state) {
  const flag = (on, text = '1') => (on ? text : null);
  return {
    job: state.job,
    with: state.other,
    color: state.color === null ? null : toWord(state.color),
    where: state.filters.map(filterWord),
    q: state.query || null,
    in: state.within,
    found: flag(state.onlyFound),
    labels: state.labels === LABELS[0] ? null : state.labels,
    label: state.label,
    images: flag(state.sprites),
    size: state.size === null ? null : String(state.size),
    opacity: state.opacity === null ? null : String(state.opacity),
    ghosts: flag(!state.ghosts, '0'),
    pick: state.pick === null ? null : String(state.pick),
    metric: state.metric === METRICS[0] ? null : state.metric,
    k: state.neighbors === USUAL_NEIGHBORS ? null : String(state.neighbors),
    among: flag(state.amongShown),
    selected: rowsWord(state.selected),
    isolated: rowsWord(state.isolated),
    camera: state.camera?.join(',') ?? null,
    camera2: state.otherCamera?.join(',') ?? null,
    aligned: flag(state.aligned),
    lines: flag(state.links),
    by: state.linkBy,
  };
}

/** Whether everything that is chosen stands in the address: sets of very many vectors do not. */
export const isWhole = (state) => [state.selected, state.isolated].every((rows) => !rows?.length || packRows(rows) !== null);
