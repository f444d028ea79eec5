// Changes of many runs at once: each is one request a thousand runs, said in numbers before, and taken back by a click where that is possible.

import { json } from '../api.js';
import { t, tCount } from '../text.js';
import { toast } from '../toast.js';
import { confirmDialog, textDialog } from './dialog.js';

const PER_REQUEST = 1000;
// Above this many, a slip of the hand is likelier than a wish.
const ASK_ABOVE = 20;

async function send(ids, body) {
  let changed = 0;
  for (let at = 0; at < ids.length; at += PER_REQUEST) {
    changed += (await json('api/v1/runs/bulk', { method: 'POST', body: { run_ids: ids.slice(at, at + PER_REQUEST), ...body } })).changed;
  }
  return changed;
}

/** `done()` is called after every change, so that the table asks again. */
export class BulkActions {
  #done;

  constructor(done) {
    this.#done = done;
  }

  /** Changes runs without a question. Answers whether it worked. */
  async #change(ids, change, said, undo) {
    try {
      const count = await send(ids, { change });
      toast(tCount(said, count), undo && { label: t('common.undo'), run: () => this.#change(ids, undo.change, undo.said) });
      return true;
    } catch (error) {
      toast(t('runs.bulk.failed', { reason: error.message }));
      return false;
    } finally {
      this.#done();
    }
  }

  async #sure(ids, key) {
    return ids.length <= ASK_ABOVE || confirmDialog({ title: tCount(`runs.confirm.${key}`, ids.length), body: [t(`runs.confirm.${key}.text`)], action: t(`runs.${key}`) });
  }

  async trash(ids) {
    return await this.#sure(ids, 'trash') && this.#change(ids, { trashed: true }, 'runs.trashed', { change: { trashed: false }, said: 'runs.restored' });
  }

  async archive(ids) {
    return await this.#sure(ids, 'archive') && this.#change(ids, { archived: true }, 'runs.archived', { change: { archived: false }, said: 'runs.restored' });
  }

  /** Out of the trash or the archive, whichever `state` names. */
  restore(ids, state) {
    const field = state === 'trash' ? 'trashed' : 'archived';
    return this.#change(ids, { [field]: false }, 'runs.restored', { change: { [field]: true }, said: state === 'trash' ? 'runs.trashed' : 'runs.archived' });
  }

  async tag(ids, known, remove) {
    const key = remove ? 'untag' : 'tag';
    const text = await textDialog({ title: tCount(`runs.bulk.${key}`, ids.length), note: t('runs.bulk.tag_note'), label: t('runs.tags'), action: t(`runs.bulk.${key}.action`), list: known });
    const tags = [...new Set((text ?? '').split(',').map((tag) => tag.trim()).filter(Boolean))];
    return tags.length > 0 && this.#change(ids, { [remove ? 'remove_tags' : 'add_tags']: tags }, 'runs.changed');
  }

  async group(ids, known) {
    const group = await textDialog({ title: tCount('runs.bulk.group', ids.length), note: t('runs.bulk.group_note'), label: t('runs.group'), action: t('common.save'), list: known, allowEmpty: true });
    return group !== null && this.#change(ids, { group }, 'runs.changed');
  }

  /** Removes runs with all their data. `names`: those of the runs, for the question. */
  async remove(ids, names) {
    const sure = await confirmDialog({
      title: ids.length === 1 ? t('runs.confirm.delete_named', { run: names[0] }) : tCount('runs.confirm.delete', ids.length),
      body: [t('runs.confirm.delete.text')], action: t('runs.delete'), danger: true, typed: String(ids.length),
    });
    if (!sure) return false;
    try {
      toast(tCount('runs.deleted', await send(ids, { permanent: true })));
      return true;
    } catch (error) {
      toast(t('runs.bulk.failed', { reason: error.message }));
      return false;
    } finally {
      this.#done();
    }
  }
}
