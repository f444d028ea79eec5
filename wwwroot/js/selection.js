// Which runs are shown: as words of the address, and as ids.

const list = (text) => (text ? text.split(',').map(decodeURIComponent).filter(Boolean) : []);
const joined = (values) => values.map(encodeURIComponent).join(',');

/** The selection that a parameter names: `{ mode: 'newest' | 'all' | 'none' | 'only' | 'except', ids }`. */
export function parseSelection(text) {
  if (text === null || text === 'newest') return { mode: 'newest', ids: [] };
  if (text === 'all' || text === 'none') return { mode: text, ids: [] };
  try {
    return text.startsWith('!') ? { mode: 'except', ids: list(text.slice(1)) } : { mode: 'only', ids: list(text) };
  } catch {
    // A link cut off in the middle of an escape.
    return { mode: 'newest', ids: [] };
  }
}

/** The parameter for a selection, null for the default. */
export function formatSelection({ mode, ids }) {
  if (mode === 'newest') return null;
  if (mode === 'only') return ids.length ? joined(ids) : 'none';
  if (mode === 'except') return ids.length ? `!${joined(ids)}` : 'all';
  return mode;
}

/** Ids shown, of `runs` (newest first) that exist. */
export function shownRuns(selection, runs, newest = 20) {
  const named = new Set(selection.ids);
  switch (selection.mode) {
    case 'all': return runs.map((run) => run.id);
    case 'none': return [];
    case 'only': return runs.filter((run) => named.has(run.id)).map((run) => run.id);
    case 'except': return runs.filter((run) => !named.has(run.id)).map((run) => run.id);
    default: return runs.slice(0, newest).map((run) => run.id);
  }
}

/** The selection that shows exactly `ids` of `runs`, in its shorter form. Hiding from all keeps runs to come shown. */
export function selectionOf(ids, runs, previous) {
  const shown = new Set(ids);
  const hidden = runs.filter((run) => !shown.has(run.id)).map((run) => run.id);
  if (shown.size === 0) return { mode: 'none', ids: [] };
  if (hidden.length === 0) return { mode: 'all', ids: [] };
  if (previous.mode === 'all' || previous.mode === 'except') return { mode: 'except', ids: hidden };
  return { mode: 'only', ids: runs.filter((run) => shown.has(run.id)).map((run) => run.id) };
}
