// Nine colours and "automatic" for one run, in a small panel beside the button that asked.

import { may } from '../access.js';
import { json } from '../api.js';
import { h } from '../dom.js';
import { COLORS } from '../palette.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

let open = null;

function close() {
  if (!open) return;
  const { panel, anchor } = open;
  open = null;
  panel.remove();
  if (anchor.isConnected) anchor.focus();
}

async function choose(run, color, store) {
  close();
  try {
    store.upsert(await json(`api/v1/runs/${encodeURIComponent(run.id)}`, { method: 'PATCH', body: { color } }));
  } catch (error) {
    toast(t('selector.color_failed', { reason: error.message }));
  }
}

/** Opens the panel at `anchor`. The choice is the run's for everyone. `store` (a RunStore) hears of it. */
export function pickColor(anchor, run, store) {
  const again = open?.anchor === anchor;
  close();
  if (again) return;
  if (!may('write')) {
    toast(t('account.needs_write'));
    return;
  }
  const swatches = Array.from({ length: COLORS }, (_, slot) => {
    const chosen = store.colors.get(run.id) === slot;
    const swatch = h('button', { type: 'button', class: 'swatch-button', role: 'menuitemradio', 'aria-checked': String(chosen), 'aria-label': t('selector.color_slot', { number: slot + 1 }), onclick: () => choose(run, slot, store) });
    swatch.style.setProperty('--run-color', `var(--run-${slot})`);
    return swatch;
  });
  const automatic = h('button', { type: 'button', class: 'button small quiet', role: 'menuitem', text: t('selector.color_auto'), onclick: () => choose(run, -1, store) });
  const panel = h('div', { class: 'color-panel', role: 'menu', 'aria-label': t('selector.color', { run: run.name }) }, h('div', { class: 'swatches' }, ...swatches), automatic);
  panel.addEventListener('keydown', (event) => {
    const buttons = [...panel.querySelectorAll('button')];
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (move) buttons[(buttons.indexOf(event.target) + move + buttons.length) % buttons.length].focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(panel);
  const at = anchor.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  panel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  panel.style.top = `${at.bottom + height + 8 > innerHeight ? at.top - height - 4 : at.bottom + 4}px`;
  open = { panel, anchor };
  (panel.querySelector('[aria-checked="true"]') ?? swatches[0]).focus();
}

document.addEventListener('pointerdown', (event) => {
  if (open && !open.panel.contains(event.target) && !open.anchor.contains(event.target)) close();
});
