// Two windows of one run, early against late.

/** `10%`, or `0:100,900:1000`, as `{ percent }` or `{ early, late }`; null where it is neither. */
export function parseWindows(text) {
  const percent = /^(\d{1,2}(?:\.\d+)?)%$/.exec(text ?? '');
  if (percent) return Number(percent[1]) > 0 && Number(percent[1]) <= 50 ? { percent: Number(percent[1]) } : null;
  const match = /^(-?\d+):(-?\d+),(-?\d+):(-?\d+)$/.exec(text ?? '');
  if (!match) return null;
  const [a, b, c, d] = match.slice(1).map(Number);
  return a < b && c < d ? { early: [a, b], late: [c, d] } : null;
}

export const formatWindows = (windows) => (windows.percent ? `${windows.percent}%` : `${windows.early.join(':')},${windows.late.join(':')}`);

/** `[early, late]`, each `[from, to]` in steps, of a run that reaches from step `first` to `last`. */
export function windowsOf(windows, first, last) {
  if (!windows.percent) return [windows.early, windows.late];
  const length = Math.max(0, Math.floor(((last - first) * windows.percent) / 100));
  return [[first, first + length], [last - length, last]];
}
