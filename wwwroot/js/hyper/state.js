// What the Hyperparameters page shows, as parameters of its address and back. Pure functions.

import { parsePath } from '../analysis/values.js';
import { formatBrushes, parseBrushes } from './brushes.js';

/** Cards in the order they stand. */
export const CARDS = ['parallel', 'importance', 'matrix', 'contour', 'table'];

/** Settings of one picture at the most: more axes could not be told apart. */
export const MOST_FIELDS = 12;

const DEFAULT_CARDS = ['parallel', 'importance', 'table'];
const NO_CARDS = 'none';

export const defaults = () => ({ metric: null, fields: null, cards: DEFAULT_CARDS, brushes: new Map(), flips: [], contourX: null, contourY: null, only: false, query: '' });

/** State from parameters; what it does not understand it leaves at its default. A null metric, field or axis is one that the page chooses itself. */
export function parseState(params) {
  const state = defaults();
  const path = (name) => (parsePath(params.get(name)) ? params.get(name) : null);
  state.metric = path('metric');
  const fields = params.getAll('field').filter((one) => parsePath(one)).slice(0, MOST_FIELDS);
  if (fields.length) state.fields = [...new Set(fields)];
  const cards = params.getAll('card');
  if (cards.length) state.cards = CARDS.filter((card) => cards.includes(card));
  state.brushes = parseBrushes(params.getAll('brush'));
  state.flips = params.getAll('flip').filter((one) => parsePath(one));
  state.contourX = path('cx');
  state.contourY = path('cy');
  state.only = params.get('only') === 'shown';
  state.query = params.get('q') ?? '';
  return state;
}

/** The parameters of a state, null for defaults. */
export function formatState(state) {
  const untouched = state.cards.length === DEFAULT_CARDS.length && DEFAULT_CARDS.every((card) => state.cards.includes(card));
  return {
    metric: state.metric,
    field: state.fields,
    card: untouched ? null : state.cards.length ? state.cards : NO_CARDS,
    brush: formatBrushes(state.brushes),
    flip: state.flips,
    cx: state.contourX,
    cy: state.contourY,
    only: state.only ? 'shown' : null,
    q: state.query || null,
  };
}
