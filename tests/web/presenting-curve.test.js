import assert from "node:assert/strict";
import { test } from "node:test";

import { curveOf } from "../../web/js/presenting/curve.js";

test("a tap is a dot, a line begins and ends where the pen did", () => {
  assert.equal(curveOf([3, 4]), "M3 4h.01");
  const path = curveOf([0, 0, 10, 0, 20, 10, 30, 10]);
  assert.ok(path.startsWith("M0 0Q10 0 15 5"), path);
  assert.ok(path.endsWith("L30 10"), path);
});
