// What the Predictions page shows, as parameters of its address and back. Pure functions.

export const SCALES = ['row', 'column', 'count'];
export const CURVES = ['micro', 'macro'];

export const defaults = () => ({ tag: null, step: null, run: null, class: null, threshold: null, cell: null, scale: 'row', measure: null, output: 0 });

const whole = (text) => (text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null);
const place = (text) => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null);

function number(text) {
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** State from parameters; what it does not understand it leaves at its default. A null value is one that the page chooses itself. */
export function parseState(params) {
  const state = defaults();
  state.tag = params.get('tag');
  state.step = whole(params.get('step'));
  state.run = params.get('run');
  state.class = CURVES.includes(params.get('class')) ? params.get('class') : place(params.get('class'));
  state.threshold = number(params.get('at'));
  const cell = /^(\d{1,9}):(\d{1,9})$/.exec(params.get('cell') ?? '');
  state.cell = cell ? [Number(cell[1]), Number(cell[2])] : null;
  if (SCALES.includes(params.get('scale'))) state.scale = params.get('scale');
  state.measure = /^[a-z0-9_]{1,40}$/.test(params.get('measure') ?? '') ? params.get('measure') : null;
  state.output = place(params.get('output')) ?? 0;
  return state;
}

/** The parameters of a state, null for defaults. */
export const formatState = (state) => ({
  tag: state.tag,
  step: state.step === null ? null : String(state.step),
  run: state.run,
  class: state.class === null ? null : String(state.class),
  at: state.threshold === null ? null : String(state.threshold),
  cell: state.cell ? state.cell.join(':') : null,
  scale: state.scale === 'row' ? null : state.scale,
  measure: state.measure,
  output: state.output ? String(state.output) : null,
});
