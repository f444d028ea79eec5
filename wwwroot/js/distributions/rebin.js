// Histograms over other edges. Mass is moved by overlap, as if spread evenly within its bin; none is made and none is lost.
// A histogram is `{ edges, counts }`: rising finite edges, one more than counts.

const total = (counts) => {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
};

// Where `x` lies between two edges, from 0 to 1. Halves, so that the width of the widest bin there is does not overflow.
const share = (x, low, high) => (x <= low ? 0 : x >= high ? 1 : (x / 2 - low / 2) / (high / 2 - low / 2));

/** The counts over `targets` (rising edges), and the mass that lies `below` and `above` them. */
export function rebin({ edges, counts }, targets) {
  const bins = targets.length - 1;
  const result = new Float64Array(bins);
  let below = 0;
  let above = 0;
  let first = 0;
  for (let i = 0; i < counts.length; i++) {
    const mass = counts[i];
    if (mass === 0) continue;
    const [low, high] = [edges[i], edges[i + 1]];
    below += mass * share(targets[0], low, high);
    above += mass * (1 - share(targets[bins], low, high));
    while (first < bins && targets[first + 1] <= low) first++;
    // What a target gets is the difference of two shares, so that neighbours' parts add up to the bin.
    for (let j = first; j < bins && targets[j] < high; j++) result[j] += mass * (share(targets[j + 1], low, high) - share(targets[j], low, high));
  }
  return { counts: result, below, above };
}

/** Finite mass of a histogram. */
export const massOf = ({ counts }) => total(counts);

/** The range in which histograms have mass, or null where they have none. */
export function extentOf(histograms) {
  let low = Infinity;
  let high = -Infinity;
  for (const { edges, counts } of histograms) {
    let first = 0;
    let last = counts.length - 1;
    while (first <= last && counts[first] === 0) first++;
    while (last >= first && counts[last] === 0) last--;
    if (first > last) continue;
    low = Math.min(low, edges[first]);
    high = Math.max(high, edges[last + 1]);
  }
  return low < high ? [low, high] : null;
}

/** `bins` equal bins from `low` to `high`, as edges that rise strictly: fewer where doubles are not that close together. */
export function equalEdges(low, high, bins) {
  const edges = [low];
  for (let i = 1; i <= bins; i++) {
    const edge = i === bins ? high : low * (1 - i / bins) + high * (i / bins);
    if (edge > edges.at(-1)) edges.push(edge);
  }
  return Float64Array.from(edges);
}
