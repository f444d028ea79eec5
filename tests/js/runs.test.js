import assert from 'node:assert/strict';
import test from 'node:test';
import { contextAt, literal, optionsFor } from '../../wwwroot/js/runs/completion.js';
import { defaultColumns } from '../../wwwroot/js/runs/fields.js';
import { aggregate, decimalsOf, groupRows, isNumeric, isSame } from '../../wwwroot/js/runs/groups.js';
import { highlight, tokenize } from '../../wwwroot/js/runs/tokens.js';
import { configValue, formatTable, metricValue, nextSort, parseTable, parseValue } from '../../wwwroot/js/runs/values.js';

const known = {
  config: [{ path: 'config.lr', kind: 'number', runs: 3 }, { path: 'config.optimizer.name', kind: 'text', runs: 3 }],
  metrics: [{ tag: 'val/loss', runs: 3 }],
  values: null,
};
const labels = (query, values = null) => optionsFor(contextAt(query, query.length), { ...known, values }).map((option) => option.label);

test('value_OfAnyKey_IsReadBackAsWritten', () => {
  for (const keys of [['lr'], ['optimizer', 'name'], ['odd key'], ['a.b', 'c'], ['say "hi"\\'], ['学习率'], ["it's"]]) {
    assert.deepEqual(parseValue(configValue(keys)), { kind: 'config', keys });
  }
  for (const tag of ['val/loss', 'a "b" \\', 'x).min', '损失']) {
    assert.deepEqual(parseValue(metricValue(tag, 'min')), { kind: 'metric', tag, part: 'min' });
  }
  assert.equal(parseValue('config'), null);
  assert.equal(parseValue('summary("x")'), null);
  assert.equal(parseValue('config.lr < 2'), null);
});

test('table_OfAnAddress_ComesBackFromItsParameters', () => {
  const params = new URLSearchParams();
  const view = {
    ...parseTable(params), query: 'a and b', state: 'trash', columns: ['config.lr', metricValue('val/loss', 'min')],
    sort: [{ by: metricValue('val/loss', 'min'), descending: false }, { by: 'created', descending: true }],
    widths: new Map([['config["a:b"]', 200]]), groups: ['group'], folded: new Set(['string:x']), differences: true,
  };
  for (const [key, value] of Object.entries(formatTable(view))) for (const one of [value].flat()) if (one !== null) params.append(key, one);
  assert.deepEqual(parseTable(params), view);
});

test('table_OfNothing_WritesNothing', () => {
  const written = Object.values(formatTable(parseTable(new URLSearchParams()))).flat();
  assert.deepEqual(written.filter((value) => value !== null), []);
});

test('table_OfAnAddressThatMakesNoSense_KeepsWhatDoes', () => {
  const view = parseTable(new URLSearchParams('cols=%3Cscript%3E&cols=status&sort=-nothing&width=9999999:status&width=x:y&state=gone&group=config'));
  assert.deepEqual([view.columns, view.sort, view.state, view.groups], [['status'], [{ by: 'created', descending: true }], 'live', []]);
  assert.equal(view.widths.get('status'), 1200);
});

test('sort_Clicked_TurnsAndWithShiftJoins', () => {
  const one = nextSort([{ by: 'created', descending: true }], 'name', false, false);
  assert.deepEqual(one, [{ by: 'name', descending: false }]);
  assert.deepEqual(nextSort(one, 'config.lr', true, true), [{ by: 'name', descending: false }, { by: 'config.lr', descending: true }]);
  assert.deepEqual(nextSort(one, 'name', false, true), [{ by: 'name', descending: true }]);
});

test('tokens_OfAQuery_AreCutAsTheServerCuts', () => {
  assert.deepEqual(tokenize('config.lr<=1e-3 and summary("a \\" b").min ~ x').map(({ kind, text }) => [kind, text]), [
    ['name', 'config.lr'], ['operator', '<='], ['number', '1e-3'], ['keyword', 'and'], ['name', 'summary'], ['bracket', '('], ['text', '"a \\" b"'],
    ['bracket', ')'], ['name', '.min'], ['operator', '~'], ['word', 'x'],
  ]);
  assert.equal(tokenize('name = "ab').at(-1).open, true);
});

test('highlight_OfAFault_MarksItsCharactersAndLosesNone', () => {
  const query = 'name ~~ "é🙂"';
  const parts = highlight(query, { position: 6, length: 1 });
  assert.equal(parts.map((part) => part.text).join(''), query);
  assert.equal(parts.filter((part) => part.error).map((part) => part.text).join(''), '~');
  assert.equal(highlight('a =', { position: 3, length: 0 }).at(-1).error, true);
});

