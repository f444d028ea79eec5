// Values of runs by their paths, as the query language writes them: `config.lr`, `config["odd key"]`, `summary("val/loss").min`, `duration`.

export const STATISTICS = ['last', 'min', 'max', 'step'];

/** Values every run has, whatever it logged. */
export const FACTS = ['created', 'duration'];

const quote = (text) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
const unquote = (text) => text.replace(/\\(["\\])/g, '$1');

/** The path of a number of a metric's summary. */
export const metricPath = (tag, statistic) => `summary(${quote(tag)}).${statistic}`;

/** `{ kind: 'metric', tag, statistic }`, `{ kind: 'config', name }`, `{ kind: 'fact', name }`, or null for what is no path of a value. */
export function parsePath(path) {
  const metric = /^summary\("((?:[^"\\]|\\.)*)"\)\.(last|min|max|step)$/su.exec(path ?? '');
  if (metric) return { kind: 'metric', tag: unquote(metric[1]), statistic: metric[2] };
  if (/^config(\.|\[)/.test(path ?? '')) return { kind: 'config', name: configName(path) };
  return FACTS.includes(path) ? { kind: 'fact', name: path } : null;
}

// `config.optimizer.name` → `optimizer.name`, `config["odd key"]` → `odd key`: what a person called it.
function configName(path) {
  return path.slice('config'.length).replace(/\["((?:[^"\\]|\\.)*)"\]/gsu, (_, key) => `.${unquote(key)}`).replace(/^\./, '');
}

/** What to call a value beside an axis. `statistics` gives the word for each statistic. */
export function labelOf(path, statistics = {}) {
  const value = parsePath(path);
  if (!value) return path ?? '';
  return value.kind === 'metric' ? `${value.tag} (${statistics[value.statistic] ?? value.statistic})` : value.name;
}

const WORDS = { NaN, Infinity, '-Infinity': -Infinity };

/** One value of an answer as a number, a text, or null where the run has none. Numbers that JSON cannot write come as words. */
export function readValue(value, path) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return parsePath(path)?.kind !== 'config' && value in WORDS ? WORDS[value] : value;
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

/**
 * A column as numbers or as categories. Numbers where every value that is there is one; then `values` are numbers with NaN for none, and `missing`
 * counts those absent or not finite; `given` tells a logged NaN from nothing. Else `values` are indices into `categories` (in natural order), NaN for none.
 */
export function column(raw, path) {
  const read = raw.map((value) => readValue(value, path));
  const present = read.filter((value) => value !== null);
  if (present.every((value) => typeof value === 'number')) {
    const values = read.map((value) => (value === null ? NaN : value));
    return { path, numeric: true, values, missing: values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0), categories: null, given: read.map((value) => value !== null) };
  }
  const collator = new Intl.Collator('en', { numeric: true });
  const categories = [...new Set(present.map(String))].sort(collator.compare);
  const place = new Map(categories.map((category, at) => [category, at]));
  const values = read.map((value) => (value === null ? NaN : place.get(String(value))));
  return { path, numeric: false, values, missing: read.length - present.length, categories, given: read.map((value) => value !== null) };
}

const LOSS = /(^|[^a-z])(loss|error|err|perplexity|ppl|nll|mse|mae|rmse)([^a-z]|$)/i;
const HELD_OUT = /(^|[^a-z])(val|valid|validation|eval|test|dev)([^a-z]|$)/i;

/** The metric a person most likely means by "how good": a loss on held-out data, else a loss, else the first. Smaller is better for a loss. */
export function likelyMetric(tags) {
  return tags.find((tag) => LOSS.test(tag) && HELD_OUT.test(tag)) ?? tags.find((tag) => LOSS.test(tag)) ?? tags[0] ?? null;
}

/** Whether a metric is one to bring down. */
export const isLoss = (tag) => LOSS.test(tag);
