// Which shown runs got something new. The hub streams points of scalars only, but it tells of every run that is written to, at most once a
// second; so those runs, and no others, are asked again, a few seconds apart.

const EVERY_MS = 5000;

/** Tells `onDue(ids: Set<string>)` of shown runs to ask again. */
export function watchRuns(scope, onDue) {
  let known = new Map();
  let due = new Set();
  let timer = 0;
  let told = -Infinity;

  function tell() {
    timer = 0;
    told = performance.now();
    const ids = due;
    due = new Set();
    onDue(ids);
  }

  scope.addEventListener('change', () => {
    const before = known;
    known = new Map(scope.ids.map((id) => [id, scope.store.get(id)]));
    for (const [id, run] of known) if (before.has(id) && before.get(id) !== run) due.add(id);
    if (due.size) timer ||= setTimeout(tell, Math.max(0, told + EVERY_MS - performance.now()));
  });
}
