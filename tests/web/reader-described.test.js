import assert from "node:assert/strict";
import { test } from "node:test";

import { factsOf } from "../../web/js/reader/described.js";

const keys = (paper) => factsOf(paper).map(({ key, n }) => [key, n]);

test("of an ordinary paper nothing is said", () => {
  assert.deepEqual(keys({ pages: 29 }), []);
  assert.deepEqual(keys({ pages: 29, silent: 2 }), [], "a cover and an empty page");
});

test("a scan is said not to be searchable, all of it or most of it", () => {
  assert.deepEqual(keys({ pages: 4, silent: 4 }), [["papers.silent", 4]]);
  assert.deepEqual(keys({ pages: 4, silent: 3 }), [["papers.silent_pages", 3]]);
});

test("a signed paper is called signed only where its signatures are whole", () => {
  assert.deepEqual(
    factsOf({ pages: 4, signed: "intact" }).map(({ kind, key }) => [kind, key]),
    [["good", "papers.signed.intact"]],
  );
  assert.deepEqual(
    factsOf({ pages: 4, signed: "doubtful", silent: 4 }).map(({ kind }) => kind),
    ["warn", "soft"],
  );
});
