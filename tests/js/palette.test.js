import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { COLORS, assignColors, assignDashes } from '../../wwwroot/js/palette.js';

const css = readFileSync(new URL('../../wwwroot/css/tokens.css', import.meta.url), 'utf8');
const blocks = { light: css.slice(0, css.indexOf('@media')), dark: css.slice(css.indexOf('[data-theme="dark"] {')) };
const value = (theme, name) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(blocks[theme])[1];
const linear = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a, b) => {
  const [x, y] = [luminance(linear(a)), luminance(linear(b))].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
};
const times = (matrix, v) => matrix.map((row) => row.reduce((sum, m, i) => sum + m * v[i], 0));
const oklab = (rgb) => {
  const c = rgb.map((x) => Math.min(1, Math.max(0, x)));
  const lms = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], c).map(Math.cbrt);
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], lms);
};
// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
const eyes = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
// In OKLab about 0.02 is just noticeable side by side; four times that tells thin lines apart. Tritanopia is a hundred times rarer and gets three quarters of it.
const APART = { normal: 0.08, protanopia: 0.08, deuteranopia: 0.08, tritanopia: 0.06 };

for (const theme of ['light', 'dark']) {
  const colors = Array.from({ length: COLORS }, (_, i) => value(theme, `run-${i}`));

  test(`${theme}: colours of runs stand out from the card`, () => {
    for (const color of colors) assert.ok(contrast(color, value(theme, 'surface')) >= 3, `${color} is too faint`);
  });

  test(`${theme}: colours of runs differ for every eye`, () => {
    for (const [eye, matrix] of Object.entries(eyes)) {
      const seen = colors.map((color) => oklab(times(matrix, linear(color))));
      seen.forEach((a, i) => seen.slice(0, i).forEach((b, j) => {
        const distance = Math.hypot(...a.map((x, k) => x - b[k]));
        assert.ok(distance >= APART[eye], `${eye}: ${colors[i]} and ${colors[j]} are ${distance.toFixed(3)} apart`);
      }));
    }
  });

  test(`${theme}: text has the contrast that WCAG AA asks for`, () => {
    for (const surface of ['canvas', 'surface', 'surface-2']) {
      for (const text of ['text', 'text-2', 'text-3', 'accent', 'good', 'bad', 'warn']) {
        assert.ok(contrast(value(theme, text), value(theme, surface)) >= 4.5, `${text} on ${surface}: ${contrast(value(theme, text), value(theme, surface)).toFixed(2)}`);
      }
    }
    assert.ok(contrast(value(theme, 'accent-text'), value(theme, 'accent')) >= 4.5);
    assert.ok(contrast(value(theme, 'accent'), value(theme, 'accent-soft')) >= 4.5);
    for (const tone of ['bad', 'warn']) assert.ok(contrast(value(theme, tone), value(theme, `${tone}-soft`)) >= 4.5);
    assert.ok(contrast(value(theme, 'border-strong'), value(theme, 'surface')) >= 3);
  });
}

const runs = Array.from({ length: 40 }, (_, i) => ({ id: `run-${i}`, created: i }));

test('nine runs in a row have nine colours', () => {
  const colors = assignColors(runs);
  for (let i = 0; i + COLORS <= runs.length; i++) assert.equal(new Set(runs.slice(i, i + COLORS).map((run) => colors.get(run.id))).size, COLORS);
});

test('a new run changes nobody else\'s colour', () => {
  const before = assignColors(runs.slice(0, 30));
  const after = assignColors(runs);
  for (const [id, slot] of before) assert.equal(after.get(id), slot);
});

test('shown runs of one colour differ in dash', () => {
  const dashes = assignDashes(['a', 'b', 'c'], new Map([['a', 1], ['b', 1], ['c', 2]]));
  assert.deepEqual([...dashes.values()], [0, 1, 0]);
});
