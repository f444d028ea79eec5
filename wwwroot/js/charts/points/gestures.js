// What a mouse, a finger or a key does to a picture of points. It knows pixels only; what they mean is the host's to say.

const CLICK_PX = 4;
const TAP_PX = 10;
const DOUBLE_MS = 320;
const WHEEL = 1 / 400;
const ZOOM_PER_KEY = 1.3;
const ZOOM_PER_CLICK = 2;
const STEP_PX = 40;
const DEGREES_PER_PX = 0.4;
const DEGREES_PER_KEY = 6;
const LASSO_PX = 3;

/**
 * @param host `{ element, threeD(), mode(), wheelFree(), pan(dx, dy), turn(yaw, pitch), zoom(factor, x, y), fit(), hover(x, y, event) | hover(null), pick(x, y, event), outline(points | null, kind), select(outline, kind, how), clear() → true when there was something to clear }`
 * @returns how to stop listening
 */
export function bindGestures(host) {
  const { element } = host;
  const pointers = new Map();
  let drag = null;
  let lastTap = { at: -Infinity, x: 0, y: 0 };
  const stop = new AbortController();
  const on = (name, listener, options = {}) => element.addEventListener(name, listener, { signal: stop.signal, ...options });
  const at = (event) => {
    const { left, top } = element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };

  /** What a press begins: a selection, a turn or a move. */
  const kindOf = (event) => {
    if (event.button === 2) return 'pan';
    if (event.altKey) return 'lasso';
    if (host.mode() !== 'pan') return host.mode();
    if (event.shiftKey) return 'box';
    return host.threeD() && !event.ctrlKey && !event.metaKey ? 'turn' : 'pan';
  };
  const apart = () => {
    const [a, b] = [...pointers.values()];
    return { far: Math.hypot(a[0] - b[0], a[1] - b[1]), x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2 };
  };
  const drop = () => {
    if (drag?.path) host.outline(null);
    drag = null;
  };

  on('pointerdown', (event) => {
    if (event.target !== element && event.target.tagName !== 'CANVAS') return;
    if (event.button !== 0 && event.button !== 2) return;
    element.setPointerCapture(event.pointerId);
    const place = at(event);
    pointers.set(event.pointerId, place);
    if (pointers.size === 1) drag = { kind: kindOf(event), from: place, last: place, far: 0, path: null, how: event.ctrlKey || event.metaKey || (event.shiftKey && host.mode() !== 'pan') ? 'add' : 'replace' };
    else {
      drop();
      drag = { kind: 'pinch', before: apart(), far: Infinity };
    }
  });

  on('pointermove', (event) => {
    const place = at(event);
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType !== 'touch') host.hover(...place, event);
      return;
    }
    pointers.set(event.pointerId, place);
    if (!drag) return;
    if (drag.kind === 'pinch') {
      if (pointers.size < 2) return;
      const now = apart();
      host.pan(now.x - drag.before.x, now.y - drag.before.y);
      if (drag.before.far > 0) host.zoom(now.far / drag.before.far, now.x, now.y);
      drag.before = now;
      return;
    }
    drag.far = Math.max(drag.far, Math.hypot(place[0] - drag.from[0], place[1] - drag.from[1]));
    if (drag.far < CLICK_PX) return;
    host.hover(null);
    const [dx, dy] = [place[0] - drag.last[0], place[1] - drag.last[1]];
    if (drag.kind === 'pan') host.pan(dx, dy);
    else if (drag.kind === 'turn') host.turn(-dx * DEGREES_PER_PX, dy * DEGREES_PER_PX);
    else if (drag.kind === 'box') {
      const [[ax, ay], [bx, by]] = [drag.from, place];
      drag.path = [ax, ay, bx, ay, bx, by, ax, by];
      host.outline(drag.path, 'box');
    } else {
      drag.path ??= [...drag.from];
      if (Math.hypot(place[0] - drag.path.at(-2), place[1] - drag.path.at(-1)) >= LASSO_PX) drag.path.push(...place);
      host.outline(drag.path, 'lasso');
    }
    drag.last = place;
  });

  const up = (event) => {
    if (!pointers.delete(event.pointerId) || !drag) return;
    const ended = drag;
    if (ended.kind === 'pinch') {
      // The finger that stays goes on as a move.
      drag = pointers.size === 1 ? { kind: host.threeD() ? 'turn' : 'pan', from: [...pointers.values()][0], last: [...pointers.values()][0], far: Infinity, path: null } : null;
      return;
    }
    drop();
    if (event.type === 'pointercancel') return;
    if (ended.path) host.select(ended.path, ended.kind, ended.how);
    else if (ended.far < (event.pointerType === 'touch' ? TAP_PX : CLICK_PX) && event.button === 0) click(event);
  };
  const click = (event) => {
    const [x, y] = at(event);
    const again = event.timeStamp - lastTap.at < DOUBLE_MS && Math.hypot(x - lastTap.x, y - lastTap.y) < TAP_PX;
    lastTap = { at: again ? -Infinity : event.timeStamp, x, y };
    if (again) host.zoom(event.shiftKey ? 1 / ZOOM_PER_CLICK : ZOOM_PER_CLICK, x, y);
    else host.pick(x, y, event);
  };
  on('pointerup', up);
  on('pointercancel', up);
  on('pointerleave', () => pointers.size === 0 && host.hover(null));
  on('contextmenu', (event) => event.preventDefault());
  on('wheel', (event) => {
    if (!host.wheelFree() && !event.ctrlKey && document.activeElement !== element) return;
    event.preventDefault();
    // Lines and pages, where a mouse counts in those.
    const turned = event.deltaY * [1, 16, 400][event.deltaMode];
    host.zoom(Math.exp(-Math.max(-240, Math.min(240, turned)) * WHEEL), ...at(event));
  }, { passive: false });

  on('keydown', (event) => {
    if (event.target !== element || event.altKey || event.ctrlKey || event.metaKey) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way && host.threeD() && !event.shiftKey) host.turn(way[0] * DEGREES_PER_KEY, -way[1] * DEGREES_PER_KEY);
    else if (way) host.pan(-way[0] * STEP_PX, -way[1] * STEP_PX);
    else if (event.key === '+' || event.key === '=') host.zoom(ZOOM_PER_KEY);
    else if (event.key === '-') host.zoom(1 / ZOOM_PER_KEY);
    else if (event.key === '0') host.fit();
    else if (event.key === 'Escape') {
      if (drag?.path) drop();
      else if (!host.clear()) return;
    } else return;
    event.preventDefault();
  });
  return () => stop.abort();
}
