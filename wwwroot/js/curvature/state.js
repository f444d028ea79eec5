// What the Curvature page shows, as parameters of its address and back. Pure.

export const defaults = () => ({ job: null, at: null, logX: false, logY: false });

export function parseState(params) {
  return { job: params.get('job') || null, at: params.get('at') || null, logX: params.get('logx') === '1', logY: params.get('logy') === '1' };
}

/** The parameters of a state, null for defaults. */
export const formatState = ({ job, at, logX, logY }) => ({ job, at, logx: logX ? '1' : null, logy: logY ? '1' : null });
