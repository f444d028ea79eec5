// What the reader may do. The server wrote it on the body; controls marked `data-needs` that take more are not shown (css/base.css), and the server refuses what is tried all the same.

const RIGHTS = ['read', 'write', 'manage', 'administer'];

/** Rights among `read write manage administer`, as the body's `data-rights` has them. */
export const parseRights = (text) => new Set((text ?? '').split(' ').filter((right) => RIGHTS.includes(right)));

const held = parseRights(globalThis.document?.body?.dataset.rights);

/** Whether the reader has a right in the page's project, or on every project where the page has none. */
export const may = (right) => held.has(right);

/** Whether somebody is signed in. */
export const isSignedIn = () => document.body.dataset.session === 'account';
