// One rule: what it recognises, whether it is in force, and its numbers.

import { h } from '../dom.js';
import { formatNumber } from '../format.js';
import { t } from '../text.js';
import { entryOf, numberOf, withField, withNumber, without } from './overlay.js';
import { SEVERITIES } from './state.js';
import { titleOf } from './words.js';

// Beyond this a bound is none.
const BOUNDLESS = 1e300;

/**
 * @param rule a rule as the server lists it
 * @param edit { overlay, change(overlay), open: whether its details are open, onToggle(open), json(rule) }
 */
export function ruleCard(rule, edit) {
  const entry = entryOf(edit.overlay, rule.id);
  const enabled = entry?.enabled ?? (rule.own ? rule.enabled : rule.default_enabled);
  const severity = entry?.severity ?? (rule.own ? rule.severity : rule.default_severity);
  const on = h('input', { type: 'checkbox', role: 'switch', 'aria-label': t('diagnosis.rules.enabled_of', { rule: rule.id }) });
  on.checked = enabled;
  on.addEventListener('change', () => edit.change(withField(edit.overlay, rule.id, 'enabled', on.checked, rule.own ? true : rule.default_enabled)));
  const level = h('select', { class: 'select', 'aria-label': `${t('diagnosis.severity')}: ${rule.id}` }, ...SEVERITIES.map((name) => h('option', { value: name, text: t(`diagnosis.severity.${name}`) })));
  level.value = severity;
  level.addEventListener('change', () => edit.change(withField(edit.overlay, rule.id, 'severity', level.value, rule.own ? undefined : rule.default_severity)));
  const details = h('details', { class: 'rule-details' },
    h('summary', { class: 'rule-summary' }, h('span', { class: 'rule-code', text: titleOf(rule.code) }), h('code', { class: 'rule-id', text: rule.id }),
      rule.own ? h('span', { class: 'chip', text: t('diagnosis.rules.own') }) : entry ? h('span', { class: 'chip', text: t('diagnosis.rules.changed') }) : ''),
    h('p', { class: 'rule-doc', text: rule.doc }),
    h('dl', { class: 'facts' }, h('dt', { text: t('diagnosis.rules.when') }), h('dd', {}, h('code', { class: 'rule-when', text: rule.when })), h('dt', { text: t('diagnosis.rules.says') }), h('dd', { text: rule.sentence })),
    rule.parameters.length ? h('div', { class: 'rule-numbers', role: 'group', 'aria-label': t('diagnosis.rules.numbers') }, ...rule.parameters.map((parameter) => number(rule, parameter, edit))) : '',
    h('div', { class: 'rule-actions' },
      h('button', { type: 'button', class: 'button small', text: t(rule.own ? 'diagnosis.rules.edit' : 'diagnosis.rules.json'), onclick: () => edit.json(rule) }),
      entry ? h('button', { type: 'button', class: 'button small', text: t(rule.own ? 'diagnosis.rules.remove' : 'diagnosis.rules.reset'), onclick: () => edit.change(without(edit.overlay, rule.id)) }) : ''));
  details.open = edit.open;
  details.addEventListener('toggle', () => edit.onToggle(details.open));
  return h('li', { class: 'card rule', data: { rule: rule.id, key: rule.id, enabled: String(enabled) } }, h('div', { class: 'rule-head' }, details), h('div', { class: 'rule-controls' }, h('label', { class: 'switch' }, on, h('span', { text: t('diagnosis.rules.enabled') })), level));
}

function number(rule, { name, default: usual, minimum, maximum, what }, edit) {
  const id = `rule-${rule.id}-${name}`;
  const bound = (value) => (Math.abs(value) < BOUNDLESS ? value : null);
  const box = h('input', { type: 'number', id, step: 'any', min: bound(minimum), max: bound(maximum), class: 'input', 'aria-describedby': `${id}-what` });
  box.value = String(numberOf(edit.overlay, rule.id, name, usual));
  box.addEventListener('change', () => {
    if (!box.checkValidity() || box.value === '') {
      box.reportValidity();
      return;
    }
    edit.change(withNumber(edit.overlay, rule.id, name, Number(box.value), usual));
  });
  const limits = bound(minimum) !== null && bound(maximum) !== null ? ` · ${t('diagnosis.rules.range', { min: formatNumber(minimum), max: formatNumber(maximum) })}` : '';
  return h('div', { class: 'rule-number' }, h('label', { for: id }, h('code', { text: name })), box,
    h('span', { class: 'muted', id: `${id}-what`, text: `${what} · ${t('diagnosis.rules.default', { value: formatNumber(usual) })}${limits}` }));
}
