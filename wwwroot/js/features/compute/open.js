// The dialog in which saliency, activations or gradients are asked for.

import { openJobDialog } from '../../compute/dialog.js';
import { t } from '../../text.js';
import { formOfSpec } from './form.js';
import { FeaturesPart } from './part.js';

/** @param options { project, kind, onPosted(job), initial?: as of `openCompute` } */
export function openFeatures({ project, kind, onPosted, initial = {} }) {
  const { spec, ...values } = initial;
  return openJobDialog({ project, kind, title: t(`features.new.${kind}`), part: new FeaturesPart(kind), initial: spec ? { ...formOfSpec(spec), ...values } : values, onPosted });
}
