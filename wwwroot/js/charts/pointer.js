// What a mouse, a finger or the arrow keys do over a chart: the tooltip, its pin, and which curve is meant.

import { h } from '../dom.js';
import { describeRows, fillPinned, hideTip, rowsAt, showTip } from './tooltip.js';
import { bindTouch } from './touch.js';

const NEAR_PX = 14;
const REACH_PX = 12;
// A press that moved further than this was a drag.
const CLICK_PX = 4;

/**
 * @param host `{ element, plot(), traces(), options(), extent(), highlight(runId | null), preview(window), redraw(), spec }`
 */
export class Pointer {
  #host;
  #x = NaN;
  #pinned = null;
  #tip = null;

  constructor(host) {
    this.#host = host;
  }

  /** The x where a tooltip stands fast, or null. */
  get pinned() {
    return this.#pinned;
  }

  /** A new plot is there. */
  bind(plot) {
    let down = null;
    plot.over.addEventListener('mousedown', (event) => { down = [event.clientX, event.clientY]; });
    plot.over.addEventListener('click', (event) => {
      if (down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) <= CLICK_PX) this.click(event.clientX, event.clientY);
    });
    plot.over.addEventListener('mouseleave', () => {
      hideTip();
      this.#host.highlight(null);
      this.#host.spec.onCursor?.(null);
    });
    bindTouch(plot.over, {
      window: () => this.#host.extent(),
      logX: () => this.#host.options().logX,
      point: (clientX, clientY) => this.#show(clientX, clientY),
      leave: () => this.hide(),
      tap: (clientX, clientY) => this.click(clientX, clientY),
      preview: (window) => this.#host.preview(window),
      zoom: (from, to) => this.#host.spec.onZoom?.(from, to),
      reset: () => this.#host.spec.onReset?.(),
    });
  }

  /** The library's cursor moved. */
  moved(plot) {
    const { left, event } = plot.cursor;
    if (!event || left < 0 || !this.#host.extent()) return;
    const rect = plot.over.getBoundingClientRect();
    this.#show(rect.left + left, rect.top + plot.cursor.top, rect);
  }

  /** Pins the tooltip where it is clicked (a second click there frees it) and picks the curve under it. */
  click(clientX, clientY) {
    const plot = this.#host.plot();
    if (!plot || !this.#host.extent()) return;
    const rect = plot.over.getBoundingClientRect();
    const left = clientX - rect.left;
    const rows = this.#rows(plot.posToVal(left, 'x'), clientY - rect.top);
    const near = rows.find((row) => row.near && row.distance < NEAR_PX);
    const again = this.#pinned !== null && Math.abs(plot.valToPos(this.#pinned, 'x') - left) <= CLICK_PX;
    this.#host.spec.onPick?.(near?.run.runId ?? null);
    this.#host.spec.onPin?.(again || rows.length === 0 ? null : plot.posToVal(left, 'x'));
  }

  /** Pins at the cursor, or frees: the key for it. */
  togglePin() {
    this.#host.spec.onPin?.(this.#pinned === null && Number.isFinite(this.#x) ? this.#x : null);
  }

  pin(x) {
    this.#pinned = x;
    if (x !== null) hideTip();
    else {
      this.#tip?.remove();
      this.#tip = null;
    }
    this.#host.redraw();
  }

  /** After every drawing: what is pinned says what is there now. */
  drawn() {
    const plot = this.#host.plot();
    const extent = this.#host.extent();
    if (this.#pinned === null || !plot || !extent) return;
    this.#tip ??= this.#host.element.appendChild(h('div', { class: 'chart-tip pinned' }));
    const inside = this.#pinned >= extent[0] && this.#pinned <= extent[1];
    this.#tip.hidden = !inside;
    if (!inside) return;
    fillPinned(this.#tip, this.#rows(this.#pinned), this.#host.options(), () => this.#host.spec.onPin?.(null));
    this.#place(plot.bbox.left / devicePixelRatio + plot.valToPos(this.#pinned, 'x'));
  }

  /** Beside the line, over neighbours rather than over the curves; below the plot where the page is too narrow for that. */
  #place(at) {
    const { left: edge } = this.#host.element.getBoundingClientRect();
    const width = this.#tip.offsetWidth;
    let [left, top] = [at + 12, 4];
    if (edge + left + width > innerWidth - 8) left = at - 12 - width;
    if (edge + left < 8) [left, top] = [Math.max(0, Math.min(at - width / 2, innerWidth - edge - width - 8)), this.#host.element.clientHeight - 4];
    this.#tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** Moves the cursor to the next point (or a tenth of the width) and answers what stands there, as a sentence. */
  move(direction, far) {
    const plot = this.#host.plot();
    if (!plot || !this.#host.extent()) return '';
    const [from, to] = this.#host.extent();
    let x = this.#x;
    if (!(x >= from && x <= to)) x = direction > 0 ? from : to;
    else if (far) x = Math.min(to, Math.max(from, x + (direction * (to - from)) / 10));
    else {
      const candidates = this.#host.traces().map((trace) => trace.neighbour(x, direction)).filter((value) => value >= from && value <= to);
      if (candidates.length) x = direction > 0 ? Math.min(...candidates) : Math.max(...candidates);
    }
    this.#x = x;
    const left = plot.valToPos(x, 'x');
    const rect = plot.over.getBoundingClientRect();
    plot.setCursor({ left, top: rect.height / 3 }, false);
    const rows = this.#rows(x);
    showTip(rows, this.#host.options(), rect.left + left, rect.top + rect.height / 3);
    return describeRows(rows, this.#host.options());
  }

  hide() {
    this.#x = NaN;
    this.#host.plot()?.setCursor({ left: -10, top: -10 }, false);
    this.#host.highlight(null);
    hideTip();
  }

  /** The plot is gone; a pinned tooltip comes back with the next one. */
  unbind() {
    this.#tip?.remove();
    this.#tip = null;
    hideTip();
  }

  #show(clientX, clientY, known) {
    const plot = this.#host.plot();
    if (!plot || !this.#host.extent()) return;
    const rect = known ?? plot.over.getBoundingClientRect();
    const left = clientX - rect.left;
    this.#x = plot.posToVal(left, 'x');
    this.#host.spec.onCursor?.(this.#x);
    const rows = this.#rows(this.#x, clientY - rect.top);
    const near = rows.find((row) => row.near);
    this.#host.highlight(rows.length > 1 && near && near.distance < NEAR_PX ? near.run : null);
    // Where a tooltip stands fast, a second one would say the same.
    if (this.#pinned !== null && Math.abs(plot.valToPos(this.#pinned, 'x') - left) <= CLICK_PX) hideTip();
    else showTip(rows, this.#host.options(), clientX, clientY);
  }

  #rows(x, top) {
    const plot = this.#host.plot();
    const [from, to] = this.#host.extent();
    const reach = ((to - from) * REACH_PX) / Math.max(1, plot.bbox.width / devicePixelRatio);
    const distance = top === undefined ? undefined : (value, axis) => Math.abs(plot.valToPos(value, axis) - top);
    return rowsAt(this.#host.traces(), x, reach, this.#host.options(), distance);
  }
}
