// What the Diagnosis page shows, as parameters of its address and back. Pure functions.

export const TABS = ['findings', 'rules', 'alerts'];
export const SEVERITIES = ['critical', 'warning', 'info'];

/** State from the address's parameters. What it does not understand it leaves at its default. */
export function parseState(params) {
  const tab = params.get('tab');
  const severity = params.get('severity');
  return {
    tab: TABS.includes(tab) ? tab : TABS[0],
    /** Least severity shown; empty for all. */
    severity: SEVERITIES.includes(severity) ? severity : '',
    code: params.get('code') ?? '',
    /** Keys of the cards whose y axis a person chose: key → log. */
    logs: new Map(params.getAll('logy').map((entry) => [entry.slice(2), entry.startsWith('1:')]).filter(([key]) => key)),
  };
}

/** The parameters of a state; a default is null, so an untouched page has a short address. */
export function formatState({ tab, severity, code, logs }) {
  return {
    tab: tab === TABS[0] ? null : tab,
    severity: severity || null,
    code: code || null,
    logy: [...logs].map(([key, on]) => `${on ? 1 : 0}:${key}`),
  };
}
