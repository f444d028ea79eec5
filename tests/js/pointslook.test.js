import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { categoryColors, DISTINCT } from '../../wwwroot/js/charts/points/categories.js';
import { Cloud } from '../../wwwroot/js/charts/points/cloud.js';
import { cssOf, fadeGhosts, paintRows, parseColor, POINT_RAMPS, rampColors } from '../../wwwroot/js/charts/points/colors.js';
import { fitted, project, scaled, viewOf } from '../../wwwroot/js/charts/points/camera.js';
import { classPlaces, placeLabels } from '../../wwwroot/js/charts/points/labels.js';
import { placeLegend } from '../../wwwroot/js/charts/points/legend.js';
import { GHOST, SHOWN } from '../../wwwroot/js/charts/points/order.js';
import { spriteOf } from '../../wwwroot/js/charts/points/overlay.js';
import { mixed, stampPoints, strokeLines } from '../../wwwroot/js/charts/points/raster.js';
import { svgPoints } from '../../wwwroot/js/charts/points/svgpoints.js';

const theme = { dark: false, plain: '#010203', none: '#808080' };
const cloudOf = (coordinates, dims = 2) => {
  const cloud = new Cloud();
  cloud.setPoints({ rows: coordinates.length / dims, dims, coordinates: Float32Array.from(coordinates) });
  cloud.arrange(1000);
  cloud.paint(theme);
  return cloud;
};

test('colours of the style sheet are read, others are named', () => {
  assert.deepEqual(parseColor('#3c91fd'), [60, 145, 253]);
  assert.deepEqual(parseColor(' #fff '), [255, 255, 255]);
  assert.deepEqual(parseColor('rgb(1, 2, 3)'), [1, 2, 3]);
  assert.deepEqual(parseColor('rgb(1 2 3)'), [1, 2, 3]);
  assert.throws(() => parseColor('rebeccapurple'), /“rebeccapurple” is not a colour that points can have/);
});

test('categories have the colours of their palette, none is grey, a short palette starts again', () => {
  const colors = paintRows(4, { codes: Int8Array.of(0, 1, 2, -1), palette: ['#ff0000', '#00ff00'] }, theme);
  assert.deepEqual([...colors].map(cssOf), ['rgb(255, 0, 0)', 'rgb(0, 255, 0)', 'rgb(255, 0, 0)', 'rgb(128, 128, 128)']);
  assert.equal(colors[0] >>> 24, 255);
});

test('numbers have the colours of a ramp, held at its ends; NaN is grey', () => {
  for (const ramp of POINT_RAMPS) {
    const ends = rampColors(ramp, false, 2).map((color) => `rgb(${parseColor(color).join(', ')})`);
    const colors = [...paintRows(5, { values: Float32Array.of(-9, 0, 10, 99, NaN), ramp, low: 0, high: 10 }, theme)].map(cssOf);
    assert.deepEqual(colors, [ends[0], ends[0], ends[1], ends[1], 'rgb(128, 128, 128)'], ramp);
  }
  const flat = paintRows(2, { values: Float32Array.of(3, 3), low: 3, high: 3 }, theme);
  assert.equal(flat[0], flat[1]);
});

test('ghosts leave a trace of one colour', () => {
  const colors = Uint32Array.of(1, 2);
  fadeGhosts(colors, Uint8Array.of(GHOST, SHOWN), '#808080');
  assert.ok(colors[0] >>> 24 < 128 && colors[1] === 2);
});

const css = readFileSync(new URL('../../wwwroot/css/tokens.css', import.meta.url), 'utf8');
const blocks = { light: css.slice(0, css.indexOf('@media')), dark: css.slice(css.indexOf('[data-theme="dark"] {')) };
const token = (name, from) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(blocks[from])[1];
const linear = (hex) => parseColor(hex).map((value) => value / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
const luminance = (hex) => linear(hex).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const times = (matrix, v) => matrix.map((row) => row.reduce((sum, m, i) => sum + m * v[i], 0));
const oklab = (rgb) => times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]],
  times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb.map((x) => Math.min(1, Math.max(0, x)))).map(Math.cbrt));
// As in palette.test.js: Machado, Oliveira and Fernandes 2009.
const eyes = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
};

