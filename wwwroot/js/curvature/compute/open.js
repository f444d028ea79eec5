// The dialog in which curvature is asked for.

import { openJobDialog } from '../../compute/dialog.js';
import { t } from '../../text.js';
import { formOfSpec } from './form.js';
import { CurvaturePart } from './part.js';

/** @param options { project, onPosted(job), initial?: as of `openCompute` } */
export function openCurvature({ project, onPosted, initial = {} }) {
  const { spec, ...values } = initial;
  return openJobDialog({ project, kind: 'hessian', title: t('compute.title.hessian'), part: new CurvaturePart(), initial: spec ? { ...formOfSpec(spec), ...values } : values, onPosted });
}
