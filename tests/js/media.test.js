import assert from 'node:assert/strict';
import test from 'node:test';
import { checkFigure, FigureError } from '../../wwwroot/js/charts/figurecheck.js';
import { entryAt, kindOf, tagOf } from '../../wwwroot/js/media/naming.js';
import { filterRows, parseDelimited, parseTable, sortRows, TableError } from '../../wwwroot/js/media/tabular.js';

test('artifacts are told by type, folder and extension', () => {
  const kinds = { 'images/a/1.png': 'image', 'x.webp': 'image', 'videos/a/1.png': 'video', 'videos/a/1.mp4': 'video', 'b.webm': 'video', 'audio/s/1.wav': 'audio', 'tables/t/1.json': 'table', 'errors.csv': 'table',
    'config.json': 'file', 'figures/f/1.plotly.json': 'figure', 'figures/f/1.svg': 'figure', 'model.pt': 'file', 'x.html': 'file', README: 'file', 'tables/readme.md': 'file' };
  for (const [name, kind] of Object.entries(kinds)) assert.equal(kindOf({ type: 'file', name }), kind, name);
  assert.equal(kindOf({ type: 'checkpoint', name: 'images/1.png' }), 'checkpoint');
  assert.equal(kindOf({ type: 'image', name: 'noextension' }), 'image');
});

test('a series is the name without its folder and step, where the number is the step', () => {
  const tag = (name, step) => tagOf({ name, step });
  assert.equal(tag('images/val/samples/100.png', 100), 'val/samples');
  assert.equal(tag('figures/roc/7.plotly.json', 7), 'roc');
  assert.equal(tag('samples_0010.png', 10), 'samples');
  assert.equal(tag('images/layer2.png', 5), 'layer2.png');
  assert.equal(tag('errors.csv', null), 'errors.csv');
  assert.equal(tag('images/5.png', 5), '5.png');
  assert.equal(tag('best.png', 3), 'best.png');
});

test('what was newest at a step is shown, and nothing before the first', () => {
  const entries = [{ position: 0 }, { position: 10 }, { position: 10, second: true }, { position: 20 }];
  assert.equal(entryAt(entries, 15).second, true);
  assert.equal(entryAt(entries, 20).position, 20);
  assert.equal(entryAt(entries, -1), null);
});

test('delimited text keeps quotes, separators and lines within quotes', () => {
  assert.deepEqual(parseDelimited('\ufeffa,b\r\n"x ""y"", z","1\n2"\r\n,\n\nlast,', ',').rows, [['a', 'b'], ['x "y", z', '1\n2'], ['', ''], ['last', '']]);
  assert.deepEqual(parseDelimited('a\t"b', '\t').rows, [['a', 'b']]);
  assert.deepEqual(parseDelimited('', ',').rows, []);
  assert.equal(parseDelimited('1,2\n'.repeat(100), ',', 50).cut, true);
});

test('tables of every form have columns, and what is none says why', () => {
  const csv = parseTable('csv', 'name,loss\na,0.5\nb,NaN\nc,\nd,1e3');
  assert.deepEqual(csv.columns, [{ name: 'name', numeric: false }, { name: 'loss', numeric: true }]);
  const json = parseTable('json', '[{"a":1,"b":{"c":[1]}},{"b":null,"d":true}]');
  assert.deepEqual(json.columns.map((column) => column.name), ['a', 'b', 'd']);
  assert.deepEqual(json.rows, [['1', '{"c":[1]}', ''], ['', '', 'true']]);
  assert.equal(parseTable('jsonl', '{"a":1}\n\n{"a":2}\n').rows.length, 2);
  for (const [extension, text, reason] of [['json', '{', 'json'], ['json', '{"a":1}', 'records'], ['json', '[1]', 'records'], ['json', '[]', 'empty'], ['csv', '', 'empty']]) {
    assert.throws(() => parseTable(extension, text), (error) => error instanceof TableError && error.reason === reason, `${extension} ${text}`);
  }
  assert.equal(parseTable('json', '[{"__proto__":{"x":1},"a":2}]').rows[0].includes('2'), true);
});

test('rows sort by number or natural order, what is missing last either way', () => {
  const rows = [['10'], ['NaN'], ['9'], [''], ['-1']];
  assert.deepEqual(sortRows(rows, 0, true, false).map(([cell]) => cell), ['-1', '9', '10', 'NaN', '']);
  assert.deepEqual(sortRows(rows, 0, true, true).map(([cell]) => cell), ['10', '9', '-1', 'NaN', '']);
  assert.deepEqual(sortRows([['b10'], ['b9'], ['']], 0, false, false).map(([cell]) => cell), ['b9', 'b10', '']);
  assert.deepEqual(filterRows([['Cat', '1'], ['dog', '2']], 'c 1'), [['Cat', '1']]);
});

test('a figure keeps its numbers and loses what leads elsewhere', () => {
  const { traces, layout } = checkFigure({
    data: [{ type: 'scattergl', x: [1, 'NaN', 3], text: ['NaN', 'b'], name: '<a href="https://evil.org">x</a><b>y</b>' }, { y: [1] }],
    layout: { title: { text: 'T' }, width: 4000, images: [{ source: 'https://evil.org/x.png' }], updatemenus: [{}], xaxis2: { type: 'log' }, template: {} },
  });
  assert.deepEqual(traces[0], { type: 'scatter', x: [1, null, 3], text: ['NaN', 'b'], name: '&lt;a href="https://evil.org">x&lt;/a><b>y</b>' });
  assert.equal(traces[1].type, 'scatter');
  assert.deepEqual(layout, { title: { text: 'T' }, xaxis2: { type: 'log' } });
  assert.equal('source' in checkFigure({ data: [{ type: 'image', source: 'https://evil.org/x.png' }] }).traces[0], false);
});

test('what is no figure is refused with a reason', () => {
  let deep = {};
  for (let i = 0; i < 100; i++) deep = { deep };
  for (const [figure, reason] of [[null, 'shape'], [[], 'shape'], [{}, 'shape'], [{ data: [] }, 'empty'], [{ data: [1] }, 'shape'], [{ data: [{ type: 'scattergeo' }] }, 'kind'], [{ data: [{ type: { x: 1 } }] }, 'kind'],
    [{ data: new Array(501).fill({}) }, 'traces'], [{ data: [deep] }, 'shape']]) {
    assert.throws(() => checkFigure(figure), (error) => error instanceof FigureError && error.reason === reason, reason);
  }
});
