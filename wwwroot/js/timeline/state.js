// What the Timeline page shows, as parameters of its address.

export const LOSS_MODES = ['stack', 'lines', 'share'];

const numbers = (text) => {
  const parts = (text ?? '').split(',').map(Number);
  return parts.length === 2 && parts.every(Number.isFinite) && parts[1] > parts[0] ? parts : null;
};

/** `{ run: id | null, window: [from, to] | null, loss: tag | null, losses: 'stack' | 'lines' | 'share' }` */
export function parseState(params) {
  const losses = params.get('losses');
  return { run: params.get('of') || null, window: numbers(params.get('window')), loss: params.get('loss') || null, losses: LOSS_MODES.includes(losses) ? losses : 'stack' };
}

const short = (value) => String(Number(value.toPrecision(9)));

export function formatState({ run, window, loss, losses }) {
  return { of: run, window: window && window.map(short).join(','), loss, losses: losses === 'stack' ? null : losses };
}
