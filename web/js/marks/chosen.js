// Marks chosen to be moved, coloured anew or deleted together. Pure, but for the set of those that are chosen now.

import { BROADS, unpacked, WIDTHS } from "./ink.js";
import { boxesOf, boxOf, movedTo } from "./shapes.js";

/** @typedef {import("./types").Mark} Mark */
/** @typedef {import("./types").Box} Box */
/** @typedef {import("./shapes.js").Point} Point */

const MOST = 0.5; // of a mark within the lasso

/** Ids, on the page that is read. @type {Set<string>} */
export const chosen = new Set();

/** @param {Iterable<string>} ids */
export function choose(ids) {
  const next = [...ids];
  chosen.clear();
  for (const id of next) chosen.add(id);
}

/** Those of which more than half lies within a line drawn around them. @param {Mark[]} marks @param {Point[]} lasso */
export const enclosed = (marks, lasso) =>
  marks.filter((mark) => {
    const spots = spotsOf(mark);
    return spots.filter((spot) => isInside(spot, lasso)).length > MOST * spots.length;
  });

/** @param {Mark} mark @returns {Point[]} */
function spotsOf(mark) {
  if (mark.kind === "ink") return unpacked(mark.body?.points ?? []);
  return boxesOf(mark).map(([left, top, right, bottom]) => ({ x: (left + right) / 2, y: (top + bottom) / 2 }));
}

/** Whether a ray from the point crosses the line an odd number of times; the line is closed from its end to its beginning. @param {Point} point @param {Point[]} line */
function isInside({ x, y }, line) {
  let inside = false;
  line.forEach((one, place) => {
    const other = line[(place || line.length) - 1];
    if (one.y > y !== other.y > y && x < one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x))
      inside = !inside;
  });
  return inside;
}

/** The box around all of them; null: there is none. @param {Mark[]} marks @returns {Box | null} */
export function aroundAll(marks) {
  if (!marks.length) return null;
  const boxes = marks.map(boxOf);
  const side = (/** @type {number} */ place) => boxes.map((box) => box[place]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}

/** How far they can be moved, together and on their page. @param {Mark[]} marks @param {Point} by @param {{width: number, height: number}} size @returns {Point} */
export function heldBy(marks, { x, y }, { width, height }) {
  const [left, top, right, bottom] = aroundAll(marks) ?? [0, 0, 0, 0];
  // What lies over an edge already may be moved onto the page, and no farther out.
  const held = (/** @type {number} */ by, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.max(Math.min(low, 0), Math.min(Math.max(high, 0), by));
  return { x: held(x, -left, width - right), y: held(y, -top, height - bottom) };
}

/** @param {Mark} mark @param {Point} by @returns {Mark} */
export function movedBy(mark, { x, y }) {
  const [left, top] = boxOf(mark);
  return { ...mark, body: movedTo(mark, { x: left + x, y: top + y }) };
}

/** @param {Mark} mark @param {string} colour @returns {Mark} */
export const coloured = (mark, colour) => ({ ...mark, body: { ...mark.body, colour } });

/** @param {Mark} mark */
const widthsOf = (mark) => (mark.body?.wide ? BROADS : WIDTHS);

/** Which of its widths a line has, the nearest; -1: it is none. @param {Mark} mark */
export function stepOf(mark) {
  if (mark.kind !== "ink") return -1;
  const apart = widthsOf(mark).map((width) => Math.abs(width - (mark.body?.width ?? 0)));
  return apart.indexOf(Math.min(...apart));
}

/** Thinner or thicker; what is no line has no width. @param {Mark} mark @param {number} step of its widths @returns {Mark} */
export const widened = (mark, step) =>
  mark.kind === "ink" ? { ...mark, body: { ...mark.body, width: widthsOf(mark)[step] } } : mark;

/** The next of a page as one reads it, after the one that is chosen. @param {Mark[]} marks @returns {string | undefined} */
export function nextOf(marks) {
  const inOrder = [...marks].sort((a, b) => boxOf(a)[1] - boxOf(b)[1] || boxOf(a)[0] - boxOf(b)[0]);
  const place = chosen.size === 1 ? inOrder.findIndex(({ id }) => chosen.has(id)) : -1;
  return inOrder[(place + 1) % inOrder.length]?.id;
}
