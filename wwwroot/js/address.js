// A page's state is its address. Each module reads and writes only the parameters that are its own.

/** Beyond this many characters the choice of runs moves to the fragment, which no server sees and no server refuses for its length. */
export const MAX_QUERY = 3000;

/** Parameters that may stand in the fragment. */
const MOVABLE = ['runs'];

/** All parameters of an address, wherever they stand. */
export function paramsOf(search, hash = '') {
  const params = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.replace(/^#/, ''));
  for (const name of MOVABLE) if (!params.has(name) && fragment.has(name)) params.set(name, fragment.get(name));
  return params;
}

/** `{ search, hash }` for parameters. */
export function addressOf(params) {
  const query = new URLSearchParams(params);
  const fragment = new URLSearchParams();
  for (const name of MOVABLE) {
    const value = query.get(name);
    if (value === null || value.length <= MAX_QUERY) continue;
    fragment.set(name, value);
    query.delete(name);
  }
  return { search: `?${query}`, hash: fragment.size ? `#${fragment}` : '' };
}

/** `params` with changes: a text or a list of texts sets a parameter, null or an empty list removes it. */
export function withChanges(params, changes) {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    if (value === null || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) next.append(name, one);
  }
  return next;
}

/** The parameters of this page's address. */
export const readParams = () => paramsOf(location.search, location.hash);

/** Changes parameters of this page's address: as a new entry for what Back should undo (`push`), else in place. Fires `addresschange` on the window. */
export function writeParams(changes, push = false) {
  const { search, hash } = addressOf(withChanges(readParams(), changes));
  if (search === (location.search || '?') && hash === location.hash) return;
  history[push ? 'pushState' : 'replaceState'](history.state, '', `${location.pathname}${search}${hash}`);
  dispatchEvent(new Event('addresschange'));
}
