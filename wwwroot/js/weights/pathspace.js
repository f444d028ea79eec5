// The path of training in its three leading directions: a cloud to turn, with a line from each checkpoint to the next.

import { categoryColors } from '../charts/points/categories.js';
import { rampColors } from '../charts/points/colors.js';
import { createPoints } from '../charts/points/points.js';
import { isDark } from '../charts/themewatch.js';
import { hideLines, showLines } from '../charts/tip.js';
import { formatNumber } from '../format.js';
import { t } from '../text.js';
import { checkpointLines, clusterWord } from './pathwords.js';

const SIZE = 8;
const BAR = 64;

export class PathSpace {
  #points;
  #host;
  #hooks;
  #rows = [];
  #colors = null;
  #key = null;

  /** @param hooks { pick(name), camera(numbers) } */
  constructor(host, hooks) {
    this.#host = host;
    this.#hooks = hooks;
    host.setAttribute('aria-description', t('projections.keys'));
    this.#points = createPoints(host, {
      label: t('weights.path.figure'), wheel: 'focus', axes: ['1', '2', '3'],
      onHover: (row, place) => {
        if (row === null) return hideLines();
        const [head, ...lines] = checkpointLines(this.#rows[row]);
        return showLines(head, lines, place.x, place.y);
      },
      onPick: (row) => row !== null && hooks.pick(this.#rows[row].name), onClear: () => hooks.pick(null), onCamera: (numbers) => hooks.camera(numbers), onSelect: () => {}, onThinned: () => {},
    });
  }

  /** @param view { rows, colors, at, camera } */
  draw({ rows, colors, at, camera }) {
    this.#rows = rows;
    this.#colors = colors;
    const key = rows.map(({ place }) => place.join()).join(';');
    if (key !== this.#key) {
      this.#key = key;
      const coordinates = Float32Array.from(rows.flatMap(({ place }) => [place[0], place[1] ?? 0, place[2] ?? 0]));
      this.#points.setPoints({ rows: rows.length, dims: 3, coordinates, move: false });
      const links = rows.slice(1).flatMap((_, row) => [...coordinates.subarray(row * 3, row * 3 + 6)]);
      this.#points.setLinks(links.length ? Float32Array.from(links) : null);
      this.#points.setSize(SIZE);
      if (camera) this.#points.setCamera(camera);
    }
    this.#points.setColors(colors.by === 'cluster'
      ? { codes: Int32Array.from(colors.values, (value) => value ?? -1), palette: (dark) => categoryColors(Math.max(1, ...colors.values.map((value) => (value ?? 0) + 1)), dark).colors }
      : { values: Float64Array.from(colors.values, (value) => value ?? NaN), ramp: 'viridis', ...extent(colors.values) });
    const chosen = rows.findIndex(({ name }) => name === at);
    this.#points.setPicked(chosen < 0 ? null : chosen);
    this.#points.setLabels({ texts: (row) => (row === 0 ? t('weights.path.start') : row === rows.length - 1 ? t('weights.path.end') : '') });
    this.#host.dataset.drawn = String(rows.length);
  }

  async toImage(format, title) {
    const legend = this.#legend();
    if (format === 'png') return this.#points.exportPng({ title, legend });
    return new Blob([this.#points.exportSvg({ title, legend }).text], { type: 'image/svg+xml' });
  }

  destroy() {
    hideLines();
    this.#points.destroy();
  }

  #legend() {
    const { by, values, title } = this.#colors;
    if (by === 'cluster') {
      const codes = [...new Set(values.filter((value) => value !== null))].sort((a, b) => a - b);
      const { colors } = categoryColors(codes.length, isDark());
      return codes.map((code) => ({ name: clusterWord(code), color: colors[code % colors.length] }));
    }
    const { low, high } = extent(values);
    return { colors: rampColors('viridis', isDark(), BAR), low: formatNumber(low), high: formatNumber(high), name: title };
  }
}

function extent(values) {
  const known = values.filter((value) => value !== null && Number.isFinite(value));
  return known.length ? { low: Math.min(...known), high: Math.max(...known) } : { low: 0, high: 1 };
}
