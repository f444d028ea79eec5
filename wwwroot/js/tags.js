// Tags as folders, filters over them.

/** Folder of a tag: what stands before its first slash; empty where there is none. */
export function folderOf(tag) {
  const slash = tag.indexOf('/');
  return slash > 0 ? tag.slice(0, slash) : '';
}

/** Natural order: `layer2` before `layer10`, capitals with small letters. One collator, because making one a comparison is slow. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
export const compareNames = (a, b) => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** Folders that clients fill by themselves and that have pages of their own: what a person logged comes before them. */
export const WATCHED = ['activations', 'gradients', 'weights', 'system'];

/** `[{ name, tags }]` in natural order, tags without a folder after those, and folders named in `last` after all. */
export function groupTags(tags, last = []) {
  const groups = new Map();
  for (const tag of tags) {
    const folder = folderOf(tag);
    if (!groups.has(folder)) groups.set(folder, []);
    groups.get(folder).push(tag);
  }
  return [...groups]
    .map(([name, members]) => ({ name, tags: members.sort(compareNames) }))
    .sort((a, b) => last.indexOf(a.name) - last.indexOf(b.name) || (a.name === '') - (b.name === '') || compareNames(a.name, b.name));
}

/** A predicate for a regular expression as typed, case ignored; throws SyntaxError where it is none. */
export function tagMatcher(pattern) {
  if (!pattern) return () => true;
  const expression = new RegExp(pattern, 'i');
  return (tag) => expression.test(tag);
}
