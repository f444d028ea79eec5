// A file that opens anywhere, also without a network: one HTML document with charts as vector pictures, images and tables inside, and nothing that runs or calls.

import { fileName, saveBlob } from '../download.js';

const STYLE = `body{max-width:1200px;margin:32px auto;padding:0 20px;font:15px/1.55 system-ui,sans-serif;color:#15181d;background:#fff}
h1{margin:0 0 4px}.md-h1{font-size:1.6em}.md-h2{font-size:1.3em}.md-h3{font-size:1.1em}.md-right{text-align:right}.when{color:#626b79;margin:0 0 24px}main{display:grid;grid-template-columns:1fr 1fr;gap:24px 16px}section{grid-column:1/-1;min-width:0}.half{grid-column:auto}figure{margin:0;padding:12px;border:1px solid #e2e5ea;border-radius:10px;overflow:auto}
figcaption{font-weight:600;margin-bottom:8px}figure img,figure svg{max-width:100%;height:auto}table{border-collapse:collapse;font-size:13px}td,th{padding:4px 10px;border-bottom:1px solid #e2e5ea;text-align:left}
pre,code{font-family:ui-monospace,monospace;background:#f0f2f5;border-radius:4px}pre{padding:10px;overflow:auto}.charts{display:flex;flex-wrap:wrap;gap:12px}.missing{color:#8a5a00}
@media(max-width:800px){main{display:block}section{margin-bottom:24px}}`;
// More rows of a table than this belong into a CSV file.
const MAX_ROWS = 500;

/** A document of its own: `{ page, make(tag, text, className), save() }`. */
export function startFile(name, when) {
  const page = document.implementation.createHTMLDocument(name);
  page.documentElement.lang = document.documentElement.lang;
  const charset = page.createElement('meta');
  charset.setAttribute('charset', 'utf-8');
  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  // Nothing in the file may run or call anywhere, whatever the names in it are.
  policy.content = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const style = page.createElement('style');
  style.textContent = STYLE;
  page.head.prepend(charset, policy);
  page.head.append(style);
  const make = (tag, text, className) => {
    const element = page.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  page.body.append(make('h1', name), make('p', when, 'when'));
  return {
    page, make,
    save: () => saveBlob(new Blob([`<!doctype html>\n${page.documentElement.outerHTML}`], { type: 'text/html' }), `${fileName(name)}.html`),
  };
}

/** What an element shows as an element that needs nothing else, or null where it is no picture and no table. `white`: on paper, whatever the theme. */
export async function picture(element, make, white = false) {
  if (element.lossboardChart?.toSvg) return image(new Blob([element.lossboardChart.toSvg(element.closest('[data-tag]')?.dataset.tag ?? '', white)], { type: 'image/svg+xml' }), make);
  if (element.lossboardFigure) return image(await element.lossboardFigure.toImage('svg', element.getAttribute('aria-label') ?? ''), make);
  if (element.tagName === 'IMG' && element.complete && element.naturalWidth > 0) return image(await bytesOf(element), make);
  if (element.tagName === 'CANVAS' && element.width > 0 && !element.closest('.u-wrap')) return image(await new Promise((resolve) => { element.toBlob(resolve); }), make);
  if (element.tagName === 'TABLE') return table(element, make);
  return null;
}

/** What an image shows: its file where it is one of this server's, else its pixels. */
async function bytesOf(element) {
  if (element.currentSrc.startsWith(document.baseURI)) return (await fetch(element.currentSrc)).blob();
  const canvas = element.ownerDocument.createElement('canvas');
  canvas.width = element.naturalWidth;
  canvas.height = element.naturalHeight;
  canvas.getContext('2d').drawImage(element, 0, 0);
  return new Promise((resolve) => { canvas.toBlob(resolve); });
}

async function image(blob, make) {
  const element = make('img');
  element.src = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  element.alt = '';
  return element;
}

function table(source, make) {
  const copy = make('table');
  for (const row of [...source.rows].slice(0, MAX_ROWS)) {
    const line = make('tr');
    for (const cell of row.cells) line.append(make(cell.tagName === 'TH' ? 'th' : 'td', cell.innerText.trim()));
    if (line.textContent.trim()) copy.append(line);
  }
  return copy;
}
