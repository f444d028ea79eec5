// The values a run has, by the names the query language gives them: `status`, `config.lr`, `config["odd key"]`, `summary("val/loss").min`.

export const FIELDS = ['name', 'status', 'group', 'created', 'updated', 'duration', 'tags', 'notes'];
export const PARTS = ['last', 'min', 'max', 'step'];

const PLAIN_KEY = /^[^\s()[\],=!<>~"'.\\]+$/;
const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** `summary("val/loss").min`. */
export const metricValue = (tag, part = 'last') => `summary(${quoted(tag)}).${part}`;

/** `config.optimizer.name`; keys that the language cannot write plainly stand in brackets. */
export const configValue = (keys) => keys.reduce((path, key) => path + (PLAIN_KEY.test(key) ? `.${key}` : `[${quoted(key)}]`), 'config');

/** What a value's name means: `{ kind: 'field', field }`, `{ kind: 'config', keys }` or `{ kind: 'metric', tag, part }`; null where it means nothing. */
export function parseValue(text) {
  if (FIELDS.includes(text)) return { kind: 'field', field: text };
  const metric = /^summary\((["'])((?:\\[\s\S]|(?!\1)[\s\S])*)\1\)\.(last|min|max|step)$/.exec(text);
  if (metric) return { kind: 'metric', tag: unescaped(metric[2]), part: metric[3] };
  if (!text.startsWith('config')) return null;
  const keys = [];
  const step = /\.([^\s()[\],=!<>~"'.]+)|\[(["'])((?:\\[\s\S]|(?!\2)[\s\S])*)\2\]/y;
  step.lastIndex = 'config'.length;
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (!match) return null;
    keys.push(match[1] ?? unescaped(match[3]));
  }
  return keys.length ? { kind: 'config', keys } : null;
}

/** A value's name as this module writes it; null where it is none. */
export function canonical(text) {
  const value = parseValue(text);
  if (!value) return null;
  return value.kind === 'metric' ? metricValue(value.tag, value.part) : value.kind === 'config' ? configValue(value.keys) : text;
}

const unescaped = (text) => text.replace(/\\(["'\\])/g, '$1');

/** A text as the language quotes it. */
export const quoteText = quoted;

const MIN_WIDTH = 48;
const MAX_WIDTH = 1200;
const DEFAULT_SORT = [{ by: 'created', descending: true }];

/** The table's state from the parameters of an address; what it does not understand is left out. */
export function parseTable(params) {
  const valid = (list) => [...new Set(list.map(canonical).filter(Boolean))];
  const sort = params.getAll('sort')
    .map((entry) => ({ by: canonical(entry.replace(/^-/, '')), descending: entry.startsWith('-') }))
    .filter(({ by }, i, all) => by && all.findIndex((other) => other.by === by) === i);
  const widths = new Map();
  for (const entry of params.getAll('width')) {
    const match = /^(\d+):(.+)$/s.exec(entry);
    if (match && (match[2] === 'name' || parseValue(match[2]))) widths.set(match[2], Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Number(match[1]))));
  }
  return {
    query: params.get('find') ?? '',
    state: ['archived', 'trash'].includes(params.get('state')) ? params.get('state') : 'live',
    sort: sort.length ? sort : DEFAULT_SORT,
    columns: params.has('cols') ? valid(params.getAll('cols')).filter((value) => value !== 'name') : null,
    widths,
    groups: valid(params.getAll('group')),
    folded: new Set(params.getAll('fold')),
    differences: params.get('diff') === '1',
    run: params.get('run') || null,
  };
}

/** The parameters of a table's state; a default is null. */
export function formatTable(view) {
  const plain = view.sort.length === 1 && view.sort[0].by === 'created' && view.sort[0].descending;
  return {
    find: view.query || null,
    state: view.state === 'live' ? null : view.state,
    sort: plain ? null : view.sort.map(({ by, descending }) => (descending ? '-' : '') + by),
    // A table without any column but the name is not the default table.
    cols: view.columns === null ? null : view.columns.length ? view.columns : [''],
    width: [...view.widths].map(([value, width]) => `${Math.round(width)}:${value}`),
    group: view.groups,
    fold: [...view.folded],
    diff: view.differences ? '1' : null,
    run: view.run,
  };
}

/** The next sorting after a click on `by`; with `add` (shift) the others stay and this one joins or turns. */
export function nextSort(sort, by, numeric, add) {
  const known = sort.find((entry) => entry.by === by);
  const turned = { by, descending: known ? !known.descending : numeric };
  if (!add) return [turned];
  return known ? sort.map((entry) => (entry === known ? turned : entry)) : [...sort, turned];
}
