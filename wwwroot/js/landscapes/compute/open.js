// The dialog in which a landscape is asked for.

import { openJobDialog } from '../../compute/dialog.js';
import { t } from '../../text.js';
import { formOfSpec } from './form.js';
import { LandscapePart } from './part.js';

/**
 * @param options { project, onPosted(job), initial?: values of the form, or `{ runId }` for a run, or `{ spec }` of a job to ask for again, perhaps otherwise }
 * The page needs the stylesheets `analysis` and `compute`.
 */
export function openCompute({ project, onPosted, initial = {} }) {
  const { spec, ...values } = initial;
  return openJobDialog({ project, kind: 'landscape', title: t('compute.title.landscape'), part: new LandscapePart(), initial: spec ? { ...formOfSpec(spec), ...values } : values, onPosted });
}
