// The dialogs in which the jobs of this page are asked for.

import { openJobDialog } from '../../compute/dialog.js';
import { t } from '../../text.js';
import { formOfSpec as formOfPath } from './pathform.js';
import { PathPart } from './pathpart.js';
import { formOfSpec as formOfSamples } from './sampleform.js';
import { SamplePart } from './samplepart.js';

/** @param options { project, onPosted(job), initial?: `{ runId }`, or `{ spec }` of a job to ask for again, perhaps otherwise } */
export function openPath({ project, onPosted, initial = {} }) {
  const { spec, ...values } = initial;
  return openJobDialog({ project, kind: 'weight_pca', title: t('weights.path.new'), part: new PathPart(), initial: spec ? { ...formOfPath(spec), ...values } : values, onPosted });
}

/** The same for Monte Carlo. */
export function openSamples({ project, onPosted, initial = {} }) {
  const { spec, ...values } = initial;
  return openJobDialog({ project, kind: 'monte_carlo', title: t('weights.montecarlo.new'), part: new SamplePart(), initial: spec ? { ...formOfSamples(spec), ...values } : values, onPosted });
}
