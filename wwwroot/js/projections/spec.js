// What a projection is of, and how it is made, from its spec. Pure.

const KINDS = ['embedding', 'predictions', 'artifact', 'features'];

/** `{ kind, runId, name, step, part }` of the vectors; `part`: tensor of a file or module of a model. Null where the spec names none: given coordinates alone. */
export function sourceOf(spec) {
  const kind = KINDS.find((one) => spec?.[one]);
  if (!kind) {
    const given = spec?.coordinates;
    return given ? { kind: 'coordinates', runId: given.run_id ?? null, name: given.name ?? '', step: null, part: given.tensor ?? null } : null;
  }
  const one = spec[kind];
  if (kind === 'features') return { kind, runId: one.model?.run_id ?? null, name: one.model?.name ?? '', step: null, part: one.module ?? null };
  return { kind, runId: one.run_id ?? null, name: one.tag ?? one.name ?? '', step: one.step ?? null, part: one.tensor ?? null };
}

const plain = (value) => {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  // Ids of versions are what the server fixed, not what was asked for.
  return Object.fromEntries(Object.entries(value).filter(([key, one]) => one !== null && key !== 'id').sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, plain(one)]));
};

/** The same settings over the same series, whatever the step: projections with one key are pictures of one tag over time. Null where there are no steps. */
export function seriesKey(spec) {
  const kind = ['embedding', 'predictions'].find((one) => spec?.[one]);
  if (!kind) return null;
  const { step: _, ...series } = spec[kind];
  return JSON.stringify(plain({ ...spec, [kind]: series }));
}

/** The spec at another step of its series. */
export function specAt(spec, step) {
  const kind = spec.embedding ? 'embedding' : 'predictions';
  return { ...spec, [kind]: { ...spec[kind], step } };
}

/** The jobs that draw the same series in the same way, by step; of several at a step the one that has most to show. */
export function siblings(jobs, job) {
  const key = seriesKey(job.spec);
  const found = new Map();
  if (key === null) return found;
  const rank = { succeeded: 3, running: 2, queued: 1 };
  for (const one of jobs) {
    if (seriesKey(one.spec) !== key) continue;
    const { step } = sourceOf(one.spec);
    if (step === null) continue;
    const before = found.get(step);
    if (!before || one.id === job.id || (before.id !== job.id && (rank[one.status] ?? 0) > (rank[before.status] ?? 0))) found.set(step, one);
  }
  return found;
}
