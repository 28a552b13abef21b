import assert from "node:assert/strict";
import { test } from "node:test";

import { middleLine, outline, packed, Stroke, unpacked } from "../../web/js/marks/ink.js";
import { boxOf, isTouched, movedTo } from "../../web/js/marks/shapes.js";
import { linesOf, textUnder, wordAt } from "../../web/js/marks/snap.js";

/** A straight pen stroke to the right at this pressure. */
function drawn(pressure, pressed = true, step = 5) {
  const stroke = new Stroke(pressed);
  for (let n = 0; n < 20; n += 1) stroke.add({ x: 100 + n * step, y: 800, pressure, at: n * 8 });
  return stroke;
}

const ink = (points, width = 2) => ({
  id: "i",
  paper: "p",
  revision: "r",
  page: 1,
  kind: "ink",
  at: 1,
  body: { colour: "ink", width, points },
});

test("a stroke begins and ends where the pen did", () => {
  const spots = unpacked(drawn(0.5).points());
  assert.deepEqual([spots[0].x, spots[0].y], [100, 800]);
  assert.deepEqual([spots.at(-1).x, spots.at(-1).y], [195, 800]);
});

test("what is kept can be read back to a tenth of a point", () => {
  const spots = [
    { x: 12.34, y: 56.78, pressure: 0.5 },
    { x: 300.01, y: 4.99, pressure: 1 },
  ];
  unpacked(packed(spots)).forEach((spot, n) => {
    assert.ok(Math.abs(spot.x - spots[n].x) <= 0.05 && Math.abs(spot.y - spots[n].y) <= 0.05);
    assert.equal(spot.pressure, spots[n].pressure);
  });
});

test("a trembling hand draws a calmer line", () => {
  const stroke = new Stroke(true);
  for (let n = 0; n < 40; n += 1) stroke.add({ x: n * 3, y: 100 + (n % 2 ? 2 : -2), pressure: 0.5, at: n * 8 });
  const off = stroke.spots.slice(4).map(({ y }) => Math.abs(y - 100));
  assert.ok(Math.max(...off) < 1.3, String(Math.max(...off)));
});

/** The height of the outline of a level stroke: no other number in it is as large. */
const thickness = (path) => {
  const ys = path
    .match(/[\d.]+/g)
    .map(Number)
    .filter((y) => y > 700);
  return Math.max(...ys) - Math.min(...ys);
};

test("pressing harder draws a wider line; a quick finger a thinner one", () => {
  assert.ok(thickness(outline(drawn(0.9).whole(), 3)) > 1.5 * thickness(outline(drawn(0.1).whole(), 3)));
  const [slow, quick] = [drawn(0.5, false, 1), drawn(0.5, false, 14)];
  assert.ok(slow.spots.at(-1).pressure > quick.spots.at(-1).pressure);
});

test("a tap with the pen leaves a dot", () => {
  const stroke = new Stroke(true);
  stroke.add({ x: 5, y: 5, pressure: 0.5, at: 0 });
  assert.match(outline(stroke.whole(), 2), /^M.*Z$/);
  assert.match(middleLine(stroke.whole()), /^M5 5/);
  assert.equal(outline([], 2), "");
});

test("the eraser takes a stroke it crosses, however quickly it goes, and no other", () => {
  const mark = ink(
    packed([
      { x: 100, y: 200, pressure: 0.5 },
      { x: 300, y: 200, pressure: 0.5 },
    ]),
  );
  assert.ok(isTouched(mark, { x: 200, y: 100 }, { x: 200, y: 300 }, 4));
  assert.ok(!isTouched(mark, { x: 200, y: 100 }, { x: 200, y: 180 }, 4));
  assert.ok(!isTouched(mark, { x: 400, y: 100 }, { x: 400, y: 300 }, 4));
});

test("a mark put elsewhere keeps its shape", () => {
  const mark = ink(
    packed([
      { x: 100, y: 200, pressure: 0.5 },
      { x: 150, y: 220, pressure: 0.5 },
    ]),
  );
  const moved = { ...mark, body: movedTo(mark, { x: 10, y: 20 }) };
  assert.deepEqual(boxOf(moved), [10, 20, 60, 40]);
  const lit = {
    ...mark,
    kind: "highlight",
    body: {
      colour: "yellow",
      boxes: [
        [1, 1, 5, 3],
        [0, 4, 9, 6],
      ],
    },
  };
  assert.deepEqual(movedTo(lit, { x: 10, y: 11 }).boxes, [
    [11, 11, 15, 13],
    [10, 14, 19, 16],
  ]);
});

// Two lines of words, ten points high.
const WORDS = [
  [10, 10, 30, 20, "toàn"],
  [35, 10, 60, 20, "tỉnh"],
  [65, 10, 99, 20, "tiếp"],
  [10, 25, 40, 35, "nhận"],
  [45, 25, 90, 35, "527.679"],
];

test("a highlighter takes whole words, one box a line", () => {
  const [from, to] = [wordAt(WORDS, { x: 40, y: 15 }), wordAt(WORDS, { x: 20, y: 30 })];
  assert.deepEqual(linesOf(WORDS, from, to), [
    [35, 10, 99, 20],
    [10, 25, 40, 35],
  ]);
  assert.deepEqual(linesOf(WORDS, to, from), linesOf(WORDS, from, to), "also drawn from its end");
  assert.equal(textUnder(WORDS, linesOf(WORDS, from, to)), "tỉnh tiếp nhận");
});

test("beside the text the nearest word of the line is meant; far from all, none", () => {
  assert.equal(wordAt(WORDS, { x: 102, y: 14 }), 2);
  assert.equal(wordAt(WORDS, { x: 300, y: 300 }), -1);
});
