import assert from "node:assert/strict";
import { test } from "node:test";

import { Hand } from "../../web/js/marks/hand.js";

const finger = (id, at = 0) => ({ id, kind: "touch", at });
const pen = (id, buttons = 1) => ({ id, kind: "pen", at: 0, buttons });

test("without a tool fingers move the page and the pen draws", () => {
  const hand = new Hand();
  assert.equal(hand.down(finger(1)), "reader");
  hand.up(1);
  assert.equal(hand.down(pen(2)), "draw");
});

test("a finger draws with a tool chosen, until a pen was seen", () => {
  const hand = new Hand();
  hand.choosing = true;
  assert.equal(hand.down(finger(1)), "draw");
  hand.up(1);
  hand.down(pen(2));
  hand.up(2);
  assert.equal(hand.down(finger(3)), "reader");
  hand.up(3);
  assert.equal(hand.down(finger(4, 700_000)), "draw", "the pen has been put away");
});

test("a second finger goes to the reader, which takes back the first one's stroke", () => {
  const hand = new Hand();
  hand.choosing = true;
  assert.equal(hand.down(finger(1)), "draw");
  assert.equal(hand.down(finger(2)), "reader");
  hand.taken(1);
  hand.up(2);
  assert.equal(hand.down(finger(3)), "reader", "while a finger is still down from the pinch, nothing draws");
});

test("a palm beside a pen that draws is nobody's", () => {
  const hand = new Hand();
  hand.down(pen(1));
  assert.equal(hand.down(finger(2)), "nobody");
  hand.up(1);
  assert.equal(hand.down(finger(3)), "reader");
});

test("the other end of the pen erases", () => {
  assert.equal(new Hand().down(pen(1, 32)), "erase");
});

test("a mouse draws with a tool chosen only", () => {
  const hand = new Hand();
  assert.equal(hand.down({ id: 1, kind: "mouse", at: 0 }), "reader");
  hand.choosing = true;
  assert.equal(hand.down({ id: 1, kind: "mouse", at: 0 }), "draw");
});
