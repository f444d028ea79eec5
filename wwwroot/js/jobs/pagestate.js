// What the Jobs page shows, as parameters of its address and back. Pure.

import { KINDS, STATUSES } from './state.js';

const known = (value, choices) => (choices.includes(value) ? value : null);

export const parseState = (params) => ({ status: known(params.get('status'), STATUSES), kind: known(params.get('kind'), KINDS), job: params.get('job') || null });

export const formatState = ({ status, kind, job }) => ({ status, kind, job });

/** The jobs that the filters leave; the one that is open stays in sight, so that it does not vanish under the reader when it changes. */
export const filtered = (jobs, { status, kind, job }) => jobs.filter((one) => one.id === job || ((!status || one.status === status) && (!kind || one.kind === kind)));
