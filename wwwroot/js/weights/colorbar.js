// The scale of colours beside a picture, or above it where the picture is narrow.

import { colorScale } from '../charts/colorscale.js';
import { escapeMarkup } from '../charts/figure.js';
import { isDark } from '../charts/themewatch.js';

const NARROW = 520;
const TALL = 58;

/** `{ marker, margin }`: what colours points by numbers, and the room that the scale needs above the picture. */
export function colored(host, values, title) {
  const narrow = host.clientWidth > 0 && host.clientWidth < NARROW;
  const colorbar = { title: { text: escapeMarkup(title), side: narrow ? 'top' : 'right' }, thickness: 12, outlinewidth: 0, exponentformat: 'power', ...(narrow ? { orientation: 'h', y: 1, yanchor: 'bottom', nticks: 5 } : {}) };
  return { marker: { color: values, colorscale: colorScale(isDark()), showscale: true, colorbar }, margin: narrow ? { t: TALL } : {} };
}
