// Where marks lie and what touches them. Pure.

import { unpacked } from "./ink.js";

/** @typedef {import("./types").Mark} Mark */
/** @typedef {import("./types").Box} Box */
/** @typedef {{x: number, y: number}} Point */

export const PIN = 22; // points: the side of a note's pin

/** @param {Mark} mark @returns {Box[]} each line of words; else the one box around it */
export function boxesOf({ kind, body }) {
  if (!body) return [];
  if (kind === "highlight" || kind === "underline") return body.boxes ?? [];
  if (kind === "note") return [[body.x ?? 0, body.y ?? 0, (body.x ?? 0) + PIN, (body.y ?? 0) + PIN]];
  return [around(unpacked(body.points ?? []))];
}

/** @param {Point[]} points @returns {Box} */
function around(points) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The box around all of a mark. @param {Mark} mark @returns {Box} */
export function boxOf(mark) {
  const boxes = boxesOf(mark);
  return boxes.reduce(([l, t, r, b], [left, top, right, bottom]) => [
    Math.min(l, left),
    Math.min(t, top),
    Math.max(r, right),
    Math.max(b, bottom),
  ]);
}

/** Whether a mark lies within `reach` points of the way from one point to another. @param {Mark} mark @param {Point} from @param {Point} to @param {number} reach */
export function isTouched(mark, from, to, reach) {
  if (mark.kind !== "ink") return boxesOf(mark).some((box) => nearBox(box, from, reach) || nearBox(box, to, reach));
  const spots = unpacked(mark.body?.points ?? []);
  const wide = reach + (mark.body?.width ?? 0) / 2;
  if (spots.length === 1) return distance(spots[0], from, to) <= wide;
  return spots.some(
    (spot, place) => distance(spot, from, to) <= wide || (place > 0 && crosses(spots[place - 1], spot, from, to)),
  );
}

/** The same mark elsewhere, its box's corner at a point. @param {Mark} mark @param {Point} corner @returns {Mark["body"]} */
export function movedTo(mark, corner) {
  const [left, top] = boxOf(mark);
  const [dx, dy] = [corner.x - left, corner.y - top];
  const body = { ...mark.body, colour: mark.body?.colour ?? "ink" };
  if (mark.body?.boxes)
    body.boxes = boxesOf(mark).map(([l, t, r, b]) => [tenth(l + dx), tenth(t + dy), tenth(r + dx), tenth(b + dy)]);
  if (mark.kind === "note") Object.assign(body, { x: tenth(corner.x), y: tenth(corner.y) });
  if (mark.kind === "ink") {
    const [x = 0, y = 0, ...rest] = body.points ?? [];
    body.points = [x + Math.round(dx * 10), y + Math.round(dy * 10), ...rest];
  }
  return body;
}

/** @param {number} length */
const tenth = (length) => Math.round(length * 10) / 10;

/** @param {Box} box @param {Point} point @param {number} reach */
const nearBox = ([left, top, right, bottom], { x, y }, reach) =>
  x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;

/** From a point to a stretch. @param {Point} point @param {Point} from @param {Point} to */
function distance(point, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length)) : 0;
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}

/** @param {Point} a @param {Point} b @param {Point} c @param {Point} d */
function crosses(a, b, c, d) {
  const side = (/** @type {Point} */ p, /** @type {Point} */ q, /** @type {Point} */ r) =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
