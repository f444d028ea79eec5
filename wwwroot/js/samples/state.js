// What the Samples page shows, as parameters of its address and back. Pure functions.

export const VIEWS = ['labels', 'losses'];
export const SORTS = ['hardest', 'mean_loss', 'forgotten', 'never_learned', 'mislabelled', 'margin'];
/** Those that exist for classes only. */
export const OF_CLASSES = ['forgotten', 'never_learned', 'mislabelled', 'margin'];

const ORDERS = ['logged', 'name'];

export const defaults = () => ({
  view: null, run: null, tag: null, label: null, sort: 'hardest', step: null, log: false, window: null, pick: null, layout: 'table', as: 'counts', find: '', order: { by: 'logged', descending: false }, split: null,
});

const whole = (text) => (text !== null && /^-?\d+$/.test(text) ? Number(text) : null);

function parseWindow(text) {
  const parts = (text ?? '').split(',').map(Number);
  if (parts.length !== 4 || !parts.every(Number.isFinite) || parts[0] >= parts[1] || parts[2] >= parts[3]) return null;
  return { x: parts.slice(0, 2), y: parts.slice(2) };
}

/** `by` is `logged`, `name`, or a column: `split:<name>`. A leading minus: descending. */
function parseOrder(text) {
  const by = (text ?? '').replace(/^-/, '');
  return ORDERS.includes(by) || by.startsWith('split:') ? { by, descending: text.startsWith('-') } : { by: 'logged', descending: false };
}

/** State from parameters; what it does not understand it leaves at its default. A null value is one that the page chooses itself. */
export function parseState(params) {
  const label = whole(params.get('label'));
  return {
    ...defaults(),
    view: VIEWS.includes(params.get('view')) ? params.get('view') : null,
    run: params.get('run') || null,
    tag: params.get('tag') || null,
    label: label !== null && label >= 0 ? label : null,
    sort: SORTS.includes(params.get('sort')) ? params.get('sort') : 'hardest',
    step: whole(params.get('step')),
    log: params.get('log') === '1',
    window: parseWindow(params.get('zoom')),
    pick: params.get('pick') || null,
    layout: params.get('layout') === 'pictures' ? 'pictures' : 'table',
    as: params.get('as') === 'shares' ? 'shares' : 'counts',
    find: params.get('class') ?? '',
    order: parseOrder(params.get('order')),
    split: params.get('split') || null,
  };
}

/** The parameters of a state, null for defaults. */
export const formatState = (state) => ({
  view: state.view,
  run: state.run,
  tag: state.tag,
  label: state.label === null ? null : String(state.label),
  sort: state.sort === 'hardest' ? null : state.sort,
  step: state.step === null ? null : String(state.step),
  log: state.log ? '1' : null,
  zoom: state.window ? [...state.window.x, ...state.window.y].map((value) => Number(value.toPrecision(6))).join(',') : null,
  pick: state.pick,
  layout: state.layout === 'pictures' ? 'pictures' : null,
  as: state.as === 'shares' ? 'shares' : null,
  class: state.find || null,
  order: state.order.by === 'logged' ? null : `${state.order.descending ? '-' : ''}${state.order.by}`,
  split: state.split,
});
