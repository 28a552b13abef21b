import assert from "node:assert/strict";
import { test } from "node:test";

import { Gestures } from "../../web/js/reader/gestures.js";
import { Pointers } from "../../web/js/reader/pointers.js";

globalThis.Element ??= class {};

/** A reader whose page lies at (10, 20) twice as large as its points, and a tool that takes what `owner` says. */
function desk(owner) {
  const heard = [];
  const names = ["tap", "doubleTap", "dragStart", "drag", "dragEnd", "pinchStart", "pinch", "pinchEnd", "hold"];
  const meanings = Object.fromEntries(names.map((name) => [name, () => heard.push(name)]));
  const listeners = {};
  const tool = {
    down: (pointer) => (heard.push(["down", pointer.x, pointer.y]), owner(pointer)),
    move: (pointers) => heard.push(["move", pointers.length]),
    up: () => heard.push("up"),
    cancel: (id) => heard.push(["cancel", id]),
  };
  const reader = {
    tool,
    addEventListener: (name, act) => (listeners[name] = act),
    setPointerCapture: () => {},
    pointOf: (event) => ({ x: event.clientX, y: event.clientY }),
    toPage: ({ x, y }) => ({ x: (x - 10) / 2, y: (y - 20) / 2 }),
  };
  new Pointers(reader, new Gestures(meanings));
  const send = (name, id, x, y, at, pointerType = "touch") =>
    listeners[`pointer${name}`]({
      pointerId: id,
      clientX: x,
      clientY: y,
      timeStamp: at,
      pointerType,
      button: 0,
      target: null,
    });
  return { heard, send, listeners };
}

test("a tool that takes a pointer has all of it, in points of the page", () => {
  const { heard, send } = desk(() => "tool");
  send("down", 1, 30, 60, 0, "pen");
  send("move", 1, 40, 60, 10, "pen");
  send("up", 1, 40, 60, 20, "pen");
  assert.deepEqual(heard, [["down", 10, 20], ["move", 1], "up"]);
});

test("a second finger that the tool leaves cancels what the first one drew, and both pinch", () => {
  const { heard, send } = desk((pointer) => (pointer.id === 1 ? "tool" : "reader"));
  send("down", 1, 30, 60, 0);
  send("down", 2, 130, 60, 50);
  send("move", 2, 230, 60, 60);
  assert.deepEqual(heard, [["down", 10, 20], ["down", 60, 20], ["cancel", 1], "pinchStart", "pinch"]);
});

test("a palm beside a pen is nobody's, and the stroke goes on", () => {
  const { heard, send } = desk((pointer) => (pointer.kind === "pen" ? "tool" : "nobody"));
  send("down", 1, 30, 60, 0, "pen");
  send("down", 2, 300, 400, 10);
  send("move", 2, 310, 400, 20);
  send("move", 1, 40, 60, 30, "pen");
  send("up", 2, 310, 400, 40);
  send("up", 1, 40, 60, 50, "pen");
  assert.deepEqual(
    heard.filter((entry) => entry[0] !== "down"),
    [["move", 1], "up"],
  );
});

test("a pen that the system takes away has written; a finger was a palm", () => {
  const { heard, send } = desk(() => "tool");
  send("down", 1, 30, 60, 0, "pen");
  send("cancel", 1, 0, 0, 20, "pen");
  send("down", 2, 30, 60, 30);
  send("cancel", 2, 0, 0, 40);
  assert.deepEqual(
    heard.filter((entry) => entry[0] !== "down"),
    ["up", ["cancel", 2]],
  );
});

test("a pen that writes over words does not select them; a mouse that the tool leaves does", () => {
  const { send, listeners } = desk((pointer) => (pointer.kind === "pen" ? "tool" : "reader"));
  let kept = 0;
  const select = () => listeners.selectstart({ preventDefault: () => (kept += 1) });
  select();
  send("down", 1, 30, 60, 0, "pen");
  select();
  send("up", 1, 30, 60, 20, "pen");
  select();
  assert.equal(kept, 1);
});
