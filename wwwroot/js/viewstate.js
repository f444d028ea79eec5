// The whole view of a page as its address, and back. Pure functions: what a teammate opens is what was shared.

/** Beyond this many characters the runs move to the fragment, which no server sees and no server refuses for its length. */
export const MAX_QUERY = 3000;

export const defaults = () => ({
  project: '',
  runs: { mode: 'newest', ids: [] },
  runFilter: '',
  tagFilter: '',
  smoothing: 0,
  x: 'step',
  logX: false,
  logY: false,
  zoom: {},
  folded: [],
  card: null,
});

const axes = ['step', 'time', 'relative'];
const list = (text) => (text ? text.split(',').map(decodeURIComponent).filter(Boolean) : []);
const joined = (values) => values.map(encodeURIComponent).join(',');

function parseRuns(text) {
  if (text === null || text === 'newest') return { mode: 'newest', ids: [] };
  if (text === 'all' || text === 'none') return { mode: text, ids: [] };
  if (text.startsWith('!')) return { mode: 'except', ids: list(text.slice(1)) };
  return { mode: 'only', ids: list(text) };
}

function formatRuns({ mode, ids }) {
  if (mode === 'newest') return null;
  if (mode === 'only') return ids.length ? joined(ids) : 'none';
  if (mode === 'except') return ids.length ? `!${joined(ids)}` : 'all';
  return mode;
}

/** State from `location.search` and `location.hash`. What it does not understand it leaves at its default. */
export function parseView(search, hash = '') {
  const state = defaults();
  const query = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  state.project = query.get('project') ?? '';
  state.runs = parseRuns(query.get('runs') ?? fragment.get('runs'));
  state.runFilter = query.get('find') ?? '';
  state.tagFilter = query.get('tags') ?? '';
  const smoothing = Number(query.get('smooth'));
  if (smoothing > 0 && smoothing < 1) state.smoothing = smoothing;
  if (axes.includes(query.get('x'))) state.x = query.get('x');
  state.logX = query.get('logx') === '1';
  state.logY = query.get('logy') === '1';
  for (const entry of query.getAll('zoom')) {
    const match = /^(-?[\d.e+-]+):(-?[\d.e+-]+):(.+)$/s.exec(entry);
    const [from, to] = match ? [Number(match[1]), Number(match[2])] : [NaN, NaN];
    if (from < to) state.zoom[match[3]] = [from, to];
  }
  state.folded = query.getAll('fold');
  state.card = query.get('card');
  return state;
}

/** `{ search, hash }` of a state; defaults are left out, so an untouched view has a short address. */
export function formatView(state) {
  const query = new URLSearchParams();
  if (state.project) query.set('project', state.project);
  const runs = formatRuns(state.runs);
  if (runs !== null && runs.length <= MAX_QUERY) query.set('runs', runs);
  if (state.runFilter) query.set('find', state.runFilter);
  if (state.tagFilter) query.set('tags', state.tagFilter);
  if (state.smoothing) query.set('smooth', String(state.smoothing));
  if (state.x !== 'step') query.set('x', state.x);
  if (state.logX) query.set('logx', '1');
  if (state.logY) query.set('logy', '1');
  for (const [tag, [from, to]] of Object.entries(state.zoom)) query.append('zoom', `${from}:${to}:${tag}`);
  for (const group of state.folded) query.append('fold', group);
  if (state.card !== null) query.set('card', state.card);
  const hash = runs !== null && runs.length > MAX_QUERY ? `#${new URLSearchParams({ runs })}` : '';
  return { search: `?${query}`, hash };
}

/** Ids shown, of `runs` (newest first) that exist. */
export function shownRuns(selection, runs, newest = 20) {
  const named = new Set(selection.ids);
  switch (selection.mode) {
    case 'all': return runs.map((run) => run.id);
    case 'none': return [];
    case 'only': return runs.filter((run) => named.has(run.id)).map((run) => run.id);
    case 'except': return runs.filter((run) => !named.has(run.id)).map((run) => run.id);
    default: return runs.slice(0, newest).map((run) => run.id);
  }
}

/** The selection that shows exactly `ids` of `runs`, in its shorter form. Hiding from all keeps runs to come shown. */
export function selectionOf(ids, runs, previous) {
  const shown = new Set(ids);
  const hidden = runs.filter((run) => !shown.has(run.id)).map((run) => run.id);
  if (shown.size === 0) return { mode: 'none', ids: [] };
  if (hidden.length === 0) return { mode: 'all', ids: [] };
  if (previous.mode === 'all' || previous.mode === 'except') return { mode: 'except', ids: hidden };
  return { mode: 'only', ids: runs.filter((run) => shown.has(run.id)).map((run) => run.id) };
}
