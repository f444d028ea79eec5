// A camera over a box: x and y from −1 to 1, heights from 0 to 1. Pure functions.

/** Height of the box against half its width. */
const TALL = 1.05;
// How far the eye stands from the middle: near enough to see depth, far enough that lines do not bend the reading.
const DISTANCE = 5;
// The floor with its numbers, turned any way, fits into a circle of this radius.
const RADIUS = 1.62;
// What is near looks larger than what is far: how far the nearest corner and the farthest may reach beyond where they would stand without depth.
const NEARER = 1.5;
const FARTHER = 1.25;
const DEGREE = Math.PI / 180;

/**
 * @param camera { azimuth, elevation (degrees), zoom, panX, panY (parts of the smaller side) }
 * @param box { left, top, width, height } what it is drawn into
 * @returns { project(x, y, height) → [px, py], eye: [x, y] } where the eye stands over the floor
 */
export function projection(camera, box) {
  const [ca, sa] = [Math.cos(camera.azimuth * DEGREE), Math.sin(camera.azimuth * DEGREE)];
  const [ce, se] = [Math.cos(camera.elevation * DEGREE), Math.sin(camera.elevation * DEGREE)];
  const side = Math.min(box.width, box.height);
  // However it is turned, the whole stays in sight: the size depends on the elevation alone.
  const [up, down] = [(TALL / 2) * ce + FARTHER * se, (TALL / 2) * ce + RADIUS * NEARER * se * (1 - 0.3 * se)];
  const fit = Math.min(box.width / (2 * RADIUS), box.height / (up + down));
  const scale = fit * camera.zoom;
  const [cx, cy] = [box.left + box.width / 2 + camera.panX * side, box.top + (box.height + fit * (up - down)) / 2 + camera.panY * side];
  return {
    project(x, y, height) {
      const z = (height - 0.5) * TALL;
      const across = x * ca - y * sa;
      const away = x * sa + y * ca;
      const near = DISTANCE / (DISTANCE + away * ce - z * se);
      return [cx + across * near * scale, cy - (z * ce + away * se) * near * scale];
    },
    eye: [-DISTANCE * ce * sa, -DISTANCE * ce * ca],
  };
}

/** Numbers of cells along an axis, the farthest from the eye first: what is drawn later hides what was drawn before. `places` are the axis's coordinates in the box. */
export function farthestFirst(places, eye) {
  const far = (i) => Math.abs((places[i] + places[i + 1]) / 2 - eye);
  return Array.from({ length: places.length - 1 }, (_, i) => i).sort((a, b) => far(b) - far(a));
}

/** Coordinates of an axis within the box, every `stride`th and the last. */
export function boxPlaces(axis, stride = 1) {
  const last = axis.length - 1;
  const at = [];
  for (let i = 0; i < last; i += stride) at.push(i);
  at.push(last);
  return { at, places: at.map((i) => boxPlace(axis, axis[i])) };
}

export const boxPlace = (axis, value) => (2 * (value - axis[0])) / (axis[axis.length - 1] - axis[0]) - 1;

/** True where a point lies within a convex or simple outline of places. */
export function within(outline, x, y) {
  let inside = false;
  for (let i = 0, before = outline.length - 1; i < outline.length; before = i++) {
    const [[ax, ay], [bx, by]] = [outline[i], outline[before]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The part of a line between two places that lies within a rectangle, or null. */
export function cutLine([ax, ay], [bx, by], { left, top, width, height }) {
  let [from, to] = [0, 1];
  for (const [start, way, low, high] of [[ax, bx - ax, left, left + width], [ay, by - ay, top, top + height]]) {
    if (way === 0) {
      if (start < low || start > high) return null;
      continue;
    }
    const [enter, leave] = way > 0 ? [(low - start) / way, (high - start) / way] : [(high - start) / way, (low - start) / way];
    from = Math.max(from, enter);
    to = Math.min(to, leave);
  }
  return from > to ? null : [[ax + (bx - ax) * from, ay + (by - ay) * from], [ax + (bx - ax) * to, ay + (by - ay) * to]];
}
