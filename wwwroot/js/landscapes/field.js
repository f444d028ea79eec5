// A landscape as numbers: what an answer, an artifact or the parts of a running job say, on one grid. Pure functions and one class without a page.

export const MISSING = 0;
export const PREVIEW = 1;
export const WHOLE = 2;

/** A number as the interface writes it: NaN and the infinities are words there. */
export const numberOf = (value) => (value === null || value === undefined ? NaN : Number(value));

/** What is wrong with a file, as a code that has a text of its own. */
export class LandscapeFault extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Coordinates as they were given, and whether they fall: pictures need them to rise. */
function axisOf(values, code) {
  if (!Array.isArray(values) || values.length < 2) throw new LandscapeFault(code);
  const axis = Float64Array.from(values, numberOf);
  const falls = axis[1] < axis[0];
  if (falls) axis.reverse();
  for (let i = 0; i < axis.length; i++) if (!Number.isFinite(axis[i]) || (i > 0 && axis[i] <= axis[i - 1])) throw new LandscapeFault(code);
  return { axis, falls };
}

function gridOf(rows, x, y, code) {
  const [width, height] = [x.axis.length, y ? y.axis.length : 1];
  // A line may be given without its one row around it.
  const given = height === 1 && Array.isArray(rows) && !Array.isArray(rows[0]) ? [rows] : rows;
  if (!Array.isArray(given) || given.length !== height || given.some((row) => !Array.isArray(row) || row.length !== width)) throw new LandscapeFault(code);
  const values = new Float64Array(width * height);
  for (let j = 0; j < height; j++) {
    const row = given[y?.falls ? height - 1 - j : j];
    for (let i = 0; i < width; i++) values[j * width + i] = numberOf(row[x.falls ? width - 1 - i : i]);
  }
  return values;
}

const layer = (size) => ({ loss: new Float64Array(size).fill(NaN), accuracy: null, state: new Uint8Array(size), centerLoss: null, centerAccuracy: null });

function pathOf(path) {
  if (!path || !Array.isArray(path.x) || path.x.length === 0) return null;
  const column = (values) => (Array.isArray(values) ? Float64Array.from(values, numberOf) : null);
  const count = path.x.length;
  const steps = Array.isArray(path.steps) && path.steps.length === count && path.steps.every((step) => step !== null) ? path.steps.map(Number) : null;
  return {
    count, x: column(path.x), y: column(path.y) ?? new Float64Array(count), loss: column(path.loss) ?? new Float64Array(count).fill(NaN),
    validationLoss: column(path.validation_loss), residual: column(path.residual), names: path.names ?? [], steps,
  };
}

export class Landscape {
  // A field is the same object until points come, so that what was made of it can be kept.
  #fields = new Map();

  /** @param x rising coordinates @param y rising coordinates or null for a line */
  constructor(x, y) {
    this.x = x;
    this.y = y;
    this.width = x.length;
    this.height = y ? y.length : 1;
    this.train = layer(this.width * this.height);
    this.validation = null;
    this.path = null;
    /** What is said about the whole: barrier, eigenvalues, notes, …, in the interface's words. */
    this.facts = {};
    this.tilePoints = 0;
    this.previewSamples = null;
  }

  /** From a result or the content of an artifact; throws LandscapeFault. */
  static of(view) {
    if (view === null || typeof view !== 'object') throw new LandscapeFault('shape');
    const x = axisOf(view.x, 'x');
    const y = Array.isArray(view.y) && view.y.length > 0 ? axisOf(view.y, 'y') : null;
    const made = new Landscape(x.axis, y?.axis ?? null);
    const fill = (target, source) => {
      target.loss = gridOf(source.loss, x, y, 'loss');
      target.accuracy = source.accuracy ? gridOf(source.accuracy, x, y, 'accuracy') : null;
      target.state.fill(WHOLE);
      target.centerLoss = source.center_loss ?? null;
      target.centerAccuracy = source.center_accuracy ?? null;
      return target;
    };
    fill(made.train, view);
    if (view.validation) made.validation = fill(layer(made.train.loss.length), view.validation);
    made.path = pathOf(view.path);
    const { x: _x, y: _y, loss: _l, accuracy: _a, validation: _v, path: _p, ...facts } = view;
    made.facts = facts;
    return made;
  }

