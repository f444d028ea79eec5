import assert from 'node:assert/strict';
import test from 'node:test';
import { withChanges } from '../../wwwroot/js/address.js';
import { formatCamera, moved, parseCamera, START } from '../../wwwroot/js/charts/landscape/camera.js';
import { Field, Landscape, LandscapeFault, PREVIEW, WHOLE, nearestOn, placeIn } from '../../wwwroot/js/landscapes/field.js';
import { pathTable, pointsTable, vtkText } from '../../wwwroot/js/landscapes/files.js';
import { defaults, formatState, parseRef, parseState, refText } from '../../wwwroot/js/landscapes/state.js';

const view = (changes = {}) => ({ x: [-1, 0, 2], y: [0, 1], loss: [[1, 2, 4], [3, 'NaN', 8]], ...changes });

test('a result becomes a grid, row after row along y', () => {
  const landscape = Landscape.of(view({ accuracy: [[0, 0.1, 0.2], [0.3, 0.4, 0.5]], barrier: 2 }));
  assert.deepEqual([landscape.width, landscape.height, landscape.line], [3, 2, false]);
  assert.deepEqual([...landscape.train.loss], [1, 2, 4, 3, NaN, 8]);
  assert.equal(landscape.train.accuracy[4], 0.4);
  assert.equal(landscape.facts.barrier, 2);
  assert.deepEqual(landscape.field('train', 'loss').counts(), { missing: 0, broken: 1 });
});

test('axes that fall are turned round together with their values', () => {
  const landscape = Landscape.of({ x: [2, 0, -1], y: [1, 0], loss: [[8, 'NaN', 3], [4, 2, 1]] });
  assert.deepEqual([...landscape.x, ...landscape.y], [-1, 0, 2, 0, 1]);
  assert.deepEqual([...landscape.train.loss], [1, 2, 4, 3, NaN, 8]);
});

test('a line may come with or without a row around it', () => {
  for (const loss of [[5, 6, 7], [[5, 6, 7]]]) {
    const landscape = Landscape.of({ x: [0, 0.5, 1], loss });
    assert.equal(landscape.line, true);
    assert.deepEqual([...landscape.train.loss], [5, 6, 7]);
  }
});

test('what is no landscape says which part is wrong', () => {
  const faults = { x: { x: [0, 0, 1] }, y: { y: [0, 'NaN'] }, loss: { loss: [[1, 2, 3]] }, accuracy: { accuracy: [[1]] } };
  for (const [code, changes] of Object.entries(faults)) assert.throws(() => Landscape.of(view(changes)), (error) => error instanceof LandscapeFault && error.code === code);
  assert.throws(() => Landscape.of(null), LandscapeFault);
});

test('tiles fill the grid, and a preview never covers what is whole', () => {
  const landscape = Landscape.planned({ x: [0, 1, 2], y: [0, 1], tile_points: 2, preview_samples: 10, samples: 100 }, false);
  landscape.put('preview', { first: 0, loss: [1, 1, 1, 1], accuracy: [0, 0, 0, 0] });
  assert.equal(landscape.isPreview, true);
  landscape.put('loss', { first: 0, loss: [5, 'Infinity'] });
  landscape.put('preview', { first: 0, loss: [1, 1] });
  assert.deepEqual([...landscape.train.state], [WHOLE, WHOLE, PREVIEW, PREVIEW, 0, 0]);
  assert.deepEqual([...landscape.train.loss], [5, Infinity, 1, 1, NaN, NaN]);
  assert.deepEqual(landscape.field('train', 'loss').counts(), { missing: 2, broken: 1 });
  landscape.put('loss', { first: 2, loss: [1, 2, 3, 4] });
  assert.equal(landscape.isPreview, false);
});

test('the difference is validation less train, and needs both', () => {
  const landscape = Landscape.of(view({ validation: { loss: [[2, 2, 2], [2, 2, 2]] } }));
  assert.deepEqual([...landscape.field('difference', 'loss').values], [1, 0, -2, -1, NaN, -6]);
  assert.equal(Landscape.of(view()).field('difference', 'loss'), null);
  assert.equal(landscape.field('validation', 'accuracy'), null);
});

