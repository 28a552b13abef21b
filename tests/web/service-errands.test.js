import assert from "node:assert/strict";
import { test } from "node:test";

import { fresh, wanted } from "../../web/js/service/errands.js";

/** @param {string} id @param {any} need @param {any} state */
const errand = (id, need, state = "asked") => ({
  id,
  participant: "p",
  need,
  text: "",
  at: 0,
  state,
  by: "",
  changed_at: 0,
});

test("each looks at what they bring, and nothing is nobody's", () => {
  const all = [errand("a", "water"), errand("b", "technician"), errand("c", "telephone"), errand("d", "other")];
  assert.deepEqual(
    wanted(all, "water").map(({ id }) => id),
    ["a"],
  );
  assert.deepEqual(
    wanted(all, "technician").map(({ id }) => id),
    ["b"],
  );
  assert.deepEqual(
    wanted(all, "rest").map(({ id }) => id),
    ["c", "d"],
  );
  assert.equal(wanted(all, "all").length, 4);
});

test("what was asked for is new once, and what was done meanwhile rings for nobody", () => {
  const before = [errand("a", "water")];
  assert.deepEqual(
    fresh(before, [errand("a", "water", "taken"), errand("b", "water"), errand("c", "water", "done")]).map(
      ({ id }) => id,
    ),
    ["b"],
  );
});
