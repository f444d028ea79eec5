// Everything that a projection can be taken away as.

import { copyText } from '../clipboard.js';
import { h, icon } from '../dom.js';
import { fileName, saveBlob } from '../download.js';
import { t } from '../text.js';
import { toast } from '../toast.js';
import { fileOf } from './source.js';

/** @param host { title(), pictures(): see Board, legend(): of the chart's export, source(): see source.js } */
export function exportMenu(host) {
  const item = (key, work) => h('button', { type: 'button', class: 'menu-item', 'data-export': key, text: t(`projections.export.${key}`), onclick: () => {
    menu.open = false;
    Promise.resolve().then(work).catch((error) => toast(error.message));
  } });
  const named = (picture, ending) => `${fileName(picture.title)}.${ending}`;
  const download = (format, ending) => () => {
    const link = h('a', { href: fileOf(host.source().id, format), download: `${fileName(host.title())}.${ending}` });
    link.click();
  };
  const whole = [item('csv', download('csv', 'csv')), item('safetensors', download('safetensors', 'safetensors'))];
  const menu = h('details', { class: 'menu', 'data-menu': '' },
    h('summary', { class: 'button' }, icon('download'), t('common.export')),
    h('div', { class: 'menu-panel right' },
      item('png', async () => {
        for (const picture of host.pictures()) saveBlob(await picture.points.exportPng({ scale: 2, title: picture.title, legend: host.legend() }), named(picture, 'png'));
      }),
      item('svg', async () => {
        for (const picture of host.pictures()) {
          const { text, note } = picture.points.exportSvg({ title: picture.title, legend: host.legend() });
          saveBlob(new Blob([text], { type: 'image/svg+xml' }), named(picture, 'svg'));
          if (note) toast(t('projections.export.as_image'));
        }
      }), ...whole,
      item('link', async () => toast(t(await copyText(location.href) ? 'projections.export.linked' : 'shell.copy_failed')))));
  menu.addEventListener('toggle', () => {
    for (const one of whole) one.hidden = !host.source()?.complete;
  });
  return menu;
}
