// Building elements without ever parsing markup: names and texts from runs can only become text.

const SVG = 'http://www.w3.org/2000/svg';

/** An element. `props`: attributes; `class`, `text`, `dir`, `on*` listeners and `data` as usual; null and false are left out. */
export function h(name, props = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'text') element.textContent = value;
    else if (key === 'data') Object.assign(element.dataset, value);
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A symbol of `img/icons.svg`. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `img/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A name of unknown script and length: isolated, cut with an ellipsis, whole in its title. */
export function nameText(name, className = 'ellipsis') {
  return h('bdi', { class: className, dir: 'auto', title: name, text: name });
}

/** Sets the text only where it differs, so that unchanged cells cost no layout. Answers whether it changed. */
export function setText(element, text) {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}

/** Keeps `parent`'s children in step with `items` by `key`, creating, moving and removing as few elements as possible. */
export function reconcile(parent, items, key, create, update) {
  const existing = new Map();
  for (const child of [...parent.children]) {
    if (child.dataset.key === undefined) child.remove();
    else existing.set(child.dataset.key, child);
  }
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    let child = existing.get(id);
    if (child) existing.delete(id);
    else {
      child = create(item);
      child.dataset.key = id;
    }
    update?.(child, item);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  for (const child of existing.values()) child.remove();
}

export const byId = (id) => document.getElementById(id);
