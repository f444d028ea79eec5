// What the Checkpoints page shows, as parameters of its address.

export const GOALS = ['min', 'max'];
export const BARS = ['relative', 'distance', 'largest', 'angle'];

/** `{ run, metric, goal, asOf: wall time | null, a, b: ids of versions | null, bars, chosen: id | null }` */
export function parseState(params) {
  const asOf = Number(params.get('as_of'));
  const bars = params.get('bars');
  return {
    run: params.get('of') || null, metric: params.get('metric') || null, goal: GOALS.includes(params.get('goal')) ? params.get('goal') : null,
    asOf: params.has('as_of') && Number.isFinite(asOf) ? asOf : null, a: params.get('a') || null, b: params.get('b') || null,
    bars: BARS.includes(bars) ? bars : 'relative', chosen: params.get('version') || null,
  };
}

export function formatState({ run, metric, goal, asOf, a, b, bars, chosen }) {
  return { of: run, metric, goal, as_of: asOf === null ? null : String(asOf), a, b, bars: bars === 'relative' ? null : bars, version: chosen };
}

/** A wall time as a local `datetime-local` value, to the second. */
export function localText(wall) {
  const date = new Date(wall * 1000);
  const two = (value) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** What a `datetime-local` field says as a wall time, the whole second included; null where it says nothing. */
export function wallOf(text) {
  const time = new Date(text).getTime();
  return text && Number.isFinite(time) ? time / 1000 + 0.999 : null;
}