test('a place between points is bilinear on uneven axes, and a hole is not filled', () => {
  const field = Landscape.of(view()).field('train', 'loss');
  assert.equal(field.at(-0.5, 0), 1.5);
  assert.equal(field.at(1, 0), 3);
  assert.equal(field.at(2, 0.5), 6);
  assert.ok(Number.isNaN(field.at(-0.5, 0.5)));
  assert.ok(Number.isNaN(field.at(3, 0)));
  const plane = new Field(Float64Array.of(0, 1), Float64Array.of(0, 2), Float64Array.of(0, 1, 4, 5), new Uint8Array(4).fill(WHOLE), {});
  assert.equal(plane.at(0.25, 1.5), 0.25 + 3);
  assert.deepEqual(placeIn(Float64Array.of(0, 1, 4), 4), [1, 1]);
  assert.equal(nearestOn(Float64Array.of(0, 1, 4), 2.4), 1);
});

const path = { x: [-1, 0], y: [0, 0], loss: [1.5, 2.5], residual: [0.25, 0], names: ['a', 'b'], steps: [10, 20] };

test('the table has every point, blank where nothing is known', () => {
  const landscape = Landscape.planned({ x: [0, 1], y: [0, 1], tile_points: 2, samples: 1 }, false);
  landscape.put('loss', { first: 0, loss: [7, 'NaN'] });
  assert.deepEqual(pointsTable(landscape), { header: ['x', 'y', 'loss'], rows: [[0, 0, 7], [1, 0, NaN], [0, 1, null], [1, 1, null]] });
  assert.deepEqual(pointsTable(Landscape.of({ x: [0, 1], loss: [1, 2] })), { header: ['x', 'loss'], rows: [[0, 1], [1, 2]] });
});

test('the path tells the true loss beside that of the plane', () => {
  const landscape = Landscape.of(view({ path }));
  assert.deepEqual(pathTable(landscape, landscape.field('train', 'loss')).rows[0], [1, 'a', 10, -1, 0, 1.5, null, 1, 0.25]);
});

test('a VTK file counts its points along x first and writes holes as nan', () => {
  const lines = vtkText(Landscape.of(view()), 'a\nb✓').split('\n');
  assert.deepEqual(lines.slice(0, 5), ['# vtk DataFile Version 3.0', 'a b ', 'ASCII', 'DATASET RECTILINEAR_GRID', 'DIMENSIONS 3 2 1']);
  assert.deepEqual(lines.slice(5, 11), ['X_COORDINATES 3 double', '-1 0 2', 'Y_COORDINATES 2 double', '0 1', 'Z_COORDINATES 1 double', '0']);
  assert.deepEqual(lines.slice(11, 15), ['POINT_DATA 6', 'SCALARS loss double 1', 'LOOKUP_TABLE default', '1 2 4 3 nan 8']);
});

test('a whole state survives the address', () => {
  const state = {
    ...defaults(), chosen: { kind: 'artifact', runId: 'r1', name: 'a/b & "c"' }, other: { kind: 'job', id: 'j2' }, view: 'surface', batch: 'difference', quantity: 'accuracy', log: true, levels: 20,
    filled: false, lines: false, mesh: false, clip: 80, ramp: 'sand', camera: { azimuth: 30.5, elevation: 60, zoom: 1.5, panX: 0.1, panY: -0.2 }, path: false, step: 3, tag: 'val/loss',
  };
  assert.deepEqual(parseState(new URLSearchParams(withChanges(new URLSearchParams(), formatState(state)).toString())), state);
  assert.equal(withChanges(new URLSearchParams(), formatState(defaults())).size, 0);
  assert.deepEqual(parseState(new URLSearchParams('with=x&view=4d&levels=1e9&clip=-3&camera=1,2&point=a&colors=__proto__')), defaults());
  assert.deepEqual(parseRef(refText({ kind: 'job', id: 'j' })), { kind: 'job', id: 'j' });
});

test('a camera keeps within its bounds and comes back from text', () => {
  assert.deepEqual(parseCamera('nothing'), START);
  assert.equal(formatCamera(START), null);
  const turned = moved(START, { azimuth: 300, elevation: 100, zoom: 100 });
  assert.deepEqual([turned.azimuth, turned.elevation, turned.zoom], [-110, 90, 6]);
  assert.deepEqual(parseCamera(formatCamera(turned)), turned);
});
