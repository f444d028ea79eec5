// Nested configuration as flat paths.

/** `[{ keys, value }]` of all leaves; an empty object or list is a leaf, and so is a list without objects in it. */
export function flatten(value, keys = []) {
  const isList = Array.isArray(value);
  const leaf = value === null || typeof value !== 'object' || Object.keys(value).length === 0 || (isList && !value.some((entry) => entry !== null && typeof entry === 'object'));
  if (leaf) return keys.length ? [{ keys, value }] : [];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, [...keys, key]));
}
