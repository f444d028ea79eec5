// Fingers over a chart. One moves the tooltip sideways (up and down scrolls the page), two zoom and move the window, a tap is a click,
// two taps reset.

const TAP_MS = 300;
const TAP_PX = 10;
const DOUBLE_MS = 320;
// A window a thousandth as wide as before is a slip, not a wish.
const LEAST = 1e-3;

/**
 * The window of x that keeps what was under two fingers under them: pure, so that it can be tested.
 * @param window `[from, to]` when the fingers came down
 * @param began, now where the fingers were and are, as shares of the width, `[left, right]`
 */
export function pinched(window, began, now, log) {
  const [from, to] = log ? window.map(Math.log) : window;
  const [a, b] = began.map((share) => from + share * (to - from));
  const apart = Math.max(LEAST, now[1] - now[0]);
  const width = (b - a) / apart;
  const start = a - now[0] * width;
  return log ? [Math.exp(start), Math.exp(start + width)] : [start, start + width];
}

/** @param host `{ window(), logX(), point(x, y), leave(), tap(x, y), preview(window), zoom(from, to), reset() }`, in client pixels */
export function bindTouch(over, host) {
  const fingers = new Map();
  let pinch = null;
  let began = null;
  let lastTap = -Infinity;
  const shares = () => {
    const { left, width } = over.getBoundingClientRect();
    return [...fingers.values()].map(({ x }) => (x - left) / width).sort((a, b) => a - b);
  };
  const down = (event) => {
    if (event.pointerType !== 'touch') return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    over.setPointerCapture(event.pointerId);
    if (fingers.size === 1) began = { x: event.clientX, y: event.clientY, at: event.timeStamp, moved: false };
    if (fingers.size === 2 && host.window()) {
      host.leave();
      pinch = { window: host.window(), began: shares(), now: null };
    }
  };
  const move = (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pinch && fingers.size === 2) {
      pinch.now = pinched(pinch.window, pinch.began, shares(), host.logX());
      host.preview(pinch.now);
      return;
    }
    began.moved ||= Math.hypot(event.clientX - began.x, event.clientY - began.y) > TAP_PX;
    if (began.moved && fingers.size === 1) host.point(event.clientX, event.clientY);
  };
  const up = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (pinch) {
      if (fingers.size < 2) {
        if (pinch.now) host.zoom(...pinch.now);
        pinch = null;
        began.moved = true;
      }
      return;
    }
    if (event.type === 'pointercancel' || began.moved) {
      host.leave();
      return;
    }
    if (event.timeStamp - began.at > TAP_MS) return;
    // The second of two taps also takes back what the first one did, as with a mouse.
    host.tap(event.clientX, event.clientY);
    if (event.timeStamp - lastTap < DOUBLE_MS) host.reset();
    lastTap = event.timeStamp;
  };
  over.addEventListener('pointerdown', down);
  over.addEventListener('pointermove', move);
  over.addEventListener('pointerup', up);
  over.addEventListener('pointercancel', up);
  // Else the browser makes mouse events of a touch, and every tap would be two.
  over.addEventListener('touchend', (event) => event.cancelable && event.preventDefault());
}
