// Where a cloud of points is seen from. Everything is in the unit box of frame.js, so that a camera means the same at every size of the picture. Pure functions.
//
// Two dimensions: `{ dims: 2, x, y, zoom }`, what is in the middle, and how much larger than the box that just fits.
// Three: `{ dims: 3, yaw, pitch, distance, x, y, z }` in degrees and boxes: an eye that circles the target (x, y, z), the third axis upright.

const MARGIN = 0.9;
const ZOOM = [0.05, 1e6];
const DISTANCE = [0.02, 40];
const REACH = 4;
const FIELD = 36;
const FOCAL = 1 / Math.tan((FIELD * Math.PI) / 360);
const NEAR = 0.01;
const DEGREE = Math.PI / 180;
const START3 = { dims: 3, yaw: -55, pitch: 22, distance: 4, x: 0, y: 0, z: 0 };

const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));
const within = (value) => clamp(value, [-REACH, REACH]);
const wrapped = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** A camera within its bounds. */
function bounded(camera) {
  const { dims, x, y } = camera;
  if (dims === 2) return { dims, x: within(x), y: within(y), zoom: clamp(camera.zoom, ZOOM) };
  return { dims, yaw: wrapped(camera.yaw), pitch: clamp(camera.pitch, [-90, 90]), distance: clamp(camera.distance, DISTANCE), x: within(x), y: within(y), z: within(camera.z) };
}

/** The camera that shows a box whole, from where the given one looks. */
export function fitted({ centre: [x, y, z = 0], half }, dims, width, height, from = null) {
  const side = Math.min(width, height);
  if (dims === 2) return bounded({ dims, x, y, zoom: Math.max(half[0], half[1]) > 0 ? Math.min(...[width, height].map((room, axis) => room / side / Math.max(half[axis], 1e-6))) : 1 });
  // The sphere around the box stays in sight however it is turned.
  const radius = Math.hypot(...half) || 1;
  return bounded({ ...START3, ...(from?.dims === 3 ? { yaw: from.yaw, pitch: from.pitch } : {}), distance: (radius * 0.97) / Math.sin((FIELD / 2) * DEGREE), x, y, z });
}

/**
 * What drawing and picking need of a camera: `{ dims, width, height, centre, matrix, scale, reference, right, up, back }`.
 * `matrix` (column after column) takes a place less `centre` to clip coordinates; `scale`: pixels a unit at the target; a point looks `reference` ÷ w as large as there.
 */
export function viewOf(camera, width, height) {
  const side = Math.min(width, height);
  if (camera.dims === 2) {
    const scale = (camera.zoom * side * MARGIN) / 2;
    const matrix = new Float64Array(16);
    [matrix[0], matrix[5], matrix[15]] = [(2 * scale) / width, (2 * scale) / height, 1];
    return { dims: 2, width, height, centre: [camera.x, camera.y, 0], matrix, scale, reference: 1, right: [1, 0, 0], up: [0, 1, 0], back: [0, 0, 1] };
  }
  const [cy, sy, cp, sp] = [Math.cos(camera.yaw * DEGREE), Math.sin(camera.yaw * DEGREE), Math.cos(camera.pitch * DEGREE), Math.sin(camera.pitch * DEGREE)];
  const back = [cp * cy, cp * sy, sp];
  const right = [-sy, cy, 0];
  const up = [-sp * cy, -sp * sy, cp];
  const { distance } = camera;
  const far = distance + 8;
  const [fx, fy, depth] = [(FOCAL * side) / width, (FOCAL * side) / height, (far + NEAR) / (far - NEAR)];
  const matrix = new Float64Array(16);
  for (let axis = 0; axis < 3; axis++) {
    matrix[axis * 4] = fx * right[axis];
    matrix[axis * 4 + 1] = fy * up[axis];
    matrix[axis * 4 + 2] = -depth * back[axis];
    matrix[axis * 4 + 3] = -back[axis];
  }
  matrix[14] = depth * distance - (2 * far * NEAR) / (far - NEAR);
  matrix[15] = distance;
  return { dims: 3, width, height, centre: [camera.x, camera.y, camera.z], matrix, scale: (FOCAL * side) / 2 / distance, reference: distance, right, up, back };
}

