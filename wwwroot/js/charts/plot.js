// The chart library's part: scales, axes, cursor. The lines are drawn by draw.js.

import uPlot from '../../lib/uPlot.esm.js';
import { axisRules } from './axes.js';

const FONT = '11px Inter, ui-sans-serif, system-ui, sans-serif';

if (!document.getElementById('chart-library-style')) {
  const link = document.createElement('link');
  Object.assign(link, { id: 'chart-library-style', rel: 'stylesheet', href: new URL('../../lib/uPlot.min.css', import.meta.url).href });
  document.head.prepend(link);
}

/**
 * @param element what holds it
 * @param size `{ width, height }` in CSS pixels
 * @param options `{ x, logX, logY, right }`: kind of the x axis, and whether there is a right axis
 * @param color `(token) → CSS colour` of the theme in use
 * @param on `{ draw(plot), select(plot), cursor(plot), reset() }`
 */
export function makePlot(element, { width, height }, { x, logX, logY, right }, color, on) {
  const axis = { stroke: () => color('--axis'), grid: { stroke: () => color('--grid'), width: 1 }, ticks: { show: false }, font: FONT };
  const scale = (log) => ({ auto: false, distr: log ? 3 : 1, range: (_, min, max) => [min, max] });
  const upright = {
    ...axis,
    size: (_, labels) => 14 + Math.max(2, ...(labels ?? []).map((label) => String(label).length)) * 6.4,
    gap: 5, space: (_, __, ___, ____, length) => Math.max(32, length / 12), ...axisRules('y', logY),
  };
  const blank = { show: true, paths: () => null, points: { show: false } };
  return new uPlot({
    width,
    height,
    padding: [8, right ? 0 : 10, 0, 0],
    legend: { show: false },
    scales: { x: { time: x === 'time' && !logX, ...scale(logX) }, y: scale(logY), ...(right ? { y2: scale(logY) } : {}) },
    axes: [
      { ...axis, size: 26, gap: 4, space: 70, ...axisRules(x, logX) },
      upright,
      ...(right ? [{ ...upright, scale: 'y2', side: 1, grid: { show: false } }] : []),
    ],
    series: [{}, blank, ...(right ? [{ ...blank, scale: 'y2' }] : [])],
    cursor: {
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: 5 },
      bind: { dblclick: () => () => { on.reset(); return null; } },
    },
    hooks: { draw: [on.draw], setSelect: [on.select], setCursor: [on.cursor] },
  }, [[0, 1], [null, null], ...(right ? [[null, null]] : [])], element);
}

/** The ticks of an axis as they are drawn: `[{ at: CSS pixels within the whole plot, text }]`. */
export function ticksOf(plot, index) {
  const axis = plot.axes[index];
  const scale = index === 0 ? 'x' : index === 1 ? 'y' : 'y2';
  const offset = (index === 0 ? plot.bbox.left : plot.bbox.top) / devicePixelRatio;
  return (axis._splits ?? []).map((value, i) => ({ at: offset + plot.valToPos(value, scale), text: String(axis._values?.[i] ?? '') })).filter((tick) => tick.text !== '');
}
