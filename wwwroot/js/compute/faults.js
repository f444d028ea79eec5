// Which field of a form a fault of the server belongs to. Pure.

/** A reference that may be null, as the contract writes it. */
export const reference = (one) => (one ? { run_id: one.run_id, name: one.name } : null);

/**
 * Sorts faults by field. `fields`: `[[pointer, field]]`, a pointer standing for all below it; the longest that fits decides.
 * Answers `{ byField: Map(field → [message]), rest: [message] }`.
 */
export function sortFaults(errors, fields) {
  const byField = new Map();
  const rest = [];
  for (const { pointer = '', message } of errors) {
    const found = fields.filter(([start]) => pointer === start || pointer.startsWith(`${start}/`)).sort((a, b) => b[0].length - a[0].length)[0];
    if (!found) rest.push(message);
    else byField.set(found[1], [...(byField.get(found[1]) ?? []), message]);
  }
  return { byField, rest };
}
