// A report as one HTML file that opens anywhere: notes as they are, and what its pages show.

import { t } from '../text.js';
import { picture, startFile } from './file.js';

const WAIT_MS = 20000;

/** Saves the report as it is shown. `root` holds its blocks. */
export async function exportReport(name, root) {
  const { page, make, save } = startFile(name, t('reports.exported', { time: new Date().toLocaleString() }));
  const blocks = make('main');
  for (const element of root.children) {
    const section = make('section', '', element.dataset.width);
    const frame = element.querySelector('iframe');
    if (!frame) section.append(page.importNode(element.querySelector('.prose') ?? make('p', element.block.text), true));
    else {
      const figure = make('figure');
      figure.append(make('figcaption', element.block.title || element.block.path), await contents(frame, make));
      section.append(figure);
    }
    blocks.append(section);
  }
  page.body.append(blocks);
  save();
}

/** What a framed page shows, as elements that need nothing else. */
async function contents(frame, make) {
  // A frame far down the page is loaded only now.
  frame.loading = 'eager';
  frame.scrollIntoView({ block: 'nearest' });
  const inside = await drawn(frame);
  const all = make('div', '', 'charts');
  if (!inside) {
    all.append(make('p', t('reports.export_missing'), 'missing'));
    return all;
  }
  // A card that fills the frame is all that a reader sees of the page.
  const seen = inside.querySelector('main .fullscreen') ?? inside.querySelector('main');
  for (const element of seen.querySelectorAll('*')) {
    if (element.closest('[hidden]') || element.parentElement.closest('[data-exported]')) continue;
    const made = await picture(element, make);
    if (!made) continue;
    element.dataset.exported = '';
    all.append(made);
  }
  inside.querySelectorAll('[data-exported]').forEach((element) => delete element.dataset.exported);
  if (!all.hasChildNodes()) all.append(make('p', t('reports.export_nothing'), 'missing'));
  return all;
}

/** The frame's document once it draws no more, or null where it does not come. */
async function drawn(frame) {
  const until = performance.now() + WAIT_MS;
  while (performance.now() < until) {
    const inside = frame.contentDocument;
    const ready = inside?.readyState === 'complete' && inside.querySelector('main')
      && !inside.querySelector('main [aria-busy="true"], main .loading, main .skeleton') && inside.querySelector('main canvas, main img, main table, main svg, main .empty:not([hidden])');
    if (ready) return inside;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return null;
}
