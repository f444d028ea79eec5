// A card of the Timeline page that holds one figure: drawn where there is something to draw, else a line that says what is missing.

import { exportMenu } from '../analysis/exports.js';
import { createFigure } from '../charts/figure.js';
import { byId, setText } from '../dom.js';
import { t } from '../text.js';

export class FigureCard {
  #figure = null;
  #title;

  /** @param id the card's; inside it `<id>-figure`, `<id>-note`, `<id>-empty` and `<id>-tools` · @param csv () → { header, rows } or a promise of it */
  constructor(id, { title, csv }) {
    this.id = id;
    this.host = byId(`${id}-figure`);
    this.#title = title;
    byId(`${id}-tools`).append(exportMenu(t('common.export'), { title, image: (format, name) => this.#figure.toImage(format, name), csv }));
  }

  /** @param spec { traces, layout, note, empty: text where there is nothing to draw or null } */
  show({ traces, layout, note = '', empty = null }) {
    const none = empty !== null;
    this.host.hidden = none;
    byId(`${this.id}-tools`).hidden = none;
    byId(`${this.id}-empty`).hidden = !none;
    setText(byId(`${this.id}-empty`).querySelector('p'), empty ?? '');
    setText(byId(`${this.id}-note`), none ? '' : note);
    if (none) return;
    this.host.dataset.drawn = traces.length;
    if (this.#figure) this.#figure.update({ traces, layout }).catch(() => {});
    else {
      this.#figure = createFigure(this.host, { label: this.#title(), traces, layout, config: { scrollZoom: false } });
      this.#figure.ready.catch(() => {});
    }
  }
}