/** How far a point that stands so deep fades into the background, 0 to 1: what is behind is paler. As in shaders.js. */
export const haze = ({ dims, reference }, w) => (dims === 2 ? 0 : Math.min(0.5, Math.max(0, (w - reference + 0.5) * 0.3)));

/** The same view of a picture with more or fewer pixels. */
export const scaled = (view, width, height) => ({ ...view, width, height, scale: (view.scale * width) / view.width });

/** Pixels of a place, and its w: `[x, y, w]`, w not above zero behind the eye. */
export function project({ matrix: m, centre, width, height }, x, y, z = 0) {
  const [a, b, c] = [x - centre[0], y - centre[1], z - centre[2]];
  const w = m[3] * a + m[7] * b + m[11] * c + m[15];
  return [((m[0] * a + m[4] * b + m[8] * c + m[12]) / w + 1) * (width / 2), (1 - (m[1] * a + m[5] * b + m[9] * c + m[13]) / w) * (height / 2), w];
}

/** The place in the target's plane that a pixel shows. */
export function unproject({ centre, scale, width, height, right, up }, px, py) {
  const [across, above] = [(px - width / 2) / scale, (height / 2 - py) / scale];
  return centre.map((value, axis) => value + across * right[axis] + above * up[axis]);
}

/** Moved so that the picture follows the pointer by that many pixels. */
export function panned(camera, width, height, dx, dy) {
  const [x, y, z] = unproject(viewOf(camera, width, height), width / 2 - dx, height / 2 - dy);
  return bounded({ ...camera, x, y, z });
}

/** Brought nearer by a factor; what is under the pixel stays there. */
export function zoomed(camera, width, height, factor, px = width / 2, py = height / 2) {
  const nearer = bounded(camera.dims === 2 ? { ...camera, zoom: camera.zoom * factor } : { ...camera, distance: camera.distance / factor });
  const before = unproject(viewOf(camera, width, height), px, py);
  const after = unproject(viewOf(nearer, width, height), px, py);
  const [x, y, z] = [camera.x, camera.y, camera.z ?? 0].map((value, axis) => value + before[axis] - after[axis]);
  return bounded({ ...nearer, x, y, z });
}

export const turned = (camera, yaw, pitch) => (camera.dims === 3 ? bounded({ ...camera, yaw: camera.yaw + yaw, pitch: camera.pitch + pitch }) : camera);

const short = (value, digits) => Number(value.toPrecision(digits));

/** A camera as a few numbers, for an address: `[x, y, zoom]` or `[yaw, pitch, distance, x, y, z]`. */
export function cameraNumbers(camera) {
  // What is far in needs more figures to be found again.
  const digits = camera.dims === 2 ? Math.ceil(Math.log10(Math.max(1, camera.zoom))) + 4 : 5;
  const place = (value) => Number(value.toFixed(digits)) || 0;
  if (camera.dims === 2) return [place(camera.x), place(camera.y), short(camera.zoom, 5)];
  return [short(camera.yaw, 5), short(camera.pitch, 5), short(camera.distance, 5), place(camera.x), place(camera.y), place(camera.z)];
}

/** The camera that such numbers are, null where they are none for so many dimensions. */
export function cameraOf(numbers, dims) {
  const all = Array.from(numbers ?? [], Number);
  if (all.length !== (dims === 2 ? 3 : 6) || !all.every(Number.isFinite)) return null;
  const [a, b, c, x, y, z] = all;
  return bounded(dims === 2 ? { dims, x: a, y: b, zoom: c } : { dims, yaw: a, pitch: b, distance: c, x, y, z });
}
