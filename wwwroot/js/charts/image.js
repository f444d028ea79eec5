// A chart as a picture to put somewhere else: title above, legend below, on the card's background.

const LEGEND_ROW = 20;
const MAX_LEGEND = 40;

/** A PNG of the canvas. `runs`: `{ name, css }`. `style` gives the theme's colours. */
export function composeImage(source, title, runs, style) {
  const ratio = devicePixelRatio;
  const width = source.width;
  const shown = runs.slice(0, MAX_LEGEND);
  const columns = Math.max(1, Math.floor(width / ratio / 240));
  const head = 34 * ratio;
  const foot = (Math.ceil(shown.length / columns) * LEGEND_ROW + 14) * ratio;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = head + source.height + foot;
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = style.getPropertyValue('--surface').trim();
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(source, 0, head);
  ctx.scale(ratio, ratio);
  ctx.textBaseline = 'middle';
  ctx.fillStyle = style.getPropertyValue('--text').trim();
  ctx.font = '600 14px Inter, ui-sans-serif, system-ui, sans-serif';
  ctx.fillText(title, 12, 18, width / ratio - 24);
  ctx.font = '12px Inter, ui-sans-serif, system-ui, sans-serif';
  const cell = width / ratio / columns;
  shown.forEach((run, i) => {
    const left = (i % columns) * cell + 12;
    const top = (head + source.height) / ratio + Math.floor(i / columns) * LEGEND_ROW + 12;
    ctx.fillStyle = run.css;
    ctx.fillRect(left, top - 4, 9, 9);
    ctx.fillStyle = style.getPropertyValue('--text').trim();
    ctx.fillText(run.name, left + 15, top + 1, cell - 34);
  });
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'));
}
