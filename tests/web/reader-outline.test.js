import assert from "node:assert/strict";
import { test } from "node:test";

import { entryOf } from "../../web/js/reader/outline.js";

const ENTRIES = [
  [1, "Chương I", 2, 100],
  [2, "Điều 1", 2, 300],
  [2, "Điều 2", 5, 80],
  [1, "Chương II", 9, 60],
];

test("a page without a heading is under the last one before it", () => {
  assert.equal(entryOf(ENTRIES, 4), 1);
  assert.equal(entryOf(ENTRIES, 30), 3);
});

test("a page on which headings begin is under the first of them", () => {
  assert.equal(entryOf(ENTRIES, 2), 0);
  assert.equal(entryOf(ENTRIES, 5), 2);
});

test("pages before the first heading are under none", () => {
  assert.equal(entryOf(ENTRIES, 1), -1);
  assert.equal(entryOf([], 1), -1);
});
