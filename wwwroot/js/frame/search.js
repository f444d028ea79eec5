// One box that finds runs, metrics, pages and saved views of the project.

import { json } from '../api.js';
import { byId, h, icon, nameText } from '../dom.js';
import { t } from '../text.js';
import { ownPath } from './views.js';

const WAIT_MS = 120;
const EACH = 8;

/** Opens with its button, Ctrl+K or ⌘K, or a slash outside of fields. */
export function searchDialog(project) {
  const opener = byId('search-open');
  if (!opener) return;
  let dialog = null;

  const open = () => {
    dialog ??= build(project);
    if (!dialog.element.open) dialog.show();
  };
  opener.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable="true"]');
    const asked = (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey);
    if (!asked) return;
    event.preventDefault();
    open();
  });
}

function build(project) {
  const input = h('input', { type: 'search', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'search-results', 'aria-label': t('search.label'), placeholder: t('search.placeholder'), autocomplete: 'off', spellcheck: 'false' });
  const results = h('ul', { class: 'search-results', id: 'search-results', role: 'listbox', 'aria-label': t('search.label') });
  const element = h('dialog', { class: 'search-dialog', 'aria-label': t('search.label') },
    h('label', { class: 'search' }, icon('search'), input), results, h('p', { class: 'muted search-hint', text: t('search.hint') }));
  document.body.append(element);
  let timer = 0;
  let asked = 0;
  let options = [];
  let at = 0;

  const page = (name, params = {}) => `${name}?${new URLSearchParams({ project, ...params })}`;
  const pages = () => [...document.querySelectorAll('.rail a')].map((link) => ({ text: link.textContent.replace(/\u00ad/g, '').trim(), href: link.getAttribute('href'), symbol: 'projects' }));

  async function find(text) {
    const turn = ++asked;
    const wanted = text.trim().toLowerCase();
    const has = (value) => value.toLowerCase().includes(wanted);
    const sections = [['search.section.pages', pages().filter((one) => has(one.text)), null]];
    show(text, sections);
    const quiet = (request) => request.catch(() => ({ items: [], runs: [], metrics: [] }));
    const [runs, fields, views] = await Promise.all([
      quiet(json(`api/v1/runs?${new URLSearchParams({ project, limit: EACH, ...(wanted ? { query: JSON.stringify(text.trim()) } : {}) })}`)),
      quiet(json(`api/v1/runs/fields?${new URLSearchParams({ project, limit: EACH, find: text.trim() })}`)),
      quiet(json(`api/v1/views?${new URLSearchParams({ project, bodies: 'true' })}`)),
    ]);
    if (turn !== asked) return;
    sections.push(['search.section.runs', (runs.items ?? []).map((run) => ({ text: run.name, href: page('scalars', { runs: run.id }) }))]);
    sections.push(['search.section.metrics', (fields.metrics ?? []).map(({ tag }) => ({ text: tag, href: page('scalars', { card: tag }) }))]);
    sections.push(['search.section.views', (views.items ?? []).filter((view) => view.kind !== 'query' && has(view.name)).slice(0, EACH)
      .map((view) => ({ text: view.name, href: view.kind === 'report' ? page('reports', { report: view.id }) : ownPath(view.body.path) }))]);
    show(text, sections);
  }

  function show(text, sections) {
    options = [];
    const rows = [];
    for (const [title, found] of sections) {
      if (found.length === 0) continue;
      rows.push(h('li', { class: 'search-section', role: 'presentation', text: t(title) }));
      for (const { text: name, href } of found) {
        const option = h('li', { role: 'option', id: `search-option-${options.length}`, 'aria-selected': 'false' }, h('a', { href, tabindex: '-1' }, nameText(name)));
        options.push(option);
        rows.push(option);
      }
    }
    if (rows.length === 0) rows.push(h('li', { class: 'empty-line', text: t('search.none', { text }) }));
    results.replaceChildren(...rows);
    choose(0);
  }

  function choose(next) {
    options[at]?.setAttribute('aria-selected', 'false');
    at = options.length ? (next + options.length) % options.length : 0;
    const option = options[at];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => find(input.value), WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') choose(at + 1);
    else if (event.key === 'ArrowUp') choose(at - 1);
    // A search field would take the key to empty itself.
    else if (event.key === 'Escape') element.close();
    else if (event.key === 'Enter') options[at]?.querySelector('a').click();
    else return;
    event.preventDefault();
  });
  element.addEventListener('click', (event) => event.target === element && element.close());
  return {
    element,
    show() {
      element.showModal();
      input.select();
      find(input.value);
    },
  };
}
