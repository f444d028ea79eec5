// umap-js on a file of float32 numbers: node umap_js_peer.mjs MODULES FILE ROWS COLUMNS OUT, MODULES the folder that `npm install umap-js` was run in.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, file, rows, columns, out] = process.argv.slice(2);
const { UMAP } = createRequire(modules + "/")("umap-js");
const bytes = readFileSync(file);
const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, rows * columns);
const vectors = Array.from({ length: Number(rows) }, (_, row) => Array.from(numbers.subarray(row * columns, (row + 1) * columns)));

// A seed for both its uses of chance: Mulberry32.
let state = 1;
const random = () => {
  state = (state + 0x6D2B79F5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

const [before, clock] = [process.cpuUsage(), performance.now()];
const places = new UMAP({ nNeighbors: 15, random }).fit(vectors);
const spent = process.cpuUsage(before);
writeFileSync(out, new Float32Array(places.flat()));
console.log(JSON.stringify({ cpu: (spent.user + spent.system) / 1e6, wall: (performance.now() - clock) / 1e3 }));
