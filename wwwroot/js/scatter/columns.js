// The table of runs below a scatter along their steps.

import { shareText, slopeText } from '../analysis/linewords.js';
import { t } from '../text.js';

/** Columns of rows `{ run, total, fit }`; with `fits` also those of the fitted lines. */
export const pairColumns = (fits) => [
  { key: 'name', text: t('scatter.run'), value: (row) => row.run.name, show: (row) => row.run.name },
  { key: 'total', text: t('scatter.pairs_head'), numeric: true, value: (row) => row.total, show: (row) => row.total.toLocaleString('en') },
  ...(fits ? [
    { key: 'slope', text: t('fit.slope'), numeric: true, value: (row) => row.fit?.slope, show: (row) => (row.fit ? slopeText(row.fit) : null) },
    { key: 'r2', text: 'R²', numeric: true, value: (row) => row.fit?.r2, show: (row) => (row.fit ? shareText(row.fit.r2) : null) },
    { key: 'n', text: 'n', numeric: true, value: (row) => row.fit?.n, show: (row) => row.fit?.n.toLocaleString('en') ?? null },
  ] : []),
];
