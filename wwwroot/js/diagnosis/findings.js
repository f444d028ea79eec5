// Findings of many runs as one list. Pure functions.

import { SEVERITIES } from './state.js';

const rank = (severity) => {
  const at = SEVERITIES.indexOf(severity);
  return at < 0 ? SEVERITIES.length : at;
};

/** What names a finding over readings: its run, its code and what it is about. */
export const keyOf = (runId, finding) => `${runId}:${finding.code}:${finding.tag ?? ''}`;

/** `[{ key, run, finding }]` of the shown runs (`[{ id, … }]`) and their diagnoses (id → diagnosis): the gravest first, then the surest, then in the order of runs. */
export function listOf(runs, diagnoses) {
  const all = runs.flatMap((run, order) => (diagnoses.get(run.id)?.items ?? []).map((finding) => ({ key: keyOf(run.id, finding), run, finding, order })));
  return all.sort((a, b) => rank(a.finding.severity) - rank(b.finding.severity) || b.finding.confidence - a.finding.confidence || a.order - b.order || (a.key < b.key ? -1 : 1));
}

/** Those that the filters let through: of a severity or a graver one, and of a code. */
export const filtered = (list, { severity, code }) => list.filter(({ finding }) => (!severity || rank(finding.severity) <= rank(severity)) && (!code || finding.code === code));

/** Codes that occur, in the order in which they occur. */
export const codesOf = (list) => [...new Set(list.map(({ finding }) => finding.code))];

/** `{ critical, warning, info }` of one diagnosis. */
export function countsOf(items) {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
  for (const { severity } of items) if (severity in counts) counts[severity]++;
  return counts;
}

/** How sure in a word: `high`, `medium` or `low`. */
export const sureness = (confidence) => (confidence >= 0.85 ? 'high' : confidence >= 0.6 ? 'medium' : 'low');

/** Rows for a file. */
export const rowsOf = (list) => list.map(({ run, finding }) => [run.name, run.id, finding.code, finding.severity, finding.tag ?? '', finding.from_step ?? '', finding.to_step ?? '', finding.confidence, finding.sentence, finding.try.join(' | ')]);
export const HEADER = ['run', 'run_id', 'code', 'severity', 'tag', 'from_step', 'to_step', 'confidence', 'sentence', 'try'];