test('completion_AtEachPlace_OffersWhatMayStandThere', () => {
  assert.ok(labels('').includes('status') && labels('').includes('config.lr'));
  assert.deepEqual(labels('stat'), ['status']);
  assert.deepEqual(labels('opt'), ['config.optimizer.name']);
  assert.deepEqual(labels('conf'), ['config.lr', 'config.optimizer.name']);
  assert.deepEqual(labels('summ'), ['summary("val/loss")']);
  assert.deepEqual(labels('loss'), ['summary("val/loss")']);
  assert.deepEqual(labels('status '), ['=', '!=', '~', 'in (', 'and', 'or']);
  assert.deepEqual(labels('status = '), ['running', 'finished', 'failed']);
  assert.deepEqual(labels('status = f'), ['finished', 'failed']);
  assert.deepEqual(labels('status = failed '), ['and', 'or']);
  assert.ok(labels('status = failed and ').includes('config.lr'));
  assert.equal(labels('config.lr ')[0], '<');
  assert.deepEqual(labels('config.optimizer.name = ', ['adam', 'sgd']), ['adam', 'sgd']);
  assert.deepEqual(labels('config.optimizer.name = "ad', ['adam', 'sgd']), ['adam']);
  assert.deepEqual(labels('config.optimizer.name in (adam, ', ['adam', 'sgd']), ['adam', 'sgd']);
  assert.deepEqual(labels('config.optimizer.name in (adam '), [',', ')']);
  assert.deepEqual(labels('summary("val/loss")'), ['.last', '.min', '.max', '.step']);
  assert.deepEqual(labels('summary("val/loss").m'), ['.min', '.max']);
  assert.deepEqual(labels('summary("val/loss").min ').slice(0, 2), ['<', '<=']);
  assert.deepEqual(labels('summary("va'), ['summary("val/loss")']);
});

test('completion_Chosen_ReplacesTheWholeWordAtTheCaret', () => {
  const context = contextAt('a and stat = x', 8);
  assert.deepEqual([context.want, context.from, context.to, context.typed], ['term', 6, 10, 'st']);
});

test('literal_OfAText_IsQuotedOnlyWhereItMust', () => {
  assert.deepEqual([literal('adam'), literal('a b'), literal('and'), literal('x"y'), literal(0.1), literal('3')], ['adam', '"a b"', '"and"', '"x\\"y"', '0.1', '"3"']);
});

const rows = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, index }));

test('groups_OfTwoLevels_StandWhereTheirFirstRowStands', () => {
  const columns = new Map([['group', ['x', 'y', 'x', null]], ['config.lr', [1, 1, '1', 1]]]);
  const items = groupRows(rows, ['group', 'config.lr'], columns, new Set(['string:y']));
  assert.deepEqual(items.map((item) => (item.kind === 'group' ? [item.level, item.value, item.rows.length] : item.row.id)),
    [[1, 'x', 2], [2, 1, 1], 'a', [2, '1', 1], 'c', [1, 'y', 1], [1, null, 1], [2, 1, 1], 'd']);
});

test('aggregate_OfNumbers_IsTheMeanWithItsStandardError', () => {
  const result = aggregate([1, 2, 3, 'NaN'], rows, true);
  assert.deepEqual([result.mean, result.count, result.missing], [2, 3, 1]);
  // Sample standard deviation 1 over √3.
  assert.ok(Math.abs(result.se - 1 / Math.sqrt(3)) < 1e-15);
  assert.equal(aggregate([5, null, null, null], rows, true).se, null);
  assert.equal(aggregate([null, null, null, 'NaN'], rows, true), null);
});

test('aggregate_OfTexts_SaysOneValueOrHowMany', () => {
  assert.deepEqual(aggregate(['a', 'a', 'a', 'a'], rows, false), { kind: 'same', value: 'a' });
  assert.deepEqual(aggregate(['a', 'b', null, 'a'], rows, false), { kind: 'several', count: 3 });
  assert.equal(aggregate([[], [], [], []], rows, false), null);
});

test('columns_OfNumbers_AreToldFromOthers', () => {
  assert.equal(isNumeric([null, 1, 'NaN']), true);
  assert.equal(isNumeric([null, 1, 'x']), false);
  assert.equal(isNumeric([null, null]), false);
  assert.equal(isSame([1, 1, 1, 1], rows), true);
  assert.equal(isSame([1, 1, null, 1], rows), false);
});

test('decimals_OfAColumn_AlignItsPoints', () => {
  assert.equal(decimalsOf([0.25, 0.5, 2.25]), 3);
  assert.equal(decimalsOf([0.5, 0.75]), 4);
  assert.equal(decimalsOf([0.0025, 13.25]), 2);
  assert.equal(decimalsOf([1, 20, 3]), 0);
  assert.equal(decimalsOf([1e-5, 0.125]), 4);
  assert.equal(decimalsOf([1e-5, 2e-4]), null);
  assert.equal(decimalsOf(['NaN', null]), 0);
});

test('columns_NobodyChose_AreWhatDiffersAndTheLossesFirst', () => {
  const metric = (tag, runs) => ({ tag, runs });
  const field = (name, distinct) => ({ name, path: `config.${name}`, runs: 2, distinct });
  assert.deepEqual(defaultColumns({
    config: [field('lr', 2), field('epochs', 1), { ...field('gpu', 2), path: 'config.environment.gpu' }],
    metrics: [metric('lr', 2), metric('val/acc', 2), metric('train/loss', 2), metric('val/loss', 1), metric('grad', 2)],
  }), ['status', 'config.lr', metricValue('train/loss'), metricValue('val/loss'), metricValue('val/acc'), 'updated', 'duration']);
});
