// What the Scalars page shows, as parameters of its address and back. Pure functions: what a teammate opens is what was shared.

export const defaults = () => ({
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

/** State from the address's parameters. What it does not understand it leaves at its default. */
export function parseView(params) {
  const state = defaults();
  state.tagFilter = params.get('tags') ?? '';
  const smoothing = Number(params.get('smooth'));
  if (smoothing > 0 && smoothing < 1) state.smoothing = smoothing;
  if (axes.includes(params.get('x'))) state.x = params.get('x');
  state.logX = params.get('logx') === '1';
  state.logY = params.get('logy') === '1';
  for (const entry of params.getAll('zoom')) {
    const match = /^(-?[\d.e+-]+):(-?[\d.e+-]+):(.+)$/s.exec(entry);
    const [from, to] = match ? [Number(match[1]), Number(match[2])] : [NaN, NaN];
    if (from < to) state.zoom[match[3]] = [from, to];
  }
  state.folded = params.getAll('fold');
  state.card = params.get('card');
  return state;
}

/** The parameters of a state; a default is null, so an untouched view has a short address. */
export function formatView(state) {
  return {
    tags: state.tagFilter || null,
    smooth: state.smoothing ? String(state.smoothing) : null,
    x: state.x === 'step' ? null : state.x,
    logx: state.logX ? '1' : null,
    logy: state.logY ? '1' : null,
    zoom: Object.entries(state.zoom).map(([tag, [from, to]]) => `${from}:${to}:${tag}`),
    fold: state.folded,
    card: state.card,
  };
}
