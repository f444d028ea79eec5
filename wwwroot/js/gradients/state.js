// What the Gradients page shows, as parameters of its address and back. Pure functions.

export const WINDOWS = [50, 200, 1000, 0];
const KINDS = ['gradients', 'weights'];
const MODES = ['heat', 'ridge'];

export const defaults = () => ({
  /** Run in detail, and one beside it; null: the page's choice, and none. */
  run: null,
  beside: null,
  /** Name of a layer; null: the whole model. */
  layer: null,
  filter: '',
  /** `[from, to]` of steps in sight, or null for all. */
  steps: null,
  /** How many of the newest steps angles are taken of (0: all), and the last of them (null: the newest there is). */
  window: WINDOWS[1],
  until: null,
  histograms: KINDS[0],
  mode: MODES[0],
});

const chosen = (value, choices) => (choices.includes(value) ? value : choices[0]);
const whole = (text) => (/^-?\d+$/.test(text ?? '') ? Number(text) : null);

/** State from parameters; what it does not understand it leaves at its default. */
export function parseState(params) {
  const state = defaults();
  state.run = params.get('run') || null;
  state.beside = params.get('beside') || null;
  if (state.beside === state.run) state.beside = null;
  state.layer = params.get('layer') || null;
  state.filter = params.get('layers') ?? '';
  const match = /^(-?\d+):(-?\d+)$/.exec(params.get('steps') ?? '');
  if (match && Number(match[1]) < Number(match[2])) state.steps = [Number(match[1]), Number(match[2])];
  const window = whole(params.get('angles'));
  if (WINDOWS.includes(window)) state.window = window;
  state.until = whole(params.get('until'));
  state.histograms = chosen(params.get('values'), KINDS);
  state.mode = chosen(params.get('mode'), MODES);
  return state;
}

/** The parameters of a state, null for defaults. */
export const formatState = (state) => ({
  run: state.run,
  beside: state.beside,
  layer: state.layer,
  layers: state.filter || null,
  steps: state.steps ? state.steps.join(':') : null,
  angles: state.window === WINDOWS[1] ? null : String(state.window),
  until: state.until === null ? null : String(state.until),
  values: state.histograms === KINDS[0] ? null : state.histograms,
  mode: state.mode === MODES[0] ? null : state.mode,
});
