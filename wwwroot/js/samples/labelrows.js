// The classes of a run as rows: found by name, in the order asked for. Pure functions.

import { compareNames } from '../tags.js';

const RANKS = [['train', 'training'], ['val', 'valid', 'validation', 'dev'], ['test', 'testing']];
const rank = (name) => {
  const at = RANKS.findIndex((names) => names.includes(name.toLowerCase()));
  return at < 0 ? RANKS.length : at;
};

/** Names of splits as people think of them: for training, for validation, for testing, the others by name. */
export const splitNames = (splits) => Object.keys(splits).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));

/**
 * `{ splits, totals, rows: [{ key, name, counts, shares, weights, factors }] }`, all lists by split; what a split does not have is null.
 */
export function labelRows(view) {
  const splits = splitNames(view.splits);
  const names = new Map();
  for (const split of splits) for (const name of Object.keys(view.splits[split])) if (!names.has(name)) names.set(name, names.size);
  const counted = splits.map((split) => new Map(Object.entries(view.splits[split])));
  const weights = splits.map((split) => new Map(Object.entries(view.weights[split] ?? {})));
  const factors = splits.map((split) => new Map(Object.entries(view.oversample[split] ?? {})));
  const totals = counted.map((counts) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  const rows = [...names].map(([name, at]) => {
    const counts = counted.map((one) => one.get(name) ?? 0);
    return { key: `${at}`, name, counts, shares: counts.map((count, split) => (totals[split] ? count / totals[split] : null)), weights: weights.map((one) => one.get(name) ?? null), factors: factors.map((one) => one.get(name) ?? null) };
  });
  return { splits, totals, rows };
}

/** The rows whose name holds `find`, in an order (`logged`, `name`, `split:<name>`). */
export function arrangedRows({ splits, rows }, { find, order, as }) {
  const wanted = find.trim().toLowerCase();
  const found = wanted ? rows.filter(({ name }) => name.toLowerCase().includes(wanted)) : [...rows];
  const sign = order.descending ? -1 : 1;
  if (order.by === 'name') return found.sort((a, b) => sign * compareNames(a.name, b.name));
  const split = order.by.startsWith('split:') ? splits.indexOf(order.by.slice(6)) : -1;
  if (split < 0) return found;
  const value = (row) => (as === 'shares' ? row.shares[split] ?? -1 : row.counts[split]);
  return found.sort((a, b) => sign * (value(a) - value(b)) || compareNames(a.name, b.name));
}
