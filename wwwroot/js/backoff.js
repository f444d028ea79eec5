/** Milliseconds before attempt `attempt` (from 0): doubling from half a second to `cap`, with a fifth of jitter so that tabs do not march in step. */
export function backoff(attempt, cap = 15000, random = Math.random) {
  return Math.min(cap, 500 * 2 ** Math.min(attempt, 10)) * (0.8 + 0.4 * random());
}

/** Resolves after `milliseconds`, or rejects when `signal` aborts. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(done, milliseconds);
    function done() {
      signal?.removeEventListener('abort', stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal?.addEventListener('abort', stop, { once: true });
  });
}
