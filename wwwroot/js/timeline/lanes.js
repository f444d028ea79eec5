// Phases as blocks of a lane: what is closer than a pixel becomes one block that says how many it stands for. Pure.

/** Lanes by name, in the order in which they first began: `[{ name, spans: [[started, ended], …] sorted }]`, seconds since `origin`. */
export function lanesOf(phases, origin) {
  const lanes = new Map();
  for (const { name, started, ended } of phases) {
    if (!Number.isFinite(started) || !Number.isFinite(ended) || ended < started) continue;
    if (!lanes.has(name)) lanes.set(name, []);
    lanes.get(name).push([started - origin, ended - origin]);
  }
  const found = [...lanes].map(([name, spans]) => ({ name, spans: spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]) }));
  return found.sort((a, b) => a.spans[0][0] - b.spans[0][0]);
}

/**
 * Blocks of one lane over `width` pixels from `from` to `to`: `[{ x, width, count, started, ended, seconds }]`. `seconds` is the time that the phases cover together, so a block
 * of many phases with pauses between them has fewer than from its start to its end.
 */
export function blocksOf(spans, from, to, width) {
  const scale = width / (to - from);
  const blocks = [];
  let block = null;
  for (const [started, ended] of spans) {
    if (ended < from || started > to) continue;
    const x = (started - from) * scale;
    const end = Math.max(x + 1, (ended - from) * scale);
    if (block && x < block.end + 1 && (x < block.end || block.small || end - x < 3)) {
      block.seconds += Math.max(0, ended - Math.max(started, block.ended));
      block.count++;
      block.end = Math.max(block.end, end);
      block.ended = Math.max(block.ended, ended);
      continue;
    }
    block = { x, end, count: 1, started, ended, seconds: ended - started, small: end - x < 3 };
    blocks.push(block);
  }
  return blocks.map(({ x, end, count, started, ended, seconds }) => ({ x, width: end - x, count, started, ended, seconds }));
}

/** Round distances for an axis of time: about `most` marks over `span` seconds. */
export function marks(from, to, most) {
  const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];
  const least = (to - from) / Math.max(1, most);
  const step = steps.find((one) => one >= least) ?? Math.ceil(least / 604800) * 604800;
  const found = [];
  for (let at = Math.ceil(from / step); at * step <= to; at++) found.push(at * step);
  return found;
}

/** The window after zooming by a factor around a place, kept within the whole. */
export function zoomed([from, to], [first, last], factor, around) {
  const span = Math.min(last - first, Math.max((last - first) / 1e6, (to - from) * factor));
  const share = (around - from) / (to - from);
  const start = Math.min(Math.max(first, around - share * span), last - span);
  return [start, start + span];
}
