// A field for a query over runs: asked when the reader pauses, with the server's words where it is none.

import { setText } from '../dom.js';

const TYPING_MS = 400;

/** @param host holds the input and, for its fault, an element of class `field-error` */
export function bindQuery(host, onQuery) {
  const input = host.querySelector('input');
  const fault = host.querySelector('.field-error');
  let timer = null;
  const ask = () => {
    clearTimeout(timer);
    onQuery(input.value.trim());
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, TYPING_MS);
  });
  input.addEventListener('change', ask);
  return {
    show(text) {
      if (document.activeElement !== input && input.value !== text) input.value = text;
    },
    error(message) {
      setText(fault, message ?? '');
      input.setAttribute('aria-invalid', String(Boolean(message)));
      host.querySelector('.search').classList.toggle('invalid', Boolean(message));
    },
  };
}
