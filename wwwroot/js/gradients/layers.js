// Which layers a run has logged gradients of, read from its list of series: what watch() logs, and what people log by hand.

import { num } from '../numbers.js';
import { compareNames } from '../tags.js';

const OURS = /^gradients\/(?:(.+)\/)?(norm|cosine|update_ratio|zeros|non_finite|size|position)$/;
const WEIGHT_NORM = /^weights\/(?:(.+)\/)?norm$/;
const HISTOGRAM = /^(gradients|grads|gradient|weights)\/(.+)$/;
const DEAD = /^activations\/(.+)\/dead_share$/;
const SEGMENTS = new Set(['grad_norm', 'gradient_norm', 'grads', 'grad', 'gradient', 'gradients']);

/**
 * @param items of `GET …/series`: `[{ tag, type, count, last, last_step }]`
 * @returns `{ layers, whole, dead }`: layers in the model's order, each `{ name, tags, last, size, position, gradients, weights }` with the scalar tags and their
 * last values by what they are, and the tags of the histograms; `whole` the same of the model; `dead` `[{ module, tag, last }]`
 */
export function layersOf(items) {
  const byName = new Map();
  const whole = entry(null);
  const others = [];
  const dead = [];
  const of = (name) => {
    if (name === undefined || name === null) return whole;
    if (!byName.has(name)) byName.set(name, entry(name));
    return byName.get(name);
  };
  for (const item of items) {
    const { tag, type } = item;
    if (type === 'histogram') {
      const match = HISTOGRAM.exec(tag);
      if (!match) continue;
      const layer = of(match[2]);
      if (match[1] === 'weights') layer.weights = tag;
      else if (layer.gradients === null || match[1] === 'gradients') layer.gradients = tag;
      continue;
    }
    if (type !== 'scalar') continue;
    const ours = OURS.exec(tag);
    const weight = ours ? null : WEIGHT_NORM.exec(tag);
    const unit = ours || weight ? null : DEAD.exec(tag);
    if (ours) put(of(ours[1]), ours[2], item);
    else if (weight) put(of(weight[1]), 'weight', item);
    else if (unit) dead.push({ module: unit[1], tag, last: num(item.last) });
    else others.push(item);
  }
  for (const item of others) byHand(item, of, whole);
  const layers = [...byName.values()].filter((one) => one.gradients !== null || one.tags.norm || one.tags.cosine || one.tags.update_ratio);
  layers.sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || compareNames(a.name, b.name));
  return { layers, whole, dead: dead.sort((a, b) => compareNames(a.module, b.module)) };
}

const entry = (name) => ({ name, tags: {}, last: {}, size: null, position: null, gradients: null, weights: null });

function put(layer, what, item) {
  if (what === 'size' || what === 'position') {
    layer[what] = num(item.last);
    return;
  }
  layer.tags[what] = item.tag;
  layer.last[what] = num(item.last);
}

/** `train/grad_norm` is the model's norm; what follows a segment like that, or stands before it, names a layer. */
function byHand(item, of, whole) {
  const parts = item.tag.split('/');
  const at = parts.findIndex((part) => SEGMENTS.has(part.toLowerCase()));
  if (at < 0) return;
  const name = parts.slice(at + 1).filter((part) => part !== 'norm').join('/');
  const layer = name ? of(name) : whole;
  if (!layer.tags.norm) put(layer, 'norm', item);
}

