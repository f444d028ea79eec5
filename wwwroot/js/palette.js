// Colours of runs: nine hues told apart also by colour-blind readers (css/tokens.css), then dashes.

export const COLORS = 9;

/** FNV-1a, 32 bits: the same run prefers the same colour everywhere, for everyone. */
export function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value ^= text.charCodeAt(i);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

/**
 * Colour slot of each run by id. Runs are taken in the order they were created, each gets the slot its id hashes to unless one of the
 * eight runs before it has that; so neighbours in time, which are the ones compared, never share a colour, and a new run changes nobody's.
 * `known` (id → slot) is kept as it is. A run whose colour someone chose (`run.color`) has that, and its
 * neighbours avoid it.
 */
export function assignColors(runs, known = new Map()) {
  const ordered = [...runs].sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
  const recent = [];
  for (const run of ordered) {
    let slot = known.get(run.id);
    if (slot === undefined) {
      slot = hash(run.id) % COLORS;
      while (recent.includes(slot)) slot = (slot + 1) % COLORS;
      known.set(run.id, slot);
    }
    recent.push(run.color ?? slot);
    if (recent.length === COLORS) recent.shift();
  }
  return known;
}

// Three patterns of nine colours. Beyond that they tell nothing apart any more, and dashing is the slowest thing a canvas does.
const MAX_DASHED = 3 * COLORS;

/** Dash (0 solid, 1 dashed, 2 dotted) of each shown run: runs that share a colour differ in it. */
export function assignDashes(shownIds, colors) {
  if (shownIds.length > MAX_DASHED) return new Map();
  const used = new Map();
  const dashes = new Map();
  for (const id of shownIds) {
    const slot = colors.get(id) ?? 0;
    const count = used.get(slot) ?? 0;
    used.set(slot, count + 1);
    dashes.set(id, count % 3);
  }
  return dashes;
}
