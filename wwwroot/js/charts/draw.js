// Drawing the traces onto a canvas: bands, lines with gaps, points that stand alone, and marks for what is not a number.

/** Patterns in CSS pixels, by slot. Three tell runs of one colour apart, all six the tags of one chart. */
export const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2]];
const MARK = 4;
export const THIN_BEYOND = 16;
// The band of a group is what is to be seen; that of merged points only says what a line leaves out.
const GROUP_BAND = 0.2;

/** Maps values of a scale to device pixels, without a function call's worth of work a point. */
export function mapping(min, max, start, length, log) {
  const low = log ? Math.log10(min) : min;
  const high = log ? Math.log10(max) : max;
  const factor = length / (high - low);
  return log ? (value) => start + (Math.log10(value) - low) * factor : (value) => start + (value - low) * factor;
}

/**
 * @param ctx a canvas context, or what records one (svg.js)
 * @param view { box: {left, top, width, height} in device pixels, toX, toY: { y, y2 }, from, to, logX, logY, ratio }
 * @param options { smoothing, lit, color } `lit(run)`: whether it is brought forward; null where none is. `color(slot)`: other colours than the theme's;
 *   `bands: false` leaves the envelopes for a later drawing
 */
export function drawTraces(ctx, traces, view, options) {
  const { box } = view;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  // Many lines are easier told apart when thin, and lines of one pixel are several times cheaper to fill.
  const width = traces.length > THIN_BEYOND ? 1 : 1.6 * view.ratio;
  ctx.lineJoin = traces.length > THIN_BEYOND ? 'bevel' : 'round';
  // Bands and raw lines lie over each other; the more runs, the fainter, so that together they never hide the lines.
  const bandAlpha = Math.max(0.05, 0.18 / Math.sqrt(traces.length));
  const rawAlpha = Math.max(0.16, 0.34 - 0.018 * traces.length);
  const { lit } = options;
  const ordered = lit ? [...traces].sort((a, b) => lit(a.run) - lit(b.run)) : traces;
  for (const trace of ordered) {
    const forward = lit?.(trace.run) ?? false;
    const dim = lit && !forward ? 0.22 : 1;
    const window = visible(trace, view);
    ctx.strokeStyle = ctx.fillStyle = options.color?.(trace.run.color) ?? trace.run.css;
    if (trace.banded && options.bands !== false) band(ctx, trace, view, window, (trace.counts ? GROUP_BAND : bandAlpha) * dim);
    ctx.setLineDash((DASHES[trace.run.dash] ?? []).map((length) => length * view.ratio));
    if (options.smoothing > 0) {
      ctx.globalAlpha = rawAlpha * dim;
      ctx.lineWidth = traces.length > THIN_BEYOND ? 1 : view.ratio;
      line(ctx, trace, trace.values, view, window);
    }
    ctx.globalAlpha = dim;
    ctx.lineWidth = forward ? 2.6 * view.ratio : width;
    line(ctx, trace, options.smoothing > 0 ? trace.smooth : trace.values, view, window);
    ctx.setLineDash([]);
  }
  ctx.restore();
  for (const trace of traces) marks(ctx, trace, view, visible(trace, view), options.color?.(trace.run.color) ?? trace.run.css);
}

/** Per segment the range of indices within the window, one point beyond either edge so that lines reach it. */
function visible(trace, view) {
  if (!trace.rising) return trace.starts.map((begin, s) => [begin, trace.starts[s + 1] ?? trace.count]);
  const ranges = [];
  for (let s = 0; s < trace.starts.length; s++) {
    const begin = trace.starts[s];
    const end = trace.starts[s + 1] ?? trace.count;
    let from = bound(trace.xs, view.from, begin, end);
    let to = bound(trace.xs, view.to, begin, end);
    while (to < end && trace.xs[to] <= view.to) to++;
    from = Math.max(begin, from - 1);
    to = Math.min(end, to + 1);
    if (from < to) ranges.push([from, to]);
  }
  return ranges;
}

