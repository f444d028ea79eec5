// Queries to come back to: saved in the project for everyone, and the last ones of this browser.

import { ApiError, json } from '../api.js';
import { byId, h, icon, nameText } from '../dom.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

const RECENT = 8;

/** Fills the menu each time it opens. `box`: the QueryBox. */
export function savedQueries(project, box) {
  const menu = byId('saved-menu');
  const panel = byId('saved-panel');

  async function save(name) {
    try {
      await json('api/v1/views', { method: 'POST', body: { project, kind: 'query', name, body: { query: box.text.trim() } } });
      toast(t('runs.saved.done'));
      await fill();
    } catch (error) {
      toast(t('runs.saved.failed', { reason: error.message }));
    }
  }

  async function remove(view) {
    try {
      await json(`api/v1/views/${encodeURIComponent(view.id)}`, { method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) {
        toast(t('runs.saved.failed', { reason: error.message }));
        return;
      }
    }
    toast(t('runs.saved.deleted', { name: view.name }), {
      label: t('common.undo'),
      run: () => json('api/v1/views', { method: 'POST', body: { project, kind: 'query', name: view.name, body: view.body } }).catch((error) => toast(t('runs.saved.failed', { reason: error.message }))),
    });
    await fill();
  }

  const entry = (title, query, ...more) => h('li', { class: 'saved-entry' },
    h('button', { type: 'button', class: 'menu-item', onclick: () => { menu.open = false; box.run(query); } },
      h('span', { class: 'saved-text' }, title ? nameText(title, 'ellipsis saved-name') : null, h('code', { class: 'ellipsis', text: query, title: query }))), ...more);

  async function fill() {
    let views = [];
    let failure = null;
    try {
      const answer = await json(`api/v1/views?${new URLSearchParams({ project, kind: 'query', bodies: 'true' })}`);
      views = answer.items.filter((view) => typeof view.body?.query === 'string');
    } catch (error) {
      failure = error;
    }
    const name = h('input', { type: 'text', maxlength: '200', placeholder: t('runs.saved.name'), 'aria-label': t('runs.saved.name'), autocomplete: 'off' });
    const form = h('form', { class: 'saved-form', data: { needs: 'write' } }, name, h('button', { type: 'submit', class: 'button', text: t('common.save') }));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (name.value.trim()) save(name.value.trim());
    });
    const known = new Set(views.map((view) => view.body.query));
    const recent = box.history.filter((query) => !known.has(query)).slice(0, RECENT);
    panel.replaceChildren(
      box.text.trim() ? form : h('p', { class: 'muted menu-note', text: t('runs.saved.nothing_typed') }),
      h('h2', { class: 'menu-head', text: t('runs.saved.title') }),
      failure ? h('p', { class: 'field-error menu-note', text: t('runs.saved.load_failed', { reason: failure.message }) })
        : views.length === 0 ? h('p', { class: 'muted menu-note', text: t('runs.saved.none') })
          : h('ul', {}, ...views.map((view) => entry(view.name, view.body.query,
            h('button', { type: 'button', class: 'button quiet icon-only small', data: { needs: 'write' }, 'aria-label': t('runs.saved.delete', { name: view.name }), onclick: () => remove(view) }, icon('trash'))))),
      ...(recent.length ? [h('h2', { class: 'menu-head', text: t('runs.saved.recent') }), h('ul', {}, ...recent.map((query) => entry(null, query)))] : []));
  }

  menu.addEventListener('toggle', () => menu.open && fill());
}