for (const name of ['light', 'dark']) {
  test(`${name}: thirty categories start with the colours of runs and can be told apart`, () => {
    const { colors, repeats } = categoryColors(DISTINCT, name === 'dark');
    assert.ok(DISTINCT >= 30 && !repeats);
    for (let i = 0; i < 9; i++) assert.equal(colors[i], token(`run-${i}`, name));
    const card = luminance(token('surface', name));
    for (const color of colors) {
      const [high, low] = [luminance(color), card].sort((a, b) => b - a);
      assert.ok((high + 0.05) / (low + 0.05) >= 3, `${color} is too faint`);
    }
    for (const [eye, matrix] of Object.entries(eyes)) {
      const seen = colors.map((color) => oklab(times(matrix, linear(color))));
      seen.forEach((a, i) => seen.slice(0, i).forEach((b, j) => {
        const far = Math.hypot(...a.map((x, k) => x - b[k]));
        // About 0.02 is just noticeable; thirty colours cannot be as far apart as nine.
        assert.ok(far >= 0.05, `${eye}: ${colors[i]} and ${colors[j]} are ${far.toFixed(3)} apart`);
      }));
    }
    assert.ok(categoryColors(31, name === 'dark').repeats);
    assert.equal(categoryColors(31, name === 'dark').colors[30], colors[0]);
  });
}

test('labels do not overlap, and the first is the one that stays', () => {
  const candidates = Array.from({ length: 300 }, (_, i) => ({ x: (i * 37) % 400, y: (i * 53) % 300, text: `label ${i}`, size: 11, offset: i % 2 ? 6 : 0 }));
  const placed = placeLabels(candidates, (text) => text.length * 6, { width: 400, height: 300 });
  // The first stands at the corner, where it has no room.
  assert.equal(placed[0].text, 'label 1');
  assert.ok(placed.length > 20 && placed.length < 200);
  placed.forEach((a, i) => placed.slice(0, i).forEach((b) => assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, `${a.text} over ${b.text}`)));
  for (const { left, top, right, bottom } of placed) assert.ok(left >= 0 && top >= 0 && right <= 400 && bottom <= 300);
  assert.equal(placeLabels(candidates, () => 10, { width: 400, height: 300 }, 5).length, 5);
  assert.equal(placeLabels([{ x: 50, y: 50, text: 'a', size: 11, offset: 0 }], () => 10, { width: 100, height: 100 }, 5, [{ left: 0, top: 0, right: 100, bottom: 100 }]).length, 0);
});

test('the label of a class stands where it is densest, not between its parts', () => {
  const coordinates = [];
  for (let i = 0; i < 60; i++) coordinates.push(-1 + (i % 6) / 100, (i % 5) / 100);
  for (let i = 0; i < 20; i++) coordinates.push(1 - (i % 6) / 100, (i % 5) / 100);
  const cloud = cloudOf(coordinates);
  const [place, ...others] = classPlaces(cloud, new Uint8Array(80), 3, SHOWN);
  assert.equal(others.length, 0);
  assert.equal(place.rows, 80);
  assert.ok(place.place[0] < -0.8, `at ${place.place}`);
});

test('thumbnails are read row by row of the sheet, none beyond its end', () => {
  const sheet = { image: { width: 30, height: 20 }, width: 10, height: 10 };
  assert.deepEqual(spriteOf(sheet, 4), [10, 10, 10, 10]);
  assert.equal(spriteOf(sheet, 6), null);
  assert.deepEqual(spriteOf({ ...sheet, perRow: 2 }, 2), [0, 10, 10, 10]);
});

test('a legend says what it leaves out, a long name is cut', () => {
  const legend = placeLegend(Array.from({ length: 70 }, (_, i) => ({ name: `class ${i} ${'x'.repeat(i)}`, color: '#000000' })), 500);
  assert.equal(legend.dots.length, 60);
  assert.equal(legend.texts.at(-1).text, '+ 10');
  assert.ok(legend.texts[59].text.endsWith('…') && legend.texts.every(({ x, y }) => x < 500 && y < legend.height));
  assert.equal(placeLegend(null, 500).height, 0);
  assert.equal(placeLegend({ colors: ['#000', '#fff'], low: '0', high: '1' }, 500).bars.length, 2);
});

const look = (size = 5) => ({ size, opacity: 1, rim: 0xff000000, rimWidth: 0, mist: 0xffffffff, haze: () => 0, stamps: new Map() });
const paper = (width, height) => ({ width, height, data: new Uint32Array(width * height).fill(0xffffffff) });

