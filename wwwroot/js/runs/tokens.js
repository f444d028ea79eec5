// A query cut into tokens, by the same rules as the server's, so that what is coloured is what is meant.

const WORD_END = /[()[\],=!<>~"\s]/;
const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'has']);
const NAMES = new Set(['name', 'status', 'group', 'created', 'updated', 'duration', 'tag', 'tags', 'notes', 'summary', 'config']);

/** `[{ kind, text, from, to, open? }]`; kinds: keyword, name, number, text, operator, bracket, word. A quote that is not closed is marked `open`. */
export function tokenize(query) {
  const tokens = [];
  let at = 0;
  const push = (kind, to, extra) => {
    tokens.push({ kind, text: query.slice(at, to), from: at, to, ...extra });
    at = to;
  };
  while (at < query.length) {
    const char = query[at];
    if (/\s/.test(char)) at++;
    else if (char === '"' || char === "'") {
      let end = at + 1;
      while (end < query.length && query[end] !== char) end += query[end] === '\\' && (query[end + 1] === char || query[end + 1] === '\\') ? 2 : 1;
      push('text', Math.min(query.length, end + 1), { open: end >= query.length });
    } else if ('()[],'.includes(char)) push('bracket', at + 1);
    else if ('=!<>~'.includes(char)) push('operator', at + (query[at + 1] === '=' && char !== '~' ? 2 : 1));
    else {
      let end = at + 1;
      while (end < query.length && !WORD_END.test(query[end])) end++;
      push(kindOf(query.slice(at, end)), end);
    }
  }
  return tokens;
}

function kindOf(word) {
  const lower = word.toLowerCase();
  if (KEYWORDS.has(lower)) return 'keyword';
  if (NAMES.has(lower) || lower.startsWith('config.') || /^\.(last|min|max|step)$/.test(lower)) return 'name';
  return /^[-+]?(\d|\.\d)/.test(word) ? 'number' : 'word';
}

/** `[{ text, kind, error }]` that together are the query: tokens, the blanks between them, and the span at fault marked. */
export function highlight(query, error = null) {
  const cuts = new Map();
  for (const token of tokenize(query)) cuts.set(token.from, token);
  const [from, to] = error ? [error.position, error.position + Math.max(1, error.length)] : [-1, -1];
  const parts = [];
  let kind = '';
  let until = 0;
  for (let at = 0; at < query.length; at++) {
    const token = cuts.get(at);
    if (token) ({ kind, to: until } = token);
    else if (at >= until) kind = '';
    const faulty = at >= from && at < to;
    const last = parts.at(-1);
    if (last && last.kind === kind && last.error === faulty && !token) last.text += query[at];
    else parts.push({ text: query[at], kind, error: faulty });
  }
  // A fault at the very end has no character of its own.
  if (error && from >= query.length) parts.push({ text: '\u00a0', kind: '', error: true });
  return parts;
}
