import assert from "node:assert/strict";
import { test } from "node:test";

import { Gestures } from "../../web/js/reader/gestures.js";

/** Gestures that write down what they understood. */
function listening() {
  const heard = [];
  const names = ["tap", "doubleTap", "dragStart", "drag", "dragEnd", "pinchStart", "pinch", "pinchEnd", "hold"];
  const meanings = Object.fromEntries(names.map((name) => [name, (...what) => heard.push([name, ...what])]));
  return { gestures: new Gestures(meanings), heard, names: () => heard.map(([name]) => name) };
}

const touch = (x, y, at, id = 1) => ({ id, x, y, at });

test("a short still touch is a tap, two are a double tap", () => {
  const { gestures, names } = listening();
  gestures.down(touch(50, 50, 0));
  gestures.move(touch(53, 52, 20));
  gestures.up(touch(53, 52, 60));
  gestures.down(touch(55, 50, 200));
  gestures.up(touch(55, 50, 250));
  assert.deepEqual(names(), ["tap", "doubleTap"]);
});

test("a long touch is nothing", () => {
  const { gestures, names } = listening();
  gestures.down(touch(50, 50, 0));
  gestures.up(touch(50, 50, 900));
  assert.deepEqual(names(), []);
});

test("a drag ends with the speed of its last moments", () => {
  const { gestures, heard } = listening();
  gestures.down(touch(300, 50, 0));
  for (let at = 10; at <= 200; at += 10) gestures.move(touch(300 - at, 50, at));
  gestures.up(touch(100, 50, 200));
  const [name, dx, dy, vx] = heard.at(-1);
  assert.deepEqual([name, dx, dy], ["dragEnd", -200, 0]);
  assert.ok(Math.abs(vx + 1) < 0.05);
});

test("a finger that rests before it leaves does not fling", () => {
  const { gestures, heard } = listening();
  gestures.down(touch(300, 50, 0));
  gestures.move(touch(100, 50, 100));
  gestures.up(touch(100, 50, 400));
  assert.equal(heard.at(-1)[3], 0);
});

test("a second finger makes it a pinch; the one that stays drags nothing", () => {
  const { gestures, names } = listening();
  gestures.down(touch(100, 100, 0, 1));
  gestures.down(touch(200, 100, 10, 2));
  gestures.move(touch(300, 100, 20, 2));
  gestures.up(touch(300, 100, 30, 2));
  gestures.move(touch(10, 10, 40, 1));
  gestures.up(touch(10, 10, 50, 1));
  assert.deepEqual(names(), ["pinchStart", "pinch", "pinchEnd"]);
});

test("a touch taken away by the system is no tap", () => {
  const { gestures, names } = listening();
  gestures.down(touch(100, 100, 0));
  gestures.cancel(1);
  gestures.up(touch(100, 100, 10));
  assert.deepEqual(names(), []);
});

test("a finger that rests holds, moves on and ends; a second finger does not disturb it", () => {
  const { gestures, heard } = listening();
  gestures.down(touch(50, 50, 0));
  gestures.hold();
  gestures.down(touch(200, 50, 600, 2));
  gestures.move(touch(90, 60, 700));
  gestures.up(touch(90, 60, 800));
  assert.deepEqual(
    heard.map(([name, point, stage]) => [name, point.x, stage]),
    [
      ["hold", 50, "start"],
      ["hold", 90, "move"],
      ["hold", 90, "end"],
    ],
  );
});

test("a finger that has moved does not hold any more", () => {
  const { gestures, names } = listening();
  gestures.down(touch(50, 50, 0));
  gestures.move(touch(90, 50, 100));
  gestures.hold();
  assert.deepEqual(names(), ["dragStart", "drag"]);
});
