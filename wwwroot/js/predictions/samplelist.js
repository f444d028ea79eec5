// The samples of a cell of the matrix, with their thumbnails; without a cell, the most frequent mistakes.

import { byId, h, nameText, reconcile, setText } from '../dom.js';
import { num } from '../numbers.js';
import { t, tCount } from '../text.js';
import { artifactPath } from './loader.js';
import { classWord, said } from './words.js';

const SIDE = 44;
// Scores beside a sample: those that decide.
const SCORES = 3;

export class SampleList {
  #open;
  #sheets = new Map();

  /** @param onOpen(cell or null) */
  constructor(onOpen) {
    this.#open = onOpen;
    byId('samples-back').addEventListener('click', () => onOpen(null));
  }

  /** The most frequent mistakes, each a button that opens its samples. */
  showMistakes(view) {
    setText(byId('samples-title'), t('predictions.mistakes'));
    setText(byId('samples-notes'), view.mistakes.length ? t('predictions.mistakes.note') : t(view.samples ? 'predictions.mistakes.none' : 'predictions.reason.no_samples'));
    byId('samples-back').hidden = true;
    const list = byId('samples');
    list.setAttribute('aria-busy', 'false');
    reconcile(list, view.mistakes, (cell) => `m${cell.label}:${cell.predicted}`, (cell) => h('li', {}, h('button', { type: 'button', class: 'mistake', onclick: () => this.#open([cell.label, cell.predicted]) },
      nameText(classWord(view, cell.label), ''), h('span', { 'aria-hidden': 'true', text: '→' }), h('span', { class: 'visually-hidden', text: t('predictions.taken_for') }), nameText(classWord(view, cell.predicted), ''), h('span', { class: 'count' }))),
    (item, cell) => {
      const [button] = item.children;
      setText(button.children[0], classWord(view, cell.label));
      setText(button.children[3], classWord(view, cell.predicted));
      setText(button.lastElementChild, cell.count.toLocaleString('en'));
    });
  }

  /** @param answer the server's samples of the cell; null while it is asked, `message` where that failed */
  showCell(view, [label, predicted], answer, message = null) {
    const word = (id) => classWord(view, id);
    setText(byId('samples-title'), label === predicted ? t('predictions.samples.right', { label: word(label) }) : t('predictions.samples.wrong', { label: word(label), predicted: word(predicted) }));
    byId('samples-back').hidden = false;
    const list = byId('samples');
    list.setAttribute('aria-busy', String(!answer && !message));
    const notes = message ? [message] : !answer ? [t('common.loading')] : [tCount('predictions.samples.total', answer.total)];
    if (answer && answer.items.length < answer.total) notes.push(t('predictions.samples.first', { count: answer.items.length.toLocaleString('en') }));
    if (answer?.items.length && !answer.items[0].id) notes.push(t('predictions.samples.no_ids'));
    setText(byId('samples-notes'), notes.join(' '));
    const sheet = answer?.sprite ? this.#sheet(answer) : null;
    reconcile(list, answer?.items ?? [], (item) => `${answer.run_id} ${answer.step} ${item.row}`, () => h('li', { class: 'predicted-sample' },
      h('span', { class: 'sample-image', hidden: true }), h('bdi', { class: 'ellipsis', dir: 'auto' }), h('span', { class: 'sample-words' }), h('span', { class: 'sample-loss' }, h('small', {}), h('span', {}))),
    (row, item) => {
      const [image, name, words, loss] = row.children;
      const text = item.id ?? t('predictions.sample_row', { row: item.row.toLocaleString('en') });
      if (setText(name, text)) name.title = text;
      setText(words, scoresWords(item, word));
      setText(loss.firstElementChild, item.loss === null ? '' : t('predictions.loss'));
      setText(loss.lastElementChild, item.loss === null ? '' : said(item.loss));
      image.hidden = !sheet;
      if (sheet) this.#paint(image, sheet, answer.sprite, item.row);
    });
  }

  #sheet(answer) {
    const path = new URL(artifactPath(answer.run_id, answer.sprite.name), document.baseURI).href;
    if (!this.#sheets.has(path)) {
      const image = new Image();
      this.#sheets.set(path, { image, ready: new Promise((resolve) => { image.onload = () => resolve(true); image.onerror = () => resolve(false); }) });
      image.src = path;
    }
    return this.#sheets.get(path);
  }

  async #paint(host, { image, ready }, { width, height }, row) {
    if (host.dataset.row === String(row)) return;
    host.dataset.row = String(row);
    if (!(await ready)) {
      // The picture was deleted, or never arrived.
      host.hidden = true;
      return;
    }
    const perRow = Math.max(1, Math.floor(image.naturalWidth / width));
    const scale = SIDE / Math.max(width, height);
    const canvas = h('canvas', { width: Math.round(width * Math.max(1, scale)), height: Math.round(height * Math.max(1, scale)), 'aria-hidden': 'true' });
    const context = canvas.getContext('2d');
    context.imageSmoothingEnabled = false;
    context.drawImage(image, (row % perRow) * width, Math.floor(row / perRow) * height, width, height, 0, 0, canvas.width, canvas.height);
    host.replaceChildren(canvas);
  }
}

/** The highest scores of a sample, and that of its class. */
function scoresWords({ scores, label, score, label_score: own, predicted }, word) {
  const pair = (id, value) => `${word(id)} ${said(num(value))}`;
  if (!scores || scores.length === 1) return predicted === label ? pair(predicted, score) : `${pair(predicted, score)} · ${pair(label, own)}`;
  const top = scores.map((value, id) => [id, num(value)]).sort((a, b) => b[1] - a[1]).slice(0, SCORES);
  if (!top.some(([id]) => id === label)) top[top.length - 1] = [label, num(scores[label])];
  return top.map(([id, value]) => pair(id, value)).join(' · ');
}
