import { formatNumber } from '../format.js';

/** Bytes in the largest unit that keeps them above one. */
export function formatBytes(bytes) {
  let size = bytes;
  let unit = 0;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : formatNumber(Math.round(size * 10) / 10)} ${units[unit]}`;
}
