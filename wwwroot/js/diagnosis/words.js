// Words around findings.

import { formatStep } from '../format.js';
import { t } from '../text.js';
import { sureness } from './findings.js';

/** What a code is called; the code itself for a rule of the project's own. */
export function titleOf(code) {
  const text = t(`diagnosis.code.${code}`);
  return text.startsWith('diagnosis.code.') ? code : text;
}

/** What a mark is called on the chart. */
export function markText(label) {
  const text = t(`diagnosis.mark.${label}`);
  return text.startsWith('diagnosis.mark.') ? label.replace(/_/g, ' ') : text;
}

export const sureText = (confidence) => `${t(`diagnosis.sure.${sureness(confidence)}`)} (${confidence.toFixed(2)})`;

/** The steps that a finding rests on, or empty. */
export function stepsText({ from_step: from, to_step: to }) {
  if (from === null || to === null || from === undefined || to === undefined) return '';
  return from === to ? t('diagnosis.at_step', { step: formatStep(from) }) : t('diagnosis.steps', { from: formatStep(from), to: formatStep(to) });
}

/** What a diagnosis had to read. */
export const readText = ({ curves, points, histograms, splits }) =>
  [[curves, () => t('diagnosis.read_curves', { curves, points: formatStep(points) })], [histograms, () => t('diagnosis.read_histograms', { histograms })], [splits, () => t('diagnosis.read_splits', { splits })]]
    .filter(([count]) => count > 0).map(([, words]) => words()).join(' · ') || t('diagnosis.nothing_read');
