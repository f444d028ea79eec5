// What the Distributions page shows, as parameters of its address and back.

export const MODES = ['ridge', 'overlay', 'heat', 'bands', 'pair'];
export const POINTS = [25, 50, 100, 200];
const POINTS_DEFAULT = 50;

export const defaults = () => ({
  mode: 'ridge', tagFilter: '', points: POINTS_DEFAULT, logCounts: false, sameRange: false, first: null, step: null, values: {}, steps: {}, folded: [], card: null,
});

const whole = (text) => (text !== null && /^-?\d{1,19}$/.test(text) ? Number(text) : null);

function windows(entries) {
  const found = {};
  for (const entry of entries) {
    const match = /^(-?[\d.e+-]+):(-?[\d.e+-]+):(.+)$/s.exec(entry);
    const [from, to] = match ? [Number(match[1]), Number(match[2])] : [NaN, NaN];
    if (from <= to && Number.isFinite(from) && Number.isFinite(to)) found[match[3]] = [from, to];
  }
  return found;
}

const listed = (map) => Object.entries(map).map(([tag, [from, to]]) => `${from}:${to}:${tag}`);

/** State from the address's parameters. What it does not understand it leaves at its default. */
export function parseView(params) {
  const state = defaults();
  if (MODES.includes(params.get('mode'))) state.mode = params.get('mode');
  state.tagFilter = params.get('tags') ?? '';
  if (POINTS.includes(Number(params.get('points')))) state.points = Number(params.get('points'));
  state.logCounts = params.get('log') === '1';
  state.sameRange = params.get('same') === '1';
  state.first = whole(params.get('first'));
  state.step = whole(params.get('step'));
  state.values = Object.fromEntries(Object.entries(windows(params.getAll('values'))).filter(([, [from, to]]) => from < to));
  state.steps = windows(params.getAll('steps'));
  state.folded = params.getAll('fold');
  state.card = params.get('card');
  return state;
}

/** The parameters of a state; a default is null, so an untouched view has a short address. */
export function formatView(state) {
  return {
    mode: state.mode === 'ridge' ? null : state.mode,
    tags: state.tagFilter || null,
    points: state.points === POINTS_DEFAULT ? null : String(state.points),
    log: state.logCounts ? '1' : null,
    same: state.sameRange ? '1' : null,
    first: state.first === null ? null : String(state.first),
    step: state.step === null ? null : String(state.step),
    values: listed(state.values),
    steps: listed(state.steps),
    fold: state.folded,
    card: state.card,
  };
}
