// Numbers and reasons of the Predictions page as a person reads them.

import { formatNumber } from '../format.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { nameOfClass } from './numbers.js';

/** A number of an answer, or a dash. */
export const said = (value) => (num(value) === null ? '–' : formatNumber(num(value)));

/** A share as percent. */
export function percent(value) {
  if (value === null) return '–';
  const share = 100 * value;
  return `${share >= 10 || share === 0 ? share.toFixed(0) : share.toFixed(1)}%`;
}

/** What a class is called: its name, else its number. */
export const classWord = (view, id) => nameOfClass(view, id) ?? t('predictions.class_number', { class: id });

/** Sentences of an answer's reasons for some fields; a field with a dot belongs to what stands before it. */
export function reasonsOf(view, ...fields) {
  const found = (view?.reasons ?? []).filter((reason) => fields.includes(reason.field));
  return found.map((reason) => {
    const values = { classes: classesWords(view, reason.classes), count: view.excluded?.nan ?? view.outputs?.[view.output]?.non_finite ?? 0, total: (view.class_count ?? 0).toLocaleString('en') };
    const key = [`predictions.reason.${reason.code}.${reason.field}`, `predictions.reason.${reason.code}`].find((one) => t(one) !== one);
    // A reason that this page has no words for is told in the server's.
    return key ? t(key, values) : reason.message;
  });
}

/** Why a picture of an answer cannot be drawn: what is said of `fields`; where no sample counts, that alone. */
export const whyNot = (view, ...fields) => reasonsOf(view, ...((view.samples ?? 0) > 0 ? fields : ['samples']));

const SOME = 5;

function classesWords(view, classes) {
  if (!classes) return '';
  const names = classes.slice(0, SOME).map((id) => classWord(view, id));
  return classes.length > SOME ? `${names.join(', ')}, …` : names.join(', ');
}
