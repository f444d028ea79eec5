import { createFigure } from '../charts/figure.js';

/** One figure that is made when it is first drawn. */
export class Picture {
  #host;
  #label;
  #options;
  #figure = null;

  constructor(host, label, options = {}) {
    this.#host = host;
    this.#label = label;
    this.#options = options;
  }

  draw(spec) {
    if (this.#figure) this.#figure.update(spec).catch(() => {});
    else {
      this.#figure = createFigure(this.#host, { label: this.#label, config: { displayModeBar: false }, ...this.#options, ...spec });
      this.#figure.ready.catch(() => {});
    }
  }

  toImage(format, title) {
    return this.#figure.toImage(format, title);
  }
}
