// A job as a command that asks for it. Pure.

/** `curl` for a POST of a job to the server at `base`. */
export function curlOf(job, base) {
  // Inside single quotes a shell knows nothing but the quote that ends them.
  const body = JSON.stringify(job, null, 2).replace(/'/g, `'\\''`);
  return `curl ${base}api/v1/jobs -H 'Content-Type: application/json' -d '${body}'`;
}
