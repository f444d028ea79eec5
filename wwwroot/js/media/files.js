// The files of the shown runs as a list: what there is, how large, from when; to save or to delete.

import { send } from '../api.js';
import { h, icon, nameText, setText } from '../dom.js';
import { formatStep, formatTime } from '../format.js';
import { compareNames } from '../tags.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { VirtualList } from '../virtuallist.js';
import { formatBytes } from './bytes.js';
import { addressOf } from './viewers.js';
import { artifactAddress } from '../markdown/addresses.js';

const ROW_PX = 46;
const HASH_SHOWN = 10;
const COLUMNS = ['name', 'type', 'size', 'step', 'created'];

const KEYS = {
  name: (a, b) => compareNames(a.artifact.name, b.artifact.name),
  type: (a, b) => compareNames(a.artifact.type, b.artifact.type),
  size: (a, b) => a.artifact.size - b.artifact.size,
  step: (a, b) => (a.artifact.step ?? -Infinity) - (b.artifact.step ?? -Infinity) || 0,
  created: (a, b) => a.artifact.created - b.artifact.created,
};

export class FileList {
  #hooks;
  #list;

  /** @param hooks { view(), sort(by, descending), run(id), removed(runId) } */
  constructor(root, hooks) {
    this.#hooks = hooks;
    this.heads = new Map(COLUMNS.map((column) => [column, h('th', { scope: 'col', class: `file-${column}`, 'aria-sort': 'none' }, h('button', { type: 'button', text: t(`media.column_${column}`), onclick: () => this.#sortBy(column) }))]));
    this.body = h('tbody');
    this.count = h('p', { class: 'muted files-count', role: 'status' });
    this.scroller = h('div', { class: 'files-scroll', tabindex: '0', role: 'region', 'aria-label': t('media.kind.file') },
      h('table', { class: 'data-table files-table' },
        h('thead', {}, h('tr', {}, ...this.heads.values(), h('th', { scope: 'col', class: 'file-sha', text: 'SHA-256' }), h('th', { scope: 'col', class: 'file-tools' }, h('span', { class: 'visually-hidden', text: t('media.actions') })))), this.body));
    root.replaceChildren(this.count, this.scroller);
    this.#list = new VirtualList(this.body, {
      scroller: this.scroller, rowHeight: () => ROW_PX, key: ({ artifact }) => artifact.id,
      create: (file) => this.#row(file), update: (row, file) => this.#update(row, file),
    });
    this.#dialog();
  }

  show(files) {
    const { sort, descending } = this.#hooks.view();
    const by = KEYS[sort] ?? KEYS.name;
    const sorted = [...files].sort((a, b) => (descending ? -1 : 1) * by(a, b) || compareNames(a.artifact.name, b.artifact.name) || (a.runId < b.runId ? -1 : 1));
    for (const [column, head] of this.heads) head.setAttribute('aria-sort', column !== sort ? 'none' : descending ? 'descending' : 'ascending');
    this.#list.show(sorted);
    const bytes = files.reduce((sum, { artifact }) => sum + artifact.size, 0);
    setText(this.count, `${tCount('media.files', files.length)} · ${formatBytes(bytes)}`);
  }

  #sortBy(column) {
    const { sort, descending } = this.#hooks.view();
    this.#hooks.sort(column, sort === column ? !descending : column === 'size' || column === 'created');
  }

  #row(file) {
    const { artifact, runId } = file;
    const name = artifact.name;
    const row = h('tr', { data: { name, run: runId } });
    row.where = h('span', { class: 'file-where muted' });
    row.swatch = h('span', { class: 'swatch' });
    row.append(
      h('td', { class: 'file-name' }, nameText(name), row.where),
      h('td', { class: 'file-type', text: artifact.type }),
      h('td', { class: 'file-size numeric', text: formatBytes(artifact.size), title: t('media.bytes', { count: artifact.size.toLocaleString('en') }) }),
      h('td', { class: 'file-step numeric', text: artifact.step === null ? '' : formatStep(artifact.step) }),
      h('td', { class: 'file-created', text: formatTime(artifact.created) }),
      h('td', { class: 'file-sha' }, h('button', { type: 'button', class: 'button quiet small', title: artifact.sha256, 'aria-label': `${artifact.sha256.slice(0, HASH_SHOWN)}… ${t('media.copy_hash', { name })}`, text: `${artifact.sha256.slice(0, HASH_SHOWN)}…`, onclick: () => this.#copy(artifact.sha256) })),
      h('td', { class: 'file-tools' },
        h('a', { class: 'button quiet icon-only', href: addressOf(artifact), download: name.split('/').pop(), 'aria-label': t('media.download_file', { name }), title: t('media.download') }, icon('download')),
        h('button', { type: 'button', class: 'button quiet icon-only', data: { needs: 'write' }, 'aria-label': t('media.delete_file', { name }), title: t('common.delete'), onclick: () => this.#ask(row.file) }, icon('trash'))));
    return row;
  }

  #update(row, file) {
    row.file = file;
    const run = this.#hooks.run(file.runId);
    row.swatch.style.setProperty('--run-color', `var(--run-${run?.color ?? 0})`);
    const versions = file.versions > 1 ? ` · ${tCount('media.versions', file.versions)}` : '';
    row.where.replaceChildren(row.swatch, nameText(run?.name ?? file.runId), document.createTextNode(versions));
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast(t('media.hash_copied'));
    } catch {
      toast(text);
    }
  }

  #dialog() {
    this.words = h('p');
    this.confirm = h('button', { type: 'button', class: 'button danger', text: t('common.delete'), onclick: () => this.#remove() });
    this.dialog = h('dialog', { class: 'dialog', 'aria-label': t('media.delete_title') }, h('h2', { text: t('media.delete_title') }), this.words,
      h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => this.dialog.close() }), this.confirm));
    document.body.append(this.dialog);
  }

  #ask(file) {
    this.file = file;
    const { name } = file.artifact;
    setText(this.words, file.versions > 1 ? tCount('media.delete_versions', file.versions, { name }) : t('media.delete_one', { name }));
    this.confirm.disabled = false;
    this.dialog.showModal();
  }

  async #remove() {
    const { artifact, runId } = this.file;
    this.confirm.disabled = true;
    try {
      await send(artifactAddress(runId, artifact.name), { method: 'DELETE' });
      toast(t('media.deleted', { name: artifact.name }));
    } catch (error) {
      // Someone else was quicker: it is gone all the same.
      if (error.status !== 404) toast(t('media.delete_failed', { reason: error.message }));
    }
    this.dialog.close();
    this.#hooks.removed(runId);
  }
}
