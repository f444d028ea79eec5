// Two checkpoints compared: in words, as bars a tensor, and as a table. Pure but for texts.

import { escapeMarkup } from '../charts/markup.js';
import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';

// More bars than these cannot be read; the table has all.
export const MOST_BARS = 60;

/** Degrees between the weights before and after. */
export const angleOf = (tensor) => (Math.acos(Math.min(1, Math.max(-1, Number(tensor.cosine)))) * 180) / Math.PI;

const VALUES = { relative: (one) => Number(one.relative), distance: (one) => Number(one.distance), largest: (one) => Number(one.largest), angle: angleOf };

export const valueOf = (tensor, measure) => VALUES[measure](tensor);

/** Those that moved most by a measure, the most first; what has no finite value comes last. */
export const ranked = (tensors, measure) => [...tensors].sort((a, b) => {
  const [x, y] = [valueOf(a, measure), valueOf(b, measure)].map((value) => (Number.isFinite(value) ? value : -Infinity));
  return y - x;
});

const four = (value) => formatNumber(Number.isFinite(value) ? Number(value.toPrecision(4)) : value);

export function differenceWords(answer) {
  const { whole } = answer;
  const words = [answer.tensors.length === 0 ? t('checkpoints.diff.none') : t('checkpoints.diff.whole', { distance: four(Number(whole.distance)), relative: four(100 * Number(whole.relative)), angle: four(angleOf(whole)), largest: four(Number(whole.largest)), count: whole.count.toLocaleString('en') })];
  if (answer.tensors.length && Number(whole.distance) === 0 && whole.non_finite === 0) words.splice(0, 1, t('checkpoints.diff.same'));
  if (whole.non_finite) words.push(tCount('checkpoints.diff.non_finite', whole.non_finite));
  for (const [key, names] of [['only_a', answer.only_a], ['only_b', answer.only_b], ['reshaped', answer.reshaped]]) if (names.length) words.push(t(`checkpoints.diff.${key}`, { names: names.slice(0, 6).join(', ') + (names.length > 6 ? ` (+${names.length - 6})` : '') }));
  return words.join(' ');
}

export function differenceTraces(tensors, measure) {
  const shown = ranked(tensors, measure).slice(0, MOST_BARS).filter((one) => Number.isFinite(valueOf(one, measure)));
  return [{
    type: 'bar', orientation: 'h', y: shown.map((one) => escapeMarkup(one.name)), x: shown.map((one) => valueOf(one, measure)), marker: { color: 'var(--run-0)' },
    customdata: shown.map((one) => `${escapeMarkup(one.name)} [${one.shape.join(', ')}]<br>‖Δ‖ ${four(Number(one.distance))}<br>‖Δ‖/‖w‖ ${four(Number(one.relative))}<br>${t('checkpoints.bars.angle')} ${four(angleOf(one))}°<br>max |Δ| ${four(Number(one.largest))}`),
    hovertemplate: '%{customdata}<extra></extra>',
  }];
}

export const cells = (tensor) => [tensor.shape.join(' × ') || '1', four(Number(tensor.norm)), four(Number(tensor.distance)), four(Number(tensor.relative)), four(Number(tensor.cosine)), four(Number(tensor.largest)), tensor.non_finite.toLocaleString('en')];
