// The dialog in which a projection is asked for.

import { openJobDialog } from '../../compute/dialog.js';
import { t } from '../../text.js';
import { formOfSpec } from './form.js';
import { ProjectionPart } from './part.js';

/** @param options { project, onPosted(job), initial?: values of the form, or `{ spec }` of a job to ask for again, perhaps otherwise } */
export function openProjection({ project, onPosted, initial = {} }) {
  const { spec, ...values } = initial;
  return openJobDialog({ project, kind: 'projection', title: t('projections.new'), part: new ProjectionPart(), initial: spec ? { ...formOfSpec(spec), ...values } : values, onPosted });
}
