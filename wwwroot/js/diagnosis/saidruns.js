// One line a run: what it says in numbers, and its report to send.

import { h, icon, nameText, reconcile, setText } from '../dom.js';
import { t } from '../text.js';
import { countsOf } from './findings.js';
import { SEVERITIES } from './state.js';
import { readText } from './words.js';

/** Fills the list. `runs`: those shown; `diagnoses`: run id → diagnosis. */
export function showRuns(list, runs, diagnoses) {
  reconcile(list, runs, (run) => run.id, create, (row, run) => update(row, run, diagnoses.get(run.id)));
}

function create(run) {
  const address = (format, more = {}) => `api/v1/runs/${encodeURIComponent(run.id)}/report?${new URLSearchParams({ format, lang: document.documentElement.lang, ...more })}`;
  const item = (text, href, more) => h('a', { class: 'menu-item', href, text, ...more });
  return h('li', { class: 'said-run' },
    h('span', { class: 'swatch' }), h('span', { class: 'said-name' }),
    h('span', { class: 'said-counts' }), h('span', { class: 'said-read muted' }),
    h('details', { class: 'menu', 'data-menu': '' },
      h('summary', { class: 'button small', 'aria-label': t('diagnosis.report_of', { run: run.name }) }, icon('reports'), t('diagnosis.report')),
      h('div', { class: 'menu-panel right' },
        item(t('diagnosis.report_open'), address('html'), { target: '_blank', rel: 'noopener' }),
        item(t('diagnosis.report_html'), address('html', { download: 'true' }), { download: '' }),
        item(t('diagnosis.report_md'), address('md', { download: 'true' }), { download: '' }))));
}

function update(row, run, diagnosis) {
  row.style.setProperty('--run-color', `var(--run-${run.color})`);
  const name = row.querySelector('.said-name');
  if (name.textContent !== run.name) name.replaceChildren(nameText(run.name));
  const counts = countsOf(diagnosis?.items ?? []);
  const key = diagnosis ? JSON.stringify(counts) : '';
  const cell = row.querySelector('.said-counts');
  if (cell.dataset.counts !== key) {
    cell.dataset.counts = key;
    const any = SEVERITIES.filter((severity) => counts[severity] > 0);
    cell.setAttribute('aria-label', diagnosis && any.length ? t('diagnosis.run_findings', counts) : '');
    cell.replaceChildren(...(!diagnosis ? [h('span', { class: 'muted', text: t('common.loading') })]
      : any.length ? any.map((severity) => h('span', { class: 'severity', data: { severity }, title: t(`diagnosis.severity.${severity}`) }, icon(`severity-${severity}`), String(counts[severity])))
        : [h('span', { class: 'said-nothing' }, icon('status-finished'), t('diagnosis.nothing'))]));
  }
  setText(row.querySelector('.said-read'), diagnosis ? readText(diagnosis.read) : '');
}
