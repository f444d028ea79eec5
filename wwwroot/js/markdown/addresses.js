// What of a text from a run may become an address.

/** A link's address as it may be followed: http, https and mailto, absolute; null for anything else. */
export function linkAddress(href) {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return null;
  try {
    const url = new URL(href);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The address of an artifact of a run, relative to the page's base; a version where its id is given. */
export function artifactAddress(runId, name, id = null) {
  const path = `api/v1/runs/${encodeURIComponent(runId)}/artifacts/${name.split('/').map(encodeURIComponent).join('/')}`;
  return id === null ? path : `${path}?id=${encodeURIComponent(id)}`;
}

/**
 * A picture's address: `artifact:<name>` of the text's own run, or an artifact's address on this server (`base`); null for anything else, so
 * that opening a text tells no other server.
 */
export function imageAddress(src, runId, base) {
  if (/^artifact:/i.test(src)) {
    const name = src.slice('artifact:'.length).replace(/^\/+/, '');
    return name && !name.split('/').some((part) => part === '' || part === '.' || part === '..') ? artifactAddress(runId, name) : null;
  }
  try {
    const url = new URL(src, base);
    const root = new URL('api/v1/runs/', base);
    return url.origin === root.origin && url.pathname.startsWith(root.pathname) && /^[^/]+\/artifacts\/./.test(url.pathname.slice(root.pathname.length)) ? url.href : null;
  } catch {
    return null;
  }
}
