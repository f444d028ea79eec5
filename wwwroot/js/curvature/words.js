// A curvature result in plain sentences.

import { formatNumber } from '../format.js';
import { num } from '../numbers.js';
import { t } from '../text.js';
import { bending } from './numbers.js';

const SHAPES = ['minimum', 'maximum', 'saddle', 'flat', 'slope'];

/** What kind of point it is: one sentence, and where that cannot be named, how it bends. */
export function shapeWords(point) {
  const values = { top: said(point.top?.[0]?.value), bottom: said(point.bottom?.[0]?.value), gradient: said(point.gradient_norm) };
  const shape = SHAPES.includes(point.shape) ? point.shape : 'unknown';
  const named = t(`curvature.shape.${shape}`, values);
  return shape === 'slope' || shape === 'unknown' ? `${named} ${t(`curvature.bends.${bending(point)}`, values)}` : named;
}

/** A number of the contract as people read it. */
export const said = (value) => (num(value) === null ? '–' : formatNumber(num(value)));

/** A number with how far it may be off. */
export const saidWith = (value, error) => (num(error) === null ? said(value) : `${said(value)} ± ${formatNumber(Number(num(error).toPrecision(2)))}`);

/** Figures under the sentence: `[[key under curvature.figure, text]]`. */
export function figures(point) {
  return [
    ['loss', num(point.loss) === null ? null : said(point.loss)],
    ['top', point.top?.length ? saidWith(point.top[0].value, point.top[0].residual) : null],
    ['bottom', point.bottom?.length ? saidWith(point.bottom[0].value, point.bottom[0].residual) : null],
    ['trace', point.trace ? saidWith(point.trace.value, point.trace.standard_error) : null],
    ['gradient', num(point.gradient_norm) === null ? null : said(point.gradient_norm)],
    ['sharpness', num(point.sharpness) === null ? null : said(point.sharpness)],
    ['box', num(point.box_sharpness) === null ? null : t('curvature.percent', { value: said(point.box_sharpness) })],
    ['condition', num(point.condition_number) === null ? null : said(point.condition_number)],
  ].filter(([, text]) => text !== null);
}
