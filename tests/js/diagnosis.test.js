import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawEvidence } from '../../wwwroot/js/charts/evidence.js';
import { codesOf, countsOf, filtered, listOf, rowsOf, sureness } from '../../wwwroot/js/diagnosis/findings.js';
import { asksForLog, marksOf } from '../../wwwroot/js/diagnosis/marks.js';
import { differences, entryOf, numberOf, withField, withNumber, without, withRule } from '../../wwwroot/js/diagnosis/overlay.js';
import { formatState, parseState } from '../../wwwroot/js/diagnosis/state.js';

const finding = (code, severity, confidence = 0.9, tag = 'train/loss') => ({ code, severity, confidence, tag, from_step: 1, to_step: 9, sentence: `${code}.`, try: ['a', 'b'], evidence: { curves: [tag], marks: [] } });
const runs = [{ id: 'r2', name: 'second' }, { id: 'r1', name: 'first' }];
const diagnoses = new Map([
  ['r1', { items: [finding('converged', 'info'), finding('overfitting', 'warning', 0.7)] }],
  ['r2', { items: [finding('plateau', 'warning', 0.8), finding('diverging', 'critical', 0.6)] }],
]);

test('Findings_OfSeveralRuns_AreOneListTheGravestAndSurestFirst', () => {
  const list = listOf(runs, diagnoses);
  assert.deepEqual(list.map((one) => one.finding.code), ['diverging', 'plateau', 'overfitting', 'converged']);
  assert.deepEqual(codesOf(list), ['diverging', 'plateau', 'overfitting', 'converged']);
  assert.equal(new Set(list.map((one) => one.key)).size, 4);
});

test('Findings_OfARunThatIsNotReadYet_AreNone', () => assert.deepEqual(listOf([{ id: 'x' }], diagnoses), []));

test('Filter_BySeverity_LetsGraverOnesThrough', () => {
  const list = listOf(runs, diagnoses);
  assert.equal(filtered(list, { severity: 'warning', code: '' }).length, 3);
  assert.deepEqual(filtered(list, { severity: '', code: 'plateau' }).map((one) => one.run.id), ['r2']);
});

test('Counts_OfItems_AreBySeverity', () => assert.deepEqual(countsOf(diagnoses.get('r2').items), { critical: 1, warning: 1, info: 0 }));

test('Sureness_OfAConfidence_IsAWord', () => assert.deepEqual([0.9, 0.85, 0.7, 0.3].map(sureness), ['high', 'high', 'medium', 'low']));

test('Rows_ForAFile_HaveOneFindingEach', () => assert.deepEqual(rowsOf(listOf(runs, diagnoses).slice(0, 1)), [['second', 'r2', 'diverging', 'critical', 'train/loss', 1, 9, 0.6, 'diverging.', 'a | b']]));

test('State_ThereAndBack_IsTheSame', () => {
  const state = { tab: 'rules', severity: 'critical', code: 'plateau', logs: new Map([['r:a:b/c', true], ['r:x:', false]]) };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(formatState(state))) for (const one of Array.isArray(value) ? value : [value]) if (one !== null) params.append(name, one);
  assert.deepEqual(parseState(params), state);
});

test('State_OfNonsense_IsTheDefault', () => {
  const state = parseState(new URLSearchParams('tab=x&severity=loud'));
  assert.deepEqual(formatState(state), { tab: null, severity: null, code: null, logy: [] });
});

test('Overlay_ChangedAndChangedBack_IsEmpty', () => {
  let overlay = { rules: [] };
  overlay = withField(overlay, 'a', 'enabled', false, true);
  overlay = withNumber(overlay, 'a', 'limit', 3, 2);
  assert.deepEqual(overlay, { rules: [{ id: 'a', enabled: false, parameters: { limit: 3 } }] });
  assert.equal(numberOf(overlay, 'a', 'limit', 2), 3);
  overlay = withField(overlay, 'a', 'enabled', true, true);
  overlay = withNumber(overlay, 'a', 'limit', 2, 2);
  assert.deepEqual(overlay, { rules: [] });
  assert.equal(numberOf(overlay, 'a', 'limit', 2), 2);
});

