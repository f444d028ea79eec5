// The controls over the pictures: each shows the page's state and changes it.

import { byId, h, setText } from '../dom.js';
import { t } from '../text.js';
import { columnWord } from './words.js';

export const MODES = ['pan', 'lasso', 'box'];
const KEYS = { v: 'pan', l: 'lasso', b: 'box' };
const SWITCHES = { images: 'sprites', ghosts: 'ghosts' };

const typing = (event) => event.target.closest?.('input, textarea, select, [contenteditable]') || event.ctrlKey || event.metaKey || event.altKey;

export class Controls {
  #root;
  #page;
  #label = byId('projection-label');
  #listed = null;
  #mode = 'pan';

  /** @param page { state(), change(changes, { push, soon }), mode(name), fit(), search() } */
  constructor(root, page) {
    this.#root = root;
    this.#page = page;
    for (const radio of root.querySelectorAll('input[name="mode"]')) radio.addEventListener('change', () => this.#choose(radio.value));
    byId('projection-fit').addEventListener('click', () => page.fit());
    byId('projection-labels').addEventListener('change', ({ target }) => page.change({ labels: target.value }));
    this.#label.addEventListener('change', () => page.change({ label: this.#label.value || null }));
    for (const [id, name] of Object.entries(SWITCHES)) byId(`projection-${id}`).addEventListener('change', ({ target }) => page.change({ [name]: target.checked }));
    const slide = (id, changes) => {
      byId(id).addEventListener('input', ({ target }) => page.change(changes(Number(target.value)), { soon: true, push: false }));
      byId(id).addEventListener('change', ({ target }) => page.change(changes(Number(target.value))));
    };
    // The lowest place of each slider leaves it to the picture.
    slide('projection-size', (size) => ({ size: size === 0 ? null : size }));
    slide('projection-opacity', (percent) => ({ opacity: percent === 0 ? null : percent / 100 }));
    byId('projection-options-open').addEventListener('click', ({ currentTarget: button }) => button.setAttribute('aria-expanded', String(byId('projection-options').classList.toggle('open'))));
    // Before the page's own search takes the key.
    document.addEventListener('keydown', (event) => this.#key(event), true);
  }

  show(model, hasSprite) {
    const { state } = model;
    for (const radio of this.#root.querySelectorAll('input[name="mode"]')) radio.checked = radio.value === this.#mode;
    byId('projection-labels').value = state.labels;
    const columns = model.columns.map(({ name }) => name).join('\u0001');
    if (columns !== this.#listed) {
      this.#listed = columns;
      this.#label.replaceChildren(...model.columns.map(({ name }) => h('option', { value: name, text: columnWord(name) })));
    }
    this.#label.value = model.label?.name ?? '';
    byId('projection-labels').parentElement.hidden = model.columns.length === 0;
    this.#label.parentElement.hidden = state.labels !== 'points' || model.columns.length < 2;
    for (const [id, name] of Object.entries(SWITCHES)) byId(`projection-${id}`).checked = state[name];
    byId('projection-images').parentElement.hidden = !hasSprite;
    this.#slider('projection-size', state.size ?? 0, state.size === null ? t('projections.auto') : t('projections.px', { count: state.size }));
    this.#slider('projection-opacity', Math.round(100 * (state.opacity ?? 0)), state.opacity === null ? t('projections.auto') : `${Math.round(100 * state.opacity)} %`);
  }

  #slider(id, value, text) {
    const slider = byId(id);
    if (Number(slider.value) !== value) slider.value = String(value);
    slider.setAttribute('aria-valuetext', text);
    setText(byId(`${id}-value`), text);
  }

  #choose(mode) {
    this.#mode = mode;
    for (const radio of this.#root.querySelectorAll('input[name="mode"]')) radio.checked = radio.value === mode;
    this.#page.mode(mode);
  }

  #key(event) {
    if (this.#root.dataset.idle === 'true' || typing(event) || document.querySelector('dialog[open]')) return;
    if (event.key === '/') {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#page.search();
    } else if (KEYS[event.key]) this.#choose(KEYS[event.key]);
    else if (event.key === 'f') this.#page.fit();
  }
}
