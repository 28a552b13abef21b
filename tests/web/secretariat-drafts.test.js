import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../web/js/secretariat/drafts.js";

test("what is typed is sent over the revision that was read", () => {
  const drafts = new Drafts();
  drafts.showing("one", 3);
  assert.equal(drafts.typed("one", "a"), true);
  assert.equal(drafts.typed("one", "ab"), false);
  assert.deepEqual(drafts.begin("one"), { text: "ab", over: 3 });
  assert.equal(drafts.begin("one"), null, "it is on its way");
  drafts.saved("one");
  assert.equal(drafts.any, false);
});

test("what is typed while saving is written over what was saved", () => {
  const drafts = new Drafts();
  drafts.typed("one", "a");
  drafts.begin("one");
  drafts.typed("one", "ab");
  drafts.saved("one");
  assert.equal(drafts.state("one"), "typed");
  assert.deepEqual(drafts.begin("one"), { text: "ab", over: 1 });
});

test("a collision waits for a choice", () => {
  const drafts = new Drafts();
  drafts.typed("one", "mine");
  drafts.begin("one");
  drafts.failed("one", true);
  assert.equal(drafts.state("one"), "conflict");
  assert.equal(drafts.begin("one"), null);
  drafts.showing("one", 5);
  drafts.resolve("one");
  assert.deepEqual(drafts.begin("one"), { text: "mine", over: 5 });
});

test("who stands in a field is not disturbed by the same revision, but sees a newer one", () => {
  const drafts = new Drafts();
  drafts.showing("one", 1);
  assert.equal(drafts.mayShow("one", 1, true), false);
  assert.equal(drafts.mayShow("one", 2, true), true);
  assert.equal(drafts.mayShow("one", 1, false), true);
  drafts.typed("one", "x");
  assert.equal(drafts.mayShow("one", 2, false), false);
});

test("a failure that is no collision is tried again", () => {
  const drafts = new Drafts();
  drafts.typed("one", "x");
  drafts.begin("one");
  drafts.failed("one", false);
  assert.deepEqual(drafts.begin("one"), { text: "x", over: 0 });
});
