import { insist } from '../api.js';
import { csvField, fileName, saveBlob } from '../download.js';
import { ask } from '../query.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

// Points of one request: a few ten megabytes, packed.
const POINTS_PER_REQUEST = 1000000;
// Rows that a page can still hold as text; a zoom narrows what is asked for.
const MAX_ROWS = 5000000;
const HEADER = 'run,tag,step,wall_time,value';

/** The chart as it is, with title and legend, as a PNG file. */
export async function saveImage(chart, title) {
  saveBlob(await chart.toImage(title), `${fileName(title)}.png`);
}

/** The chart as it is as an SVG file; `white`: for a paper rather than in the theme's colours. */
export function saveSvg(chart, title, white) {
  saveBlob(new Blob([chart.toSvg(title, white)], { type: 'image/svg+xml' }), `${fileName(title)}.svg`);
}

/** Runs in chunks that a request can carry. `sizes`: points by run id. */
export function chunksOf(runs, sizes, most = POINTS_PER_REQUEST) {
  const chunks = [];
  let room = 0;
  for (const run of runs) {
    const size = sizes.get(run.id) ?? 1;
    if (size > room || chunks.length === 0) {
      chunks.push([]);
      room = most;
    }
    chunks[chunks.length - 1].push(run);
    room -= size;
  }
  return chunks;
}

/** A number as CSV: the shortest text that gives the same double; NaN and infinities as the server writes them. */
const numberText = (value) => String(Number(value));

/** Every stored point of the runs and tags (within `steps` where given), each with the run's name and the tag in front. */
export async function saveCsv(title, tags, runs, sizes, steps) {
  const parts = [`${HEADER}\n`];
  let rows = 0;
  for (const chunk of chunksOf(runs, sizes)) {
    const names = new Map(chunk.map((run) => [run.id, csvField(run.name)]));
    const body = { run_ids: chunk.map((run) => run.id), tags, points: 0, from_step: steps?.[0] ?? null, to_step: steps?.[1] ?? null };
    const { series } = await insist(() => ask(body));
    for (const one of series) {
      const front = `${names.get(one.run_id)},${csvField(one.tag)}`;
      const count = Math.min(one.steps.length, MAX_ROWS - rows);
      const lines = new Array(count);
      for (let i = 0; i < count; i++) lines[i] = `${front},${one.steps[i]},${numberText(one.wall_times[i])},${numberText(one.values[i])}\n`;
      parts.push(lines.join(''));
      rows += count;
    }
    if (rows >= MAX_ROWS) break;
  }
  saveBlob(new Blob(parts, { type: 'text/csv' }), `${fileName(title)}.csv`);
  if (rows >= MAX_ROWS) toast(t('card.csv_capped', { count: MAX_ROWS.toLocaleString('en') }));
}
