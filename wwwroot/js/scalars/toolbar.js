// The options of all cards. On a wide page the first of them stand in the toolbar and the rest behind "View"; on a phone all of them do.

import { KINDS, tidyAmount } from '../charts/smoothing.js';
import { byId, h, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { createPicker } from './picker.js';

const CHECKS = { 'log-x': 'logX', 'log-y': 'logY', outliers: 'ignoreOutliers', 'sync-zoom': 'sync' };

/**
 * Binds the toolbar to the view.
 * @param view () → state
 * @param on `{ options(change, push), tagFilter(pattern), tags(): all tags, fields(text): promise of [{ path, distinct }] }`
 * @returns `{ show(), tagError(message | null), withoutJoin() }`
 */
export function bindToolbar(view, on) {
  const slider = byId('smoothing');
  const number = byId('smoothing-number');
  const kind = byId('smoother');
  const axis = byId('x-axis');
  const smooth = (value, push) => {
    const amount = tidyAmount(kind.value, value);
    slider.value = amount;
    if (document.activeElement !== number) number.value = amount;
    on.options({ smoother: kind.value, smoothing: amount }, push);
  };
  slider.addEventListener('input', () => smooth(slider.value));
  number.addEventListener('input', () => smooth(number.value));
  number.addEventListener('change', () => { number.value = view().smoothing; });
  kind.addEventListener('change', () => {
    // An amount means something else for each kind; a middling one shows what it does.
    on.options({ smoother: kind.value, smoothing: { exponential: 0.6, mean: 11, gaussian: 3 }[kind.value] }, true);
    show();
  });
  const metric = bindPicker('x-metric', t('toolbar.x_metric'), () => on.tags().map((tag) => ({ value: tag, text: tag })), (tag) => {
    on.options({ x: 'metric', xTag: tag }, true);
    show();
  }, () => show());
  axis.addEventListener('change', () => {
    if (axis.value !== 'metric') on.options({ x: axis.value, xTag: null }, true);
    else if (!view().xTag) {
      byId('x-metric').hidden = false;
      metric.open();
      return;
    }
    show();
  });
  const field = bindPicker('group-by', t('toolbar.group'), async (find) => {
    const found = (await on.fields(find)).map(({ path, distinct }) => ({ value: path, text: path, note: distinct === undefined ? null : tCount('toolbar.group.values', distinct) }));
    return [{ value: null, text: t('toolbar.group.none') }, ...found];
  }, (path) => {
    on.options({ groupBy: path }, true);
    show();
  });
  // How groups are drawn stands with what they are made of.
  byId('group-by').querySelector('.menu-panel').append(byId('group-options'));
  for (const [id, name] of Object.entries(CHECKS)) byId(id).addEventListener('change', (event) => on.options({ [name]: event.target.checked }, true));
  for (const name of ['center', 'band']) byId(`group-${name}`).addEventListener('change', (event) => on.options({ [name]: event.target.value }, true));
  byId('tag-filter').addEventListener('input', (event) => on.tagFilter(event.target.value));
  bindSheet();

  function show() {
    const { smoother, smoothing, x, xTag, tagFilter, groupBy, center, band } = view();
    const { max, step } = KINDS[smoother];
    kind.value = smoother;
    for (const input of [slider, number]) Object.assign(input, { max, step });
    slider.value = smoothing;
    if (document.activeElement !== number) number.value = smoothing;
    axis.value = x;
    byId('x-metric').hidden = x !== 'metric';
    metric.label(xTag ?? '…');
    field.label(groupBy ?? t('toolbar.group.none'));
    byId('group-options').hidden = groupBy === null;
    byId('group-center').value = center;
    byId('group-band').value = band;
    let changed = 0;
    for (const [id, name] of Object.entries(CHECKS)) {
      byId(id).checked = view()[name];
      if (view()[name]) changed++;
    }
    setText(byId('view-count'), changed ? String(changed) : '');
    if (byId('tag-filter').value !== tagFilter) byId('tag-filter').value = tagFilter;
  }

  show();
  return {
    show,
    tagError: (message) => {
      setText(byId('tag-filter-error'), message ? t('toolbar.bad_regex', { reason: message }) : '');
      byId('tag-filter').closest('.search').classList.toggle('invalid', Boolean(message));
    },
    /** The server joins no metrics: the choice is taken away. */
    withoutJoin: () => axis.querySelector('[value="metric"]')?.remove(),
  };
}

/** A `<details>` whose panel is a picker; `closed` hears that it was left, with or without a choice. */
function bindPicker(id, label, options, choose, closed) {
  const details = byId(id);
  const picker = createPicker(label, options, (value) => {
    details.open = false;
    details.querySelector('summary').focus();
    choose(value);
  });
  const panel = h('div', { class: 'menu-panel' }, picker.element);
  details.append(panel);
  details.addEventListener('toggle', () => (details.open ? picker.show() : closed?.()));
  const text = details.querySelector('.picker-value');
  return {
    open: () => { details.open = true; },
    label: (value) => {
      setText(text, value);
      text.title = value;
    },
  };
}

function bindSheet() {
  const sheet = byId('view-sheet');
  const button = byId('view-open');
  const set = (open) => {
    sheet.classList.toggle('open', open);
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => {
    set(!sheet.classList.contains('open'));
    if (sheet.classList.contains('open')) sheet.querySelector('.view-more input, .view-more select')?.focus({ preventScroll: true });
  });
  byId('view-close').addEventListener('click', () => {
    set(false);
    button.focus();
  });
  document.addEventListener('pointerdown', (event) => event.target.closest('#view-sheet, #view-open') || set(false));
  document.addEventListener('keydown', (event) => {
    // A menu within it closes first.
    if (event.key !== 'Escape' || !sheet.classList.contains('open') || sheet.querySelector('[data-menu][open]')) return;
    set(false);
    if (sheet.contains(event.target)) button.focus();
    event.stopPropagation();
  }, true);
}
