// What the Landscapes page shows, as parameters of its address and back. Pure functions.

import { formatCamera, parseCamera, START } from '../charts/landscape/camera.js';
import { RAMPS } from '../charts/landscape/ramp.js';

export const VIEWS = ['both', 'contour', 'surface'];
export const BATCHES = ['train', 'validation', 'both', 'difference'];
export const QUANTITIES = ['loss', 'accuracy'];
export const LEVELS = [4, 40];

export const defaults = () => ({
  /** `{ kind: 'job', id }` or `{ kind: 'artifact', runId, name }`. */
  chosen: null,
  other: null,
  view: 'both',
  batch: 'train',
  quantity: 'loss',
  log: false,
  levels: 12,
  filled: true,
  lines: true,
  mesh: true,
  /** Percent of the points below the cut, or null for the usual rule. */
  clip: null,
  ramp: RAMPS[0],
  camera: { ...START },
  path: true,
  /** Number of the chosen checkpoint, or null. */
  step: null,
  tag: null,
});

const within = (value, [low, high], otherwise) => (Number.isFinite(value) && value >= low && value <= high ? value : otherwise);
const chosen = (value, choices) => (choices.includes(value) ? value : choices[0]);
const count = (text, bounds, otherwise) => (text === null ? otherwise : within(Math.round(Number(text)), bounds, otherwise));

/** A landscape as one word of an address. */
export const refText = (ref) => (ref === null ? null : ref.kind === 'job' ? `job:${ref.id}` : `artifact:${ref.runId}/${ref.name}`);

/** The same, read. */
export function parseRef(text) {
  const job = /^job:([^/]+)$/.exec(text ?? '');
  if (job) return { kind: 'job', id: job[1] };
  const artifact = /^artifact:([^/]+)\/(.+)$/s.exec(text ?? '');
  return artifact ? { kind: 'artifact', runId: artifact[1], name: artifact[2] } : null;
}

/** State from the address's parameters; what it does not understand it leaves at its default. */
export function parseState(params) {
  const state = defaults();
  if (params.get('job')) state.chosen = parseRef(`job:${params.get('job')}`);
  else if (params.get('artifact')) state.chosen = parseRef(`artifact:${params.get('artifact')}`);
  state.other = parseRef(params.get('with'));
  state.view = chosen(params.get('view'), VIEWS);
  state.batch = chosen(params.get('batch'), BATCHES);
  state.quantity = chosen(params.get('value'), QUANTITIES);
  state.log = params.get('log') === '1';
  state.levels = count(params.get('levels'), LEVELS, state.levels);
  state.filled = params.get('fill') !== '0';
  state.lines = params.get('lines') !== '0';
  state.mesh = params.get('mesh') !== '0';
  state.clip = count(params.get('clip'), [1, 100], null);
  state.ramp = chosen(params.get('colors'), RAMPS);
  state.camera = parseCamera(params.get('camera'));
  state.path = params.get('path') !== '0';
  state.step = count(params.get('point'), [0, 1e6], null);
  state.tag = params.get('tag') || null;
  return state;
}

/** The parameters of a state; a default is null, so an untouched view has a short address. */
export function formatState(state) {
  const off = (on) => (on ? null : '0');
  return {
    job: state.chosen?.kind === 'job' ? state.chosen.id : null,
    artifact: state.chosen?.kind === 'artifact' ? `${state.chosen.runId}/${state.chosen.name}` : null,
    with: refText(state.other),
    view: state.view === VIEWS[0] ? null : state.view,
    batch: state.batch === BATCHES[0] ? null : state.batch,
    value: state.quantity === QUANTITIES[0] ? null : state.quantity,
    log: state.log ? '1' : null,
    levels: state.levels === 12 ? null : String(state.levels),
    fill: off(state.filled),
    lines: off(state.lines),
    mesh: off(state.mesh),
    clip: state.clip === null ? null : String(state.clip),
    colors: state.ramp === RAMPS[0] ? null : state.ramp,
    camera: formatCamera(state.camera),
    path: off(state.path),
    point: state.step === null ? null : String(state.step),
    tag: state.tag,
  };
}