  /** From the part `plan` of a job that is not done yet; `hasValidation`: a second batch will follow. */
  static planned(plan, hasValidation) {
    const made = new Landscape(axisOf(plan.x, 'x').axis, plan.y ? axisOf(plan.y, 'y').axis : null);
    if (hasValidation) made.validation = layer(made.train.loss.length);
    made.tilePoints = plan.tile_points;
    made.previewSamples = plan.preview_samples ?? null;
    made.path = pathOf(plan.path);
    made.train.centerLoss = plan.center_loss ?? null;
    made.facts = { samples: plan.samples, center_loss: plan.center_loss, explained_variance: plan.explained_variance, eigenvalues: plan.eigenvalues };
    return made;
  }

  /** Puts a tile in its place: `preview` never covers what is there in full. */
  put(stage, tile) {
    this.#fields.clear();
    const target = stage === 'validation' ? this.validation ??= layer(this.train.loss.length) : this.train;
    const rank = stage === 'preview' ? PREVIEW : WHOLE;
    if (tile.accuracy) target.accuracy ??= new Float64Array(target.loss.length).fill(NaN);
    const count = Math.min(tile.loss.length, target.loss.length - tile.first);
    for (let i = 0; i < count; i++) {
      const at = tile.first + i;
      if (target.state[at] > rank) continue;
      target.state[at] = rank;
      target.loss[at] = numberOf(tile.loss[i]);
      if (tile.accuracy) target.accuracy[at] = numberOf(tile.accuracy[i]);
    }
  }

  get line() {
    return this.y === null;
  }

  /** True while a subsample's losses stand where the whole batch's are to come. */
  get isPreview() {
    return this.train.state.includes(PREVIEW);
  }

  /** What a picture draws. @param batch `train`, `validation` or `difference` (validation less train) @param quantity `loss` or `accuracy`; null where there is no such thing. */
  field(batch, quantity) {
    const key = `${batch} ${quantity}`;
    if (!this.#fields.has(key)) this.#fields.set(key, this.#field(batch, quantity));
    return this.#fields.get(key);
  }

  #field(batch, quantity) {
    const { train, validation } = this;
    if (batch !== 'train' && !validation) return null;
    const one = batch === 'validation' ? validation : train;
    if (!one[quantity] || (batch === 'difference' && !validation[quantity])) return null;
    const values = batch === 'difference' ? one[quantity].map((value, i) => validation[quantity][i] - value) : one[quantity];
    const state = batch === 'difference' ? one.state.map((value, i) => Math.min(value, validation.state[i])) : one.state;
    return new Field(this.x, this.y, values, state, { batch, quantity });
  }
}

/** One quantity of one batch over the grid. */
export class Field {
  #sorted = null;

  constructor(x, y, values, state, about) {
    Object.assign(this, { x, y, values, state, width: x.length, height: y ? y.length : 1 }, about);
  }

  /** True where a point has a number that can be drawn. */
  drawn(at) {
    return this.state[at] !== MISSING && Number.isFinite(this.values[at]);
  }

  /** The values that can be drawn, rising. */
  get sorted() {
    this.#sorted ??= this.values.filter((_, at) => this.drawn(at)).sort();
    return this.#sorted;
  }

  counts() {
    let missing = 0;
    let broken = 0;
    for (let i = 0; i < this.values.length; i++) {
      if (this.state[i] === MISSING) missing++;
      else if (!Number.isFinite(this.values[i])) broken++;
    }
    return { missing, broken };
  }

  /** Value at a place, bilinear within its cell; NaN outside the grid and wherever a corner that counts is a hole. */
  at(px, py = 0) {
    const [i, u] = placeIn(this.x, px);
    const [j, v] = this.y ? placeIn(this.y, py) : [0, 0];
    if (i < 0 || j < 0) return NaN;
    let sum = 0;
    for (const [di, wi] of [[0, 1 - u], [1, u]]) {
      for (const [dj, wj] of [[0, 1 - v], [1, v]]) {
        if (wi * wj === 0) continue;
        const at = (j + dj) * this.width + i + di;
        if (!this.drawn(at)) return NaN;
        sum += wi * wj * this.values[at];
      }
    }
    return sum;
  }
}

/** `[cell, part of it]` of a coordinate on a rising axis; the cell is −1 outside. */
export function placeIn(axis, value) {
  const last = axis.length - 1;
  if (!(value >= axis[0] && value <= axis[last])) return [-1, 0];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (axis[middle] <= value) low = middle;
    else high = middle;
  }
  return [low, (value - axis[low]) / (axis[high] - axis[low])];
}

/** Number of the coordinate nearest to a value. */
export function nearestOn(axis, value) {
  let best = 0;
  for (let i = 1; i < axis.length; i++) if (Math.abs(axis[i] - value) < Math.abs(axis[best] - value)) best = i;
  return best;
}
