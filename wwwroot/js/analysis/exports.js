// The pictures and the numbers of a chart as files.

import { h, icon } from '../dom.js';
import { fileName, saveBlob, saveCsv } from '../download.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

/**
 * A menu with PNG, SVG and CSV.
 * @param options { title(): text, image?(format, title) → Promise<Blob>, csv?() → { header, rows, note? } or a promise of it }
 */
export function exportMenu(label, { title, image, csv }) {
  const item = (key, work) => h('button', { type: 'button', class: 'menu-item', text: t(`common.${key}`), 'data-export': key, onclick: () => {
    menu.open = false;
    Promise.resolve().then(work).catch((error) => toast(error.message));
  } });
  const picture = (format) => async () => saveBlob(await image(format, title()), `${fileName(title())}.${format}`);
  const numbers = async () => {
    const { header, rows, note } = await csv();
    saveCsv(header, rows, title());
    if (note) toast(note);
  };
  const menu = h('details', { class: 'menu', 'data-menu': '' },
    h('summary', { class: 'button quiet icon-only', 'aria-label': label, title: label }, icon('download')),
    h('div', { class: 'menu-panel right' }, image ? item('png', picture('png')) : null, image ? item('svg', picture('svg')) : null, csv ? item('csv', numbers) : null));
  return menu;
}