function bound(xs, x, low, high) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function line(ctx, trace, ys, view, ranges) {
  const { toX, logX, logY, ratio } = view;
  const toY = view.toY[trace.run.axis ?? 'y'];
  const alone = [];
  ctx.beginPath();
  for (const [from, to] of ranges) {
    let run = 0;
    let lastX = 0;
    let lastY = 0;
    // The line within the present pixel column: where it came in, how far it went. Four corners draw whatever it did there.
    let column = NaN;
    let entered = 0;
    let low = 0;
    let high = 0;
    const leave = () => {
      if (low < entered && low < lastY) ctx.lineTo(lastX, low);
      if (high > entered && high > lastY) ctx.lineTo(lastX, high);
      if (lastY !== entered || low !== high) ctx.lineTo(lastX, lastY);
    };
    for (let i = from; i <= to; i++) {
      const y = i < to ? ys[i] : NaN;
      const drawable = Number.isFinite(y) && (!logY || y > 0) && (!logX || trace.xs[i] > 0) && (trace.rising || Number.isFinite(trace.xs[i]));
      if (!drawable) {
        if (run === 1) alone.push(lastX, lastY);
        else if (run > 1) leave();
        run = 0;
        continue;
      }
      const x = toX(trace.xs[i]);
      const down = toY(y);
      run++;
      if (run > 1 && (x | 0) === column) {
        if (down < low) low = down;
        if (down > high) high = down;
      } else {
        if (run === 1) ctx.moveTo(x, down);
        else {
          leave();
          ctx.lineTo(x, down);
        }
        column = x | 0;
        entered = low = high = down;
      }
      lastX = x;
      lastY = down;
    }
  }
  ctx.stroke();
  if (alone.length === 0) return;
  ctx.beginPath();
  for (let i = 0; i < alone.length; i += 2) {
    ctx.moveTo(alone[i] + 3 * ratio, alone[i + 1]);
    ctx.arc(alone[i], alone[i + 1], 3 * ratio, 0, 2 * Math.PI);
  }
  ctx.fill();
}

// Corners of a band, `x, high, low` each: one buffer for all, because bands are drawn by the thousand a second.
let outline = new Float64Array(3 * 1024);

/** The area between the extremes; within a pixel column the widest of it. */
function band(ctx, trace, view, ranges, alpha) {
  const { toX, logX, logY } = view;
  const toY = view.toY[trace.run.axis ?? 'y'];
  const drawable = (i) => Number.isFinite(trace.min[i]) && Number.isFinite(trace.max[i]) && (!logY || trace.max[i] > 0) && (!logX || trace.xs[i] > 0);
  const bottom = view.box.top + view.box.height;
  ctx.globalAlpha = alpha;
  ctx.beginPath();
  for (const [from, to] of ranges) {
    for (let i = from; i < to; i++) {
      if (!drawable(i)) continue;
      let count = 0;
      let column = NaN;
      for (; i < to && drawable(i); i++) {
        const x = toX(trace.xs[i]);
        const high = toY(trace.max[i]);
        const low = logY && trace.min[i] <= 0 ? bottom : toY(trace.min[i]);
        if ((x | 0) === column) {
          outline[count - 2] = Math.min(outline[count - 2], high);
          outline[count - 1] = Math.max(outline[count - 1], low);
          continue;
        }
        column = x | 0;
        if (count + 3 > outline.length) {
          const larger = new Float64Array(2 * outline.length);
          larger.set(outline);
          outline = larger;
        }
        outline[count++] = x;
        outline[count++] = high;
        outline[count++] = low;
      }
      ctx.moveTo(outline[0], outline[1]);
      for (let k = 3; k < count; k += 3) ctx.lineTo(outline[k], outline[k + 1]);
      for (let k = count - 3; k >= 0; k -= 3) ctx.lineTo(outline[k], outline[k + 2]);
      ctx.closePath();
    }
  }
  ctx.fill();
}

/** ▲ at the top for +∞, ▼ at the bottom for −∞, × at the bottom for NaN and for buckets that hold any of them. */
function marks(ctx, trace, view, ranges, color) {
  const { box, toX, logX, ratio } = view;
  const size = MARK * ratio;
  const top = box.top + size + ratio;
  const bottom = box.top + box.height - size - ratio;
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = color;
  ctx.lineWidth = 1.6 * ratio;
  let lastX = -Infinity;
  for (const [from, to] of ranges) {
    for (let i = from; i < to; i++) {
      if (trace.bad[i] === 0 || (logX && trace.xs[i] <= 0)) continue;
      const x = toX(trace.xs[i]);
      const value = trace.values[i];
      // Marks closer than half their width cover each other; the first of them stands for all.
      if (x < box.left - 1 || x > box.left + box.width + 1 || Math.abs(x - lastX) < size) continue;
      lastX = x;
      ctx.beginPath();
      if (value === Infinity) triangle(ctx, x, top, size, 1);
      else if (value === -Infinity) triangle(ctx, x, bottom, size, -1);
      else cross(ctx, x, bottom, size * 0.8);
    }
  }
  ctx.restore();
}

function triangle(ctx, x, y, size, up) {
  ctx.moveTo(x - size, y + size * 0.8 * up);
  ctx.lineTo(x + size, y + size * 0.8 * up);
  ctx.lineTo(x, y - size * 0.9 * up);
  ctx.closePath();
  ctx.fill();
}

function cross(ctx, x, y, size) {
  ctx.moveTo(x - size, y - size);
  ctx.lineTo(x + size, y + size);
  ctx.moveTo(x + size, y - size);
  ctx.lineTo(x - size, y + size);
  ctx.stroke();
}
