// Every sentence a person reads comes from the page's text element, which the server fills from its resources.

const source = globalThis.document?.getElementById('texts')?.textContent;
const texts = source ? JSON.parse(source) : {};

/** The text of `key`, with `{name}` placeholders filled from `values`. A missing key shows itself rather than nothing. */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** `key.one` or `key.other`, with `{count}` filled in. */
export function tCount(key, count, values = {}) {
  return t(`${key}.${count === 1 ? 'one' : 'other'}`, { ...values, count: count.toLocaleString('en') });
}
