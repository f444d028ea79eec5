// What the line styles and, with groups, the colours of a card mean. Colours of single runs are in the list of runs.

import { DASHES } from '../charts/draw.js';
import { h, nameText } from '../dom.js';
import { t, tCount } from '../text.js';

// More entries than this are told by the tooltip.
const MAX_ENTRIES = 12;
const SVG = 'http://www.w3.org/2000/svg';

function sample(dash, color) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({ class: 'line-sample', viewBox: '0 0 24 8', 'aria-hidden': 'true' })) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', 'M0 4H24');
  line.setAttribute('stroke-dasharray', DASHES[dash]?.join(' ') ?? '');
  if (color) line.style.stroke = color;
  svg.append(line);
  return svg;
}

/** Fills `element` for what a chart draws (`chart.legend()`); hides it where there is nothing to tell. */
export function showLegend(element, drawn, grouped) {
  const entries = [];
  const parts = new Map(drawn.filter((one) => one.suffix).map((one) => [one.part, one]));
  if (grouped) for (const one of drawn.filter((entry) => entry.part === drawn[0].part)) entries.push({ text: one.suffix ? one.name.slice(0, -one.suffix.length - 3) : one.name, note: tCount('chart.legend.runs', one.count), dash: one.suffix ? 0 : one.dash, color: one.css });
  for (const one of [...parts.values()].sort((a, b) => a.part - b.part)) entries.push({ text: one.suffix, note: one.axis === 'y2' ? t('chart.legend.right') : null, dash: one.dash });
  const key = JSON.stringify(entries);
  if (element.legendKey === key) return;
  element.legendKey = key;
  element.hidden = entries.length === 0;
  element.replaceChildren(...entries.slice(0, MAX_ENTRIES).map(({ text, note, dash, color }) => h('li', {}, sample(dash, color), nameText(text), note && h('span', { class: 'muted', text: note }))));
  if (entries.length > MAX_ENTRIES) element.append(h('li', { class: 'muted', text: t('chart.legend.more', { count: entries.length - MAX_ENTRIES }) }));
}
