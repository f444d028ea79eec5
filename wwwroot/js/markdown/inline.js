// The inside of a Markdown paragraph, in one pass. Openers wait on a bounded stack; what never closes is text.

const MAX_OPEN = 64;
const MAX_ADDRESS = 2000;
// Within an address; more of them are no address, and looking through them again and again would be slow.
const MAX_PARENTHESES = 8;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/y;
const BARE = /https?:\/\/[^\s<>"'`]{1,2000}/y;

export function parseInline(text) {
  return new Inline(text).parse();
}

class Inline {
  #text;
  #stack = [{ kind: 'root', marker: '', nodes: [] }];
  #ticks;

  constructor(text) {
    this.#text = text;
  }

  parse() {
    const text = this.#text;
    let at = 0;
    let plain = 0;
    const flush = () => { if (plain < at) this.#push({ type: 'text', text: text.slice(plain, at) }); };
    while (at < text.length) {
      const length = this.#read(at, flush);
      if (length > 0) plain = at += length;
      else at++;
    }
    flush();
    while (this.#stack.length > 1) this.#flatten();
    return joined(this.#stack[0].nodes);
  }

  /** Characters taken at a place; 0 where it is plain text. `flush` is called before anything is added. */
  #read(at, flush) {
    const text = this.#text;
    switch (text[at]) {
      case '\\':
        if (text[at + 1] === '\n') return this.#add(flush, { type: 'break' }, 2);
        return at + 1 < text.length && PUNCTUATION.test(text[at + 1]) ? this.#add(flush, { type: 'text', text: text[at + 1] }, 2) : 0;
      case '\n': {
        if (!text.startsWith('  ', at - 2)) return 0;
        return this.#add(flush, { type: 'break' }, 1);
      }
      case '`': return this.#code(at, flush);
      case '!': return text[at + 1] === '[' ? this.#open(flush, { kind: 'bracket', marker: '![', image: true }, 2) : 0;
      case '[': return this.#open(flush, { kind: 'bracket', marker: '[' }, 1);
      case ']': return this.#closeBracket(at, flush);
      case '*': case '_': case '~': return this.#emphasis(at, flush);
      case '<': return this.#address(AUTOLINK, at, flush);
      case 'h': return (at === 0 || !WORD.test(text[at - 1])) && !this.#inLink() ? this.#address(BARE, at, flush) : 0;
      default: return 0;
    }
  }

  #push(node) {
    this.#stack.at(-1).nodes.push(node);
  }

  #add(flush, node, length) {
    flush();
    this.#push(node);
    return length;
  }

  #open(flush, frame, length) {
    if (this.#stack.length > MAX_OPEN) return 0;
    flush();
    this.#stack.push({ ...frame, nodes: [] });
    return length;
  }

  /** Turns the topmost opener back into text. */
  #flatten() {
    const { marker, nodes } = this.#stack.pop();
    this.#push({ type: 'text', text: marker });
    for (const node of nodes) this.#push(node);
  }

  #code(at, flush) {
    if (!this.#ticks) {
      // Where runs of backticks are, by length, so that none is looked for twice.
      this.#ticks = new Map();
      for (const { 0: run, index } of this.#text.matchAll(/`+/g)) {
        if (!this.#ticks.has(run.length)) this.#ticks.set(run.length, { places: [], next: 0 });
        this.#ticks.get(run.length).places.push(index);
      }
    }
    let length = 1;
    while (this.#text[at + length] === '`') length++;
    const runs = this.#ticks.get(length);
    while (runs && runs.next < runs.places.length && runs.places[runs.next] <= at) runs.next++;
    const end = runs?.places[runs.next];
    if (end === undefined) return this.#add(flush, { type: 'text', text: '`'.repeat(length) }, length);
    const inside = this.#text.slice(at + length, end).replace(/\n/g, ' ');
    return this.#add(flush, { type: 'code', text: /^ .*[^ ].* $/.test(inside.slice(0, 1000)) && inside.length < 1000 ? inside.slice(1, -1) : inside }, end + length - at);
  }

  #closeBracket(at, flush) {
    let open = this.#stack.length - 1;
    while (open > 0 && this.#stack[open].kind !== 'bracket') open--;
    if (open === 0) return 0;
    flush();
    while (this.#stack.length - 1 > open) this.#flatten();
    const target = this.#target(at + 1);
    const { image, nodes } = this.#stack[open];
    // A link within a link is none.
    if (!target || (!image && this.#stack.some((frame, i) => i < open && frame.kind === 'bracket' && !frame.image))) {
      this.#flatten();
      this.#push({ type: 'text', text: ']' });
      return 1;
    }
    this.#stack.pop();
    if (image) this.#push({ type: 'image', src: target.address, alt: plainText(nodes) });
    else this.#push({ type: 'link', href: target.address, inline: joined(nodes) });
    return 1 + target.length;
  }

  /** `(address "title")` at a place. */
  #target(from) {
    const text = this.#text;
    if (text[from] !== '(') return null;
    let at = from + 1;
    while (text[at] === ' ') at++;
    let start = at;
    let address;
    if (text[at] === '<') {
      start = ++at;
      while (at < text.length && at - start < MAX_ADDRESS && !/[<>\n]/.test(text[at])) at++;
      if (text[at] !== '>') return null;
      address = text.slice(start, at++);
    } else {
      for (let depth = 0; at < text.length && at - start < MAX_ADDRESS; at++) {
        if (/\s/.test(text[at])) break;
        if (text[at] === '(' && ++depth > MAX_PARENTHESES) return null;
        if (text[at] === '(') continue;
        if (text[at] === ')' && depth-- === 0) break;
      }
      address = text.slice(start, at);
    }
    while (text[at] === ' ') at++;
    if (text[at] === '"') {
      const begun = ++at;
      while (at < text.length && at - begun < MAX_ADDRESS && text[at] !== '"') at++;
      if (text[at] !== '"') return null;
      at++;
    }
    return text[at] === ')' ? { address, length: at + 1 - from } : null;
  }

  #emphasis(at, flush) {
    const text = this.#text;
    const mark = text[at];
    let length = 1;
    while (text[at + length] === mark) length++;
    if (mark === '~' && length !== 2) return this.#add(flush, { type: 'text', text: mark.repeat(length) }, length);
    const before = text[at - 1] ?? ' ';
    const after = text[at + length] ?? ' ';
    let opens = !/\s/.test(after);
    let closes = !/\s/.test(before);
    if (mark === '_') {
      opens &&= !WORD.test(before);
      closes &&= !WORD.test(after);
    }
    flush();
    let left = length;
    while (left > 0) {
      let open = this.#stack.length - 1;
      // Emphasis does not reach out of the brackets it is in.
      while (open > 0 && this.#stack[open].kind !== 'bracket' && this.#stack[open].marker[0] !== mark) open--;
      const frame = this.#stack[open];
      if (closes && frame.kind === 'emphasis' && frame.marker.length <= left && frame.nodes.length) {
        while (this.#stack.length - 1 > open) this.#flatten();
        this.#stack.pop();
        this.#push({ type: mark === '~' ? 'del' : frame.marker.length === 2 ? 'strong' : 'em', inline: joined(frame.nodes) });
        left -= frame.marker.length;
        continue;
      }
      if (opens && this.#stack.length <= MAX_OPEN) {
        const size = left >= 2 ? 2 : 1;
        this.#stack.push({ kind: 'emphasis', marker: mark.repeat(size), nodes: [] });
        left -= size;
        continue;
      }
      this.#push({ type: 'text', text: mark.repeat(left) });
      left = 0;
    }
    return length;
  }

  #address(expression, at, flush) {
    expression.lastIndex = at;
    const match = expression.exec(this.#text);
    if (!match) return 0;
    const whole = match[1] !== undefined;
    const address = whole ? match[1] : match[0].replace(/[.,;:!?)\]*_~]+$/, '');
    if (!whole && address.length < 10) return 0;
    return this.#add(flush, { type: 'link', href: address, inline: [{ type: 'text', text: address }] }, whole ? match[0].length : address.length);
  }

  #inLink() {
    return this.#stack.some((frame) => frame.kind === 'bracket');
  }
}

/** Neighbouring texts as one. */
function joined(nodes) {
  const found = [];
  let texts = [];
  const flush = () => {
    if (texts.length) found.push({ type: 'text', text: texts.join('') });
    texts = [];
  };
  for (const node of nodes) {
    if (node.type === 'text') texts.push(node.text);
    else {
      flush();
      found.push(node);
    }
  }
  flush();
  return found;
}

function plainText(nodes) {
  return nodes.map((node) => node.text ?? node.alt ?? (node.inline ? plainText(node.inline) : ' ')).join('');
}
