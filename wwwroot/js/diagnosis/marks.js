// What of a finding's evidence is drawn, and how. Pure functions.

import { markText } from './words.js';

// Values whose largest is so many times the smallest are seen on a logarithmic axis alone.
const DECADES = 50;

/** Whether the curves ask for a logarithmic axis: all positive, over decades. */
export function asksForLog(series) {
  let [low, high] = [Infinity, 0];
  for (const { min, max } of series) {
    for (let i = 0; i < min.length; i++) {
      if (min[i] <= 0) return false;
      if (min[i] < low) low = min[i];
      if (max[i] > high) high = max[i];
    }
  }
  return high > DECADES * low;
}

/** Marks of an evidence as the chart draws them. */
export function marksOf(evidence) {
  const number = (value) => (value === undefined || value === null ? null : Number(value));
  return evidence.marks.filter(({ kind }) => kind !== 'curve').map((mark) => ({
    kind: mark.kind, text: markText(mark.label), from: number(mark.from_step), to: number(mark.to_step), low: number(mark.from_value), high: number(mark.to_value),
  }));
}
