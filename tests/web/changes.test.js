import assert from "node:assert/strict";
import { test } from "node:test";

import { beside, pairs } from "../../web/js/changes/pairing.js";

const along = ([page, y]) => (page - 1) * 1000 + y;

test("what was found in both stands side by side, and the rest evenly between", () => {
  const changes = [
    { kind: "added", page: 1, at: [1, 400], at_before: [1, 400] },
    { kind: "removed", page: 2, at: [2, 500], at_before: [1, 900] },
  ];
  const all = pairs(changes, along, along, [2000, 3000]);
  assert.equal(beside(all, 0, 0), 0);
  assert.equal(beside(all, 400, 0), 400);
  assert.equal(beside(all, 900, 0), 1500);
  assert.equal(beside(all, 1500, 1), 900, "and back");
  assert.equal(beside(all, 650, 0), 950, "half way");
  assert.equal(beside(all, 2000, 0), 3000);
  assert.equal(beside(all, 9000, 0), 3000, "past the end");
});

test("what moved elsewhere does not pull the strips apart", () => {
  const moved = [
    { kind: "moved", page: 1, at: [1, 100], at_before: [2, 900] },
    { kind: "replaced", page: 2, at: [2, 0], at_before: [1, 900] },
  ];
  const all = pairs(moved, along, along, [2000, 2000]);
  assert.equal(beside(all, 900, 0), 1000);
});

test("a paper without changes scrolls evenly", () => {
  assert.equal(beside(pairs([], along, along, [1000, 2000]), 250, 0), 500);
});
