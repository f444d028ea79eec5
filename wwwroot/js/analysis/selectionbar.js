// What is selected in a chart, and what can be done with it.

import { h, nameText, setText } from '../dom.js';
import { t, tCount } from '../text.js';

/** Runs chosen by a lasso, a box or brushes: `ids` is a set, or null for none. */
export function showSelection(host, ids, scope, onClear) {
  host.hidden = !ids;
  if (!ids) return;
  if (!host.firstElementChild) {
    host.append(
      h('span', { role: 'status' }),
      h('button', { type: 'button', class: 'button small', text: t('selection.only'), onclick: () => scope.select({ mode: 'only', ids: [...host.ids] }) }),
      h('button', { type: 'button', class: 'button small quiet', text: t('selection.clear'), onclick: () => host.clear() }));
  }
  host.ids = ids;
  host.clear = onClear;
  setText(host.firstElementChild, tCount('selection.runs', ids.size));
  host.children[1].disabled = ids.size === 0;
}

/** The run that was clicked, with the way to its charts. */
export function showPicked(host, scope, project, runs = []) {
  const id = scope.picked;
  const run = id && (scope.store.get(id) ?? runs.find((one) => one.id === id));
  host.hidden = !run;
  if (!run) return;
  const link = `scalars?${new URLSearchParams({ project, runs: encodeURIComponent(id) })}`;
  const color = scope.store.colors.get(id);
  const dot = h('span', { class: 'run-dot', 'aria-hidden': 'true' });
  if (color !== undefined) dot.style.setProperty('--run-color', `var(--run-${color})`);
  host.replaceChildren(dot, nameText(run.name), h('a', { class: 'button small', href: link, text: t('selection.open') }), h('button', { type: 'button', class: 'button small quiet', text: t('selection.leave'), onclick: () => scope.pick(id) }));
}
