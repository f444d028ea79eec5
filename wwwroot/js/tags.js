// Tags as folders, filters over them.

/** Folder of a tag: what stands before its first slash; empty where there is none. */
export function folderOf(tag) {
  const slash = tag.indexOf('/');
  return slash > 0 ? tag.slice(0, slash) : '';
}

/** Natural order: `layer2` before `layer10`, capitals with small letters. One collator, because making one a comparison is slow. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
export const compareNames = (a, b) => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** `[{ name, tags }]` in natural order, tags without a folder last. */
export function groupTags(tags) {
  const groups = new Map();
  for (const tag of tags) {
    const folder = folderOf(tag);
    if (!groups.has(folder)) groups.set(folder, []);
    groups.get(folder).push(tag);
  }
  return [...groups]
    .map(([name, members]) => ({ name, tags: members.sort(compareNames) }))
    .sort((a, b) => (a.name === '') - (b.name === '') || compareNames(a.name, b.name));
}

/** A predicate for a regular expression as typed, case ignored; throws SyntaxError where it is none. */
export function tagMatcher(pattern) {
  if (!pattern) return () => true;
  const expression = new RegExp(pattern, 'i');
  return (tag) => expression.test(tag);
}

/** Metrics most worth a column: logged by most runs, losses and accuracies first, then by name. */
export function chooseColumns(runs, count = 4) {
  const seen = new Map();
  for (const run of runs) for (const tag of Object.keys(run.summary ?? {})) seen.set(tag, (seen.get(tag) ?? 0) + 1);
  const rank = (tag) => (/loss/i.test(tag) ? 0 : /acc|f1|auc|score|perplex|bleu/i.test(tag) ? 1 : 2);
  return [...seen.keys()]
    .sort((a, b) => rank(a) - rank(b) || seen.get(b) - seen.get(a) || compareNames(a, b))
    .slice(0, count);
}
