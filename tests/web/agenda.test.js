import assert from "node:assert/strict";
import { test } from "node:test";
import { around, plannedMinutes } from "../../web/js/lib/agenda.js";

const item = (minutes, parent) => ({
  minutes,
  parent,
  number: "",
  order: 0,
  level: 0,
  title: "",
  kind: "information",
  state: "waiting",
});

test("an item with others under it takes what they take", () => {
  assert.equal(
    plannedMinutes([
      ["1", item(10)],
      ["4", item(30)],
      ["4.1", item(10, "4")],
      ["4.2", item(15, "4")],
    ]),
    35,
  );
});

test("a long agenda is shown around where the meeting is, and what is left out is counted", () => {
  const list = [...Array(20).keys()];
  assert.deepEqual(around(list, 10, 5), { shown: [7, 8, 9, 10, 11], before: 7, after: 8 });
  assert.deepEqual(around(list, 19, 5), { shown: [15, 16, 17, 18, 19], before: 15, after: 0 });
  assert.deepEqual(around([1, 2], 0, 5), { shown: [1, 2], before: 0, after: 0 });
});
