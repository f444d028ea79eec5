// Name, notes, labels and group of one run as a form that knows what it began from: who changed the run meanwhile is never overwritten unseen.

import { ApiError, json } from '../api.js';
import { h, icon } from '../dom.js';
import { t } from '../text.js';
import { tagChip } from './cells.js';

const FIELDS = ['name', 'group', 'tags', 'notes'];
const NOTES_ROWS = 7;

const plain = (run) => ({ name: run.name, group: run.group ?? '', tags: [...(run.tags ?? [])], notes: run.notes ?? '' });
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const shown = (field, value) => (field === 'tags' ? value.join(', ') : value) || t('common.none');

/**
 * @param run the run as it is now
 * @param options `{ groups, tags: known ones to offer, onSaved(run), onCancel() }`
 */
export function editForm(run, { groups, tags, onSaved, onCancel }) {
  let base = plain(run);
  const name = h('input', { type: 'text', class: 'text-input', id: 'edit-name', autocomplete: 'off', spellcheck: 'false', dir: 'auto' });
  const group = h('input', { type: 'text', class: 'text-input', id: 'edit-group', list: 'edit-groups', autocomplete: 'off', dir: 'auto' });
  const notes = h('textarea', { class: 'text-input', id: 'edit-notes', rows: NOTES_ROWS, dir: 'auto' });
  const labels = tagEditor(base.tags, tags);
  const fault = h('p', { class: 'field-error', role: 'alert' });
  const conflict = h('div', { class: 'conflict' });
  const save = h('button', { type: 'submit', class: 'button primary', text: t('common.save') });
  Object.assign(name, { value: base.name });
  Object.assign(group, { value: base.group });
  Object.assign(notes, { value: base.notes });
  const field = (id, label, control, ...more) => h('div', { class: 'edit-field' }, h('label', { for: id, text: label }), control, ...more);
  const form = h('form', { class: 'edit-form', 'aria-label': t('runs.edit') },
    field('edit-name', t('runs.name'), name), field('edit-group', t('runs.group'), group, h('datalist', { id: 'edit-groups' }, ...groups.map((value) => h('option', { value })))),
    field('edit-tag', t('runs.tags'), labels.element), field('edit-notes', t('runs.notes'), notes, h('p', { class: 'muted', text: t('runs.edit.markdown') })),
    fault, conflict, h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: onCancel }), save));

  const values = () => ({ name: name.value.trim(), group: group.value.trim(), tags: labels.tags(), notes: notes.value });
  const put = (key, value) => {
    if (key === 'tags') labels.set(value);
    else ({ name, group, notes })[key].value = value;
  };

  /** Another tab changed the run: where both changed the same field, the person says which stays. */
  async function settle() {
    const theirs = plain(await json(`api/v1/runs/${encodeURIComponent(run.id)}`));
    const mine = values();
    const clashes = FIELDS.filter((key) => !same(theirs[key], base[key]) && !same(mine[key], base[key]) && !same(mine[key], theirs[key]));
    // What only the other side changed is taken over.
    for (const key of FIELDS) if (!same(theirs[key], base[key]) && same(mine[key], base[key])) put(key, theirs[key]);
    base = theirs;
    if (clashes.length === 0) return submit();
    save.disabled = true;
    const open = new Set(clashes);
    const choice = (key) => {
      const block = h('fieldset', { class: 'clash' }, h('legend', { text: t('runs.conflict.field', { field: t(`runs.${key}`) }) }));
      const pick = (value, label) => h('button', { type: 'button', class: 'clash-choice', onclick: () => {
        put(key, value);
        block.remove();
        open.delete(key);
        if (open.size === 0) {
          conflict.replaceChildren(h('p', { text: t('runs.conflict.settled') }));
          save.disabled = false;
          save.focus();
        }
      } }, h('strong', { text: label }), h('span', { class: 'clash-value', dir: 'auto', text: shown(key, value) }));
      block.append(pick(mine[key], t('runs.conflict.mine')), pick(theirs[key], t('runs.conflict.theirs')));
      return block;
    };
    conflict.replaceChildren(h('p', { class: 'banner', role: 'alert', text: t('runs.conflict.text') }), ...clashes.map(choice));
    conflict.querySelector('button').focus();
    return null;
  }

  async function submit() {
    const next = values();
    const body = Object.fromEntries(FIELDS.filter((key) => !same(next[key], base[key])).map((key) => [key, next[key]]));
    fault.textContent = '';
    if (Object.keys(body).length === 0) return onCancel();
    save.disabled = true;
    try {
      return onSaved(await json(`api/v1/runs/${encodeURIComponent(run.id)}`, { method: 'PATCH', body: { ...body, base: Object.fromEntries(Object.keys(body).map((key) => [key, base[key]])) } }));
    } catch (error) {
      save.disabled = false;
      if (error instanceof ApiError && error.code === 'run_changed') return settle().catch((again) => { fault.textContent = again.message; });
      fault.textContent = error.errors?.[0]?.message ?? error.message;
      return null;
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    labels.commit();
    submit();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    else if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    }
  });
  return { element: form, focus: (key = 'name') => (key === 'notes' ? notes : name).focus() };
}

function tagEditor(initial, known) {
  let list = [...initial];
  const input = h('input', { type: 'text', id: 'edit-tag', list: 'edit-tags', placeholder: t('runs.edit.add_tag'), autocomplete: 'off', dir: 'auto' });
  const element = h('div', { class: 'tag-editor' });
  const options = h('datalist', { id: 'edit-tags' }, ...known.map((value) => h('option', { value })));
  const render = () => element.replaceChildren(...list.map((tag) => tagChip(tag, h('button', { type: 'button', class: 'chip-remove', 'aria-label': t('runs.edit.remove_tag', { tag }), onclick: () => { list = list.filter((other) => other !== tag); render(); input.focus(); } }, icon('close')))), input, options);
  const commit = () => {
    const added = input.value.split(',').map((tag) => tag.trim()).filter(Boolean);
    if (added.length === 0) return;
    list = [...new Set([...list, ...added])];
    input.value = '';
    render();
  };
  input.addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === ',') {
      if (!input.value.trim() && event.key === 'Enter') return;
      event.preventDefault();
      commit();
      input.focus();
    } else if (event.key === 'Backspace' && input.value === '' && list.length > 0) {
      list = list.slice(0, -1);
      render();
      input.focus();
    }
  });
  render();
  return { element, commit, tags: () => list, set: (tags) => { list = [...tags]; render(); } };
}
