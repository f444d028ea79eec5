// Numbers of the Predictions page: pure functions over what the server answers.

/** Index of the step nearest to one asked for, the later of two as near; the last for null; −1 without steps. */
export function nearest(steps, wanted) {
  if (wanted === null) return steps.length - 1;
  let best = steps.length - 1;
  for (let i = steps.length - 1; i >= 0; i--) if (Math.abs(steps[i] - wanted) < Math.abs(steps[best] - wanted)) best = i;
  return best;
}

/** Index of the point of a ROC curve (thresholds falling) that stands for a threshold: the last whose score is at least that. */
export function pointAt(thresholds, threshold) {
  let [low, high] = [0, thresholds.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (Number(thresholds[middle]) >= threshold) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Counts at a point of a ROC curve. */
export function countsAt(roc, at) {
  const tp = Math.round(roc.tpr[at] * roc.positives);
  const fp = Math.round(roc.fpr[at] * roc.negatives);
  return { tp, fp, fn: roc.positives - tp, tn: roc.negatives - fp };
}

/** Precision, recall and the rest of four counts; null for 0/0. */
export function measuresOf({ tp, fp, fn, tn }) {
  const share = (part, whole) => (whole > 0 ? part / whole : null);
  return { precision: share(tp, tp + fp), recall: share(tp, tp + fn), fpr: share(fp, fp + tn), f1: share(2 * tp, 2 * tp + fp + fn), accuracy: share(tp + tn, tp + fp + fn + tn) };
}

/** The point of a ROC curve nearest to a place of the unit square, for a pointer that drags along it. */
export function nearestOnRoc(roc, x, y) {
  return nearestPoint(roc.fpr, roc.tpr, x, y);
}

/** Index of the point nearest to a place. */
export function nearestPoint(xs, ys, x, y) {
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < xs.length; i++) {
    const distance = (xs[i] - x) ** 2 + (ys[i] - y) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/** Shares of the cells of a confusion matrix, of their row or column, or of the largest cell; null for 0/0. */
export function sharesOf(matrix, scale) {
  const rows = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = matrix.map((_, column) => matrix.reduce((sum, row) => sum + row[column], 0));
  const most = Math.max(1, ...matrix.map((row) => Math.max(...row)));
  return matrix.map((row, label) => row.map((count, predicted) => {
    const whole = scale === 'row' ? rows[label] : scale === 'column' ? columns[predicted] : most;
    return whole > 0 ? count / whole : null;
  }));
}

/** Classes of an answer as rows of a table. */
export function classRows(view) {
  return view.classes.map((id, at) => ({
    id, name: view.class_names?.[at] ?? null, support: view.support[at], predicted: view.predicted[at],
    precision: view.precision.per_class[at], recall: view.recall.per_class[at], f1: view.f1.per_class[at], auc: view.auc.per_class[at], average_precision: view.average_precision.per_class[at],
  }));
}

/** What a class is called in an answer, or null. */
export function nameOfClass(view, id) {
  const at = view.classes.indexOf(id);
  return at < 0 ? null : view.class_names?.[at] ?? null;
}

/** Whether all of an answer's numbers of a measure are missing. */
export const isEmpty = (values) => values.every((value) => value === null);

/** The best of several numbers for a measure where more is better, or less; −1 where fewer than two are known or all are equal. */
export function bestOf(values, lessIsBetter) {
  const known = values.map((value, at) => [value, at]).filter(([value]) => value !== null);
  if (known.length < 2) return -1;
  const sorted = [...known].sort((a, b) => (lessIsBetter ? a[0] - b[0] : b[0] - a[0]));
  return sorted[0][0] === sorted[1][0] ? -1 : sorted[0][1];
}
