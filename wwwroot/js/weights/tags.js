// Which tags are about weights. Pure.

const ABOUT = /(^|[/._])(weights?|params?|parameters?|kernel|bias)([/._]|$)/i;
const OTHERS = /(^|[/._])(grads?|gradients?|grad_norm|activations?)([/._]|$)/i;
const NORM = /[/._]norm$/i;
// Names by which people log the norm of all weights, the clients' own first.
const WHOLE = [/^weights\/norm$/i, /(^|[/._])(weights?|params?|parameters?)[/._]?(l2[/._]?)?norm$/i];

/** Whether a histogram is one of weights. */
export const isWeights = (tag) => ABOUT.test(tag) && !OTHERS.test(tag);

/** The layer whose norm a scalar is, under the name of its histogram; null where it is none: `weights/conv1/norm` → `weights/conv1`. */
export function layerOfNorm(tag) {
  if (!NORM.test(tag)) return null;
  const layer = tag.replace(NORM, '');
  return isWeights(layer) && /[/._]/.test(layer) ? layer : null;
}

/** The tag under which the norm of a layer is looked for. */
export const normOf = (layer, tags) => tags.find((tag) => layerOfNorm(tag) === layer) ?? null;

/** The tag that a person most likely means by the norm of all weights, or null. */
export function likelyNorm(tags) {
  for (const pattern of WHOLE) {
    const found = tags.find((tag) => pattern.test(tag) && !OTHERS.test(tag));
    if (found) return found;
  }
  return null;
}

/** Layers of histograms and norms together, in the order in which they come: `[{ name, histogram: bool, norm: tag or null }]`. */
export function layersOf(histograms, scalars) {
  const norms = new Map(scalars.map((tag) => [layerOfNorm(tag), tag]).filter(([layer]) => layer));
  const names = [...new Set([...histograms.filter(isWeights), ...norms.keys()])];
  return names.map((name) => ({ name, histogram: histograms.includes(name), norm: norms.get(name) ?? null }));
}
