// The points of one series as the page holds them: an answer of the server, and live points after it.

import { num } from '../numbers.js';

/** `{ steps, values, peaks, bad }` of an answer; `bad` counts what is no number in each bucket. */
export function seriesOf(answer) {
  const steps = Array.from(answer.steps, Number);
  const values = Array.from(answer.values, Number);
  const peaks = answer.max ? Array.from(answer.max, (one, i) => (num(one) ?? values[i])) : values.slice();
  const bad = answer.non_finite ? Array.from(answer.non_finite, Number) : values.map((one) => (Number.isFinite(one) ? 0 : 1));
  return { steps, values, peaks, bad, times: Array.from(answer.wall_times, Number), appended: 0 };
}

export const emptySeries = () => ({ steps: [], values: [], peaks: [], bad: [], times: [], appended: 0 });

/** Adds a live frame's points; one for the step that the series ends with replaces it. Answers whether anything changed. */
export function append(series, frame) {
  let changed = false;
  frame.steps.forEach((step, i) => {
    const value = Number(frame.values[i]);
    const last = series.steps.length - 1;
    if (series.steps[last] === step && series.times[last] === frame.wall_times[i]) return;
    const at = series.steps[last] === step ? last : last + 1;
    series.steps[at] = step;
    series.values[at] = series.peaks[at] = value;
    series.bad[at] = Number.isFinite(value) ? 0 : 1;
    series.times[at] = frame.wall_times[i];
    series.appended += at > last ? 1 : 0;
    changed = true;
  });
  return changed;
}
