import assert from "node:assert/strict";
import { test } from "node:test";

import { MovedAlong } from "../../web/js/tablet/moved-along.js";

const place = (revision, page, from) => ({
  id: "place-a",
  paper: "a",
  revision,
  page,
  kind: "place",
  at: 1,
  body: { x: 0, y: 0, ...(from ? { carried: { revision: "r1", page: from, box: [0, 0, 0, 0] } } : {}) },
});

test("who reads a paper that is replaced goes on where the passage is now, once", () => {
  const along = new MovedAlong();
  assert.equal(along.hear("a", 2, place("r1", 2), "r1"), undefined);
  assert.equal(
    along.hear("a", 2, place("r1", 2), "r2"),
    undefined,
    "the new revision is here, the place has not followed yet",
  );
  assert.equal(along.hear("a", 2, place("r2", 5, 2), "r2"), 5);
  assert.equal(along.hear("a", 2, place("r2", 5, 2), "r2"), undefined, "who then turns back stays there");
});

test("who has turned meanwhile, or opens the paper later, is not moved", () => {
  const along = new MovedAlong();
  along.hear("a", 2, place("r1", 2), "r1");
  assert.equal(along.hear("a", 9, place("r2", 5, 2), "r2"), undefined);
  assert.equal(new MovedAlong().hear("a", 2, place("r2", 5, 2), "r2"), undefined);
});
