// When the artifacts of a project deserve to be listed again: a run was written to. The live connection tells of that, but not of artifacts.

const EVERY_MS = 3000;

/** Calls `onDue()` after runs came or were written to, not more often than every few seconds. */
export function watchRuns(runs, onDue) {
  let known = null;
  let timer = 0;
  let told = -Infinity;
  const tell = () => {
    timer = 0;
    told = performance.now();
    onDue();
  };
  runs.addEventListener('change', () => {
    const before = known;
    known = new Map(runs.runs.map((run) => [run.id, run]));
    if (before === null || ![...known].some(([id, run]) => before.get(id) !== run)) return;
    timer ||= setTimeout(tell, Math.max(0, told + EVERY_MS - performance.now()));
  });
}
