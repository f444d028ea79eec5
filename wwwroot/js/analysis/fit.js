// Ordinary least squares with one regressor, as the server has it (Dashboard.Analysis): two passes, around the means.

/**
 * The line through the pairs whose members are both finite: `{ slope, slopeError, intercept, r2, n }`; null with fewer than two pairs or one x.
 * `slopeError` is null with two pairs, `r2` where y is constant.
 */
export function fitLine(x, y) {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  const first = x.findIndex((value, at) => Number.isFinite(value) && Number.isFinite(y[at]));
  if (first < 0) return null;
  const [x0, y0] = [x[first], y[first]];
  let [sameX, sameY] = [true, true];
  const each = (visit) => {
    for (let at = first; at < x.length; at++) if (Number.isFinite(x[at]) && Number.isFinite(y[at])) visit(x[at], y[at]);
  };
  each((a, b) => {
    n++;
    meanX += a - x0;
    meanY += b - y0;
    sameX &&= a === x0;
    sameY &&= b === y0;
  });
  if (n < 2 || sameX) return null;
  meanX = x0 + meanX / n;
  meanY = y0 + meanY / n;
  // Over the largest distances, so that squares neither vanish nor overflow.
  let [scaleX, scaleY] = [0, 0];
  each((a, b) => {
    scaleX = Math.max(scaleX, Math.abs(a - meanX));
    scaleY = Math.max(scaleY, Math.abs(b - meanY));
  });
  if (sameY) return { slope: 0, slopeError: n > 2 ? 0 : null, intercept: y0, r2: null, n };
  let [sxx, sxy, syy] = [0, 0, 0];
  each((a, b) => {
    const dx = (a - meanX) / scaleX;
    const dy = (b - meanY) / scaleY;
    sxx += dx * dx;
    sxy += dx * dy;
    syy += dy * dy;
  });
  const scaled = sxy / sxx;
  let sse = 0;
  each((a, b) => { sse += ((b - meanY) / scaleY - scaled * ((a - meanX) / scaleX)) ** 2; });
  const units = scaleY / scaleX;
  const slope = scaled * units;
  if (!Number.isFinite(slope)) return null;
  return {
    slope,
    slopeError: n > 2 ? Math.sqrt(sse / (n - 2) / sxx) * units : null,
    intercept: meanY - slope * meanX,
    r2: Math.min(1, Math.max(0, 1 - sse / syy)),
    n,
  };
}

/** The logarithm to base 10 of positive numbers, NaN for the others: what a log axis can show. */
export const logs = (values) => values.map((value) => (value > 0 ? Math.log10(value) : NaN));
