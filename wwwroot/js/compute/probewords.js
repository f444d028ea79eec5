// What a probe found, in a sentence or two.

import { formatNumber } from '../format.js';
import { roughTime } from '../jobs/words.js';
import { t } from '../text.js';

/** `{ state, text }`. `cost(probe)` answers `{ seconds, what }`: what it will take, and for what. */
export function probeWords(probe, cost) {
  if (probe.name === 'none') return { state: 'none', text: t('compute.probe.none') };
  if (probe.name === 'asking') return { state: 'asking', text: t(probe.waiting ? 'compute.probe.waiting' : 'compute.probe.asking') };
  if (probe.name === 'refused') return { state: 'refused', text: t(probe.code === 'bad_input' ? 'compute.probe.misfit' : 'compute.probe.unknown', { reason: probe.message }) };
  const { parameters, samples, loss } = probe.result;
  const { seconds, what } = cost(probe.result);
  const found = t('compute.probe.found', { parameters: parameters.toLocaleString('en'), samples: samples.toLocaleString('en'), loss: formatNumber(Number(loss)) });
  const left = seconds === null ? null : t(seconds < 1 ? 'compute.probe.cost_soon' : 'compute.probe.cost', { time: roughTime(seconds), what, device: probe.result.device ?? '' });
  return { state: 'known', text: [left, found].filter(Boolean).join(' ') };
}
