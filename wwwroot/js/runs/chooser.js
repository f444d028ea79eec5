// Which columns the table has: those shown in their order, and everything else to be found by name at the server.

import { byId, h, icon, nameText } from '../dom.js';
import { t, tCount } from '../text.js';
import { labelOf, nameOf } from './cells.js';
import { FIELDS, PARTS, metricValue } from './values.js';

const QUIET_MS = 150;

/** `read()`: `{ columns, differences, hidden }`; `write(columns | null)`, `differ(on)`. */
export function columnChooser(fields, { read, write, differ }) {
  const menu = byId('columns-menu');
  const panel = byId('columns-panel');
  const box = h('input', { type: 'search', placeholder: t('runs.columns.filter'), 'aria-label': t('runs.columns.filter'), autocomplete: 'off', spellcheck: 'false' });
  const shown = h('ul', { class: 'column-list', 'aria-label': t('runs.columns.shown') });
  const found = h('div', { class: 'column-found', 'aria-live': 'polite' });
  const same = h('input', { type: 'checkbox', role: 'switch', id: 'columns-differ' });
  const reset = h('button', { type: 'button', class: 'button small quiet', text: t('runs.columns.reset'), onclick: () => { write(null); fill(); } });
  panel.append(h('label', { class: 'search' }, icon('search'), box),
    h('label', { class: 'switch column-differ' }, same, h('span', { text: t('runs.columns.differ') })),
    h('div', { class: 'menu-head' }, h('span', { text: t('runs.columns.shown') }), reset), shown, found);
  let timer = 0;
  let asked = 0;

  const toggle = (value, on) => {
    const now = read().columns;
    write(on ? [...now, value] : now.filter((other) => other !== value));
    fill();
  };

  function listShown() {
    const { columns } = read();
    shown.replaceChildren(...columns.map((value, i) => {
      const { text, part } = labelOf(value);
      const swap = (to) => () => {
        const next = [...columns];
        next.splice(i, 1);
        next.splice(to, 0, value);
        write(next);
        fill().then(() => shown.children[to]?.querySelectorAll('button')[to < i ? 0 : 1]?.focus());
      };
      const move = (name, to, label) => h('button', { type: 'button', class: 'button quiet icon-only small', disabled: to < 0 || to >= columns.length, 'aria-label': t(label, { column: nameOf(value) }), onclick: swap(to) }, icon(name));
      return h('li', {}, nameText(text), part ? h('span', { class: 'part', text: part }) : null, move('up', i - 1, 'runs.columns.up'), move('down', i + 1, 'runs.columns.down'),
        h('button', { type: 'button', class: 'button quiet icon-only small', 'aria-label': t('runs.columns.remove', { column: nameOf(value) }), onclick: () => toggle(value, false) }, icon('close')));
    }));
  }

  const tick = (value, label, note) => {
    const input = h('input', { type: 'checkbox' });
    input.checked = read().columns.includes(value);
    input.addEventListener('change', () => toggle(value, input.checked));
    return h('label', { class: 'menu-item check' }, input, nameText(label), h('span', { class: 'muted count', text: note ?? '' }));
  };

  const metric = ({ tag, runs }) => h('div', { class: 'menu-item metric-item' }, nameText(tag), h('span', { class: 'muted count', text: tCount('runs.count', runs) }),
    h('span', { class: 'parts', role: 'group', 'aria-label': tag }, ...PARTS.map((part) => {
      const value = metricValue(tag, part);
      const on = read().columns.includes(value);
      return h('button', { type: 'button', class: 'part-button', 'aria-pressed': String(on), text: t(`runs.part.${part}`), onclick: () => toggle(value, !on) });
    })));

  function section(title, total, rows) {
    if (rows.length === 0) return [];
    const more = total > rows.length ? [h('p', { class: 'muted menu-note', text: t('runs.columns.capped', { count: rows.length.toLocaleString('en'), total: total.toLocaleString('en') }) })] : [];
    return [h('h2', { class: 'menu-head', text: title }), ...rows, ...more];
  }

  async function fill() {
    const now = ++asked;
    const text = box.value.trim();
    same.checked = read().differences;
    listShown();
    let answer = { config: [], metrics: [], config_total: 0, metrics_total: 0 };
    let failure = null;
    try {
      answer = await fields.find(text);
    } catch (error) {
      failure = error;
    }
    if (now !== asked) return;
    const own = FIELDS.filter((field) => field !== 'name' && t(`runs.${field}`).toLowerCase().includes(text.toLowerCase()));
    const sections = [
      ...section(t('runs.columns.run'), own.length, own.map((field) => tick(field, t(`runs.${field}`)))),
      ...section(t('runs.columns.config'), answer.config_total, answer.config.map(({ path, runs }) => tick(path, labelOf(path).text, tCount('runs.count', runs)))),
      ...section(t('runs.columns.metrics'), answer.metrics_total, answer.metrics.map(metric)),
    ];
    const focused = found.contains(document.activeElement) ? [...found.querySelectorAll('input, button')].indexOf(document.activeElement) : -1;
    const top = panel.scrollTop;
    found.replaceChildren(...(failure ? [h('p', { class: 'field-error menu-note', text: failure.message })] : sections.length ? sections : [h('p', { class: 'empty-line', text: t('runs.columns.none') })]));
    panel.scrollTop = top;
    if (focused >= 0) found.querySelectorAll('input, button')[focused]?.focus();
  }

  menu.addEventListener('toggle', () => menu.open && (fill(), box.focus()));
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(fill, QUIET_MS);
  });
  same.addEventListener('change', () => differ(same.checked));
}

/** By what rows are gathered: levels in order, each `group` or a value of the configuration. */
export function groupChooser(fields, { read, write }) {
  const menu = byId('group-menu');
  const panel = byId('group-panel');
  const box = h('input', { type: 'search', placeholder: t('runs.group.filter'), 'aria-label': t('runs.group.filter'), autocomplete: 'off', spellcheck: 'false' });
  const shown = h('ul', { class: 'column-list', 'aria-label': t('runs.group.levels') });
  const found = h('div', { class: 'column-found' });
  panel.append(h('p', { class: 'muted menu-note', text: t('runs.group.note') }), shown, h('label', { class: 'search' }, icon('search'), box), found);
  let asked = 0;
  let timer = 0;

  async function fill() {
    const now = ++asked;
    const levels = read();
    shown.replaceChildren(...levels.map((value) => h('li', {}, nameText(nameOf(value)),
      h('button', { type: 'button', class: 'button quiet icon-only small', 'aria-label': t('runs.group.remove', { field: nameOf(value) }), onclick: () => { write(read().filter((other) => other !== value)); fill(); } }, icon('close')))));
    const text = box.value.trim();
    const { config } = await fields.find(text).catch(() => ({ config: [] }));
    if (now !== asked) return;
    const choices = [...['group', 'status'].filter((field) => t(`runs.${field}`).toLowerCase().includes(text.toLowerCase())).map((path) => ({ path })), ...config].filter(({ path }) => !levels.includes(path));
    found.replaceChildren(...choices.map(({ path, distinct }) => h('button', { type: 'button', class: 'menu-item', onclick: () => { write([...read(), path]); menu.open = false; menu.querySelector('summary').focus(); } },
      nameText(nameOf(path)), h('span', { class: 'muted count', text: distinct === undefined ? '' : tCount('runs.values', distinct) }))));
    if (choices.length === 0) found.append(h('p', { class: 'empty-line', text: t('runs.columns.none') }));
  }

  menu.addEventListener('toggle', () => menu.open && (fill(), box.focus()));
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(fill, QUIET_MS);
  });
}

