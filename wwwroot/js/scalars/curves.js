// Which curves a card draws: one a run, times its tags, times its windows. Pure functions.

import { windowsOf } from '../charts/windows.js';

/** Id of a run's curve in a card; that of the card's own tag is the run's own id. */
export const curveId = (runId, tagIndex, windowIndex = null) => (tagIndex === 0 && windowIndex === null ? runId : `${runId}\n${tagIndex}${windowIndex === null ? '' : `\n${windowIndex}`}`);

/**
 * @param runs `[{ id, name, color, dash }]`
 * @param tags `[{ tag, axis }]`, the card's own first
 * @param windows null, or `{ percent }` / `{ early, late }`
 * @param spans Map of curveId(run, tag) → `[first, last]` step
 * @param windowNames names of the two windows
 * @returns curves for a chart, with `tagIndex` and `windowIndex`
 */
export function curvesOf(runs, tags, windows, spans, windowNames) {
  const curves = [];
  const several = tags.length > 1;
  tags.forEach(({ tag, axis }, tagIndex) => {
    for (const run of runs) {
      const base = { runId: run.id, color: run.color, axis, tagIndex };
      if (!windows) {
        const suffix = several ? tag : undefined;
        curves.push({ ...base, id: curveId(run.id, tagIndex), name: suffix ? `${run.name} · ${suffix}` : run.name, suffix, part: tagIndex, dash: several ? tagIndex : run.dash });
        continue;
      }
      const span = spans.get(curveId(run.id, tagIndex));
      const clips = span ? windowsOf(windows, ...span) : [[0, -1], [0, -1]];
      clips.forEach((clip, windowIndex) => {
        const suffix = several ? `${tag} · ${windowNames[windowIndex]}` : windowNames[windowIndex];
        const part = tagIndex * 2 + windowIndex;
        curves.push({ ...base, id: curveId(run.id, tagIndex, windowIndex), name: `${run.name} · ${suffix}`, suffix, part, dash: part % 6, clip, windowIndex });
      });
    }
  });
  return curves;
}

/** `[least, greatest]` step of an answer's series; null where it is empty. */
export function spanOf(steps) {
  let [low, high] = [Infinity, -Infinity];
  for (const step of steps) {
    if (Number(step) < low) low = Number(step);
    if (Number(step) > high) high = Number(step);
  }
  return low <= high ? [low, high] : null;
}

/** `[from, to]` over all clips of one window; null where no run has it. */
export function reachOfWindow(curves, windowIndex) {
  const clips = curves.filter((curve) => curve.windowIndex === windowIndex && curve.clip[0] <= curve.clip[1]).map((curve) => curve.clip);
  return clips.length ? [Math.min(...clips.map((clip) => clip[0])), Math.max(...clips.map((clip) => clip[1]))] : null;
}

/**
 * The steps to ask for so that smoothing within a window is what it is over the whole: some before it (and after, for a centred kernel).
 * @param window `[from, to]` in steps
 * @param reach `{ before, after }` in points
 * @param points asked for over the window
 * @param spacing steps between two stored points, as far as is known
 * @param most points that a margin may have
 * @returns `{ steps: [from, to], points }`
 */
export function withMargin([from, to], reach, points, spacing, most) {
  if (reach.before === 0 && reach.after === 0) return { steps: [from, to], points };
  const width = Math.max(1, to - from);
  const gap = Math.max(spacing, width / points);
  const [before, after] = [Math.ceil(Math.min(reach.before, most) * gap), Math.ceil(Math.min(reach.after, most) * gap)];
  return { steps: [from - before, to + after], points: Math.ceil((points * (width + before + after)) / width) };
}
