// Which checkpoints of a run are taken. Pure.

// Each one costs a pass over the batch and a copy of the weights.
const MANY = 200;
const ABOUT = 100;

/** In the order of training: by step, those without one by when they came, at the end. */
export function inOrder(checkpoints) {
  return [...checkpoints].sort((a, b) => (a.step === null) - (b.step === null) || (a.step ?? 0) - (b.step ?? 0) || a.created - b.created || (a.name < b.name ? -1 : 1));
}

/** All, or so many of a long run that the picture does not wait for them. */
export function usualPick(checkpoints) {
  return checkpoints.length > MANY ? { mode: 'every', every: Math.ceil(checkpoints.length / ABOUT), from: null, to: null } : { mode: 'all', every: 2, from: null, to: null };
}

/**
 * Names of the picked ones, in order. `pick`: `{ mode: 'none' | 'all' | 'every' | 'range' | 'find' | 'named', every, from, to, find, names }`; every k-th counts back from the last, which is
 * always taken; a range is of steps, both ends included, null for open; `find` is a part of the name, in capitals or not.
 */
export function picked(checkpoints, { mode, every, from, to, find = '', names = [] }) {
  if (mode === 'none') return [];
  if (mode === 'named') return names.filter((name) => checkpoints.some((one) => one.name === name));
  if (mode === 'every') {
    const gap = Math.max(1, Math.floor(every) || 1);
    return checkpoints.filter((_, at) => (checkpoints.length - 1 - at) % gap === 0).map((one) => one.name);
  }
  if (mode === 'range') return checkpoints.filter(({ step }) => step !== null && step >= (from ?? -Infinity) && step <= (to ?? Infinity)).map((one) => one.name);
  if (mode === 'find') return checkpoints.filter(({ name }) => name.toLowerCase().includes(find.toLowerCase())).map((one) => one.name);
  return checkpoints.map((one) => one.name);
}
