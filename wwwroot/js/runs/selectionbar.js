// What can be done with the ticked rows, in the place where otherwise the table says how much it shows.

import { byId, h, icon, setText } from '../dom.js';
import { t, tCount } from '../text.js';

/** `actions`: the BulkActions; `read()`: `{ ids, state }`; `names()` of the ticked runs; `known()`: `{ groups, tags }` in use; `shown`: the ShownRuns. */
export function selectionBar({ project, selection, shown, actions, read, names, known }) {
  const more = byId('bulk-menu');
  const panel = byId('bulk-panel');
  const close = () => { more.open = false; };
  const item = (name, label, run, needs) => h('button', { type: 'button', class: 'menu-item check', data: { needs }, onclick: () => { close(); run(); } }, icon(name), label);

  async function run(work) {
    if (await work) selection.clear();
  }

  byId('trash-selected').addEventListener('click', () => run(actions.trash(read().ids)));
  byId('archive-selected').addEventListener('click', () => run(actions.archive(read().ids)));
  byId('restore-selected').addEventListener('click', () => run(actions.restore(read().ids, read().state)));
  byId('delete-selected').addEventListener('click', () => run(actions.remove(read().ids, names())));
  byId('clear-selected').addEventListener('click', () => selection.clear());

  more.addEventListener('toggle', () => {
    if (!more.open) return;
    const { ids } = read();
    const { groups, tags } = known();
    panel.replaceChildren(
      item('scalars', t('runs.show_only'), () => shown.choose(ids), 'read'),
      item('plus', t('runs.bulk.tag.item'), () => actions.tag(ids, tags, false), 'write'),
      item('close', t('runs.bulk.untag.item'), () => actions.tag(ids, tags, true), 'write'),
      item('projects', t('runs.bulk.group.item'), () => actions.group(ids, groups), 'write'));
  });

  return () => {
    const { ids, state } = read();
    const live = state === 'live';
    byId('selection-bar').hidden = ids.length === 0;
    byId('table-line').classList.toggle('covered', ids.length > 0);
    setText(byId('selection-count'), ids.length ? tCount('runs.selected', ids.length) : '');
    for (const id of ['trash-selected', 'archive-selected', 'open-scalars', 'compare-selected', 'bulk-menu']) byId(id).hidden = !live;
    byId('trash-selected').hidden = state === 'trash';
    byId('restore-selected').hidden = live;
    byId('delete-selected').hidden = state !== 'trash';
    byId('compare-selected').hidden = !live || ids.length < 2;
    const next = new URLSearchParams({ project, runs: ids.map(encodeURIComponent).join(',') });
    byId('open-scalars').href = `scalars?${next}`;
    byId('compare-selected').href = `compare?${next}`;
    setText(byId('open-scalars').querySelector('span'), tCount('runs.open_scalars_of', ids.length));
    setText(byId('compare-selected').querySelector('span'), tCount('runs.compare_of', ids.length));
  };
}