test('a stamped disc covers its area, is round, and stays within the picture', () => {
  const cloud = cloudOf([0, 0]);
  const view = viewOf({ dims: 2, x: 0, y: 0, zoom: 1 }, 41, 41);
  const pixels = paper(41, 41);
  stampPoints(pixels, { positions: cloud.positions, before: null, share: 1, colors: Uint32Array.of(0xff000000), order: cloud.order, dims: 2 }, view, look(11));
  const ink = [...pixels.data].reduce((sum, value) => sum + (255 - (value & 255)) / 255, 0);
  // Half a percent is what rounding of 256 steps leaves along the edge.
  assert.ok(Math.abs(ink / (Math.PI * 5.5 ** 2) - 1) < 0.02, `${ink} pixels`);
  for (const [x, y] of [[20, 20], [20, 16], [16, 20]]) assert.equal(pixels.data[y * 41 + x], 0xff000000);
  assert.equal(pixels.data[14 * 41 + 14], 0xffffffff);
});

test('a disc over the edge does not come out on the other side', () => {
  const pixels = paper(30, 30);
  const view = viewOf({ dims: 2, x: 0, y: 0, zoom: 1 }, 30, 30);
  const scale = view.scale;
  const positions = Float32Array.of(-15 / scale, 0, 15 / scale, 0);
  stampPoints(pixels, { positions, before: null, share: 1, colors: new Uint32Array(2).fill(0xff000000), order: Uint32Array.of(0), dims: 2 }, view, look(9));
  for (let row = 0; row < 30; row++) for (let column = 6; column < 30; column++) assert.equal(pixels.data[row * 30 + column], 0xffffffff, `${column}, ${row}`);
  assert.notEqual(pixels.data[15 * 30], 0xffffffff);
});

test('opacity mixes with what is below, in every channel', () => {
  assert.equal(mixed(0xff000000, 0xffffffff, 0), 0xff000000);
  assert.equal(mixed(0xff123456, 0xffabcdef, 256), 0xffabcdef);
  assert.equal(mixed(0xff000000, 0xffff8040, 128), 0xff7f4020);
});

test('points on the way stand between where they were and where they go', () => {
  const pixels = paper(41, 41);
  const view = viewOf({ dims: 2, x: 0, y: 0, zoom: 1 }, 41, 41);
  stampPoints(pixels, { positions: Float32Array.of(0.5, 0), before: Float32Array.of(-0.5, 0), share: 0.5, colors: Uint32Array.of(0xff000000), order: Uint32Array.of(0), dims: 2 }, view, look());
  assert.equal(pixels.data[20 * 41 + 20], 0xff000000);
});

test('lines are drawn from end to end and cut at the edge', () => {
  const pixels = paper(50, 50);
  const view = scaled(viewOf({ dims: 2, x: 0, y: 0, zoom: 1 }, 50, 50), 50, 50);
  strokeLines(pixels, Float32Array.of(-9, 0, 0, 9, 0, 0), view, 0xff000000, 256, project);
  for (let column = 0; column < 50; column++) assert.ok([24, 25].some((row) => pixels.data[row * 50 + column] !== 0xffffffff), `column ${column}`);
});

test('an SVG has a circle for each point in sight, in the order of drawing', () => {
  const cloud = cloudOf([0, 0, 1, 1, 2, 2, 50, 50]);
  cloud.setSpec({ codes: Uint8Array.of(0, 0, 1, 1), palette: ['#ff0000', '#00ff00'] });
  cloud.arrange(100);
  cloud.paint(theme);
  const view = viewOf(fitted({ centre: cloud.toFrame(1, 1), half: [0.05, 0.05, 0] }, 2, 200, 100), 200, 100);
  const text = svgPoints({ cloud, view, order: Uint32Array.of(0, 1, 2, 3), painted: { size: 4, opacity: 0.5, mist: [1, 1, 1], rim: [1, 1, 1, 1], rimWidth: 0, chosen: {}, links: [0, 0, 0, 1] } });
  assert.equal(text.match(/<circle/g).length, 3);
  assert.match(text, /^<g fill="#ff0000" fill-opacity="0.5"><circle .*<\/g><g fill="#00ff00"/);
  assert.match(text, /<circle cx="100" cy="50" r="2"\/>/);
});
