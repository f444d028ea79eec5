// What one card can be told beyond the toolbar: other tags, two windows, a table, pinning, files.

import { addressOf, readParams, withChanges } from '../address.js';
import { formatWindows, parseWindows } from '../charts/windows.js';
import { h, icon, nameText } from '../dom.js';
import { openReportPicker } from '../reports/picker.js';
import { t } from '../text.js';
import { MAX_EXTRAS, ofTag } from '../viewstate.js';
import { createPicker, openDialog } from './picker.js';

const SHARES = [5, 10, 25, 50];

/**
 * A menu that is made when it is first opened, and anew each time, for it shows what is on.
 * @param card `{ tag, data }`
 * @param context see card.js
 * @param files `{ png(), svg(white), csv() }`
 */
export function createMenu(card, context, files) {
  const panel = h('div', { class: 'menu-panel right' });
  const menu = h('details', { class: 'menu', 'data-menu': '' }, h('summary', { class: 'button quiet icon-only', 'aria-label': t('card.menu'), title: t('card.menu') }, icon('more')), panel);
  menu.addEventListener('toggle', () => {
    if (menu.open) panel.replaceChildren(...contents(card, context, files, () => { menu.open = false; }));
  });
  return menu;
}

function contents(card, context, files, close) {
  const { tag } = card;
  const view = context.view();
  const extras = ofTag(view.extras, tag) ?? [];
  const act = (action) => () => {
    close();
    action();
  };
  const item = (text, action, on) => h('button', { type: 'button', class: 'menu-item', 'aria-pressed': on === undefined ? null : String(on), onclick: act(action) }, h('span', { text }), on ? h('span', { class: 'menu-on', 'aria-hidden': 'true', text: '✓' }) : null);
  const setExtras = (next) => context.change('extras', tag, next.length ? next : null);
  const nodes = [];
  if (extras.length < MAX_EXTRAS) nodes.push(item(t('card.add_tag'), () => chooseTag(card, context, (chosen) => setExtras([...extras, { tag: chosen, axis: 'y' }]))));
  for (const extra of extras) {
    const right = extra.axis === 'y2';
    nodes.push(h('div', { class: 'menu-extra' }, nameText(extra.tag),
      h('button', { type: 'button', class: 'button small', 'aria-pressed': String(right), 'aria-label': t('card.right_axis_of', { tag: extra.tag }), text: t('card.right_axis'), onclick: act(() => setExtras(extras.map((one) => (one === extra ? { ...one, axis: right ? 'y' : 'y2' } : one)))) }),
      h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t('card.remove_tag', { tag: extra.tag }), title: t('card.remove_tag', { tag: extra.tag }), onclick: act(() => setExtras(extras.filter((one) => one !== extra))) }, icon('close'))));
  }
  const toggled = (name) => (view[name].includes(tag) ? view[name].filter((one) => one !== tag) : [...view[name], tag]);
  nodes.push(
    item(t('card.windows'), () => chooseWindows(card, context), Boolean(ofTag(view.windows, tag))),
    item(t('card.table'), () => context.set('tables', toggled('tables')), view.tables.includes(tag)),
    item(t(view.pins.includes(tag) ? 'card.unpin' : 'card.pin'), () => context.set('pins', toggled('pins')), view.pins.includes(tag)),
    h('hr', {}),
    item(t('card.png'), files.png),
    item(t('card.svg_white'), () => files.svg(true)),
    item(t('card.svg_theme'), () => files.svg(false)),
    item(t('card.csv'), files.csv),
    item(t('reports.add_view'), () => toReport(tag)),
  );
  return nodes;
}

/** This card alone, as it is now. */
function toReport(tag) {
  const params = readParams();
  const { search, hash } = addressOf(withChanges(params, { card: tag, fold: null, tags: null, pin: null }));
  openReportPicker(params.get('project'), { path: `scalars${search}${hash}`, title: tag });
}

function chooseTag(card, context, chosen) {
  const taken = new Set(card.data.tags.map(({ tag }) => tag));
  let picker;
  openDialog(t('card.add_tag'), (close) => {
    picker = createPicker(t('card.add_tag'), () => context.tags().filter((tag) => !taken.has(tag)).map((tag) => ({ value: tag, text: tag })), (tag) => {
      close();
      chosen(tag);
    });
    return picker.element;
  });
  picker.show();
}

/** Early against late: a share of each run from either end, or two windows of steps. */
function chooseWindows(card, context) {
  const now = ofTag(context.view().windows, card.tag) ?? null;
  const set = (windows) => context.change('windows', card.tag, windows);
  openDialog(t('card.windows'), (close) => {
    const error = h('p', { class: 'field-error', role: 'alert' });
    const [first, last] = card.data.span ?? [0, 100];
    const quarter = Math.max(1, Math.floor((last - first) / 4));
    const start = now?.early ? now : { early: [first, first + quarter], late: [last - quarter, last] };
    const field = (label, value) => h('input', { type: 'number', step: '1', 'aria-label': label, value: String(value), required: true });
    const fields = [field(t('card.early_from'), start.early[0]), field(t('card.early_to'), start.early[1]), field(t('card.late_from'), start.late[0]), field(t('card.late_to'), start.late[1])];
    const choose = (windows) => {
      close();
      set(windows);
    };
    const form = h('form', { class: 'windows-form' },
      h('p', { class: 'muted', text: t('card.windows.text') }),
      h('div', { class: 'windows-shares', role: 'group', 'aria-label': t('card.windows.share') }, ...SHARES.map((percent) => h('button', {
        type: 'button', class: 'button', 'aria-pressed': String(now?.percent === percent), text: t('card.windows.percent', { percent }), onclick: () => choose({ percent }),
      }))),
      h('div', { class: 'windows-steps' }, h('span', { text: t('card.windows.early') }), fields[0], h('span', { text: '–', 'aria-hidden': 'true' }), fields[1]),
      h('div', { class: 'windows-steps' }, h('span', { text: t('card.windows.late') }), fields[2], h('span', { text: '–', 'aria-hidden': 'true' }), fields[3]),
      error,
      h('div', { class: 'dialog-actions' },
        now && h('button', { type: 'button', class: 'button', text: t('card.windows.off'), onclick: () => choose(null) }),
        h('button', { type: 'submit', class: 'button primary', text: t('card.windows.apply') })));
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const [a, b, c, d] = fields.map((one) => one.value);
      const windows = parseWindows(`${a}:${b},${c}:${d}`);
      if (windows) choose(windows);
      else error.textContent = t('card.windows.bad');
    });
    return form;
  });
}

/** What two windows are called in a note: the share, or their steps. */
export const windowsText = (windows) => (windows.percent ? t('card.windows.note_share', { percent: windows.percent }) : t('card.windows.note_steps', { windows: formatWindows(windows).replace(/:/g, '–').replace(',', ', ') }));
