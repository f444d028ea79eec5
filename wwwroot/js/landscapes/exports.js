// Everything that a landscape can be taken away as.

import { film, filmType } from '../charts/landscape/film.js';
import { h, icon } from '../dom.js';
import { fileName, saveBlob, saveCsv } from '../download.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { pathTable, pointsTable, vtkText } from './files.js';

/** @param host { title(), pictures(): see Board, landscape(): the first one } */
export function exportMenu(host) {
  const item = (key, work) => h('button', { type: 'button', class: 'menu-item', 'data-export': key, text: t(`landscapes.export.${key}`), onclick: () => {
    menu.open = false;
    Promise.resolve().then(work).catch((error) => toast(error.message));
  } });
  const pictures = (format) => async () => {
    for (const { picture, kind, batch, entries } of host.pictures()) {
      const title = [host.title(), entries.length === 1 && entries[0].id !== 'a' ? entries[0].name : null, t(`landscapes.picture.${kind}`), batch === 'validation' || batch === 'difference' ? t(`landscapes.batch.${batch}`) : null].filter(Boolean).join(' ');
      saveBlob(await picture.toImage(format, title), `${fileName(title)}.${format}`);
    }
  };
  const path = item('path', () => {
    const { header, rows } = pathTable(host.landscape(), host.landscape().field('train', 'loss'));
    saveCsv(header, rows, `${host.title()} path`);
  });
  const turn = item('film', () => record(host));
  const menu = h('details', { class: 'menu', 'data-menu': '' },
    h('summary', { class: 'button' }, icon('download'), t('common.export')),
    h('div', { class: 'menu-panel right' }, item('png', pictures('png')), item('svg', pictures('svg')),
      item('csv', () => {
        const { header, rows } = pointsTable(host.landscape());
        saveCsv(header, rows, host.title());
      }), path,
      item('vtk', () => saveBlob(new Blob([vtkText(host.landscape(), host.title())], { type: 'text/plain' }), `${fileName(host.title())}.vtk`)), turn));
  menu.addEventListener('toggle', () => {
    path.hidden = !host.landscape()?.path;
    turn.hidden = filmType() === null || !host.pictures().some(({ kind }) => kind === 'surface');
  });
  return menu;
}

async function record(host) {
  const { picture } = host.pictures().find(({ kind }) => kind === 'surface');
  const abort = new AbortController();
  const bar = h('progress', { max: '1', value: '0', 'aria-label': t('landscapes.filming') });
  const dialog = h('dialog', { class: 'dialog', 'aria-label': t('landscapes.filming') }, h('h2', { text: t('landscapes.filming') }), h('p', { class: 'muted', text: t('landscapes.filming_note') }), bar,
    h('p', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() })));
  dialog.addEventListener('close', () => {
    dialog.remove();
    abort.abort(new DOMException('cancelled', 'AbortError'));
  });
  document.body.append(dialog);
  dialog.showModal();
  try {
    const made = await film(picture, { title: host.title(), onProgress: (part) => { bar.value = part; }, signal: abort.signal });
    saveBlob(made, `${fileName(host.title())}.webm`);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  } finally {
    dialog.close();
  }
}
