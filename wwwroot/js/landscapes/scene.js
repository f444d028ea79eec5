// Which pictures a view has and what each draws: from landscapes and the page's state to the painters' models. Pure functions.

import { levelsOf, range, scaleOf, sortedValues } from '../charts/landscape/levels.js';
import { tones } from '../charts/landscape/ramp.js';

// A curve that touches the frame cannot be told from it.
const PADDING = 0.05;
const CURVE_COLORS = [['--run-0', '--run-1'], ['--run-2', '--run-7']];
const ACCURACY_DASH = [5, 4];

/** Batches and quantity that all of these landscapes can show, nearest to what is asked for. */
export function possible(landscapes, { batch, quantity }) {
  const all = (test) => landscapes.length > 0 && landscapes.every(test);
  const hasBoth = all(({ validation }) => validation !== null);
  const given = hasBoth ? batch : 'train';
  const batches = given === 'both' ? ['train', 'validation'] : [given];
  const hasAccuracy = all((landscape) => batches.every((one) => landscape.field(one, 'accuracy')));
  return { batches, quantity: hasAccuracy ? quantity : 'loss', hasBoth, hasAccuracy };
}

/** The pictures: `[{ key, kind, entries, batch }]`; lines of several landscapes share one. @param entries `[{ id, landscape, … }]` */
export function picturesOf(entries, state) {
  const lines = entries.filter(({ landscape }) => landscape.line);
  const planes = entries.filter(({ landscape }) => !landscape.line);
  const { batches } = possible(planes.map(({ landscape }) => landscape), state);
  const kinds = state.view === 'both' ? ['contour', 'surface'] : [state.view];
  const pictures = lines.length ? [{ key: 'line', kind: 'line', entries: lines, batch: null }] : [];
  for (const kind of kinds) for (const entry of planes) for (const batch of batches) pictures.push({ key: `${kind}:${entry.id}:${batch}`, kind, entries: [entry], batch });
  return pictures;
}

/** How many fields stand beside each other. */
export const columnsOf = (pictures) => Math.max(1, pictures.filter(({ kind }) => kind === (pictures[0]?.kind ?? null)).length);

function differenceRange(sorted, percent) {
  const sizes = Float64Array.from(sorted, Math.abs).sort();
  const { high, clipped } = range(sizes, percent);
  const reach = high > 0 ? high : 1;
  return { low: -reach, high: reach, clipped };
}

/** Losses of the checkpoints themselves for a picture; where there are none of that kind (accuracy), those of the plane below. */
function heightsOfPath(path, field) {
  if (!path) return null;
  if (field.quantity === 'loss') {
    if (field.batch === 'train') return path.loss;
    if (path.validationLoss) return field.batch === 'validation' ? path.validationLoss : path.validationLoss.map((loss, i) => loss - path.loss[i]);
  }
  return Float64Array.from({ length: path.count }, (_, i) => field.at(path.x[i], path.y[i]));
}

// What was made of the same fields last time: turning the camera is no reason to sort a million losses.
const known = new WeakMap();

/** What all pictures of planes share: one range, one scale, one set of levels and colours. */
export function sharedScale(fields, state) {
  const key = JSON.stringify([state.log, state.clip, state.levels, state.ramp]);
  const before = known.get(fields[0]);
  if (before?.key === key && before.fields.length === fields.length && before.fields.every((field, at) => field === fields[at])) return before.shared;
  const shared = scaled(fields, state);
  known.set(fields[0], { key, fields, shared });
  return shared;
}

function scaled(fields, state) {
  const difference = fields[0]?.batch === 'difference';
  const sorted = sortedValues(fields);
  const limits = difference ? differenceRange(sorted, state.clip) : range(sorted, state.clip);
  const scale = scaleOf(limits, state.log && !difference && fields[0]?.quantity === 'loss');
  return { scale, clipped: limits.clipped, count: sorted.length, top: sorted.length ? sorted[sorted.length - 1] : NaN, levels: levelsOf(scale, state.levels), ramp: tones(difference ? 'difference' : state.ramp) };
}

