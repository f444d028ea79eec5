// How long a landscape will take, from what a probe measured. Pure.

import { picked } from '../../compute/checkpoints.js';
import { pointCount } from './form.js';

// Products that the search for the two extreme eigenvectors takes, roughly.
const PRODUCTS = 60;

/**
 * Seconds, or null where it cannot be told. `probe`: a ProbeView; `samples`: of the batch and of the second one, where known.
 */
export function landscapeSeconds(form, run, probe, samples = {}) {
  const points = pointCount(form);
  const each = probe?.seconds_per_point;
  if (!(points > 0) || !(each >= 0)) return null;
  // A second batch costs by its size; one of unknown size is taken for as large as the first.
  const first = samples.batch ?? probe.samples;
  const second = form.validation ? (samples.validation ?? first) / (first || 1) : 0;
  const path = picked(run?.checkpoints ?? [], form.pick).length;
  const search = form.kind === 'hessian' ? PRODUCTS * (probe.seconds_per_product ?? 0) : 0;
  return (points + path) * each * (1 + second) + search;
}
