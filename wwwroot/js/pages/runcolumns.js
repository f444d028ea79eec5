import { h, icon, nameText } from '../dom.js';
import { compareNames } from '../tags.js';
import { t } from '../text.js';

// A run may log thousands of metrics; the list shows this many and the box above it finds the others.
const LISTED = 60;

/** The menu that chooses the metric columns. `read()`: `{ runs, chosen }`; `write(tags)` takes the new choice. */
export function columnsMenu(menu, panel, read, write) {
  const box = h('input', { type: 'search', placeholder: t('runs.columns.filter'), 'aria-label': t('runs.columns.filter'), autocomplete: 'off' });
  const list = h('div', { class: 'menu-list' });
  panel.append(h('label', { class: 'search' }, icon('search'), box), list);

  function fill() {
    const { runs, chosen } = read();
    const tags = new Set(chosen);
    for (const run of runs) for (const tag of Object.keys(run.summary ?? {})) tags.add(tag);
    const wanted = box.value.toLowerCase();
    const found = [...tags].filter((tag) => tag.toLowerCase().includes(wanted))
      .sort((a, b) => chosen.includes(b) - chosen.includes(a) || compareNames(a, b));
    list.replaceChildren(...found.slice(0, LISTED).map((tag) => {
      const tick = h('input', { type: 'checkbox' });
      tick.checked = chosen.includes(tag);
      tick.addEventListener('change', () => {
        const now = read().chosen;
        write(tick.checked ? [...now, tag] : now.filter((other) => other !== tag));
      });
      return h('label', { class: 'menu-item check' }, tick, nameText(tag));
    }));
    if (found.length === 0) list.append(h('p', { class: 'empty-line', text: t('runs.columns.none') }));
    if (found.length > LISTED) list.append(h('p', { class: 'muted menu-item', text: t('runs.columns.capped', { count: LISTED }) }));
  }

  menu.addEventListener('toggle', () => menu.open && fill());
  box.addEventListener('input', fill);
}
