// HTTP with the contract's errors.

import { t } from './text.js';
import { backoff, pause } from './backoff.js';

/** An answer outside 2xx, or none at all (`status` 0). `message` is a sentence for a person; `errors` the faults the server found, each with its `pointer`. */
export class ApiError extends Error {
  constructor(message, { status = 0, code = 'network', retryable = true, retryAfter = null, errors = [] } = {}) {
    super(message);
    this.name = 'ApiError';
    Object.assign(this, { status, code, retryable, retryAfter, errors });
  }
}

const absolute = (path) => new URL(path, document.baseURI);

async function problem(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    // Not a problem document: a proxy answered.
  }
  // The frame says that the session is over; whoever asked hears the error all the same.
  if (response.status === 401 && body?.code === 'unauthenticated') dispatchEvent(new Event('sessionended'));
  const retryAfter = Number(response.headers.get('Retry-After'));
  return new ApiError(body?.detail || body?.title || t('error.status', { status: response.status }), {
    status: response.status,
    code: body?.code ?? 'unknown',
    retryable: body?.retryable ?? [429, 502, 503, 504].includes(response.status),
    retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter * 1000 : null,
    errors: body?.errors ?? [],
  });
}

/** Sends one request and answers the Response; throws ApiError, or the abort reason. */
export async function send(path, { method = 'GET', body, accept = 'application/json', signal } = {}) {
  let response;
  try {
    response = await fetch(absolute(path), {
      method,
      signal,
      headers: { Accept: accept, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new ApiError(t('error.network'), { retryAfter: null });
  }
  if (!response.ok) throw await problem(response);
  return response;
}

/** `send`, then the JSON of the answer; null where it has none. */
export async function json(path, options) {
  const response = await send(path, options);
  return response.status === 204 ? null : response.json();
}

/**
 * Repeats `work` until it succeeds, is aborted, or fails for good. Waits as long as the server's Retry-After says, else with
 * backoff. `onRetry(error)` hears of every failure that is tried again.
 */
export async function insist(work, { signal, onRetry } = {}) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.retryable) throw error;
      onRetry?.(error);
      await pause(error.retryAfter ?? backoff(attempt), signal);
    }
  }
}
