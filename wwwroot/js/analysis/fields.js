// Which values the runs of a project have: settings and metrics, by name.

import { insist, json } from '../api.js';

const LISTED = 100;
/** What the clients note of the machine that trains. */
export const ENVIRONMENT = /^config\.environment\b/;

/** `{ config: [{ name, path, kind, runs, distinct }], metrics: [{ tag, runs }], config_total, metrics_total }`, at most 100 of each, of those whose names hold `find`. */
export function findFields(project, find = '', signal) {
  const query = new URLSearchParams({ project, find, limit: LISTED });
  return insist(() => json(`api/v1/runs/fields?${query}`, { signal }), { signal });
}

/** Paths of the settings that vary over the runs, those that most runs have first; of runs that differ in none, the settings they have. */
export function varying(fields, most) {
  // What the clients note of the machine is no setting, unless it is all there is.
  const settings = fields.config.filter((field) => !ENVIRONMENT.test(field.path));
  const differing = settings.filter((field) => field.distinct > 1);
  const listed = differing.length ? differing : settings.length ? settings : [...fields.config];
  return listed.sort((a, b) => b.runs - a.runs).slice(0, most).map((field) => field.path);
}
