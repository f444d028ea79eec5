// What may stand at the caret of a query. Pure: the box asks the server for names and values where this says so.

import { tokenize } from './tokens.js';
import { FIELDS, PARTS, metricValue, parseValue, quoteText } from './values.js';

const OPERATORS = {
  number: ['<', '<=', '>', '>=', '=', '!=', 'in ('],
  text: ['=', '!=', '~', 'in ('],
  list: ['=', '!=', '~', 'in ('],
};
const NUMERIC_FIELDS = new Set(['created', 'updated', 'duration']);
const STATUSES = ['running', 'finished', 'failed'];

/**
 * The place of the caret: `{ want, from, to, typed, value? }`. `want` is `term` (a name or a keyword may begin), `part` (of a metric),
 * `operator` (after `value`), `literal` (a value of `value`), or `joint` (a condition is over). `from`–`to` is what a choice replaces.
 */
export function contextAt(query, caret) {
  const tokens = tokenize(query.slice(0, caret));
  const last = tokens.at(-1);
  const touching = last && last.to === caret && (last.kind !== 'text' || last.open) && last.kind !== 'operator' && last.kind !== 'bracket';
  const before = touching ? tokens.slice(0, -1) : tokens;
  const typed = touching ? last.text : '';
  const from = touching ? last.from : caret;
  const place = (want, extra) => ({ want, from, to: touching ? endOf(query, last) : caret, typed: typed.replace(/^["']/, ''), ...extra });

  const [prior, one, third] = [before.at(-1), before.at(-2), before.at(-4)];
  const metric = prior?.text === ')' && third?.text.toLowerCase() === 'summary';
  if (metric && (typed.startsWith('.') || prior.to === caret)) return place('part');
  if (touching && prior?.text === '(' && one?.text.toLowerCase() === 'summary') return { ...place('term'), from: one.from, metric: true };
  const value = valueBefore(before);
  if (prior?.kind === 'operator') return place('literal', { value: valueBefore(before.slice(0, -1))?.text ?? null, operator: prior.text });
  const list = inList(before);
  if (list) return place(prior.text === '(' || prior.text === ',' ? 'literal' : 'close', { value: list });
  if (value) return place('operator', { value: value.text });
  if (!prior || prior.text === '(' || (prior.kind === 'keyword' && prior.text.toLowerCase() !== 'in')) return place('term');
  if (prior.text === ')' || one?.kind === 'operator' || ['text', 'word', 'number'].includes(prior.kind)) return place(typed ? 'term' : 'joint');
  return place('term');
}

const endOf = (query, token) => {
  let end = token.to;
  if (token.kind === 'text') return end;
  while (end < query.length && !/[()[\],=!<>~"\s]/.test(query[end])) end++;
  return end;
};

/** The value whose name ends these tokens and is not the right side of a comparison: `{ text }`, or null. */
function valueBefore(tokens) {
  const last = tokens.at(-1);
  if (!last || last.kind === 'operator') return null;
  for (const length of [1, 4, 5, 8]) {
    const slice = tokens.slice(-length);
    if (slice.length < length) break;
    if (tokens.at(-length - 1)?.kind === 'operator') continue;
    const text = slice.map((token) => token.text).join('');
    if (parseValue(text) || text === 'tag') return { text: text === 'tag' ? 'tags' : text };
  }
  // config["odd"]["keys"]
  const start = tokens.findLastIndex((token) => token.kind === 'name' && /^config/i.test(token.text));
  const path = start >= 0 ? tokens.slice(start).map((token) => token.text).join('') : '';
  return path && parseValue(path) ? { text: path } : null;
}

/** The value whose list of literals (`in (`…) the caret is in, or null. */
function inList(tokens) {
  for (let i = tokens.length - 1; i > 0; i--) {
    if (tokens[i].text === ')') return null;
    if (tokens[i].text === '(') return tokens[i - 1].text.toLowerCase() === 'in' ? valueBefore(tokens.slice(0, i - 1))?.text ?? null : null;
  }
  return null;
}

/** `number`, `text` or `list`: what a value of this name can be compared with. `kinds`: kind of each known config path. */
export function kindOfValue(value, kinds = new Map()) {
  const parsed = parseValue(value);
  if (!parsed) return 'text';
  if (parsed.kind === 'metric') return 'number';
  if (parsed.kind === 'field') return NUMERIC_FIELDS.has(value) ? 'number' : value === 'tags' ? 'list' : 'text';
  return kinds.get(value) === 'number' ? 'number' : 'text';
}

const starts = (typed) => (text) => text.toLowerCase().startsWith(typed.toLowerCase());

/**
 * The choices at a place: `[{ label, insert, detail }]`. `known`: `{ config: [{ path, kind, runs }], metrics: [{ tag, runs }], values: [text | number] | null }`,
 * already narrowed to what was typed.
 */
export function optionsFor(context, known) {
  const { want, typed } = context;
  const option = (insert, detail, label = insert.trim()) => ({ insert, label, detail });
  const kinds = new Map(known.config.map(({ path, kind }) => [path, kind]));
  if (want === 'part') return PARTS.map((part) => `.${part}`).filter(starts(typed)).map((part) => option(`${part} `, 'part'));
  if (want === 'operator') return OPERATORS[kindOfValue(context.value, kinds)].concat('and', 'or').filter(starts(typed)).map((text) => option(text.endsWith('(') ? text : `${text} `, text === 'and' || text === 'or' ? 'keyword' : 'operator'));
  if (want === 'joint') return ['and', 'or'].map((text) => option(`${text} `, 'keyword'));
  if (want === 'close') return [option(', ', 'operator', ','), option(') ', 'operator', ')')];
  if (want === 'literal') {
    const values = context.value === 'status' ? STATUSES : known.values ?? [];
    return values.filter((value) => starts(typed)(String(value))).map((value) => option(`${literal(value)} `, 'value', String(value)));
  }
  const metrics = known.metrics.flatMap(({ tag, runs }) => ((context.metric ? tag.toLowerCase().includes(typed.toLowerCase()) : !typed || matches(tag, typed, `summary("${tag}")`)) ? [option(`${metricValue(tag, 'last').replace(/last$/, '')}`, 'metric', `summary("${tag}")`)].map((entry) => ({ ...entry, runs })) : []));
  if (context.metric) return metrics;
  const word = typed.toLowerCase();
  const fields = [...FIELDS.filter((field) => field !== 'tags'), 'tag'].filter(starts(word)).map((field) => option(`${field} `, 'field'));
  const config = known.config.filter(({ path }) => !typed || matches(path.replace(/^config\.?/, ''), typed, path)).map(({ path, runs }) => ({ ...option(`${path} `, 'config'), runs }));
  const keywords = [['not ', 'not'], ['has(', 'has(']].filter(([, label]) => word && starts(word)(label)).map(([insert, label]) => option(insert, 'keyword', label));
  return [...fields, ...keywords, ...config, ...metrics];
}

/** True where a name, written as `whole` in the language, is what is being typed: its beginning, or a part of the name itself. */
const matches = (name, typed, whole) => whole.toLowerCase().startsWith(typed.toLowerCase()) || (bare(typed) !== '' && name.toLowerCase().includes(bare(typed)));

/** What of a typed text is the name that is looked for, in small letters. */
const bare = (typed) => {
  const text = typed.toLowerCase();
  return 'config'.startsWith(text) || 'summary'.startsWith(text) ? '' : text.replace(/^config\.?/, '').replace(/^summary\(?["']?/, '');
};

/** A value as the language writes it. */
export const literal = (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : /^[\p{L}][\p{L}\p{N}_-]*$/u.test(value) && !/^(and|or|not|in|has)$/i.test(value) ? value : quoteText(String(value)));

/** What of a typed prefix names are searched by. */
export const searchText = (context) => bare(context.typed);
