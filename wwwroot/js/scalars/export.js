import { send } from '../api.js';
import { csvField, fileName, saveBlob } from '../download.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

// The server answers one series at a time; more runs than this would be a long row of requests.
const MAX_CSV_RUNS = 50;
/** The chart as it is, with title and legend, as a PNG file. */
export async function saveImage(chart, tag) {
  saveBlob(await chart.toImage(tag), `${fileName(tag)}.png`);
}

/** Every stored point of the shown runs (within `steps` where given), as the server's CSV with the run's name in front. */
export async function saveCsv(tag, runs, steps) {
  const lines = [];
  for (const run of runs.slice(0, MAX_CSV_RUNS)) {
    const query = new URLSearchParams({ tag, points: '0' });
    if (steps) {
      query.set('from_step', steps[0]);
      query.set('to_step', steps[1]);
    }
    let text;
    try {
      text = await (await send(`api/v1/runs/${encodeURIComponent(run.id)}/scalars?${query}`, { accept: 'text/csv' })).text();
    } catch (error) {
      if (error.status === 404) continue;
      throw error;
    }
    const [head, ...rows] = text.trimEnd().split(/\r?\n/);
    if (lines.length === 0) lines.push(`run,${head}`);
    for (const row of rows) lines.push(`${csvField(run.name)},${row}`);
  }
  saveBlob(new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' }), `${fileName(tag)}.csv`);
  if (runs.length > MAX_CSV_RUNS) toast(t('card.csv_capped', { count: MAX_CSV_RUNS }));
}
