// The table as a CSV file: the rows and columns shown, in their order, values whole.

import { saveCsv } from '../download.js';
import { t } from '../text.js';
import { nameOf } from './cells.js';

const plain = (value) => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : value;
};

/** Times are ISO 8601 in UTC, durations seconds, so that other programs read them. */
export function exportTable(project, table, rows, columns) {
  const time = (wallTime) => new Date(wallTime * 1000).toISOString();
  const cell = (row, value) => (value === 'created' || value === 'updated' ? time(row[value]) : plain(table.value(row, value)));
  saveCsv(['id', t('runs.name'), ...columns.map(nameOf)], rows.map((row) => [row.id, row.name, ...columns.map((value) => cell(row, value))]), `${project}-runs`);
}
