// What the Media page shows, as parameters of its address and back.

import { KINDS } from './naming.js';

export const SIZES = ['fit', '1', '2', '4', '8'];

export const defaults = () => ({ kind: null, tagFilter: '', size: 'fit', linked: false, step: null, at: {}, folded: [], sort: 'name', descending: false });

const SORTS = ['name', 'type', 'size', 'step', 'created'];
const finite = (text) => (text !== null && text !== '' && Number.isFinite(Number(text)) ? Number(text) : null);

/** State from the address's parameters. What it does not understand it leaves at its default. */
export function parseView(params) {
  const state = defaults();
  if (KINDS.includes(params.get('kind'))) state.kind = params.get('kind');
  state.tagFilter = params.get('tags') ?? '';
  if (SIZES.includes(params.get('size'))) state.size = params.get('size');
  state.linked = params.get('link') === '1';
  state.step = finite(params.get('step'));
  for (const entry of params.getAll('at')) {
    const match = /^(-?[\d.e+]+):(.+)$/s.exec(entry);
    if (match && finite(match[1]) !== null) state.at[match[2]] = Number(match[1]);
  }
  state.folded = params.getAll('fold');
  if (SORTS.includes(params.get('sort'))) state.sort = params.get('sort');
  state.descending = params.get('desc') === '1';
  return state;
}

/** The parameters of a state; a default is null. */
export function formatView(state) {
  return {
    kind: state.kind,
    tags: state.tagFilter || null,
    size: state.size === 'fit' ? null : state.size,
    link: state.linked ? '1' : null,
    step: state.step === null ? null : String(state.step),
    at: Object.entries(state.at).map(([tag, position]) => `${position}:${tag}`),
    fold: state.folded,
    sort: state.sort === 'name' ? null : state.sort,
    desc: state.descending ? '1' : null,
  };
}
