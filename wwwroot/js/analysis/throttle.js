// Work that is asked for more often than it can be done.

/**
 * Runs `work(signal)` at once when asked, then again at most every `pauseMs` and never more than a fifth of the time, however often it is asked meanwhile. `now()` drops what is under way
 * and starts over: the reader asked for something else.
 */
export class Throttle {
  #work;
  #pause;
  #timer = null;
  #running = null;
  #wanted = false;
  #next = 0;

  constructor(work, pauseMs) {
    this.#work = work;
    this.#pause = pauseMs;
  }

  /** What is shown may be stale. */
  soon() {
    if (this.#running) {
      this.#wanted = true;
      return;
    }
    // Nobody looks at a page in the background; it catches up when it is seen.
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (document.hidden) document.addEventListener('visibilitychange', () => this.soon(), { once: true });
      else this.now();
    }, Math.max(0, this.#next - performance.now()));
  }

  async now() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#running?.abort();
    const controller = this.#running = new AbortController();
    this.#wanted = false;
    const began = performance.now();
    try {
      await this.#work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      if (this.#running === controller) {
        this.#running = null;
        this.#next = performance.now() + Math.max(this.#pause, 4 * (performance.now() - began));
        if (this.#wanted) this.soon();
      }
    }
  }
}
