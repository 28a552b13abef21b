import assert from "node:assert/strict";
import test from "node:test";

import {
  aroundAll,
  choose,
  chosen,
  coloured,
  enclosed,
  heldBy,
  movedBy,
  nextOf,
  stepOf,
  widened,
} from "../../web/js/marks/chosen.js";
import { packed } from "../../web/js/marks/ink.js";
import { boxOf } from "../../web/js/marks/shapes.js";

const mark = (id, kind, body) => ({ id, kind, body, paper: "p", revision: "r", page: 1, at: 0 });
const stroke = mark("s", "ink", {
  colour: "blue",
  width: 2,
  points: packed([100, 120, 140, 160].map((x) => ({ x, y: 200, pressure: 0.5 }))),
});
const lines = mark("u", "underline", {
  colour: "red",
  boxes: [
    [50, 300, 90, 312],
    [20, 315, 60, 327],
  ],
});
const note = mark("n", "note", { colour: "yellow", x: 400, y: 500, text: "?" });
const all = [stroke, lines, note];
const square = (left, top, right, bottom) =>
  [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ].map(([x, y]) => ({ x, y }));

test("a lasso takes what lies mostly within it, whichever way it is drawn", () => {
  const ids = (lasso) => enclosed(all, lasso).map(({ id }) => id);
  assert.deepEqual(ids(square(90, 190, 170, 210)), ["s"]);
  assert.deepEqual(ids(square(90, 190, 150, 210)), ["s"], "three of four places");
  assert.deepEqual(ids(square(90, 190, 130, 210)), [], "half of it is not most of it");
  assert.deepEqual(ids(square(0, 0, 600, 900).reverse()), ["s", "u", "n"]);
  const bent = [
    [0, 0],
    [600, 0],
    [600, 900],
    [380, 900],
    [380, 250],
    [0, 250],
  ].map(([x, y]) => ({ x, y }));
  assert.deepEqual(ids(bent), ["s", "n"], "what lies in the bend is not in it");
  assert.deepEqual(ids([]), []);
});

test("what is moved together stays together and on the page", () => {
  assert.deepEqual(aroundAll(all), [20, 200, 422, 522]);
  assert.equal(aroundAll([]), null);
  const size = { width: 595, height: 842 };
  assert.deepEqual(heldBy(all, { x: 10, y: -20 }, size), { x: 10, y: -20 });
  assert.deepEqual(heldBy(all, { x: -100, y: 900 }, size), { x: -20, y: 320 });
  const outside = { ...note, body: { ...note.body, x: -30 } };
  assert.deepEqual(heldBy([outside], { x: -5, y: 0 }, size), { x: 0, y: 0 });
  for (const each of all) {
    const [before, after] = [boxOf(each), boxOf(movedBy(each, { x: 7, y: -3 }))];
    assert.deepEqual(
      after.map((side, place) => Math.round(10 * (side - before[place])) / 10),
      [7, -3, 7, -3],
      each.kind,
    );
  }
});

test("a new colour leaves everything else", () => {
  assert.deepEqual(coloured(lines, "green"), { ...lines, body: { ...lines.body, colour: "green" } });
});

test("a line becomes thinner or thicker, a highlighter's by its own widths; words have none", () => {
  const broad = mark("b", "ink", { colour: "yellow", width: 13, wide: true, points: stroke.body.points });
  assert.deepEqual([stroke, broad, lines, note].map(stepOf), [1, 1, -1, -1]);
  for (const step of [0, 1, 2])
    assert.deepEqual(
      [stroke, broad].map((each) => stepOf(widened(each, step))),
      [step, step],
    );
  assert.ok(widened(broad, 0).body.width > widened(stroke, 2).body.width);
  assert.deepEqual(widened(stroke, 2).body.points, stroke.body.points);
  assert.equal(widened(note, 2), note);
});

test("one after the other from the top, and again", () => {
  choose([]);
  const order = [1, 2, 3, 4].map(() => {
    choose([/** @type {string} */ (nextOf(all))]);
    return [...chosen][0];
  });
  assert.deepEqual(order, ["s", "u", "n", "s"]);
  assert.equal(nextOf([]), undefined);
});
