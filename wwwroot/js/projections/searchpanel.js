// Search in what is known of the vectors, by text or pattern.

import { h, icon, setText } from '../dom.js';
import { t, tCount } from '../text.js';
import { KEPT } from './columns.js';
import { columnWord } from './words.js';

const TYPING_MS = 200;

export class SearchPanel {
  #input;
  #within = h('select', { class: 'select', 'aria-label': t('projections.search.within') });
  #fault = h('p', { class: 'field-error', role: 'alert' });
  #count = h('p', { class: 'search-count', role: 'status' });
  #tools;
  #only;
  #timer = 0;
  #listed = null;

  /** @param page { change(changes, options), zoomToFound(), selectFound() } */
  constructor(page) {
    this.#input = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: t('projections.search.find'), 'aria-label': t('projections.search.find'), 'aria-keyshortcuts': '/', oninput: () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => page.change({ query: this.#input.value }, { push: false }), TYPING_MS);
    } });
    this.#within.addEventListener('change', () => page.change({ within: this.#within.value || null }));
    this.#only = h('input', { type: 'checkbox', role: 'switch', onchange: () => page.change({ onlyFound: this.#only.checked }) });
    const button = (key, work) => h('button', { type: 'button', class: 'button small', text: t(`projections.search.${key}`), onclick: work });
    this.#tools = h('div', { class: 'side-tools', hidden: true }, h('label', { class: 'switch' }, this.#only, h('span', { text: t('projections.search.only') })), button('zoom', () => page.zoomToFound()), button('select', () => page.selectFound()));
    this.element = h('section', { class: 'card side-card', 'aria-label': t('projections.search') }, h('div', { class: 'search-line' }, h('label', { class: 'search' }, icon('search'), this.#input), this.#within), this.#fault, this.#count, this.#tools);
  }

  focus() {
    this.#input.focus();
    this.#input.select();
  }

  show(model) {
    const columns = model.columns.filter(({ name }) => name !== KEPT);
    this.element.hidden = columns.length === 0;
    const { query, within, onlyFound } = model.state;
    if (document.activeElement !== this.#input) this.#input.value = query;
    const key = columns.map(({ name }) => name).join('\u0001');
    if (key !== this.#listed) {
      this.#listed = key;
      this.#within.replaceChildren(h('option', { value: '', text: t('projections.search.all') }), ...columns.map(({ name }) => h('option', { value: name, text: columnWord(name) })));
    }
    this.#within.value = within ?? '';
    const { mask, fault } = model.found;
    setText(this.#fault, fault ? t(`projections.search.fault.${fault.code}`, { reason: fault.message }) : '');
    this.#input.parentElement.classList.toggle('invalid', Boolean(fault));
    setText(this.#count, mask ? tCount('projections.search.count', model.foundCount) : '');
    this.#tools.hidden = !mask || model.foundCount === 0;
    this.#only.checked = onlyFound;
  }
}
