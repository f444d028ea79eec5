// What the page shows, as one file that opens anywhere: charts as vector pictures, images, tables and sentences; no script, no address, nothing that calls.

import { exportReport } from '../reports/exportpage.js';
import { picture, startFile } from '../reports/file.js';
import { t } from '../text.js';
import { toast } from '../toast.js';

// Cards that are out of sight are drawn when they come into it, one after the other.
const CARDS = 'article, .card, .panel, .block';
const MAX_CARDS = 300;
const CARD_MS = 4000;
const ALL_MS = 90000;
// What one works with rather than reads.
const TOOLS = '[hidden], .visually-hidden, .selector, .toolbar, [role="toolbar"], .menu, .card-tools, button, form, dialog, .skeleton, [data-exported]';
const TEXTS = 'h1, h2, h3, p, li, dt, dd';

const frame = () => new Promise((resolve) => { requestAnimationFrame(() => resolve()); });
const seen = (element) => element.getClientRects().length > 0 && !element.closest(TOOLS);

/** Saves what the page shows under a name. */
export async function saveSnapshot(name) {
  const report = document.querySelector('#report:not([hidden]) #report-blocks');
  if (report) {
    await exportReport(name, report);
    return;
  }
  const close = toast(t('share.snapshot_works'));
  const main = document.getElementById('main');
  const root = main.querySelector('.fullscreen') ?? main;
  const { page, make, save } = startFile(name, t('share.snapshot_when', { time: new Date().toLocaleString() }));
  try {
    const cards = await drawCards(root, make);
    const all = make('main');
    for (const element of [root, ...root.querySelectorAll('*')]) {
      if (element.parentElement.closest('[data-exported]')) continue;
      const made = cards.get(element) ?? (element.matches(TOOLS) ? null : await loose(element, make));
      if (!made) continue;
      element.dataset.exported = '';
      const section = make('section');
      section.append(made);
      all.append(section);
    }
    if (!all.hasChildNodes()) all.append(make('p', t('reports.export_nothing'), 'missing'));
    page.body.append(all);
    save();
  } finally {
    main.querySelectorAll('[data-exported]').forEach((element) => delete element.dataset.exported);
    delete main.dataset.exported;
    close();
  }
}

/** Every card as a figure, by its element: each is brought into sight, drawn and taken while it is there. */
async function drawCards(root, make) {
  const made = new Map();
  const until = performance.now() + ALL_MS;
  const places = scrolled(root);
  for (;;) {
    // Scrolling makes more of them.
    const next = [root, ...root.querySelectorAll(CARDS)].find((element) => element.matches(CARDS) && !made.has(element) && !element.parentElement.closest(CARDS) && !element.closest(TOOLS));
    if (!next || made.size >= MAX_CARDS || performance.now() > until) break;
    next.scrollIntoView({ block: 'center' });
    await settled(next);
    made.set(next, await card(next, make));
  }
  for (const [element, top] of places) element.scrollTop = top;
  return made;
}

async function settled(element) {
  const until = performance.now() + CARD_MS;
  do {
    await frame();
    await frame();
  } while (performance.now() < until && (element.matches('[aria-busy="true"], .loading') || element.querySelector('[aria-busy="true"], .loading, .skeleton')
    || (element.querySelector('.plot:empty') && !element.querySelector('.card-message:not([hidden])'))));
}

async function card(element, make) {
  const figure = make('figure');
  const heading = element.querySelector('h2, h3, h4, .card-title, .row-title');
  const title = heading && seen(heading) ? heading.innerText.trim() : element.dataset.tag;
  if (title) figure.append(make('figcaption', title));
  const taken = new Set();
  for (const inside of element.querySelectorAll('*')) {
    if (inside === heading || inside.closest(TOOLS) || [...taken].some((one) => one.contains(inside))) continue;
    const shown = await pictureOf(inside, make) ?? sentence(inside, make);
    if (!shown) continue;
    taken.add(inside);
    figure.append(shown);
  }
  return figure.childElementCount > (title ? 1 : 0) ? figure : null;
}

async function loose(element, make) {
  if (!seen(element)) return null;
  const shown = await pictureOf(element, make);
  if (!shown) return sentence(element, make);
  const figure = make('figure');
  figure.append(shown);
  return figure;
}

/** One picture that cannot be made is no reason to have none of the others. */
async function pictureOf(element, make) {
  try {
    return await picture(element, make, true);
  } catch {
    return make('p', t('figure.image_failed'), 'missing');
  }
}

function sentence(element, make) {
  if (!element.matches(TEXTS) || !seen(element) || element.querySelector('canvas, img, table, p, li')) return null;
  const text = element.innerText.trim();
  return text ? make(/^H\d$/.test(element.tagName) ? 'h2' : 'p', text) : null;
}

/** Where everything around the cards is scrolled to, so that it can be put back. */
function scrolled(root) {
  const places = [];
  for (const element of [root, ...root.querySelectorAll('*')]) if (element.scrollTop > 0) places.push([element, element.scrollTop]);
  for (let element = root; element; element = element.parentElement) places.push([element, element.scrollTop]);
  return places;
}
