// What a finding rests on, drawn over its curve: stretches, lines, levels and points with their names. Works on a canvas and on what records one (svg.js).

const LABEL = 10.5;
const ROOM = 3;

/**
 * @param ctx a canvas context, or what records one
 * @param marks `[{ kind: 'range'|'point'|'level'|'line', text, from, to, low, high }]`: x from and to, y low (at from) and high (at to)
 * @param view { box, toX, toY: { y }, logX, logY, ratio } as drawTraces takes it
 * @param colors { range, line, level, text }
 */
export function drawEvidence(ctx, marks, view, colors) {
  const { box, ratio } = view;
  const toY = view.toY.y;
  if (!toY) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  const labels = [];
  for (const mark of marks) {
    if (mark.kind === 'range') range(ctx, mark, view, colors, labels);
    else if (mark.kind === 'level') level(ctx, mark, view, colors, labels);
    else if (mark.kind === 'line') segment(ctx, mark, view, colors, labels);
    else if (mark.kind === 'point') point(ctx, mark, view, colors, labels);
  }
  ctx.restore();
  // A recorder of paths has no text: there the legend and the sentence say it.
  if (ctx.fillText) write(ctx, labels, box, ratio, colors.text);
}

const onX = (x, { logX, toX }) => (Number.isFinite(x) && (!logX || x > 0) ? toX(x) : null);
const onY = (y, { logY, toY }) => (Number.isFinite(y) && (!logY || y > 0) ? toY.y(y) : null);

function range(ctx, { from, to, text }, view, { range: color }, labels) {
  const { box, ratio, toX, logX } = view;
  const left = Math.max(box.left, logX && from <= 0 ? box.left : toX(from));
  const right = Math.min(box.left + box.width, onX(to, view) ?? box.left);
  if (right < box.left || left > box.left + box.width) return;
  // A single step is seen as well.
  const width = Math.max(right - left, 3 * ratio);
  ctx.globalAlpha = 0.13;
  ctx.fillStyle = color;
  ctx.beginPath();
  for (const [i, [x, y]] of [[left, box.top], [left + width, box.top], [left + width, box.top + box.height], [left, box.top + box.height]].entries()) {
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.closePath();
  ctx.fill();
  ctx.globalAlpha = 1;
  labels.push({ x: left + ROOM * ratio, y: box.top + (LABEL + 1) * ratio, text });
}

function stroke(ctx, x1, y1, x2, y2, color, width, dash) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.setLineDash([]);
}

function level(ctx, { from, to, low, text }, view, { level: color }, labels) {
  const { box, ratio } = view;
  const y = onY(low, view);
  if (y === null) return;
  const left = from === null ? box.left : onX(from, view) ?? box.left;
  const right = to === null ? box.left + box.width : onX(to, view) ?? box.left + box.width;
  stroke(ctx, left, y, right, y, color, 1.3 * ratio, [5 * ratio, 4 * ratio]);
  labels.push({ x: Math.max(box.left, left) + ROOM * ratio, y: y - ROOM * ratio, text });
}

function segment(ctx, { from, to, low, high, text }, view, { line: color }, labels) {
  const [x1, y1, x2, y2] = [onX(from, view), onY(low, view), onX(to, view), onY(high, view)];
  if (x1 === null || y1 === null || x2 === null || y2 === null) return;
  stroke(ctx, x1, y1, x2, y2, color, 1.8 * view.ratio, [7 * view.ratio, 3 * view.ratio]);
  labels.push({ x: x2, y: y2 - 5 * view.ratio, text, end: true });
}

function point(ctx, { from, low, text }, view, { line: color }, labels) {
  const [x, y] = [onX(from, view), onY(low, view)];
  if (x === null || y === null) return;
  ctx.strokeStyle = color;
  ctx.lineWidth = 2 * view.ratio;
  ctx.beginPath();
  ctx.moveTo(x + 5 * view.ratio, y);
  ctx.arc(x, y, 5 * view.ratio, 0, 2 * Math.PI);
  ctx.stroke();
  labels.push({ x: x + 8 * view.ratio, y: y - 6 * view.ratio, text });
}

/** Names beside the marks; one that would stand on another moves below it. */
function write(ctx, labels, box, ratio, color) {
  ctx.save();
  ctx.font = `${LABEL * ratio}px Inter, ui-sans-serif, system-ui, sans-serif`;
  ctx.fillStyle = color;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const placed = [];
  for (const { text, x, y, end } of labels) {
    if (!text) continue;
    const width = ctx.measureText(text).width;
    const left = Math.max(box.left + ROOM * ratio, Math.min(end ? x - width : x, box.left + box.width - width - ROOM * ratio));
    let bottom = Math.max(box.top + LABEL * ratio, Math.min(y, box.top + box.height - ROOM * ratio));
    while (placed.some((other) => Math.abs(other.bottom - bottom) < LABEL * ratio && left < other.left + other.width && other.left < left + width)) bottom += (LABEL + 2) * ratio;
    if (bottom > box.top + box.height) continue;
    placed.push({ left, bottom, width });
    ctx.fillText(text, left, bottom);
  }
  ctx.restore();
}
