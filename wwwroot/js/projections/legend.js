// What a legend counts. Pure.

/** How many shown vectors each category has: `{ counts: Uint32Array, missing }`. */
function countCategories(column, mask) {
  const counts = new Uint32Array(column.categories.length);
  let missing = 0;
  const { codes } = column;
  for (let i = 0; i < codes.length; i++) {
    if (mask !== null && mask[i] === 0) continue;
    if (codes[i] < 0) missing++;
    else counts[codes[i]]++;
  }
  return { counts, missing };
}

const collator = new Intl.Collator('en', { numeric: true });

/**
 * Entries of a legend: `[{ code, text, count }]`. Few categories in the order of their names, as classes are looked for; many by how many there are.
 * A place of vectors without a category comes last, with the code −1.
 */
export function legendEntries(column, mask, alphabetical = 40) {
  const { counts, missing } = countCategories(column, mask);
  const entries = column.categories.map((text, code) => ({ code, text, count: counts[code] }));
  const byName = (a, b) => collator.compare(a.text, b.text);
  entries.sort(entries.length <= alphabetical ? byName : (a, b) => b.count - a.count || byName(a, b));
  if (missing > 0 || column.missing > 0) entries.push({ code: -1, text: '', count: missing });
  return entries;
}

/** Shares of a set of vectors by category, the largest first: `[{ code, text, count, share, of }]`; `of`: the share of the category's vectors that are in the set. */
export function sharesOf(column, rows) {
  const counts = new Map();
  for (const row of rows) counts.set(column.codes[row], (counts.get(column.codes[row]) ?? 0) + 1);
  const { counts: totals, missing } = countCategories(column, null);
  return [...counts].map(([code, count]) => ({ code, text: code < 0 ? '' : column.categories[code], count, share: count / rows.length, of: count / (code < 0 ? missing : totals[code]) })).sort((a, b) => b.count - a.count);
}

/** Smallest, mean and largest of a number over a set of vectors; null where none has one. */
export function rangeOf(column, rows) {
  let [low, high, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const row of rows) {
    const value = column.values[row];
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    count++;
  }
  return count ? { low, high, mean: sum / count, count } : null;
}
