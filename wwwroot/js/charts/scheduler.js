// One animation frame for all charts. What does not fit into the frame's budget goes to the next, so that a hundred charts that
// change at once never hold the page for long.

const BUDGET_MS = 14;
const waiting = new Set();
let handle = 0;

/** Asks for `chart.flush()` once, before the next paint. */
export function invalidate(chart) {
  waiting.add(chart);
  if (!handle) handle = requestAnimationFrame(flush);
}

export function forget(chart) {
  waiting.delete(chart);
}

function flush() {
  handle = 0;
  const begun = performance.now();
  for (const chart of waiting) {
    waiting.delete(chart);
    chart.flush();
    if (performance.now() - begun > BUDGET_MS) break;
  }
  if (waiting.size) handle = requestAnimationFrame(flush);
}
