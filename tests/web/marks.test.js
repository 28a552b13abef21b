import assert from "node:assert/strict";
import test from "node:test";

import { castArguments, missing, percent, same, tapped, WIRE, wholeOf } from "../../web/js/voting/marks.js";

/** @param {object} form */
const vote = (form) =>
  /** @type {any} */ ({
    least: 1,
    most: 1,
    blank: false,
    options: { q: { order: 0, text: "?" } },
    kind: "question",
    ...form,
  });
const persons = { 1: { order: 0, text: "A" }, 2: { order: 1, text: "B" }, 3: { order: 2, text: "C" } };

test("a question is answered by one tap, and by another anew", () => {
  const question = vote({});
  assert.equal(missing(question, {}, ""), "choose");
  assert.deepEqual(tapped(question, { q: "yes" }, "q", "no"), { q: "no" });
  assert.equal(missing(question, { q: "no" }, ""), "");
});

test("another opinion needs its words", () => {
  assert.equal(missing(vote({}), { q: "other" }, "  "), "text");
  assert.equal(missing(vote({}), { q: "other" }, "Bổ sung"), "");
});

test("no more are chosen than may be, and a second tap takes back", () => {
  const election = vote({ kind: "election", options: persons, most: 2 });
  const two = tapped(election, { 1: "yes" }, "2", "yes");
  assert.deepEqual(two, { 1: "yes", 2: "yes" });
  assert.equal(tapped(election, two, "3", "yes"), two);
  assert.deepEqual(tapped(election, two, "1", "yes"), { 2: "yes" });
  assert.equal(missing(election, {}, ""), "choose");
});

test("where one may be chosen, another takes its place", () => {
  assert.deepEqual(tapped(vote({ kind: "choice", options: persons }), { 1: "yes" }, "3", "yes"), { 3: "yes" });
});

test("an empty ballot is handed in by a button of its own, not by choosing nothing", () => {
  const election = vote({ kind: "election", options: persons, least: 0, most: 2 });
  assert.equal(missing(election, {}, ""), "");
  assert.equal(missing({ ...election, blank: true }, {}, ""), "choose");
});

test("each of several is answered", () => {
  const several = vote({ kind: "questions", options: persons });
  assert.equal(missing(several, { 1: "yes", 2: "no" }, ""), "incomplete");
  assert.equal(missing(several, { 1: "yes", 2: "no", 3: "abstain" }, ""), "");
});

test("all secret ballots are equally long on the wire, whatever they say", () => {
  const lengths = [{}, { q: "yes" }, { q: "abstain" }, { q: "other" }].map(
    (marks) =>
      new TextEncoder().encode(
        JSON.stringify(castArguments("v", true, /** @type {any} */ (marks), "Ý kiến khác: bổ sung Điều 3")),
      ).length,
  );
  assert.equal(new Set(lengths).size, 1);
  assert.ok(lengths[0] >= WIRE);
});

test("shares never exceed a hundred per cent", () => {
  assert.equal(percent(3, 2), 100);
  assert.equal(percent(1, 0), 0);
  assert.deepEqual(
    [percent(2_500_000, 2_500_003), percent(1, 2_500_003), percent(0, 3)],
    [99, 1, 0],
    "not all is not 100",
  );
  const result = /** @type {any} */ ({
    tally: { q: { yes: 2, no: 1, abstain: 4 } },
    outcomes: { q: { of: 3 } },
    entitled: 7,
  });
  assert.equal(wholeOf(result, "q"), 7);
});

test("the same ballot is the same in any order", () => {
  assert.ok(same({ 1: "yes", 2: "no" }, { 2: "no", 1: "yes" }));
  assert.ok(!same({ 1: "yes" }, {}));
});
