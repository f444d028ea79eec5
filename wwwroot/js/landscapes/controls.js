// The controls over the pictures: each shows the page's state and changes it.

import { byId, setText } from '../dom.js';
import { t } from '../text.js';
import { possible } from './scene.js';

const SWITCHES = { log: 'log', filled: 'filled', lines: 'lines', mesh: 'mesh', path: 'path' };
const SELECTS = { batch: 'batch', quantity: 'quantity', ramp: 'ramp' };
const USUAL = 'usual';

export class Controls {
  #root;
  #hooks;
  #usual = 100;

  /** @param hooks { state(), change(changes, { push, soon }) } */
  constructor(root, hooks) {
    this.#root = root;
    this.#hooks = hooks;
    for (const [id, name] of Object.entries(SWITCHES)) byId(`landscape-${id}`).addEventListener('change', (event) => hooks.change({ [name]: event.target.checked }));
    for (const [id, name] of Object.entries(SELECTS)) byId(`landscape-${id}`).addEventListener('change', (event) => hooks.change({ [name]: event.target.value }));
    for (const radio of root.querySelectorAll('input[name="view"]')) radio.addEventListener('change', () => hooks.change({ view: radio.value }));
    const slide = (id, changes) => {
      byId(id).addEventListener('input', (event) => hooks.change(changes(Number(event.target.value)), { soon: true }));
      byId(id).addEventListener('change', (event) => hooks.change(changes(Number(event.target.value)), { push: true }));
    };
    slide('landscape-levels', (levels) => ({ levels }));
    slide('landscape-clip', (clip) => ({ clip }));
    byId('landscape-options-open').addEventListener('click', ({ currentTarget: button }) => button.setAttribute('aria-expanded', String(byId('landscape-options').classList.toggle('open'))));
    byId('landscape-clip-usual').addEventListener('click', () => hooks.change({ clip: null }));
  }

  /** The pictures were drawn; `percent` of the points lie below the cut. */
  drawn(percent) {
    this.#usual = percent;
    if (this.#hooks.state().clip === null) this.#show();
  }

  /** Another state was read from the address. */
  reset() {
    this.#show();
  }

  /** What these landscapes can show. */
  show(landscapes) {
    const planes = landscapes.filter(({ line }) => !line);
    const able = possible(planes, this.#hooks.state());
    const only = (selector, on) => { for (const element of this.#root.querySelectorAll(selector)) element.hidden = !on; };
    const state = this.#hooks.state();
    only('[data-for~="plane"]', planes.length > 0);
    only('[data-for~="contour"]', planes.length > 0 && state.view !== 'surface');
    only('[data-for~="surface"]', planes.length > 0 && state.view !== 'contour');
    only('[data-for~="both"]', planes.length > 0 && able.hasBoth);
    only('[data-for~="accuracy"]', planes.length > 0 && (able.hasAccuracy || state.quantity === 'accuracy'));
    only('[data-for~="colors"]', planes.length > 0 && able.batches[0] !== 'difference');
    only('[data-for~="path"]', landscapes.some(({ path }) => path));
    only('[data-for~="loss"]', planes.length === 0 || (able.quantity === 'loss' && able.batches[0] !== 'difference'));
    this.#show();
  }

  #show() {
    const state = this.#hooks.state();
    for (const [id, name] of Object.entries(SWITCHES)) byId(`landscape-${id}`).checked = state[name];
    for (const [id, name] of Object.entries(SELECTS)) byId(`landscape-${id}`).value = state[name];
    for (const radio of this.#root.querySelectorAll('input[name="view"]')) radio.checked = radio.value === state.view;
    this.#slider('landscape-levels', state.levels, String(state.levels));
    const clip = state.clip === null ? t('landscapes.clip.usual') : t('landscapes.clip.percent', { percent: state.clip });
    this.#slider('landscape-clip', state.clip ?? Math.round(this.#usual), clip);
    byId('landscape-clip').dataset.state = state.clip === null ? USUAL : 'own';
    byId('landscape-clip-usual').hidden = state.clip === null;
  }

  #slider(id, value, text) {
    const slider = byId(id);
    if (Number(slider.value) !== value) slider.value = String(value);
    slider.setAttribute('aria-valuetext', text);
    setText(byId(`${id}-value`), text);
  }
}
