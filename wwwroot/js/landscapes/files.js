// The numbers of a landscape as text for other programs. Pure functions.

import { MISSING } from './field.js';

/** A table of all points: blank where nothing is known yet, NaN and infinities as such. `{ header, rows }` */
export function pointsTable(landscape) {
  const columns = [['loss', landscape.train, 'loss'], ['accuracy', landscape.train, 'accuracy'], ['validation_loss', landscape.validation, 'loss'], ['validation_accuracy', landscape.validation, 'accuracy']]
    .filter(([, layer, quantity]) => layer?.[quantity]);
  const header = ['x', ...(landscape.line ? [] : ['y']), ...columns.map(([name]) => name)];
  const rows = [];
  for (let j = 0; j < landscape.height; j++) {
    for (let i = 0; i < landscape.width; i++) {
      const at = j * landscape.width + i;
      rows.push([landscape.x[i], ...(landscape.line ? [] : [landscape.y[j]]), ...columns.map(([, layer, quantity]) => (layer.state[at] === MISSING ? null : layer[quantity][at]))]);
    }
  }
  return { header, rows };
}

/** The checkpoints: their place, their own loss, the plane's loss below them and their distance from it. */
export function pathTable(landscape, field) {
  const { path } = landscape;
  const header = ['number', 'name', 'step', 'x', 'y', 'loss', 'validation_loss', 'plane_loss', 'residual'];
  const rows = Array.from({ length: path.count }, (_, i) => [i + 1, path.names[i] ?? null, path.steps?.[i] ?? null, path.x[i], path.y[i], path.loss[i], path.validationLoss?.[i] ?? null, field.at(path.x[i], path.y[i]), path.residual?.[i] ?? null]);
  return { header, rows };
}

const LINE = 9;
const VTK_TITLE = 200;

/**
 * A legacy VTK file in ASCII (version 3.0, RECTILINEAR_GRID): the directions are the axes, losses and accuracies are point data; "warp by scalar" makes the surface.
 * Points that are missing or not finite are `nan`.
 */
export function vtkText(landscape, title) {
  const listed = (values) => {
    const lines = [];
    for (let i = 0; i < values.length; i += LINE) lines.push(Array.from(values.slice(i, i + LINE), (value) => (Number.isFinite(value) ? String(value) : 'nan')).join(' '));
    return lines.join('\n');
  };
  const y = landscape.y ?? Float64Array.of(0);
  const parts = ['# vtk DataFile Version 3.0', title.replace(/[^\x20-\x7e]+/g, ' ').slice(0, VTK_TITLE), 'ASCII', 'DATASET RECTILINEAR_GRID', `DIMENSIONS ${landscape.width} ${landscape.height} 1`,
    `X_COORDINATES ${landscape.width} double`, listed(landscape.x), `Y_COORDINATES ${landscape.height} double`, listed(y), 'Z_COORDINATES 1 double', '0', `POINT_DATA ${landscape.width * landscape.height}`];
  for (const [name, layer, quantity] of [['loss', landscape.train, 'loss'], ['accuracy', landscape.train, 'accuracy'], ['validation_loss', landscape.validation, 'loss'], ['validation_accuracy', landscape.validation, 'accuracy']]) {
    if (!layer?.[quantity]) continue;
    parts.push(`SCALARS ${name} double 1`, 'LOOKUP_TABLE default', listed(Float64Array.from(layer[quantity], (value, at) => (layer.state[at] === MISSING ? NaN : value))));
  }
  return `${parts.join('\n')}\n`;
}
