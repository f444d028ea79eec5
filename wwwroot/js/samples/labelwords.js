// What label counts say, in sentences of the reader's language.

import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';

const percent = (share) => `${formatNumber(Number((share * 100).toPrecision(3)))} %`;

export const chanceText = (p) => (p === null ? '' : p < 0.0001 ? 'p < 0.0001' : `p = ${formatNumber(Number(p.toPrecision(3)))}`);

const names = (all, count) => (count > all.length ? t('samples.more_names', { names: all.join(', ') }) : all.join(', '));

/** Of one split. */
export function balanceSentence(one) {
  if (one.why === 'empty_split') return t('samples.imbalance.empty', { split: one.split });
  const rest = one.missing ? ` ${tCount('samples.imbalance.missing', one.missing, { names: names(one.missing_classes, one.missing) })}` : '';
  if (one.why === 'one_class') return t('samples.imbalance.one', { split: one.split, largest: one.largest }) + rest;
  const values = { split: one.split, ratio: formatNumber(Number(one.ratio.toPrecision(3))), largest: one.largest, smallest: one.smallest, classes: one.classes.toLocaleString('en'), effective: formatNumber(Number(one.effective_classes.toPrecision(4))) };
  const uneven = one.ratio >= 2 && one.p < 0.01;
  const advice = one.severity === 'warning' || one.severity === 'critical' ? ` ${t('samples.imbalance.advice')}` : '';
  return t(uneven ? 'samples.imbalance.uneven' : 'samples.imbalance.balanced', values) + rest + (uneven ? advice : '');
}

/** Of a pair of splits. */
export function shiftSentence(one) {
  if (one.why === 'empty_split') return t('samples.shift.empty');
  if (one.why === 'one_class') return t('samples.shift.one_class');
  const kind = one.severity ?? (one.p < 0.05 ? 'negligible' : 'chance');
  const parts = [t(`samples.shift.${kind}`, { a: one.a, b: one.b, share: percent(one.total_variation), p: chanceText(one.p) })];
  const sided = one.only_in_a + one.only_in_b;
  if (sided) parts.push(t('samples.shift.one_sided', { names: names(one.one_sided, sided), kl: formatNumber(one.kl_smoothed), psi: formatNumber(one.psi_smoothed) }));
  if (one.rough) parts.push(t('samples.shift.rough'));
  return parts.join(' ');
}

const quoted = (text) => JSON.stringify(text);
// More weights than one reads are computed where they are used.
const MOST_LISTED = 300;

/** Code that makes up for imbalance, for a loss and for a sampler. `weights`: by class name, in the order of the classes. */
export function weightCode(weights) {
  const entries = Object.entries(weights);
  const listed = entries.length <= MOST_LISTED
    ? `weights = {${entries.map(([name, weight]) => `${quoted(name)}: ${Number(weight.toPrecision(6))}`).join(', ')}}`
    : 'from collections import Counter\n\ncounts = Counter(labels)\nweights = {name: len(labels) / (len(counts) * count) for name, count in counts.items()}';
  return [
    `import torch\n\n${listed}\nloss = torch.nn.CrossEntropyLoss(weight=torch.tensor([weights[name] for name in classes]))  # classes: the names, in the order of the outputs`,
    `from torch.utils.data import DataLoader, WeightedRandomSampler\n\n${listed}\nsampler = WeightedRandomSampler([weights[label] for label in labels], num_samples=len(labels))  # labels: the name of each sample's class\nloader = DataLoader(train, batch_size=64, sampler=sampler)`,
  ];
}
