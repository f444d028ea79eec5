// Points of one metric against another over the steps of runs: loss against weight norm, say.

import { insist, json } from '../api.js';
import { lineEnds, serverFit } from '../analysis/linewords.js';
import { formatNumber, formatStep } from '../format.js';
import { t } from '../text.js';
import { MOST_DRAWN, shown } from './plot.js';

// A line more and none could be followed; the table has them all.
const MOST_LINES = 20;
const FEWEST_POINTS = 20;
/** Runs of one picture: beyond it each would have a handful of points. */
export const MOST_RUNS = 200;

/** Pairs of the two tags, run by run. */
export function loadPairs(runIds, { xTag, yTag, logX, logY, fit }, points, signal) {
  const body = { run_ids: runIds, x: xTag, y: yTag, points, fit, log_x: logX, log_y: logY };
  return insist(() => json('api/v1/scalars/join', { method: 'POST', body, signal }), { signal });
}

/** Pairs to ask for of each of so many runs. */
export const pointsEach = (runs) => Math.max(FEWEST_POINTS, Math.floor(MOST_DRAWN / Math.max(1, runs)));

const number = (value) => (typeof value === 'string' ? { NaN, Infinity, '-Infinity': -Infinity }[value] : value);

/** `{ rows: [{ run, total, fit, drawn, … }], picture }` of an answer. `runs`: id → run with its colour. */
export function pointsOfSteps(answer, state, runs) {
  const good = (value, log) => Number.isFinite(value) && (!log || value > 0);
  const points = { ids: [], x: [], y: [], steps: [], text: [], colors: [], size: 5, opacity: 0.7 };
  const lines = [];
  const rows = [];
  for (const series of answer.series) {
    const run = runs.get(series.run_id);
    if (!run) continue;
    const color = `var(--run-${run.color})`;
    let [from, to, drawn] = [Infinity, -Infinity, 0];
    series.x.forEach((rawX, at) => {
      const [x, y] = [number(rawX), number(series.y[at])];
      if (!good(x, state.logX) || !good(y, state.logY)) return;
      drawn++;
      [from, to] = [Math.min(from, x), Math.max(to, x)];
      points.ids.push(run.id);
      points.x.push(x);
      points.y.push(y);
      points.steps.push(series.steps[at]);
      points.colors.push(color);
      points.text.push(`<b>${shown(run.name)}</b><br>${t('scatter.step', { step: formatStep(series.steps[at]) })}<br>${shown(state.xTag)}: ${formatNumber(x)}<br>${shown(state.yTag)}: ${formatNumber(y)}`);
    });
    const fit = serverFit(series.fit);
    if (fit && to > from && lines.length < MOST_LINES) lines.push({ ...lineEnds(fit, from, to, state), color });
    rows.push({ key: run.id, run, color, total: series.total, fit, drawn, damaged: Boolean(series.damaged) });
  }
  const axis = (tag, log) => ({ title: tag, key: tag, log });
  return { rows, lines: lines.length, picture: { x: axis(state.xTag, state.logX), y: axis(state.yTag, state.logY), points, lines } };
}