/** Models of planes by the key of their picture, and what they share. */
export function planeModels(pictures, state, titles) {
  const planes = pictures.filter(({ kind }) => kind !== 'line');
  if (planes.length === 0) return { shared: null, models: new Map() };
  const { quantity } = possible(planes.map(({ entries }) => entries[0].landscape), state);
  const fields = new Map(planes.map(({ key, entries, batch }) => [key, entries[0].landscape.field(batch, quantity)]));
  // A contour and a surface of one landscape are the same values: they count once.
  const shared = sharedScale(planes.filter(({ kind }) => kind === planes[0].kind).map(({ key }) => fields.get(key)), state);
  const models = new Map(planes.map(({ key, entries: [{ landscape, spec }] }) => {
    const field = fields.get(key);
    const path = state.path ? landscape.path : null;
    return [key, { ...shared, field, path, losses: heightsOfPath(path, field), camera: state.camera, filled: state.filled, lines: state.lines, mesh: state.mesh, xTitle: titles.x(spec), yTitle: titles.y(spec) }];
  }));
  return { shared, models };
}

/** The model of a picture of lines. @param words { train, validation, difference, accuracy(name), x(spec) } */
export function lineModel({ entries }, state, words) {
  const curves = [];
  const several = entries.length > 1;
  entries.forEach(({ landscape, name }, at) => {
    ['train', 'validation'].forEach((batch, second) => {
      for (const quantity of ['loss', 'accuracy']) {
        const field = landscape.field(batch, quantity);
        if (!field) continue;
        const said = landscape.validation || !several ? words[batch] : '';
        const label = [several ? name : '', said].filter(Boolean).join(' · ');
        curves.push({ field, name: quantity === 'loss' ? label : words.accuracy(label), color: CURVE_COLORS[at][second], axis: quantity === 'loss' ? 'left' : 'right', dash: quantity === 'loss' ? null : ACCURACY_DASH });
      }
    });
  });
  const losses = curves.filter(({ axis }) => axis === 'left').map(({ field }) => field);
  const accuracies = curves.filter(({ axis }) => axis === 'right').map(({ field }) => field);
  const sorted = sortedValues(losses);
  const limits = range(sorted, state.clip);
  const room = state.log ? 0 : PADDING * (limits.high - limits.low);
  const [{ landscape, spec }] = entries;
  const path = state.path ? landscape.path : null;
  const between = barrierOf(landscape, spec);
  return {
    curves, scale: scaleOf({ low: limits.low - room, high: limits.high + room }, state.log), clipped: limits.clipped, count: sorted.length, top: sorted.length ? sorted[sorted.length - 1] : NaN,
    x: [Math.min(...entries.map((one) => one.landscape.x[0])), Math.max(...entries.map((one) => one.landscape.x[one.landscape.width - 1]))], right: accuracies.length ? accuracyScale(accuracies) : null,
    path, losses: path ? path.loss : null, ...between, xTitle: words.x(spec), field: losses[0],
  };
}

function accuracyScale(fields) {
  const { low, high } = range(sortedValues(fields), 100);
  return low >= 0 && high <= 1 ? scaleOf({ low: 0, high: 1 }) : scaleOf({ low, high });
}

/** Between two models: the straight line between the ends, and where the loss rises furthest above it. */
export function barrierOf(landscape, spec) {
  const none = { chord: null, barrier: null };
  if (!landscape.line || (spec?.directions?.kind !== 'between' && typeof landscape.facts.barrier !== 'number')) return none;
  const field = landscape.field('train', 'loss');
  const [first, last] = [field.at(0), field.at(1)];
  if (!Number.isFinite(first) || !Number.isFinite(last)) return none;
  let barrier = null;
  for (let i = 0; i < field.width; i++) {
    const x = field.x[i];
    if (x < 0 || x > 1 || !field.drawn(i)) continue;
    const from = first + (last - first) * x;
    if (field.values[i] > from && (!barrier || field.values[i] - from > barrier.to - barrier.from)) barrier = { x, from, to: field.values[i] };
  }
  return { chord: [[0, first], [1, last]], barrier };
}