test('Overlay_WithARule_TakesThePlaceOfTheOneOfItsId', () => {
  const first = withRule({ rules: [{ id: 'b', enabled: false }] }, { id: 'own', when: '1' });
  const second = withRule(first, { id: 'own', when: '2' });
  assert.deepEqual(second.rules.map((rule) => rule.when ?? null), [null, '2']);
  assert.equal(entryOf(second, 'own').when, '2');
  assert.equal(first.rules[1].when, '1', 'an overlay is never changed in place');
  assert.deepEqual(without(second, 'own').rules, [{ id: 'b', enabled: false }]);
});

test('Overlay_NumberWithBounds_IsReadAndCounted', () => {
  const overlay = { rules: [{ id: 'a', parameters: { limit: { value: 5, min: 0 } } }] };
  assert.equal(numberOf(overlay, 'a', 'limit', 2), 5);
  assert.equal(differences(overlay, { rules: [{ parameters: { limit: { min: 0, value: 5 } }, id: 'a' }] }), 0);
  assert.equal(differences(overlay, { rules: [{ id: 'b' }] }), 2);
});

test('Axis_OfValuesOverDecades_IsLogarithmicWhereAllArePositive', () => {
  const series = (...values) => [{ min: values, max: values }];
  assert.equal(asksForLog(series(1, 10, 100)), true);
  assert.equal(asksForLog(series(1, 10, 40)), false);
  assert.equal(asksForLog(series(0, 10, 1000)), false);
  assert.equal(asksForLog([]), false);
});

test('Marks_OfEvidence_LeaveOtherCurvesOut', () => {
  const marks = marksOf({ marks: [{ kind: 'curve', label: 'other', tag: 'x' }, { kind: 'level', label: 'my_limit', from_value: 2 }, { kind: 'point', label: 'best', from_step: 3, from_value: 'NaN' }] });
  assert.deepEqual(marks.map(({ kind, text }) => [kind, text]), [['level', 'my limit'], ['point', 'best']]);
  assert.equal(marks[0].low, 2);
  assert.equal(marks[0].from, null);
});

/** As much of a canvas context as notes what is done. */
function recorder() {
  const calls = [];
  const note = (name) => (...args) => calls.push([name, ...args]);
  const ctx = { calls, measureText: () => ({ width: 20 }) };
  for (const name of ['save', 'restore', 'beginPath', 'rect', 'clip', 'moveTo', 'lineTo', 'closePath', 'fill', 'stroke', 'arc', 'setLineDash', 'fillText']) ctx[name] = note(name);
  return ctx;
}

const view = { box: { left: 0, top: 0, width: 100, height: 50 }, ratio: 1, logX: false, logY: false, toX: (x) => x, toY: { y: (y) => 50 - y } };
const colors = { range: 'r', line: 'l', level: 'v', text: 't' };

test('Evidence_OfEachKind_IsDrawnWithItsName', () => {
  const ctx = recorder();
  drawEvidence(ctx, [
    { kind: 'range', text: 'rise', from: 20, to: 40 }, { kind: 'level', text: 'limit', from: null, to: null, low: 10 },
    { kind: 'line', text: 'fit', from: 0, to: 50, low: 5, high: 25 }, { kind: 'point', text: 'best', from: 30, low: 20 },
  ], view, colors);
  assert.deepEqual(ctx.calls.filter(([name]) => name === 'fillText').map(([, text]) => text), ['rise', 'limit', 'fit', 'best']);
  assert.equal(ctx.calls.filter(([name]) => name === 'fill').length, 1);
  assert.equal(ctx.calls.filter(([name]) => name === 'stroke').length, 3);
  assert.ok(ctx.calls.some(([name, x, y]) => name === 'arc' && x === 30 && y === 30));
});

test('Evidence_ThatALogAxisCannotShow_IsLeftOut', () => {
  const ctx = recorder();
  drawEvidence(ctx, [{ kind: 'level', text: 'zero', from: null, to: null, low: 0 }, { kind: 'point', text: 'nan', from: 3, low: NaN }], { ...view, logY: true }, colors);
  assert.equal(ctx.calls.filter(([name]) => name === 'stroke').length, 0);
});

test('Evidence_NamesThatMeet_StandBelowEachOther', () => {
  const ctx = recorder();
  drawEvidence(ctx, [{ kind: 'level', text: 'a', from: null, to: null, low: 25 }, { kind: 'level', text: 'b', from: null, to: null, low: 25 }], view, colors);
  const [a, b] = ctx.calls.filter(([name]) => name === 'fillText');
  assert.ok(b[3] - a[3] >= 10);
});
