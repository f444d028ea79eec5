// What the Weights page shows, as parameters of its address and back. What the layers' histograms add is in distributions/view.js. Pure.

/** The page's parts, the one that opens first first. Those in `OF_JOBS` show what came of a job; the others show the chosen runs. */
export const VIEWS = ['against', 'path', 'layers', 'montecarlo'];
export const OF_JOBS = { path: 'weight_pca', montecarlo: 'monte_carlo' };

/** In place of a tag: norms that were computed from checkpoints. */
export const OF_CHECKPOINTS = ':checkpoints';

export const PATH_COLORS = ['step', 'cluster', 'loss'];
export const SAMPLE_COLORS = ['loss', 'weight', 'order'];

export const defaults = () => ({
  view: VIEWS[0],
  /** Axes of the scatter: tags; null where the page chooses. */
  x: null, y: null, logX: false, logY: false, fit: true, color: 'step',
  /** Id of the chosen job by view. */
  jobs: { path: null, montecarlo: null },
  pathColor: 'step',
  /** Tag of the loss along the path; null where the page chooses. */
  tag: null,
  /** Name of the chosen checkpoint. */
  at: null,
  camera: null,
  /** One length is one length along either direction. */
  equal: true,
  sampleColor: 'loss', ellipses: true,
  /** Name of the one layer that is shown; null for all. */
  layer: null,
});

const one = (value, choices) => (choices.includes(value) ? value : choices[0]);

/** State from parameters; what it does not understand it leaves at its default. `before`: jobs chosen in the other views, which the address does not name. */
export function parseState(params, before = defaults()) {
  const state = defaults();
  state.view = one(params.get('view'), VIEWS);
  state.x = params.get('x') || null;
  state.y = params.get('y') || null;
  state.logX = params.get('logx') === '1';
  state.logY = params.get('logy') === '1';
  state.fit = params.get('fit') !== '0';
  state.color = one(params.get('color'), ['step', 'run']);
  state.jobs = { ...before.jobs };
  if (state.view in OF_JOBS) state.jobs[state.view] = params.get('job') || null;
  state.pathColor = one(params.get('by'), PATH_COLORS);
  state.tag = params.get('tag') || null;
  state.at = params.get('at') || null;
  const camera = (params.get('camera') ?? '').split(',').map(Number);
  state.camera = camera.length > 2 && camera.every(Number.isFinite) ? camera : null;
  state.equal = params.get('equal') !== '0';
  state.sampleColor = one(params.get('dots'), SAMPLE_COLORS);
  state.ellipses = params.get('ellipses') !== '0';
  state.layer = params.get('layer') || null;
  return state;
}

const flag = (on) => (on ? '1' : null);
const off = (on) => (on ? null : '0');
const other = (value, usual) => (value === usual ? null : value);

/** The parameters of a state, null for defaults: an untouched view has a short address. */
export const formatState = (state) => ({
  view: other(state.view, VIEWS[0]),
  x: state.x,
  y: state.y,
  logx: flag(state.logX),
  logy: flag(state.logY),
  fit: off(state.fit),
  color: other(state.color, 'step'),
  job: state.view in OF_JOBS ? state.jobs[state.view] : null,
  by: other(state.pathColor, PATH_COLORS[0]),
  tag: state.tag,
  at: state.at,
  camera: state.camera ? state.camera.map((number) => Number(number.toPrecision(5))).join(',') : null,
  equal: off(state.equal),
  dots: other(state.sampleColor, SAMPLE_COLORS[0]),
  ellipses: off(state.ellipses),
  layer: state.layer,
});
