// Marching squares over a grid of heights. Pure functions; places are in cells: (0, 0) is the first point, (1, 0) its neighbour along x.
// A cell with a hole at a corner has neither line nor area: nothing is drawn over what is not known.

const corners = (grid, i, j) => {
  const at = j * grid.width + i;
  return [grid.heights[at], grid.heights[at + 1], grid.heights[at + grid.width + 1], grid.heights[at + grid.width]];
};
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];

/** Place on the side from corner `k` to the next one where the height is `level`. */
function crossing(cell, k, i, j, level) {
  const next = (k + 1) % 4;
  const part = (level - cell[k]) / (cell[next] - cell[k]);
  return [i + CORNERS[k][0] + (CORNERS[next][0] - CORNERS[k][0]) * part, j + CORNERS[k][1] + (CORNERS[next][1] - CORNERS[k][1]) * part];
}

const isSaddle = (inside) => inside[0] === inside[2] && inside[1] === inside[3] && inside[0] !== inside[1];

/** Sides are numbered so that neighbouring cells agree: twice the number of the side's first point, and one more where it runs along y. */
function sideKey(grid, k, i, j) {
  const at = j * grid.width + i;
  return [2 * at, 2 * (at + 1) + 1, 2 * (at + grid.width), 2 * at + 1][k];
}

/**
 * Lines at a level, each a list of places; a closed one ends where it begins.
 * @param grid { width, height, heights: NaN at holes }
 */
export function isolines(grid, level) {
  const segments = [];
  for (let j = 0; j + 1 < grid.height; j++) {
    for (let i = 0; i + 1 < grid.width; i++) {
      const cell = corners(grid, i, j);
      const sum = cell[0] + cell[1] + cell[2] + cell[3];
      if (Number.isNaN(sum)) continue;
      const inside = cell.map((height) => height >= level);
      const cut = [0, 1, 2, 3].filter((k) => inside[k] !== inside[(k + 1) % 4]);
      if (cut.length === 0) continue;
      const end = (k) => ({ key: sideKey(grid, k, i, j), place: crossing(cell, k, i, j, level) });
      if (!isSaddle(inside)) segments.push([end(cut[0]), end(cut[1])]);
      // The middle of a saddle says which two corners belong together.
      else if ((sum / 4 >= level) === inside[0]) segments.push([end(0), end(1)], [end(2), end(3)]);
      else segments.push([end(3), end(0)], [end(1), end(2)]);
    }
  }
  return joined(segments);
}

function joined(segments) {
  const touching = new Map();
  segments.forEach((segment, at) => segment.forEach(({ key }) => touching.set(key, [...(touching.get(key) ?? []), at])));
  const used = new Uint8Array(segments.length);
  const follow = (line, end) => {
    for (let key = end; ;) {
      const next = touching.get(key).find((at) => !used[at]);
      if (next === undefined) return;
      used[next] = 1;
      const [a, b] = segments[next];
      const other = a.key === key ? b : a;
      line.push(other.place);
      key = other.key;
    }
  };
  const lines = [];
  segments.forEach(([a, b], at) => {
    if (used[at]) return;
    used[at] = 1;
    const ahead = [a.place, b.place];
    follow(ahead, b.key);
    const behind = [];
    follow(behind, a.key);
    lines.push([...behind.reverse(), ...ahead]);
  });
  return lines;
}

/** Areas at or above a level: `area(list of places)` for each; neighbouring cells that lie wholly above come as one. */
export function regions(grid, level, area) {
  for (let j = 0; j + 1 < grid.height; j++) {
    let from = -1;
    const close = (i) => {
      if (from >= 0) area([[from, j], [i, j], [i, j + 1], [from, j + 1]]);
      from = -1;
    };
    for (let i = 0; i + 1 < grid.width; i++) {
      const cell = corners(grid, i, j);
      const sum = cell[0] + cell[1] + cell[2] + cell[3];
      const inside = cell.map((height) => height >= level);
      const count = Number.isNaN(sum) ? 0 : inside[0] + inside[1] + inside[2] + inside[3];
      if (count === 4) {
        if (from < 0) from = i;
        continue;
      }
      close(i);
      if (count === 0) continue;
      if (isSaddle(inside) && sum / 4 < level) {
        for (let k = 0; k < 4; k++) if (inside[k]) area([crossing(cell, (k + 3) % 4, i, j, level), [i + CORNERS[k][0], j + CORNERS[k][1]], crossing(cell, k, i, j, level)]);
        continue;
      }
      const outline = [];
      for (let k = 0; k < 4; k++) {
        if (inside[k]) outline.push([i + CORNERS[k][0], j + CORNERS[k][1]]);
        if (inside[k] !== inside[(k + 1) % 4]) outline.push(crossing(cell, k, i, j, level));
      }
      area(outline);
    }
    close(grid.width - 1);
  }
}
