/** True where this page stands within a report: it has no frame of its own and must not take the keyboard. */
export const embedded = new URLSearchParams(globalThis.location?.search ?? '').get('embed') === '1';
