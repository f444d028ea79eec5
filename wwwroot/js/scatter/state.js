// What the Scatter page shows, as parameters of its address and back. Pure functions.

import { parsePath } from '../analysis/values.js';

/** Colour by the run's own colour. */
export const BY_RUN = 'run';

export const defaults = () => ({ mode: 'runs', x: null, y: null, color: BY_RUN, xTag: null, yTag: null, logX: null, logY: null, fit: true, only: false, query: '' });

const flag = (text) => (text === '1' ? true : text === '0' ? false : null);

/** State from parameters; what it does not understand it leaves at its default. A null value is one that the page chooses itself. */
export function parseState(params) {
  const state = defaults();
  const path = (name) => (parsePath(params.get(name)) ? params.get(name) : null);
  if (params.get('mode') === 'steps') state.mode = 'steps';
  state.x = path('x');
  state.y = path('y');
  state.color = path('color') ?? BY_RUN;
  state.xTag = params.get('xtag');
  state.yTag = params.get('ytag');
  state.logX = flag(params.get('logx'));
  state.logY = flag(params.get('logy'));
  state.fit = params.get('fit') !== '0';
  state.only = params.get('only') === 'shown';
  state.query = params.get('q') ?? '';
  return state;
}

/** The parameters of a state, null for defaults. */
export const formatState = (state) => ({
  mode: state.mode === 'steps' ? 'steps' : null,
  x: state.x,
  y: state.y,
  color: state.color === BY_RUN ? null : state.color,
  xtag: state.xTag,
  ytag: state.yTag,
  logx: state.logX === null ? null : String(Number(state.logX)),
  logy: state.logY === null ? null : String(Number(state.logY)),
  fit: state.fit ? null : '0',
  only: state.only ? 'shown' : null,
  q: state.query || null,
});

/** Row numbers, at most `most`, spread evenly over `count`. */
export function thinned(count, most) {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: most }, (_, at) => Math.floor((at * count) / most));
}
