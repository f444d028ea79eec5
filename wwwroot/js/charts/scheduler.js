// One animation frame for all charts. What a person does is drawn first; what arrives live is drawn as often as it costs little: the page
// draws for a third of the time at the most, and never for long in one go, however many charts change.

const FRAME_MS = 40;
const REST_PER_MS = 2;
// Under this, drawing at every frame leaves the page idle most of the time anyway.
const CHEAP_MS = 8;

const urgent = new Set();
const live = new Set();
let handle = 0;
let timer = 0;
let restUntil = 0;
// What drawing one chart costs, as last seen: most of it is the browser filling pixels after the script is done, so it is taken over the frame.
let chartMs = 5;

/** Asks for `chart.flush()` once, before the next paint. */
export function invalidate(chart) {
  live.delete(chart);
  urgent.add(chart);
  handle ||= requestAnimationFrame(flush);
}

/** Asks for `chart.flush()` soon: new points arrived. */
export function invalidateLive(chart) {
  if (!urgent.has(chart)) live.add(chart);
  schedule();
}

export function forget(chart) {
  urgent.delete(chart);
  live.delete(chart);
}

function schedule() {
  if (handle || timer || live.size === 0) return;
  const wait = restUntil - performance.now();
  if (wait <= 0) handle = requestAnimationFrame(flush);
  else {
    timer = setTimeout(() => {
      timer = 0;
      handle ||= requestAnimationFrame(flush);
    }, wait);
  }
}

function flush() {
  handle = 0;
  const begun = performance.now();
  const limit = Math.max(1, Math.floor(FRAME_MS / chartMs));
  let drawn = 0;
  const drain = (charts) => {
    for (const chart of charts) {
      if (drawn >= limit) return;
      charts.delete(chart);
      chart.flush();
      drawn++;
    }
  };
  drain(urgent);
  if (begun >= restUntil) drain(live);
  // A task of its own runs once this frame is painted.
  setTimeout(() => {
    const cost = performance.now() - begun;
    if (drawn > 0) chartMs += (cost / drawn - chartMs) * 0.3;
    if (cost > CHEAP_MS) restUntil = performance.now() + cost * REST_PER_MS;
    if (urgent.size) handle ||= requestAnimationFrame(flush);
    else schedule();
  });
}
