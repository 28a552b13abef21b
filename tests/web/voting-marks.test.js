import assert from "node:assert/strict";
import { test } from "node:test";

import { castArguments, marksOf, missing, stepped, sumOf } from "../../web/js/voting/marks.js";

const vote = /** @type {any} */ ({
  kind: "election",
  least: 1,
  most: 5,
  each_least: 2,
  each: 3,
  blank: false,
  options: { 1: {}, 2: {} },
});

test("votes are given one by one, within the bounds of the ballot and of each option", () => {
  let votes = stepped(vote, {}, "1", "more");
  assert.deepEqual(votes, { 1: 2 }, "whoever is chosen has the least at once");
  votes = stepped(vote, votes, "1", "more");
  assert.equal(stepped(vote, votes, "1", "more"), votes, "and no more than the most");
  votes = stepped(vote, votes, "2", "more");
  assert.deepEqual([votes, sumOf(votes), stepped(vote, votes, "2", "more")], [{ 1: 3, 2: 2 }, 5, votes]);
  assert.deepEqual(stepped(vote, votes, "2", "less"), { 1: 3 }, "below the least it is not chosen");
});

test("what is handed in repeats a mark as often as it has votes", () => {
  const votes = { 1: 3, 2: 2 };
  assert.equal(missing(vote, {}, "", {}), "choose");
  assert.equal(missing(vote, marksOf(votes), "", votes), "");
  assert.equal(castArguments("v", false, marksOf(votes), "", "", votes).marks.length, 5);
  assert.equal(
    JSON.stringify(castArguments("v", true, {}, "")).length,
    JSON.stringify(castArguments("v", true, marksOf(votes), "", "", votes)).length,
  );
});
