import { byId, setText } from '../dom.js';
import { t } from '../text.js';

/** Binds the toolbar to the view. `on.options(change, push)`, `on.tagFilter(pattern)`. Answers `{ show(), tagError(message | null) }`. */
export function bindToolbar(view, on) {
  const slider = byId('smoothing');
  const number = byId('smoothing-number');
  const smooth = (value, push) => {
    const weight = Math.min(0.999, Math.max(0, Number(value) || 0));
    slider.value = weight;
    if (document.activeElement !== number) number.value = weight;
    on.options({ smoothing: weight }, push);
  };
  slider.addEventListener('input', () => smooth(slider.value));
  number.addEventListener('input', () => smooth(number.value));
  number.addEventListener('change', () => { number.value = slider.value; });
  byId('x-axis').addEventListener('change', (event) => on.options({ x: event.target.value }, true));
  byId('log-x').addEventListener('change', (event) => on.options({ logX: event.target.checked }, true));
  byId('log-y').addEventListener('change', (event) => on.options({ logY: event.target.checked }, true));
  byId('tag-filter').addEventListener('input', (event) => on.tagFilter(event.target.value));

  function show() {
    const { smoothing, x, logX, logY, tagFilter } = view();
    slider.value = smoothing;
    number.value = smoothing;
    byId('x-axis').value = x;
    byId('log-x').checked = logX;
    byId('log-y').checked = logY;
    if (byId('tag-filter').value !== tagFilter) byId('tag-filter').value = tagFilter;
  }

  show();
  return {
    show,
    tagError: (message) => {
      setText(byId('tag-filter-error'), message ? t('toolbar.bad_regex', { reason: message }) : '');
      byId('tag-filter').closest('.search').classList.toggle('invalid', Boolean(message));
    },
  };
}
