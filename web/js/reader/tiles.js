// Which parts of a page are needed sharper than its widest image. Pure; rendering/tiles.py makes them.

import { WIDTHS } from "./geometry.js";

/** @typedef {import("./geometry.js").Size} Size */
/** @typedef {import("./geometry.js").Point} Point */
/** A square of the page, its sides in points. @typedef {Size & Point & {column: number, row: number}} Tile */

export const TILED = [3240, 4860, 7290]; // pixels of the whole page
export const SIDE = 1440; // pixels of a square
const CLOSE_ENOUGH = 0.93;

/** How wide the page must be drawn; 0: its widest image is sharp. @param {number} width of the page, CSS pixels @param {number} density */
export function tiledWidth(width, density) {
  const needed = width * Math.min(density, 2) * CLOSE_ENOUGH;
  if (needed <= WIDTHS[WIDTHS.length - 1]) return 0;
  return TILED.find((made) => made >= needed) ?? TILED[TILED.length - 1];
}

/** The squares that are seen, those in the middle first. @param {number} width pixels of the page @param {Size} page @param {Size & Point} seen in points of the page @returns {Tile[]} */
export function tilesIn(width, page, seen) {
  if (seen.x >= page.width || seen.y >= page.height || seen.x + seen.width <= 0 || seen.y + seen.height <= 0) return []; // beside what is seen
  const side = (SIDE * page.width) / width;
  const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
  const [first, last] = [spread(seen.x, side), spread(Math.min(seen.x + seen.width, page.width - 0.01), side)];
  const [top, foot] = [spread(seen.y, side), spread(Math.min(seen.y + seen.height, page.height - 0.01), side)];
  /** @type {Tile[]} */
  const tiles = [];
  for (let row = top; row <= foot; row += 1) {
    for (let column = first; column <= last; column += 1) {
      const [x, y] = [column * side, row * side];
      tiles.push({ column, row, x, y, width: Math.min(side, page.width - x), height: Math.min(side, page.height - y) });
    }
  }
  const apart = (/** @type {Tile} */ tile) =>
    Math.hypot(tile.x + tile.width / 2 - middle.x, tile.y + tile.height / 2 - middle.y);
  return tiles.sort((a, b) => apart(a) - apart(b));
}

/** @param {number} at @param {number} side */
const spread = (at, side) => Math.max(0, Math.floor(at / side));
