// What a project changes of the default rules: `{ rules: [{ id, … }] }`. Pure functions; an overlay is never changed in place.

/** The entry of a rule, or null. */
export const entryOf = (overlay, id) => overlay.rules.find((entry) => entry.id === id) ?? null;

const replaced = (overlay, id, entry) => {
  const at = overlay.rules.findIndex((one) => one.id === id);
  const rules = [...overlay.rules];
  if (at >= 0) rules.splice(at, 1, ...(entry ? [entry] : []));
  else if (entry) rules.push(entry);
  return { ...overlay, rules };
};

/** With a field of a rule changed; `usual` is what it is by default: that is no change. */
export function withField(overlay, id, field, value, usual) {
  const { [field]: _, ...rest } = entryOf(overlay, id) ?? { id };
  const entry = value === usual ? rest : { ...rest, [field]: value };
  return replaced(overlay, id, Object.keys(entry).length > 1 ? entry : null);
}

/** With a number of a rule changed. */
export function withNumber(overlay, id, name, value, usual) {
  const entry = entryOf(overlay, id) ?? { id };
  const { [name]: _, ...others } = entry.parameters ?? {};
  const parameters = value === usual ? others : { ...others, [name]: value };
  const { parameters: __, ...rest } = entry;
  const next = Object.keys(parameters).length ? { ...rest, parameters } : rest;
  return replaced(overlay, id, Object.keys(next).length > 1 ? next : null);
}

/** With a rule as a person wrote it, in place of the one of its id. */
export const withRule = (overlay, rule) => replaced(overlay, rule.id, rule);

/** Without what is said of a rule: a default one is as it came, an own one is gone. */
export const without = (overlay, id) => replaced(overlay, id, null);

/** A rule's number as the overlay has it, else its default. */
export function numberOf(overlay, id, name, usual) {
  const said = entryOf(overlay, id)?.parameters?.[name];
  const value = said !== null && typeof said === 'object' ? said.value : said;
  return value ?? usual;
}

const sorted = (value) => (value === null || typeof value !== 'object' ? value : Array.isArray(value) ? value.map(sorted) : Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])));
const text = (value) => JSON.stringify(sorted(value ?? null));

/** How many rules are said otherwise in one overlay than in the other. */
export function differences(overlay, other) {
  const ids = new Set([...overlay.rules, ...other.rules].map(({ id }) => id));
  return [...ids].filter((id) => text(entryOf(overlay, id)) !== text(entryOf(other, id))).length;
}
