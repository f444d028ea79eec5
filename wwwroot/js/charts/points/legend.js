// Where the legend's entries stand below an exported picture. Pure functions.

const ROW = 20;
const CELL = [110, 300];
const LETTER = 6.8;
const MOST = 60;
const BAR = 220;

const NOTHING = { height: 0, dots: [], bars: [], texts: [] };

/** @param legend `[{ name, color }]`, `{ colors, low, high, name }` (texts) or null; beyond 60 entries the last says how many are left */
export function placeLegend(legend, width) {
  if (!legend || legend.length === 0) return NOTHING;
  if (!Array.isArray(legend)) return bar(legend, Math.min(BAR, width - 24));
  const shown = legend.slice(0, MOST);
  const longest = Math.max(...shown.map(({ name }) => String(name).length));
  const cell = Math.min(CELL[1], Math.max(CELL[0], longest * LETTER + 34));
  const columns = Math.max(1, Math.floor((width - 12) / cell));
  const room = Math.floor((Math.min(cell, width - 12) - 30) / LETTER);
  const at = (i) => ({ x: 16 + (i % columns) * cell, y: 12 + Math.floor(i / columns) * ROW });
  const texts = shown.map(({ name }, i) => ({ x: at(i).x + 12, y: at(i).y, text: String(name).length > room ? `${String(name).slice(0, room - 1)}…` : String(name) }));
  if (legend.length > MOST) texts.push({ ...at(MOST), text: `+ ${legend.length - MOST}` });
  return { height: Math.ceil(texts.length / columns) * ROW + 10, dots: shown.map(({ color }, i) => ({ ...at(i), color })), bars: [], texts };
}

function bar({ colors, low, high, name }, width) {
  const each = width / colors.length;
  const texts = [{ x: 16, y: 32, text: String(low) }, { x: 16 + width - String(high).length * LETTER, y: 32, text: String(high) }];
  if (name) texts.push({ x: 16 + width + 14, y: 14, text: String(name) });
  return { height: 46, dots: [], texts, bars: colors.map((color, i) => ({ x: 16 + i * each, y: 8, width: each + 0.5, height: 12, color })) };
}
