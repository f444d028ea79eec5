// The pictures of one or two landscapes beside each other: one scale, one camera, one cross hair.

import { strideOf as contourStride } from '../charts/landscape/contour.js';
import { Picture } from '../charts/landscape/picture.js';
import { strideOf as surfaceStride } from '../charts/landscape/surface.js';
import { hideLines, showLines } from '../charts/tip.js';
import { h, icon, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { t, tCount } from '../text.js';
import { nearestOn } from './field.js';
import { columnsOf, lineModel, picturesOf, planeModels } from './scene.js';
import { axisTitles, checkpointWords, curveWords } from './words.js';

export class Board {
  #root;
  #hooks;
  #entries = [];
  #pictures = [];
  #models = new Map();
  #cursor = null;
  #wanted = false;
  /** What the pictures of planes share: scale, levels, what is clipped; null where there are none. */
  shared = null;

  /** @param hooks { state(), camera(camera, done), step(number), say(text), drawn(percent of the points below the cut) } */
  constructor(root, hooks) {
    this.#root = root;
    this.#hooks = hooks;
  }

  /** The pictures that there are: `[{ key, kind, entries, batch, picture }]`. */
  get pictures() {
    return this.#pictures.map((one) => ({ ...one, picture: this.#cards.get(one.key)?.picture })).filter(({ picture }) => picture);
  }

  #cards = new Map();

  /** Draws `[{ id, name, landscape, spec }]`, before the next frame. */
  show(entries) {
    this.#entries = entries;
    if (this.#wanted) return;
    this.#wanted = true;
    requestAnimationFrame(() => {
      this.#wanted = false;
      this.#draw();
    });
  }

  /** The chosen checkpoint or the cross hair moved. */
  over() {
    const { step } = this.#hooks.state();
    const walked = this.#entries[0]?.landscape.path;
    for (const { picture, key } of this.pictures) {
      const own = this.#models.get(key)?.path;
      picture.over({ cursor: this.#cursor, step: step === null || !own ? null : own === walked ? step : sameStep(walked, own, step) });
    }
  }

  #draw() {
    const state = this.#hooks.state();
    this.#pictures = picturesOf(this.#entries, state);
    const { shared, models } = planeModels(this.#pictures, state, axisTitles);
    this.shared = shared;
    this.#models = models;
    for (const one of this.#pictures) if (one.kind === 'line') models.set(one.key, lineModel(one, state, curveWords));
    this.#root.style.setProperty('--columns', columnsOf(this.#pictures));
    this.#root.dataset.view = this.#pictures.length === 2 && this.#pictures[0].kind !== this.#pictures[1].kind ? 'pair' : 'grid';
    const living = new Set(this.#pictures.map(({ key }) => key));
    for (const [key, card] of this.#cards) {
      if (living.has(key)) continue;
      card.picture.dispose();
      this.#cards.delete(key);
    }
    reconcile(this.#root, this.#pictures, ({ key }) => key, (one) => this.#create(one), (_, one) => this.#update(one));
    this.over();
    const [line] = this.#pictures;
    const cut = shared ?? (line ? models.get(line.key) : null);
    this.#hooks.drawn?.(cut?.count ? 100 * (1 - cut.clipped / cut.count) : 100);
  }

  #create(one) {
    const plot = h('div', { class: 'landscape-plot', tabindex: '0', role: 'group', 'aria-description': t(`landscapes.keys.${one.kind}`) });
    const title = h('h3', { class: 'ellipsis' });
    const note = h('p', { class: 'landscape-note muted' });
    const reset = one.kind === 'surface' ? h('button', { type: 'button', class: 'button quiet icon-only', 'aria-label': t('landscapes.reset_camera'), title: t('landscapes.reset_camera'), onclick: () => this.#hooks.camera(null, true) }, icon('reset')) : null;
    const element = h('article', { class: 'card landscape-card', data: { kind: one.kind } }, h('div', { class: 'landscape-card-head' }, title, reset), plot, note);
    const picture = new Picture(plot, {
      kind: one.kind, label: t(`landscapes.picture.${one.kind}`),
      onPoint: (place, event) => this.#point(one.key, place, event),
      onCheckpoint: (number) => this.#hooks.step(number),
      onCamera: (camera, done) => this.#hooks.camera(camera, done),
      onKey: (event) => this.#key(one.key, event),
    });
    plot.addEventListener('blur', () => this.#point(one.key, null));
    this.#cards.set(one.key, { element, plot, title, note, picture });
    return element;
  }

  #update(one) {
    const card = this.#cards.get(one.key);
    const model = this.#models.get(one.key);
    const several = this.#entries.length > 1;
    const both = this.#pictures.some((other) => other.kind === one.kind && other.batch !== one.batch);
    const words = [t(`landscapes.picture.${one.kind}`), model.field?.quantity === 'accuracy' ? t('landscapes.value.accuracy') : null, one.batch === 'train' && !both ? null : one.batch && t(`landscapes.batch.${one.batch}`), several && one.kind !== 'line' ? one.entries[0].name : null];
    const title = words.filter(Boolean).join(' · ');
    setText(card.title, title);
    card.title.title = title;
    card.plot.setAttribute('aria-label', title);
    card.element.dataset.preview = String(one.entries.some(({ landscape }) => landscape.isPreview));
    setText(card.note, this.#notes(one.kind, model));
    card.picture.show(model);
  }

  #notes(kind, model) {
    const { missing, broken } = model.field.counts();
    const notes = [];
    if (missing > 0) notes.push(tCount('landscapes.missing', missing));
    if (broken > 0) notes.push(tCount('landscapes.broken', broken));
    const { count, top } = above(model.curves?.filter(({ axis }) => axis === 'left').map(({ field }) => field) ?? [model.field], model.scale);
    if (count > 0) notes.push(tCount('landscapes.clipped', count, { value: formatNumber(model.scale.high), top: formatNumber(top) }));
    if (model.scale.log && model.scale.shift !== 0) notes.push(t('landscapes.shifted', { value: formatNumber(model.scale.shift) }));
    const stride = kind === 'contour' ? contourStride(model.field) : kind === 'surface' ? surfaceStride(model.field, false) : 1;
    if (stride > 1) notes.push(t('landscapes.strided', { stride }));
    if (model.path) {
      const { x, y } = model.field;
      let beside = 0;
      for (let i = 0; i < model.path.count; i++) {
        const inside = model.path.x[i] >= x[0] && model.path.x[i] <= x[x.length - 1] && (!y || (model.path.y[i] >= y[0] && model.path.y[i] <= y[y.length - 1]));
        if (!inside) beside++;
      }
      if (beside > 0) notes.push(tCount('landscapes.beside', beside));
    }
    return notes.join(' · ');
  }

  #point(key, place, event) {
    const same = place && this.#cursor && place.x === this.#cursor.x && place.y === this.#cursor.y;
    if (!same) this.#cursor = place ? { x: place.x, y: place.y } : null;
    if (!place || !event) hideLines();
    else showLines(...this.#lines(key, place), event.clientX, event.clientY);
    this.over();
  }

  /** `[head, lines]` of what stands at a place. */
  #lines(key, { x, y, checkpoint }) {
    const { entries } = this.#pictures.find((one) => one.key === key);
    const model = this.#models.get(key);
    if (checkpoint !== null && model.path) return [checkpointWords.head(model.path, checkpoint), checkpointWords.lines(model.path, checkpoint, entries[0].landscape.field('train', 'loss'))];
    const place = entries[0].landscape.line ? t('landscapes.at_x', { x: formatNumber(x) }) : t('landscapes.at', { x: formatNumber(x), y: formatNumber(y) });
    return [place, this.#values(entries[0].landscape.line, x, y)];
  }

  #values(line, x, y) {
    const lines = [];
    for (const { landscape, name } of this.#entries) {
      if (landscape.line !== line) continue;
      // On a line there is nothing between the points that one could read off: the nearest is told.
      const at = line ? landscape.x[nearestOn(landscape.x, x)] : x;
      for (const batch of ['train', 'validation']) {
        for (const quantity of ['loss', 'accuracy']) {
          const field = landscape.field(batch, quantity);
          if (!field) continue;
          const said = [this.#entries.length > 1 ? name : null, landscape.validation ? t(`landscapes.batch.${batch}`) : null, t(`landscapes.value.${quantity}`)].filter(Boolean).join(' · ');
          lines.push([said, formatNumber(field.at(at, y))]);
        }
      }
    }
    return lines;
  }

  /** The arrow keys move the cross hair from point to point; on a surface they turn the camera instead. */
  #key(key, event) {
    const model = this.#models.get(key);
    const { path } = model;
    const { step } = this.#hooks.state();
    if (path && (event.key === ',' || event.key === '.')) {
      this.#hooks.step(Math.min(path.count - 1, Math.max(0, step === null ? (event.key === '.' ? 0 : path.count - 1) : step + (event.key === '.' ? 1 : -1))));
      return true;
    }
    const { kind } = this.#pictures.find((one) => one.key === key);
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (kind === 'surface' || !ways) return false;
    const { x, y } = model.field;
    const far = event.shiftKey ? 5 : 1;
    const move = (axis, now, way) => axis[Math.min(axis.length - 1, Math.max(0, (now === null ? axis.length >> 1 : nearestOn(axis, now)) + way * far))];
    const place = { x: move(x, this.#cursor?.x ?? null, ways[0]), y: y ? move(y, this.#cursor?.y ?? null, ways[1]) : 0, checkpoint: null };
    this.#point(key, place);
    const [head, lines] = this.#lines(key, place);
    this.#hooks.say([head, ...lines.map(([name, value]) => `${name}: ${value}`)].join('. '));
    return true;
  }
}

/** How many drawn points lie beyond the cut, and the farthest of them. */
function above(fields, { low, high }) {
  let count = 0;
  let top = high;
  for (const field of fields) {
    for (let i = 0; i < field.values.length; i++) {
      if (!field.drawn(i) || (field.values[i] <= high && field.values[i] >= low)) continue;
      count++;
      if (Math.abs(field.values[i]) > Math.abs(top)) top = field.values[i];
    }
  }
  return { count, top };
}

/** The slider walks the first landscape's path; on another's the checkpoint nearest in steps is marked, or none where steps are not known. */
function sameStep(walked, own, at) {
  if (!walked?.steps || !own.steps || at >= walked.count) return null;
  let best = 0;
  for (let i = 1; i < own.count; i++) if (Math.abs(own.steps[i] - walked.steps[at]) < Math.abs(own.steps[best] - walked.steps[at])) best = i;
  return best;
}
